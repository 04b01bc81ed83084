"""Which documents answer a question best, and how much of the question they cover."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import NamedTuple, Self

from bot.knowledge.citations import Citation
from bot.language.dates import Period
from bot.search.features import of_question, of_words, words_of
from bot.search.index import Document, Index, Lot
from bot.search.learnt import sums
from bot.search.lexicon import CAMERAS, Concept, Reading, Unit
from bot.search.meanings import Closeness
from bot.search.phrases import Stems
from bot.search.second_look import MOST, REACH, Parts, inputs_of
from bot.search.wordings import worth

_GAINS = {"indicator": 3.5, "topic": 3.0, "theme": 2.0}
_SAID = 1.2
_WORD = 1.0
WEIGHED = 12
"""Documents weighed finely, at most: those that a rough look finds best."""
WITHIN = 6.0
"""How much less than the best a rough look may find of one of them."""
_SUITS = 1.2
"""What is added for a word that suits what is asked."""
_SUITS_TOO = 0.3
"""What is added for each other such word."""
_LACKS = 2.0
"""What is taken off when a document does not speak of what a question requires."""
_THEME_ONLY = 0.4
"""The share of a precise subject that a document covers when it speaks but of its theme: a fact on
the operators does not tell how many police officers there are."""
_COVERAGE = 3.0
"""What covering all of a question is worth beside the other scores."""
_HINTS = {"indicator": 1.2, "topic": 1.2, "theme": 0.6}
"""What is added for what the words bring to mind: once for each kind."""
_NUMBER = 2.5
"""What is added for each number of the question that a fact gives too."""
_SHARED = 1.8
"""What is added, at most, for each word that a fact uses too, whatever it carries."""
_TELLING = 3.0
"""What is added, at most, for a word that few documents use."""
_TELLING_TOO = 1.35
"""How much more such a word weighs than one that no document uses."""
_SAYS_YEAR = 2.0
"""What is added to an article that says the year asked."""
_ARTICLE = 2.0
"""What is added to an article when one is asked for."""
_SINGLING = 0.34
"""The share of the documents that may use a word that tells them apart."""
_COMMON = frozenset((CAMERAS, Concept("theme", "personnel")))
"""What most sentences here name, whatever they are about: the cameras, and the police."""
_BESIDE = 0.3
"""What that weighs beside another subject."""
_RECALLED = 0.6
"""What a subject of the question before weighs when this one adds something."""
_ROUGHLY_SHARED, _ROUGHLY_GAINED, _ASKED_SO = 4.4, 1.3, 3.5
"""What counts in a rough look, as a linear fit to the scores found: each word that a document uses
too, what it gains for its subject, and being asked for with all the words of a question."""
OF_EVENTS = 3.0
"""What the agenda scores by itself where a question speaks of events."""
_AGAIN = 1.0
"""What is taken off a document that has just been told: people ask on for something else."""
_OF_THE_SAME = 0.8
"""What is added to what took place with what has just been told."""
_PLAIN = 0.35
"""What a word that stands for no concept weighs, at most."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What would suit the question, besides speaking of the same things."""

    figure: bool = False
    sum_of_money: bool = True
    """Whether a sum of money is a figure that suits."""
    vendor: float = 0.0
    """What naming a company is worth."""
    date: bool = False
    year: Period | None = None
    article: bool = False
    """Whether an article is asked for rather than what it tells."""
    first: bool = False
    """Whether the earliest comes first among equals."""
    town: bool = True
    """Whether it is of a town that the question names."""
    told: frozenset[str] = frozenset()
    """The documents that have just been told."""
    told_of: Period | None = None
    """When what has just been told took place."""


class _Sought(NamedTuple):
    """One thing that a question says, ready to be looked for in many documents."""

    stems: frozenset[str]
    concepts: frozenset[Concept]
    precise: frozenset[Concept]
    """Its concepts but themes, where it does not speak of all cameras."""
    gains: Mapping[Concept, float]
    """What a document about each of its concepts gains."""
    weight: float
    telling: float
    """What is added besides where a document speaks of it."""
    is_required: bool

    @classmethod
    def of(cls, unit: Unit, weight: float, telling: float) -> Self:
        concepts = unit.concepts
        precise = () if CAMERAS in concepts else (c for c in concepts if c.kind != "theme")
        gains = {concept: _GAINS[concept.kind] for concept in concepts}
        stems, required = frozenset(unit.stems), unit.is_required
        return cls(stems, concepts, frozenset(precise), gains, weight, telling, required)


class Ranked(NamedTuple):
    """A document, its score and the share of the question that it covers (0..1).

    Scores are on a scale of likelihoods: one more is worth e times likelier.
    """

    document: Document
    score: float
    coverage: float
    lead: float
    """By how much it scores above a refusal."""
    parts: Parts
    """What its score was made of at first."""

    @property
    def answers(self) -> bool:
        """Whether it answers rather than nothing does."""
        return self.lead > 0


def rank(
    documents: Iterable[Document],
    reading: Reading,
    index: Index,
    wish: Wish,
    most: int = WEIGHED,
    within: float = WITHIN,
) -> list[Ranked]:
    """The documents, those that answer best first: at most so many, `within` so much of the best at
    first sight.

    Those that do not speak of what the question requires cover none of it. Among equals,
    what is dated comes first: the latest, or the first when a beginning is asked.
    """
    lot = documents if isinstance(documents, Lot) else Lot(documents)
    telling = _telling(lot, reading, index)
    sought = _sought(reading.units, index, telling)
    words = words_of(reading, index.lexicon)
    asked = features_asked(reading, words, wish)
    worths = index.learnt.worths(asked)
    wording = index.wordings.weights(words)
    refusal = index.learnt.refusal(worths)

    suits = sums(worths, lot.features)
    shared = _shared(lot, words, index)
    roughly = [
        suited + _ROUGHLY_SHARED * alike for suited, alike in zip(suits, shared, strict=True)
    ]
    for at, gain in _gained(lot, reading.concepts).items():
        roughly[at] += _ROUGHLY_GAINED * gain
    if len(lot) > most:
        asked_so = index.wordings.shared(wording)
        for at, id_ in enumerate(lot.ids):
            if id_ in asked_so:
                roughly[at] += _ASKED_SO * asked_so[id_]
    looked = sorted(range(len(lot)), key=roughly.__getitem__, reverse=True)[:most]
    ranked = []
    for at in looked:
        if roughly[at] < roughly[looked[0]] - within:
            break
        document = lot[at]
        units, coverage = _by_units(document, sought)
        like = index.wordings.likeness(wording, document.item.id)
        parts = (
            units,
            _COVERAGE * coverage,
            _suiting(document, reading) if reading.suiting else 0.0,
            _NUMBER * len(reading.numbers & document.stems) if reading.numbers else 0.0,
            _hinted(document, reading) if reading.hints else 0.0,
            _SHARED * shared[at],
            _fitness(document, wish),
            suits[at],
            *like,
        )
        score = sum(parts[:-3]) + worth(like)
        ranked.append(Ranked(document, score, coverage, score - refusal, parts))
    order = partial(_order, first=wish.first)
    ranked.sort(key=order, reverse=True)
    near = near_best(ranked)
    if near and len(index.second_look.outputs):
        rows = inputs_of(
            [one.parts for one in near],
            [one.score for one in near],
            refusal,
            closeness(near, asked, words, index),
            asked=len(words),
            among=len(lot),
        )
        ranked = _again(ranked, refusal, index.second_look.worths(rows))
        ranked.sort(key=order, reverse=True)
    return ranked


def _again(ranked: list[Ranked], refusal: float, worths: Sequence[float]) -> list[Ranked]:
    """`ranked`, with what another look is worth to the first of them and to the refusal."""
    *worths_of_first, worth_of_refusal = worths
    scores = [one.score for one in ranked]
    for at, worth_of_one in enumerate(worths_of_first):
        scores[at] += worth_of_one
    # The best stays as far above those that were not looked at again.
    shift = ranked[0].score - max(scores[: len(worths_of_first)])
    for at in range(len(worths_of_first)):
        scores[at] += shift
    refusal += worth_of_refusal + shift
    return [
        Ranked(one.document, score, one.coverage, score - refusal, one.parts)
        for one, score in zip(ranked, scores, strict=True)
    ]


def features_asked(reading: Reading, words: Stems, wish: Wish) -> list[str]:
    """What is weighed of a question; `words` are those that `words_of` gives."""
    return [*of_question(reading, words, names_year=wish.year is not None, names_town=wish.town)]


def closeness(
    near: Iterable[Ranked], asked: Iterable[str], words: Stems, index: Index
) -> Closeness:
    """How close in meaning a question with these features and words is to each of them."""
    documents = [index.meaning(one.document) for one in near]
    return index.meanings.closeness(asked, of_words(words), documents)


def near_best(ranked: list[Ranked]) -> list[Ranked]:
    """The documents that another look may make the first, or none where all is clear."""
    near = list(takewhile(lambda one: one.score >= ranked[0].score - REACH, ranked[:MOST]))
    is_clear = len(near) == 1 and abs(near[0].lead) > REACH
    return [] if is_clear else near


def _suiting(document: Document, reading: Reading) -> float:
    suited = len(reading.suiting & document.stems)
    return _SUITS + _SUITS_TOO * (suited - 1) if suited else 0.0


def _hinted(document: Document, reading: Reading) -> float:
    kinds = {concept.kind for concept in reading.hints & document.assigned}
    return sum(map(_HINTS.__getitem__, kinds))


def agenda_lead(reading: Reading, index: Index, wish: Wish) -> float:
    """By how much the agenda scores above a refusal, for what speaks of events."""
    words = words_of(reading, index.lexicon)
    worths = index.learnt.worths(features_asked(reading, words, wish))
    return OF_EVENTS + index.learnt.agenda(worths) - index.learnt.refusal(worths)


def _by_units(document: Document, sought: Iterable[_Sought]) -> tuple[float, float]:
    """What a document gains by what a sentence says, and the share of it that it covers."""
    score = covered = left_out = 0.0
    lacks = False
    for one in sought:
        says_it = one.stems <= document.stems
        if about := one.concepts & document.assigned:
            gain = max(map(one.gains.__getitem__, about))
        elif not one.concepts.isdisjoint(document.said):
            gain = _SAID
        elif says_it:
            gain = _WORD
        else:
            left_out += one.weight
            lacks = lacks or one.is_required
            continue
        score += gain * one.weight + one.telling
        # A fact that shares but the theme of a precise subject covers a part of it.
        precise = one.precise
        is_whole = says_it or not (
            precise and precise.isdisjoint(about) and precise.isdisjoint(document.said)
        )
        share = 1.0 if is_whole else _THEME_ONLY
        covered += one.weight * share
        left_out += one.weight * (1 - share)
    if lacks:
        return score - _LACKS, 0.0
    total = covered + left_out
    return score, round(covered / total, 2) if total else 1.0


def _shared(lot: Lot, words: Iterable[str], index: Index) -> list[float]:
    """How much the words of a question tell that each document uses too."""
    shared = [0.0] * len(lot)
    for word in dict.fromkeys(words):
        if len(word) > 2 or word.isdigit():
            rarity = index.rarity(word)
            for at in lot.using(word):
                shared[at] += rarity
    return shared


def _gained(lot: Lot, concepts: Iterable[Concept]) -> Mapping[int, float]:
    """What each document gains that is about some of these."""
    gained: dict[int, float] = {}
    for concept in concepts:
        gain = _GAINS[concept.kind]
        for at in lot.about(concept):
            gained[at] = max(gained.get(at, 0.0), gain)
    return gained


def _telling(lot: Lot, reading: Reading, index: Index) -> dict[Unit, float]:
    """The words that stand for no concept and that some documents use: what each is worth.

    The fewer documents use a word, the more it tells; one that none uses is how people talk.
    """
    worths = {}
    for unit in reading.units:
        if unit.concepts:
            continue
        uses = len(set(lot.using(unit.stems[0])).intersection(*map(lot.using, unit.stems[1:])))
        if 0 < uses <= len(lot) * _SINGLING:
            rarity = max(index.rarity(word) for word in unit.stems)
            worths[unit] = (
                _TELLING * rarity * math.log((len(lot) + 1) / (uses + 1)) / math.log(len(lot) + 1)
            )
    return worths


def _sought(units: Sequence[Unit], index: Index, telling: Mapping[Unit, float]) -> list[_Sought]:
    subjects = sum(bool(unit.concepts) for unit in units)
    adds = any(not u.is_recalled and (u.concepts or u in telling) for u in units)
    is_of_more = bool(telling) or any(u.concepts and _COMMON.isdisjoint(u.concepts) for u in units)
    sought = []
    for unit in units:
        if unit.is_required:
            weight = 1.0
        elif unit.concepts:
            beside = is_of_more or (subjects > 1 and CAMERAS in unit.concepts)
            if beside and not _COMMON.isdisjoint(unit.concepts):
                weight = _BESIDE
            else:
                weight = _RECALLED if unit.is_recalled and adds else 1.0
        else:
            rarity = max(index.rarity(word) for word in unit.stems)
            weight = _PLAIN * rarity * (_TELLING_TOO if unit in telling else 1.0)
        sought.append(_Sought.of(unit, weight, telling.get(unit, 0.0)))
    return sought


def _fitness(document: Document, wish: Wish) -> float:
    item = document.item
    again = _AGAIN * (item.id in wish.told)
    if not isinstance(item, Citation):
        says_year = wish.year is not None and str(wish.year.year) in document.stems
        return (_ARTICLE if wish.article else -0.5) + _SAYS_YEAR * says_year - again
    fitness = -again
    figure = item.fact.figure
    if wish.figure and figure is not None and (wish.sum_of_money or "euro" not in figure.unit):
        fitness += 1.0
    if wish.told_of is not None and document.period == wish.told_of:
        fitness += _OF_THE_SAME
    if wish.vendor and document.names_vendor:
        fitness += wish.vendor
    if wish.date:
        fitness += -0.5 if document.period is None else 0.5 if figure is None else 0.2
    if wish.year is not None:
        fitness += _in_year(document, document.period, wish.year)
    return fitness


def _in_year(document: Document, held: Period | None, year: Period) -> float:
    if held is not None and year.contains(held):
        return 3.0
    if held is not None and held.last.year == year.year:
        return 2.0
    if str(year.year) in document.stems:
        return 2.0
    if held is None:
        return 0.0
    return 1.0 if held.overlaps(year) else -1.0


def _order(ranked: Ranked, *, first: bool) -> tuple[bool, float, float, str]:
    document = ranked.document
    if first:
        day = -document.period.first.toordinal() if document.period else -math.inf
    else:
        day = document.period.last.toordinal() if document.period else 0
    return ranked.answers, round(ranked.score, 1), day, document.item.id
