"""Learns which words go with which facts, from the questions to build with.

    python -m tests.questions.learning            writes learnt.tsv and wordings.tsv in bot/search/
    python -m tests.questions.learning --check    only tells how right it is on what it has not
                                                  learnt from: other towns, other questions

Each question picks one among the facts of its town and the refusal (a conditional logit). What
the ranking gives by itself is taken as it is; the weights add to it what it misses. They are kept
small (an L2 penalty), so that only what many questions show is learnt.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answers.answering import Answering
from bot.answers.facts import wish_of
from bot.answers.question import Question
from bot.assembly import load_base, load_places
from bot.knowledge.citations import Card, Citation
from bot.knowledge.model import Knowledge
from bot.places.resolving import Places
from bot.presentation.conversation import Conversation
from bot.search import learnt, wordings
from bot.search.features import AGENDA, REFUSAL, of_question, words_of
from bot.search.index import Document
from bot.search.learnt import Learnt
from bot.search.lexicon import SMALL_WORDS
from bot.search.phrases import Stems
from bot.search.ranking import OF_EVENTS, rank
from bot.search.wordings import NONE, Wordings, worth
from bot.settings import read_settings
from tests.questions.judging import (
    NOW,
    Asked,
    judge,
    load_by_document,
    load_part,
    question_of,
    shown_text,
    wrong_in,
)

FEWEST = 3
"""Questions that must use a word for it to be learnt."""
PENALTY = 0.4
WEIGHT, BY_DOCUMENT = 0.06, 0.03
"""What a question weighs against the penalty; less if it was written from a document, as nobody
chose to ask it."""
WEIGHED = 60
"""Documents of which one is to be picked: more than are weighed once it is learnt how these were
asked for."""
STEPS, RATE = 60, 0.05
LEAST = 0.12
"""The smallest weight worth keeping."""
PARTS = 3
"""Parts of the towns, each told by what was learnt from the others."""
TOLD = {"fact", "topic"}
"""The kinds of answers that documents give."""
Floats = NDArray[np.float32]


class Numbers(dict[str, int]):
    """Numbers every feature that it is asked for."""

    def __contains__(self, feature: object) -> bool:
        return True

    def __missing__(self, feature: str) -> int:
        self[feature] = len(self)
        return self[feature]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what it may be answered with: the documents of its town, the agenda where
    it speaks of events, then a refusal."""

    town: str
    asked: Asked
    words: Stems
    features: tuple[str, ...]
    ids: tuple[str, ...]
    """Those of the documents."""
    documents: tuple[tuple[int, ...], ...]
    """The features of each, by number."""
    scores: Floats
    is_right: Floats

    @property
    def file(self) -> str:
        """What stands for the file of the town asked, else of what answers."""
        right = (id_ for id_, is_right in zip(self.ids, self.is_right, strict=False) if is_right)
        return self.town or next(right, self.asked.turns[-1]).partition("/")[0]


class Examples:
    """Turns questions into examples, from one state of the base."""

    def __init__(self, knowledge: Knowledge, places: Places) -> None:
        self.numbers = Numbers()
        self._refusal = (self.numbers[REFUSAL],)
        self._agenda = (self.numbers[AGENDA],)
        self._answering = Answering(knowledge, places, (Learnt(self.numbers, {}), NONE))
        self._conversation = Conversation(knowledge, self._answering)
        cards = {id_: self._answering.topics.about(id_) for id_ in knowledge.topics}
        self._cards = {id_: shown_text(self._conversation, card) for id_, card in cards.items()}

    def of(self, questions: Sequence[Asked]) -> list[Example]:
        """An example for each question on one covered town that a fact of its own may answer."""
        return [example for asked in questions if (example := self._of(asked)) is not None]

    def _of(self, asked: Asked) -> Example | None:
        kinds = set(asked.kinds)
        is_refused = kinds <= {"unknown", "choice", "help", "smalltalk"}
        tells = (
            "agenda" in kinds
            or asked.answers
            or (kinds & TOLD and (asked.contains or asked.contains_any))
        )
        if not (is_refused or tells):
            return None
        question = question_of(self._conversation, asked.turns)
        if question is None or not _is_ranked(question):
            return None
        index, wish = self._answering.index, wish_of(question)
        town = question.territories[0].id if question.territories else None
        if town is not None and kinds == {"choice"}:
            return None
        documents = self._answering.anywhere.candidates(question)
        meant = (index.by_id[id_] for id_ in asked.answers if id_ in index.by_id)
        documents = list(dict.fromkeys((*documents, *meant)))
        ranked = rank(documents, question.reading, index, wish, WEIGHED)
        right = [not is_refused and self._is_right(one.document, asked) for one in ranked]
        others = [(self._refusal, 0.0, is_refused)]
        if question.speaks_of_events:
            others.insert(0, (self._agenda, OF_EVENTS, "agenda" in kinds))
        if not (any(right) or any(is_right for *_, is_right in others)):
            return None
        words = words_of(question.reading, index.lexicon)
        features = of_question(
            question.reading, words, names_year=wish.year is not None, names_town=wish.town
        )
        return Example(
            town or "",
            asked,
            tuple(dict.fromkeys(word for word in words if word not in SMALL_WORDS)),
            tuple(features),
            tuple(one.document.item.id for one in ranked),
            (*(one.document.features for one in ranked), *(features for features, *_ in others)),
            np.array([*(one.score for one in ranked), *(o[1] for o in others)], np.float32),
            np.array([*right, *(is_right for *_, is_right in others)], np.float32),
        )

    def _is_right(self, document: Document, asked: Asked) -> bool:
        item = document.item
        if asked.answers:
            return item.id in asked.answers
        if isinstance(item, Card):
            return "topic" in asked.kinds and not wrong_in(self._cards[item.id], asked)
        text = item.fact.text if isinstance(item, Citation) else item.article.summary
        return "fact" in asked.kinds and not wrong_in(text, asked)


def _is_ranked(question: Question) -> bool:
    """Whether documents are ranked for it: those of one town, or of none."""
    territories = question.territories
    return (
        (not territories or (len(territories) == 1 and territories[0].id is not None))
        and bool(question.reading.units)
        and question.refused is None
        and not (question.doubtful or question.is_elsewhere)
        and not question.asks("ranking", "ratio")
        and not any(year.first > NOW.date() for year in question.years)
    )


def known_wordings(examples: Sequence[Example]) -> list[tuple[tuple[str, ...], Stems]]:
    """What `Wordings` are made of: the questions that documents answer."""
    known = [
        (tuple(id_ for id_, right in zip(e.ids, e.is_right, strict=False) if right), e.words)
        for e in examples
    ]
    return [(ids, words) for ids, words in known if ids and words]


def with_wordings(examples: Sequence[Example]) -> list[Example]:
    """The examples, scored besides by the wordings of all the others, every other file's.

    Of the other half none is known: what is learnt must also suit the towns and the topics that
    join the base.
    """
    wordings = Wordings(known_wordings(examples))
    known = set(sorted({example.file for example in examples})[::2])
    return [
        replace(example, scores=_scored(example, wordings)) if example.file in known else example
        for example in examples
    ]


def _scored(example: Example, wordings: Wordings) -> Floats:
    weights = wordings.weights(example.words)
    scores = example.scores.copy()
    for at, id_ in enumerate(example.ids):
        alike = wordings.alike(weights, id_)
        if example.is_right[at] and alike:
            alike.remove(max(alike))  # its own wording
        scores[at] += worth(alike)
    return scores


def learn(examples: Sequence[Example], numbers: Numbers) -> Learnt:
    """The weights under which the right documents are the likeliest."""
    uses = Counter(feature for example in examples for feature in set(example.features))
    rows = {feature: row for row, feature in enumerate(f for f, n in uses.items() if n >= FEWEST)}
    packed = [_packed(example, rows, len(numbers)) for example in examples]
    weights = np.zeros((len(rows), len(numbers)), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)  # Adam's two moments
    for step in range(1, STEPS + 1):
        slope = PENALTY * weights
        for asked, told, scores, right, weight in packed:
            likely = _softmax(scores + told @ weights[asked].sum(0))
            wanted = likely * right / (likely * right).sum()
            slope[asked] += weight * (told.T @ (likely - wanted))
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope * slope
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    kept = {
        feature: [
            (number, round(float(weights[row, number]), 2))
            for number in np.flatnonzero(np.abs(weights[row]) >= LEAST).tolist()
        ]
        for feature, row in rows.items()
    }
    return Learnt(dict(numbers), kept)


def _packed(
    example: Example, rows: dict[str, int], width: int
) -> tuple[list[int], Floats, Floats, Floats, float]:
    told = np.zeros((len(example.documents), width), np.float32)
    for at, features in enumerate(example.documents):
        told[at, list(features)] = 1
    asked = [rows[feature] for feature in example.features if feature in rows]
    weight = BY_DOCUMENT if example.asked.is_by_document else WEIGHT
    return asked, told, example.scores, example.is_right, weight


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


def write(learnt: Learnt, file: Path) -> None:
    """One weight a line: the feature of a question, that of a document, and the weight."""
    names = {number: feature for feature, number in learnt.numbers.items()}
    lines = sorted(
        f"{asked}\t{names[number]}\t{weight:g}"
        for asked, weights in learnt.weights.items()
        for number, weight in weights
    )
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def write_wordings(known: Sequence[tuple[tuple[str, ...], Stems]], file: Path) -> None:
    """One question a line: the ids of what answers it, and its words."""
    lines = sorted({f"{' '.join(ids)}\t{' '.join(words)}" for ids, words in known})
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def check(known: list[Example], numbers: Numbers, part_of: Callable[[Example], str]) -> None:
    """Tells how right are those of each part of the examples, having learnt from the others."""
    knowledge, places = _base()
    names = sorted({part_of(example) for example in known})
    parts = [names.index(part_of(example)) % PARTS for example in known]
    right = Counter[str]()
    for part in range(PARTS):
        others = [one for one, its in zip(known, parts, strict=True) if its != part]
        learning = learn(with_wordings(others), numbers), Wordings(known_wordings(others))
        conversation = Conversation(knowledge, Answering(knowledge, places, learning))
        for example, its in zip(known, parts, strict=True):
            if its == part:
                name = f"{example.asked.part}, {'a' if example.town else 'no'} town"
                right[name] += not judge(example.asked, conversation).faults
                right[f"{name}, of"] += 1
    for name in sorted(name for name in right if not name.endswith(", of")):
        count, of = right[name], right[f"{name}, of"]
        sys.stdout.write(f"  {name}: {count} of {of}, {100 * count / of:.1f} %\n")


@cache
def _base() -> tuple[Knowledge, Places]:
    settings = read_settings({})
    knowledge = load_base(settings, NOW.date())
    return knowledge, load_places(settings, knowledge)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only measure, part by part")
    is_check = parser.parse_args().check
    examples = Examples(*_base())
    known = examples.of([*load_part("build"), *load_by_document()])
    sys.stdout.write(f"{len(known)} questions\n")
    if is_check:
        sys.stdout.write("on towns not learnt from\n")
        check(known, examples.numbers, lambda one: one.town or one.asked.turns[-1])
        sys.stdout.write("on questions not learnt from\n")
        check(known, examples.numbers, lambda one: one.asked.turns[-1])
    else:
        write(learn(with_wordings(known), examples.numbers), learnt.FILE)
        write_wordings(known_wordings(known), wordings.FILE)


if __name__ == "__main__":
    main()
