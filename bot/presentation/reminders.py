"""What is told without being asked: reminders, corrections, and the agenda of the week."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from bot.knowledge.occurrences import DatedEvent, start_of
from bot.language.dates import PARIS
from bot.presentation import buttons, events, wording
from bot.presentation.message import Message, escape
from bot.presentation.typography import typeset

MOST_IN_A_DIGEST = 8
_SOON = timedelta(minutes=90)
_AHEAD = {0: "Aujourd’hui", 1: "Demain", 2: "Après-demain", 7: "Dans une semaine"}


def reminder(event: DatedEvent, now: datetime, because: Sequence[str]) -> Message:
    """An event that comes; `because` are the names of what the chat follows.

    `now` is timezone-aware: a reminder that is late says what is still true.
    """
    lines = [f"<b>{typeset(f'{_ahead(event, now)} :')}</b> {events.title(event)}"]
    lines += [wording.when(event), *events.details(event)]
    if event.event.status == "moved":
        lines.append(typeset("Attention : la date ou le lieu ont changé."))
    if event.event.note:
        lines.append(f"<i>{escape(typeset(event.event.note))}</i>")
    return _told(lines, because, event)


def correction(event: DatedEvent, was: date | datetime, because: Sequence[str]) -> Message:
    """An event that has moved since it was told to start at `was`, or whose place has."""
    has_moved = _is_elsewhen(event, was)
    what = "Nouvelle date :" if has_moved else "Nouveau lieu :"
    lines = [f"<b>{typeset(what)}</b> {events.title(event)}"]
    if has_moved:
        lines.append(typeset(f"Ce n'est plus {_moment(was)}, mais {wording.when(event)}."))
    else:
        lines.append(wording.when(event))
    return _told([*lines, *events.details(event)], because, event)


def cancellation(event: DatedEvent, was: date | datetime, because: Sequence[str]) -> Message:
    """What was told to start at `was` does not take place; `event` is that occurrence, or for an
    event that recurs the next one, which does."""
    lines = [
        f"<b>{typeset('Annulé :')}</b> {events.title(event)}",
        typeset(f"La rencontre prévue {_moment(was)} n'aura pas lieu."),
    ]
    is_next = _is_elsewhen(event, was) and event.event.status != "cancelled"
    if is_next and start_of(event) > _instant(was):
        lines.append(typeset(f"Prochaine date : {wording.when(event)}."))
    return _told(lines, because, event)


def upheld(event: DatedEvent, because: Sequence[str]) -> Message:
    """An event that was told to be cancelled and takes place."""
    heading = f"<b>{typeset('Finalement maintenu :')}</b> {events.title(event)}"
    return _told([heading, wording.when(event), *events.details(event)], because, event)


def weekly(coming: Sequence[DatedEvent], because: Sequence[str]) -> Message | None:
    """The agenda of the week, soonest first; None when there is nothing to tell."""
    if not coming:
        return None
    lines = [f"• {events.line(event)}" for event in coming[:MOST_IN_A_DIGEST]]
    others = len(coming) - MOST_IN_A_DIGEST
    if others > 0:
        lines.append(f"… et {others} autre{'s' if others > 1 else ''}{typeset(' :')} /agenda")
    return _told(["<b>Cette semaine</b>", *lines], because)


def _ahead(event: DatedEvent, now: datetime) -> str:
    """How far ahead: « Demain », « Dans 5 jours », « Dans une heure »."""
    start = event.start
    left = start_of(event) - now
    if isinstance(start, datetime) and left < _SOON:
        minutes = max(round(left.total_seconds() / 60), 1)
        return "Dans une heure" if 50 <= minutes <= 75 else f"Dans {minutes} minute{_s(minutes)}"
    day = start.date() if isinstance(start, datetime) else start
    days = (day - now.astimezone(PARIS).date()).days
    return _AHEAD.get(days, f"Dans {days} jours")


def _s(count: int) -> str:
    return "s" if count > 1 else ""


def _moment(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return wording.day(moment)
    local = moment.astimezone(PARIS)
    return f"{wording.day(local)} à {wording.hour(local)}"


def _is_elsewhen(event: DatedEvent, was: date | datetime) -> bool:
    if isinstance(event.start, datetime) and isinstance(was, datetime):
        return start_of(event) != was.astimezone(UTC)
    return event.start != was


def _instant(moment: date | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, datetime.min.time(), PARIS)


def _told(lines: Sequence[str], because: Sequence[str], event: DatedEvent | None = None) -> Message:
    why = f"cette discussion suit {', '.join(because)}" if because else "les rappels sont actifs"
    why = escape(typeset(f"Vous recevez ceci parce que {why}. /rappels pour régler."))
    calendar = buttons.to_event_file(event.id) if event else None
    return Message("\n".join([*lines, f"<i>{why}</i>"]), ((calendar,),) if calendar else ())
