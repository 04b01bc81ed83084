"""What buttons carry: a few words that say all that is needed, so that no button grows stale."""

from datetime import date
from typing import NamedTuple, get_args

from bot.answers.model import Agenda, Section, Territory, TopicCard
from bot.knowledge.model import Topic
from bot.language.dates import Period
from bot.presentation.message import Button
from bot.presentation.typography import typeset
from bot.presentation.wording import place

LABELS: dict[Section, str] = {
    "figures": "Chiffres",
    "costs": "Coûts",
    "technologies": "Technologies",
    "debates": "Débats",
    "events": "Rencontres",
    "articles": "Articles",
    "sources": "Sources",
}
CALENDAR = "Calendrier"
A_ROW = 3

Rows = tuple[tuple[Button, ...], ...]


class Press(NamedTuple):
    """What a button says: what to show, of what, and which page."""

    action: str
    target: str = ""
    section: Section = "figures"
    page: int = 0

    def data(self) -> str:
        """The press as callback data: ASCII, at most 64 bytes."""
        return self._said[:64]

    @property
    def fits(self) -> bool:
        """Whether nothing of it is cut off."""
        return len(self._said) <= 64

    @property
    def _said(self) -> str:
        return f"{self.action}:{self.target}:{self.section}:{self.page}"


def parse_press(data: str) -> Press | None:
    """The press that callback data says; None for what no button of ours says."""
    parts = data.split(":")
    if len(parts) != 4 or not parts[3].isdecimal() or len(parts[3]) > 4:
        return None
    section = next((known for known in get_args(Section) if known == parts[2]), None)
    if section is None:
        return None
    return Press(parts[0], parts[1], section, int(parts[3]))


def to_place(territory: Territory) -> Button:
    """Opens the card of a territory, or answers the question that left its place open."""
    target = territory.insee or territory.id or ""
    return Button(typeset(place(territory)), Press("place", target).data())


def to_card(territory: Territory, label: str | None = None) -> Button:
    """Opens the card of a territory that the base covers."""
    return Button(label or territory.name, Press("card", territory.id or "").data())


def to_section(territory: Territory, section: Section, page: int = 0, label: str = "") -> Button:
    """Opens one page behind a card."""
    return Button(
        label or LABELS[section], Press("section", territory.id or "", section, page).data()
    )


def to_topic(id_: str, topic: Topic) -> Button:
    """Opens the card of a topic."""
    return Button(typeset(topic.name), Press("topic", id_).data())


def to_topic_page(card: TopicCard, page: int, label: str) -> Button:
    """Turns to a page of a topic."""
    return Button(label, Press("topic", card.id, page=page).data())


def to_agenda(agenda: Agenda, page: int, label: str) -> Button | None:
    """Turns to a page of an agenda; None for one whose question does not fit in a button."""
    return _asking("agenda", agenda, page, label)


def to_calendar(agenda: Agenda) -> Button | None:
    """Sends all pages of an agenda as a file; None when its question does not fit."""
    return _asking("calendar", agenda, 0, CALENDAR)


def to_calendar_of(territory: Territory) -> Button:
    """Sends what comes in a territory that the base covers as a file."""
    return Button(CALENDAR, Press("calendar", f"{territory.id},,").data())


def to_event_file(id_: str) -> Button | None:
    """Sends one event as a file; None when its id does not fit."""
    press = Press("event", id_)
    return Button(CALENDAR, press.data()) if press.fits else None


def _asking(action: str, agenda: Agenda, page: int, label: str) -> Button | None:
    places = [territory.id or territory.insee for territory in agenda.territories]
    if None in places:
        return None
    days = f"{agenda.days.first:%Y%m%d}-{agenda.days.last:%Y%m%d}" if agenda.days else ""
    target = ",".join(("+".join(filter(None, places)), "+".join(agenda.themes), days))
    press = Press(action, target, page=page)
    return Button(label, press.data()) if press.fits else None


class AgendaPress(NamedTuple):
    """The question behind a page of an agenda."""

    places: tuple[str, ...]
    """Ids of territories of the base, or INSEE codes of others."""
    themes: tuple[str, ...]
    days: Period | None


def parse_agenda(target: str) -> AgendaPress | None:
    """What `to_agenda` wrote as target; None for anything else."""
    parts = target.split(",")
    if len(parts) != 3:
        return None
    places, themes = (tuple(filter(None, part.split("+"))) for part in parts[:2])
    if not parts[2]:
        return AgendaPress(places, themes, None)
    try:
        first, last = map(date.fromisoformat, parts[2].split("-"))
    except ValueError:
        return None
    return AgendaPress(places, themes, Period(first, last))


def in_rows(buttons: list[Button], a_row: int = A_ROW) -> Rows:
    """Buttons in rows of at most `a_row`."""
    return tuple(tuple(buttons[at : at + a_row]) for at in range(0, len(buttons), a_row))
