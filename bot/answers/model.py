"""The answers, before any wording. Each knows its kind, its cities, its facts and its choices."""

from dataclasses import dataclass
from typing import Literal

from bot.knowledge.citations import Citation, DatedArticle, Series
from bot.knowledge.model import Topic
from bot.knowledge.occurrences import DatedEvent
from bot.language.dates import Period

Kind = Literal[
    "city", "fact", "topic", "agenda", "comparison", "choice", "unknown", "help", "smalltalk"
]
Section = Literal["figures", "costs", "technologies", "debates", "events", "articles", "sources"]

Around = Literal["there", "epci", "departement"]
"""Where the events of an agenda take place: where it was asked, or around."""
Shape = Literal["side by side", "most first", "least first", "per inhabitant"]


@dataclass(frozen=True, slots=True)
class Territory:
    """A place that a question can be about, covered by the base or not."""

    name: str
    id: str | None
    """Its file in cities/, or None when the base does not cover it."""
    insee: str | None
    """Its INSEE code; None for what is not a commune."""
    departement: str | None = None
    """The number of its département, to tell homonyms apart."""
    population: int | None = None
    siren: str | None = None
    """The SIREN of an intercommunalité."""

    @property
    def code(self) -> str:
        """What stands for it in what is kept: its INSEE code, else its SIREN, else its file."""
        return self.insee or self.siren or self.id or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What every answer has."""

    kind: Kind
    territories: tuple[Territory, ...] = ()
    citations: tuple[Citation, ...] = ()
    """The facts behind the text, best first."""
    choices: tuple[Territory, ...] = ()
    """What is offered as buttons, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CityCard(Answer):
    """The first page on a territory that the base covers."""

    kind: Kind = "city"
    key_series: tuple[Series, ...]
    contested: tuple[Citation, ...]
    upcoming: tuple[DatedEvent, ...]
    last: DatedEvent | None
    """The latest past event, when none is to come."""
    highlights: tuple[Citation, ...]
    """The latest facts, for a territory without key figures."""
    sections: tuple[Section, ...]
    """The pages that have something to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage(Answer):
    """One page of what the base holds on a territory."""

    kind: Kind = "city"
    section: Section
    page: int
    """From 0."""
    pages: int
    events: tuple[DatedEvent, ...] = ()
    has_upcoming: bool = False
    """Whether any event, of this page or another, is still to come."""
    articles: tuple[DatedArticle, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactAnswer(Answer):
    """The fact that answers, and what must be read beside it."""

    kind: Kind = "fact"
    series: Series | None = None
    """The series that the first fact belongs to, when a figure was asked."""
    verdict: Literal["yes", "no"] | None = None
    """For a question by yes or no, when a curator settled it."""
    missing: Literal["figure", "year", "date", "reason"] | None = None
    """What was asked and the base does not hold, though it holds something near."""
    year: Period | None = None
    """The year that was asked."""
    articles: tuple[DatedArticle, ...] = ()
    """Articles that answer, when no fact does."""
    shows_change: bool = False
    """Whether the evolution was asked."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison."""

    territory: Territory
    citation: Citation | None
    """The fact, or None where the base holds none."""
    per_thousand: float | None = None
    """The figure for 1,000 inhabitants, for a ratio."""
    verdict: Literal["yes", "no"] | None = None
    """For a question by yes or no, when a curator settled it."""
    article: DatedArticle | None = None
    """The article that answers, where no fact does."""

    @property
    def is_told(self) -> bool:
        """Whether the base holds anything for it."""
        return self.citation is not None or self.article is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Answer):
    """Several territories, or several years of one."""

    kind: Kind = "comparison"
    indicator: str | None
    """What is counted in all rows that have a figure; None where facts stand side by side."""
    rows: tuple[Row, ...]
    shape: Shape
    total: int = 0
    """How many covered territories have this indicator, for a ranking among them all."""
    is_cut: bool = False
    """Whether more towns were asked about."""
    within: Literal["departement", "region"] | None = None
    """What alone is ranked, when not all the base."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCard(Answer):
    """A technology, a vendor, a law, a guide or a resource."""

    kind: Kind = "topic"
    id: str
    topic: Topic
    cities: tuple[Territory, ...]
    """Where the base says that it is or was in use, or that it is spoken of."""
    page: int
    """From 0: the summary; then the facts."""
    pages: int
    vendor: Topic | None = None
    guides: tuple[tuple[str, Topic], ...] = ()
    made: tuple[tuple[str, Topic], ...] = ()
    """For a vendor: its software."""
    leads_with_cities: bool = False
    """Whether the question was where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsOnOffer(Answer):
    """Several topics that may be meant, or that the base holds."""

    kind: Kind = "choice"
    topics: tuple[tuple[str, Topic], ...]
    is_menu: bool = False
    """Whether nothing near was found, so that this is all that there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda(Answer):
    """Events to come, soonest first; when there are none, the last ones."""

    kind: Kind = "agenda"
    upcoming: tuple[DatedEvent, ...]
    past: tuple[DatedEvent, ...]
    """Latest first, and only when nothing is to come."""
    days: Period | None = None
    """The days that were asked."""
    themes: tuple[str, ...] = ()
    """The tags of themes and ids of topics that were asked."""
    missed: tuple[Literal["days", "theme"], ...] = ()
    """What was asked and left aside, as nothing would be to come otherwise."""
    around: Around = "there"
    page: int = 0
    pages: int = 1
    is_named: bool = False
    """Whether it was asked for these very events, over or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichOne(Answer):
    """Several communes may be meant: people choose."""

    kind: Kind = "choice"
    question: str | None = None
    """What to answer once the place is known, for conversations; None for its card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichCity(Answer):
    """The question is understood, and about no place in particular."""

    kind: Kind = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCovered(Answer):
    """A commune of which nothing is recorded."""

    kind: Kind = "unknown"
    epci_name: str | None
    epci: Territory | None
    """Its intercommunalité, when the base covers that."""
    near: tuple[Territory, ...]
    """Covered territories: same intercommunalité first, then same département."""
    is_same_epci: bool
    """Whether those are of the same intercommunalité."""
    others: tuple[Territory, ...] = ()
    """Larger communes, whose names are close, that may have been meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Answer):
    """The base does not hold the answer."""

    kind: Kind = "unknown"
    holds: tuple[str, ...] = ()
    """Theme tags of what it does hold on the territory."""
    topics: tuple[tuple[str, Topic], ...] = ()
    """Topics that the question names, by id: their cards tell what they are."""
    reason: Literal["nothing", "place", "topic", "private", "harm", "detail", "future"] = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesOf(Answer):
    """Where the last answer was read."""

    kind: Kind = "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallTalk(Answer):
    """A friendly line."""

    kind: Kind = "smalltalk"
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Help(Answer):
    """Who the bot is, and what to type."""

    kind: Kind = "help"
    is_welcome: bool = False
    examples: tuple[str, ...] = ()
