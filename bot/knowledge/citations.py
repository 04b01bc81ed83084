"""Facts as the bot tells them: each with its place in the base and its sources."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.knowledge.model import Article, City, Fact, Figure, Knowledge, Source, Topic
from bot.language.dates import Period, parse_period


@dataclass(frozen=True, slots=True)
class Citation:
    """One fact, who it is about, and where it was read. Two are equal when their ids are."""

    id: str
    """`nantes/cameras-2020`: the file's id, then the fact's key."""
    fact: Fact = field(compare=False)
    owner: City | Topic = field(compare=False)
    sources: tuple[Source, ...] = field(compare=False)

    @property
    def owner_id(self) -> str:
        return self.id.partition("/")[0]

    @property
    def period(self) -> Period | None:
        """When the fact holds, or None where no source says."""
        text = self.fact.figure.as_of if self.fact.figure else self.fact.date
        return parse_period(text) if text else None

    def is_later_than(self, other: "Citation") -> bool:
        """Whether both are dated, and this one holds until later."""
        mine, its = self.period, other.period
        return mine is not None and its is not None and mine.last > its.last


@dataclass(frozen=True, slots=True)
class DatedArticle:
    """One article with its id, the name of its file."""

    id: str
    article: Article


@dataclass(frozen=True, slots=True)
class Card:
    """What one topic is, with its id, the name of its file."""

    id: str
    topic: Topic


def cite(owner_id: str, owner: City | Topic) -> Iterator[Citation]:
    """The facts of one file, in its order."""
    for key, fact in owner.facts.items():
        sources = tuple(owner.sources[name] for name in fact.sources)
        yield Citation(f"{owner_id}/{key}", fact, owner, sources)


def cite_all(knowledge: Knowledge) -> Iterator[Citation]:
    """Every fact of the base, cities first."""
    for owners in (knowledge.cities, knowledge.topics):
        for owner_id, owner in owners.items():
            yield from cite(owner_id, owner)


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one indicator for one territory, latest first."""

    indicator: str
    points: tuple[Citation, ...]

    @property
    def latest(self) -> Citation:
        return self.points[0]

    def within(self, period: Period) -> "Series | None":
        """The figures of that period only; None without any."""
        held = tuple(p for p in self.points if p.period and period.contains(p.period))
        return replace(self, points=held) if held else None

    def nearest(self, period: Period) -> Citation:
        """The figure of that period, else the one whose date is the nearest; the latest of two."""
        return min(self.points, key=lambda point: _days_between(point.period, period))

    @property
    def contradictions(self) -> tuple[Citation, ...]:
        """The other figures for the very date of the latest one that differ from it."""
        latest = figure_of(self.latest)
        return tuple(
            point
            for point in self.points[1:]
            if figure_of(point).as_of == latest.as_of and figure_of(point).value != latest.value
        )

    @property
    def earlier(self) -> tuple[Citation, ...]:
        """The figures for the dates before the latest one."""
        latest = figure_of(self.latest)
        return tuple(point for point in self.points if figure_of(point).as_of != latest.as_of)


def _days_between(held: Period | None, asked: Period) -> int:
    assert held is not None
    return max(0, (held.first - asked.last).days, (asked.first - held.last).days)


def figure_of(citation: Citation) -> Figure:
    """The figure of a fact that is known to have one."""
    assert citation.fact.figure is not None
    return citation.fact.figure


def series_of(citations: Iterator[Citation] | tuple[Citation, ...]) -> dict[str, Series]:
    """The figures among `citations`, by indicator, in the order met."""
    points: dict[str, list[Citation]] = {}
    for citation in citations:
        if citation.fact.figure is not None:
            points.setdefault(citation.fact.figure.indicator, []).append(citation)
    return {
        indicator: Series(indicator, tuple(sorted(found, key=_by_date, reverse=True)))
        for indicator, found in points.items()
    }


def _by_date(citation: Citation) -> tuple[Period, str]:
    period = citation.period
    assert period is not None
    return Period(period.last, period.first), citation.id
