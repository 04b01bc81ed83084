"""Which documents answer a question best, and how much of the question they cover."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.citations import Citation
from bot.language.dates import Period
from bot.search.index import Document, Index
from bot.search.lexicon import Reading, Unit

_INDICATOR = 3.0
_TOPIC = 3.0
_THEME = 2.0
_SAID = 1.2
_WORD = 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document, its score (0 and up) and the share of the question that it covers (0..1)."""

    document: Document
    score: float
    coverage: float


def rank(
    documents: Iterable[Document],
    reading: Reading,
    index: Index,
    *,
    wants_figure: bool = False,
    year: Period | None = None,
) -> list[Ranked]:
    """The documents that share something with the question, best first.

    Among equals, a figure comes first when one is wanted, then what is dated, latest first.
    """
    weights = [_weight(unit, index) for unit in reading.units]
    total = sum(weights)
    ranked = []
    for document in documents:
        score = covered = 0.0
        for unit, weight in zip(reading.units, weights, strict=True):
            gain = _gain(unit, document)
            score += gain * weight
            covered += weight if gain else 0.0
        if total and not score:
            continue
        score += _fitness(document, wants_figure, year)
        ranked.append(Ranked(document, score, covered / total if total else 1.0))
    ranked.sort(key=_order, reverse=True)
    return ranked


def _weight(unit: Unit, index: Index) -> float:
    if unit.concepts:
        return 1.0
    return max(index.rarity(word) for word in unit.stems)


def _gain(unit: Unit, document: Document) -> float:
    best = 0.0
    for concept in unit.concepts:
        if concept in document.assigned:
            kind = concept.kind
            worth = _INDICATOR if kind == "indicator" else _TOPIC if kind == "topic" else _THEME
            best = max(best, worth)
        elif concept in document.said:
            best = max(best, _SAID)
    if not best and all(word in document.stems for word in unit.stems):
        best = _WORD
    return best


def _fitness(document: Document, wants_figure: bool, year: Period | None) -> float:
    item = document.item
    if not isinstance(item, Citation):
        return -0.5
    fitness = 0.0
    if wants_figure and item.fact.figure is not None:
        fitness += 1.0
    if year is not None and item.period is not None:
        overlaps = item.period.first <= year.last and year.first <= item.period.last
        fitness += 2.0 if overlaps else -1.0
    return fitness


def _order(ranked: Ranked) -> tuple[float, float, tuple[int, ...], str]:
    item = ranked.document.item
    period = item.period if isinstance(item, Citation) else None
    day = period.last.timetuple()[:3] if period else (0, 0, 0)
    return ranked.coverage, round(ranked.score, 3), tuple(day), item.id
