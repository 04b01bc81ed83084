"""What buttons carry: a few words that say all that is needed, so that no button grows stale."""

from typing import NamedTuple, get_args

from bot.answers.model import Section, Territory, TopicCard
from bot.knowledge.model import Topic
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
        return f"{self.action}:{self.target}:{self.section}:{self.page}"[:64]


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


def to_agenda(place_id: str, page: int, label: str) -> Button:
    """Turns to a page of the agenda of a territory; of everywhere when `place_id` is empty."""
    return Button(label, Press("agenda", place_id, page=page).data())


def in_rows(buttons: list[Button], a_row: int = A_ROW) -> Rows:
    """Buttons in rows of at most `a_row`."""
    return tuple(tuple(buttons[at : at + a_row]) for at in range(0, len(buttons), a_row))
