"""`/rappels`: what a chat is reminded of and when, as one panel of buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.model import Territory
from bot.presentation import wording
from bot.presentation.buttons import in_rows
from bot.presentation.message import Button, Message, escape
from bot.presentation.subscriptions import WEEKDAYS, Change
from bot.presentation.typography import typeset

HOURS = (8, 12, 18)
"""When an agenda of the week may come, wall time in Paris."""
MOMENTS = {
    "week": "1 semaine avant",
    "day": "La veille à 18 h",
    "morning": "Le matin à 9 h",
    "hour": "1 heure avant",
}
"""The rules of `delivery.moments`, in their order."""
SHOWN = 20
"""Places and themes shown as buttons at once."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A place or a theme that may be chosen: `tag` is its code, its tag or its id."""

    tag: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows. `digest_weekday` (Monday is 0) and `digest_hour`, wall time in
    Paris, are None without an agenda of the week."""

    is_on: bool
    is_silent: bool
    places: Sequence[Choice]
    themes: Sequence[Choice]
    moments: Sequence[str]
    digest_weekday: int | None
    digest_hour: int | None


def shown(
    panel: Panel, not_understood: Sequence[str] = (), doubtful: Sequence[Territory] = ()
) -> Message:
    """The panel; `not_understood` is what was asked for and means nothing, `doubtful` are the
    communes that may be meant."""
    strange = ", ".join(f"« {part} »" for part in not_understood)
    told = [escape(typeset(f"Je n'ai pas compris {strange}."))] if strange else []
    asked: tuple[tuple[Button, ...], ...] = ()
    if doubtful:
        told.append(typeset("Plusieurs communes portent ce nom : laquelle ?"))
        asked = tuple(
            (Button(typeset(wording.place(one)), Change("remind-place", f"+{one.code}").data()),)
            for one in doubtful[:6]
        )
    if not panel.is_on:
        told += [
            "<b>Rappels des rencontres</b>",
            typeset("Désactivés : rien ne part avant une rencontre."),
            typeset("« /rappels Roubaix » les active pour une ville."),
        ]
        start = Button("Activer les rappels", Change("remind-on", "1").data())
        return Message("\n".join(told), (*asked, (start,)))
    told += [
        "<b>Rappels des rencontres</b>",
        escape(typeset(f"Où : {_names(panel.places) or 'partout'}.")),
        escape(typeset(f"Thèmes : {_names(panel.themes) or 'tous'}.")),
        typeset(f"Quand : {_moments(panel.moments)}."),
        typeset(_digest(panel)),
        typeset("Sans un son." if panel.is_silent else "Avec un son."),
        typeset("Pour ajouter une ville ou un thème : « /rappels Roubaix », « /rappels drones »."),
    ]
    places = [_mark(one, "remind-place") for one in panel.places[:SHOWN]]
    themes = [_mark(one, "remind-theme") for one in panel.themes[:SHOWN]]
    moments = [
        _mark(Choice(tag, name, tag in panel.moments), "remind-moment")
        for tag, name in MOMENTS.items()
    ]
    sound = Button("Couper le son", Change("remind-silent", "1").data())
    if panel.is_silent:
        sound = Button("Remettre le son", Change("remind-silent", "0").data())
    stop = Button("Désactiver les rappels", Change("remind-on", "0").data())
    rows = (
        *asked,
        *in_rows(places, 2),
        *in_rows(themes, 2),
        *in_rows(moments, 2),
        *_digest_rows(panel),
        (sound, stop),
    )
    return Message("\n".join(told), rows)


def _names(choices: Sequence[Choice]) -> str:
    return ", ".join(one.name for one in choices if one.is_chosen)


def _moments(chosen: Sequence[str]) -> str:
    names = [name[0].lower() + name[1:] for tag, name in MOMENTS.items() if tag in chosen]
    return ", ".join(names) or "jamais"


def _digest(panel: Panel) -> str:
    if panel.digest_weekday is None or panel.digest_hour is None:
        return "Agenda de la semaine : non."
    day = wording.WEEKDAYS[panel.digest_weekday]
    return f"Agenda de la semaine : le {day} à {panel.digest_hour} h, s'il y a quelque chose."


def _digest_rows(panel: Panel) -> tuple[tuple[Button, ...], ...]:
    """None chosen yet: one button, for Monday at the first hour."""
    if panel.digest_weekday is None or panel.digest_hour is None:
        start = Change("remind-digest", f"0-{HOURS[0]}")
        return ((Button("Recevoir l’agenda de la semaine", start.data()),),)
    day, hour = panel.digest_weekday, panel.digest_hour
    days = tuple(
        _chosen(name, Change("remind-digest", f"{number}-{hour}"), is_chosen=number == day)
        for number, name in enumerate(WEEKDAYS)
    )
    hours = tuple(
        _chosen(f"{one} h", Change("remind-digest", f"{day}-{one}"), is_chosen=one == hour)
        for one in HOURS
    )
    return (days, (*hours, Button("Pas d’agenda", Change("remind-digest", "no").data())))


def _mark(one: Choice, action: str) -> Button:
    """The button says what it leads to: `+` chooses, `-` takes back, pressed once or twice."""
    change = Change(action, f"{'-' if one.is_chosen else '+'}{one.tag}")
    return _chosen(typeset(one.name), change, is_chosen=one.is_chosen)


def _chosen(label: str, change: Change, *, is_chosen: bool) -> Button:
    return Button(f"✓ {label}" if is_chosen else label, change.data())
