"""Events and agendas as people read them."""

from bot.answers.model import Agenda
from bot.knowledge.occurrences import DatedEvent
from bot.presentation import buttons, notices, wording
from bot.presentation.message import Button, Message, escape
from bot.presentation.typography import typeset

_MISSED = {"days": " ces jours-là", "theme": " sur ce thème"}
_INSTEAD = {
    "there": "À venir :",
    "epci": "Dans la même intercommunalité :",
    "departement": "Dans le même département :",
}


def line(event: DatedEvent) -> str:
    """HTML: when, what and where, in one line."""
    told = f"{wording.when(event)}{typeset(' :')} {title(event)}"
    if where(event):
        told += f" ({where(event)})"
    if event.event.status == "cancelled":
        told = f"<b>Annulé.</b> {told}"
    elif event.event.status == "moved":
        told = f"<b>Déplacé.</b> {told}"
    return told


def title(event: DatedEvent) -> str:
    """HTML: what it is called, as a link to where it is announced."""
    url = next((source.url for source in event.event.sources.values() if source.url), None)
    told = escape(typeset(event.event.title))
    return f'<a href="{escape(url)}">{told}</a>' if url else told


def where(event: DatedEvent) -> str:
    """HTML: the place and its address; empty when neither is announced."""
    parts = (event.event.place, event.event.address)
    return escape(typeset(", ".join(part for part in parts if part)))


def block(event: DatedEvent) -> str:
    """HTML: everything that is announced of an event, the day first."""
    told = event.event
    lines = [f"<b>{wording.when(event)}</b>", title(event)]
    if told.status != "confirmed":
        lines[0] += " — annulé" if told.status == "cancelled" else " — déplacé"
    lines += details(event)
    lines += _labelled("Organisé par", ", ".join(told.organisers))
    lines += _labelled("Avec", ", ".join(told.guests))
    lines += _labelled("Entrée", told.price)
    lines += _labelled("Accès", told.accessibility)
    lines += _labelled("Langue", told.language)
    if told.note:
        lines.append(f"<i>{escape(typeset(told.note))}</i>")
    publishers = dict.fromkeys(source.publisher for source in told.sources.values())
    lines += _labelled("Source", ", ".join(publishers))
    return "\n".join(lines)


def details(event: DatedEvent) -> list[str]:
    """HTML lines: where it takes place, and where to follow it from afar."""
    lines = [f"Lieu{typeset(' :')} {where(event)}"] if where(event) else []
    if event.event.online:
        lines.append(f'<a href="{escape(event.event.online)}">Suivre en ligne</a>')
    return lines


def _labelled(label: str, text: str | None) -> list[str]:
    return [f"{label}{typeset(' :')} {escape(typeset(text))}"] if text else []


def agenda(answer: Agenda) -> Message:
    """What comes, or that nothing does and how to announce something."""
    named = ", ".join(territory.name for territory in answer.territories)
    here = escape(typeset(f" ({named})")) if named else ""
    if answer.is_named:
        blocks = [block(event) for event in (*answer.upcoming, *answer.past)]
    elif answer.upcoming:
        heading = f"<b>À venir{here}</b>"
        if answer.around != "there" or answer.missed:
            missed = "".join(_MISSED[what] for what in answer.missed)
            heading = f"<b>Rien d’annoncé{here}{missed}.</b>\n{typeset(_INSTEAD[answer.around])}"
        blocks = [heading, *map(block, answer.upcoming)]
    elif answer.past:
        heading = f"<b>Rien d’annoncé pour le moment{here}.</b>"
        last = typeset("Pour mémoire, ce qui a déjà eu lieu :")
        blocks = [heading, last, *map(block, answer.past), typeset(notices.ANNOUNCE)]
    else:
        blocks = [f"<b>Rien d’annoncé{here}.</b>", typeset(notices.ANNOUNCE)]
    turning = _turning(answer)
    calendar = buttons.to_calendar(answer) if answer.upcoming else None
    cards = [calendar] if calendar else []
    cards += [buttons.to_card(territory) for territory in answer.territories if territory.id]
    return Message("\n\n".join(blocks), ((turning,) if turning else ()) + buttons.in_rows(cards))


def _turning(answer: Agenda) -> tuple[Button, ...]:
    pages = {"‹ Avant": answer.page - 1, "Suite ›": answer.page + 1}
    return tuple(
        button
        for label, page in pages.items()
        if 0 <= page < answer.pages and (button := buttons.to_agenda(answer, page, label))
    )
