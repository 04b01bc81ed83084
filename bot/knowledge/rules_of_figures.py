"""What must hold between the figures and dates of one territory."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from bot.knowledge.model import City, Fact, Figure, Vocabulary
from bot.knowledge.problems import Finding
from bot.knowledge.rules_alone import days_of
from bot.language.dates import Period

TENFOLD = 10


class _Point(NamedTuple):
    period: Period
    key: str
    figure: Figure


def findings_in_figures(city: City, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Jumps in series, parts above their total, facts that no source can have known."""
    series: dict[str, list[_Point]] = {}
    for key, fact in city.facts.items():
        figure = fact.figure
        if figure is not None and (period := days_of(figure.as_of)) is not None:
            series.setdefault(figure.indicator, []).append(_Point(period, key, figure))
    for tag, points in series.items():
        indicator = vocabulary.indicators.get(tag)
        if indicator is None:
            continue
        # What has no lifetime happened once: two purchases are no series.
        if indicator.lifetime_months is not None:
            yield from _jumps(points)
        if indicator.part_of is not None:
            yield from _above(points, series.get(indicator.part_of, ()))
    for key, fact in city.facts.items():
        yield from _known_too_early(key, fact, city, vocabulary)


def _jumps(points: list[_Point]) -> Iterator[Finding]:
    for before, after in pairwise(sorted(points, key=lambda point: point.period)):
        low, high = sorted((before.figure.value, after.figure.value))
        if low > 0 and high >= TENFOLD * low:
            sentence = (
                f"{after.figure.value} après {before.figure.value} ({before.key}) : dix fois plus "
                "ou dix fois moins, est-ce bien le même compte ?"
            )
            yield Finding("W62", ("facts", after.key, "figure", "value"), sentence)


def _above(parts: list[_Point], totals: "list[_Point] | tuple[()]") -> Iterator[Finding]:
    for part in parts:
        for total in totals:
            overlaps = part.period.contains(total.period) or total.period.contains(part.period)
            if overlaps and part.figure.value > total.figure.value:
                sentence = f"la partie dépasse le total, {total.figure.value} ({total.key})"
                yield Finding("W63", ("facts", part.key, "figure", "value"), sentence)


def _known_too_early(key: str, fact: Fact, city: City, vocabulary: Vocabulary) -> Iterator[Finding]:
    text = fact.date
    if fact.figure is not None:
        indicator = vocabulary.indicators.get(fact.figure.indicator)
        text = None if indicator is None or indicator.planned else fact.figure.as_of
    happened = days_of(text) if text is not None else None
    if happened is None:
        return
    published = []
    for name in fact.sources:
        source = city.sources.get(name)
        day = days_of(source.date) if source is not None and source.date is not None else None
        if day is None:
            return
        published.append(day.last)
    if published and happened.first > max(published):
        sentence = "le fait est plus récent que toutes ses sources : qu'annoncent-elles vraiment ?"
        where = ("figure", "as_of") if fact.figure is not None else ("date",)
        yield Finding("W64", ("facts", key, *where), sentence)
