"""Learns which words go with which facts, from the questions to build with.

    python -m tests.questions.learning            writes learnt.tsv, wordings.tsv,
                                                  meanings.npz and second_look.json in
                                                  bot/search/
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
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.answers.answering import Answering
from bot.answers.facts import wish_of
from bot.presentation.conversation import Conversation
from bot.search import learnt, meanings, second_look, wordings
from bot.search.features import words_of
from bot.search.learning import Learning
from bot.search.learnt import Learnt
from bot.search.meanings import Meanings
from bot.search.phrases import Stems
from bot.search.ranking import closeness, features_asked, near_best, rank
from bot.search.second_look import SecondLook, inputs_of
from bot.search.wordings import Wordings, likeness, worth
from tests.questions import finding_meanings, looking_again
from tests.questions.descending import Floats
from tests.questions.examples import (
    Example,
    Examples,
    Numbers,
    base_and_places,
    is_ranked,
)
from tests.questions.judging import judge, load_by_document, load_part, question_of
from tests.questions.looking_again import Look, fit

FEWEST = 3
"""Questions that must use a word for it to be learnt."""
PENALTY = 0.4
WEIGHT, BY_DOCUMENT = 0.06, 0.03
"""What a question weighs against the penalty; less if it was written from a document, as nobody
chose to ask it."""
STEPS, RATE = 60, 0.05
LEAST, LEAST_OF_MANY, MANY = 0.05, 0.12, 120
"""The smallest weight worth keeping, and the smallest of a feature that would keep more than so
many: it is added up for nearly every question."""
REFUSED = 0.67
"""What a question that is rightly refused weighs beside one that is answered, in the second look:
who writes questions makes up more of these than people ask."""
OF_NEW_TOWNS = 0.25
"""What a question weighs there when nothing was learnt of its town: the base grows."""
PARTS = 3
"""Parts of the questions, or of the towns, each told by what was learnt from the others."""


def looks(known: Sequence[Example], examples: Examples, answering: Answering) -> list[Look]:
    """What the second look sees of these, which `answering` has not learnt from."""
    conversation = Conversation(base_and_places()[0], answering)
    index = answering.index
    seen = []
    for example in known:
        question = question_of(conversation, example.asked.turns)
        if question is None or not is_ranked(question):
            continue
        documents = answering.anywhere.candidates(question)
        wish = wish_of(question)
        near = near_best(rank(documents, question.reading, index, wish))
        if not near:
            continue
        is_refused = bool(example.is_right[-1])
        right = [not is_refused and examples.is_right(one.document, example.asked) for one in near]
        scores = [one.score for one in near]
        refusal = near[0].score - near[0].lead
        words = words_of(question.reading, index.lexicon)
        asked = features_asked(question.reading, words, wish)
        rows = inputs_of(
            [one.parts for one in near],
            scores,
            refusal,
            closeness(near, asked, words, index),
            asked=len(words),
            among=len(documents),
        )
        weight = (BY_DOCUMENT if example.asked.is_by_document else WEIGHT) / WEIGHT
        seen.append(
            Look(
                np.array(rows, np.float32),
                np.array([*scores, refusal], np.float32),
                np.array([*right, is_refused], np.float32),
                weight * (REFUSED if is_refused else 1.0),
            )
        )
    return seen


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
        alike, known = wordings.alike(weights, id_), len(wordings.of(id_))
        if example.is_right[at] and alike:
            alike.remove(max(alike))  # its own wording
            known -= 1
        scores[at] += worth(likeness(alike, known))
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
    kept = {feature: _kept(weights[row]) for feature, row in rows.items()}
    return Learnt(dict(numbers), kept)


def _kept(weights: Floats) -> list[tuple[int, float]]:
    """The weights worth keeping, with the numbers of the features of documents."""
    least = LEAST if (np.abs(weights) >= LEAST).sum() <= MANY else LEAST_OF_MANY
    numbers = np.flatnonzero(np.abs(weights) >= least).tolist()
    return [(number, round(float(weights[number]), 2)) for number in numbers]


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
        for number, weight in zip(*weights, strict=True)
    )
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def write_wordings(known: Sequence[tuple[tuple[str, ...], Stems]], file: Path) -> None:
    """One question a line: the ids of what answers it, and its words."""
    lines = sorted({f"{' '.join(ids)}\t{' '.join(words)}" for ids, words in known})
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def check(known: Sequence[Example], examples: Examples, part_of: Callable[[Example], str]) -> None:
    """Tells how right are those of each part of the examples, having learnt from the others."""
    knowledge, places = base_and_places()
    parts = _parts(known, part_of)
    seen, learned = [], []
    for part in range(PARTS):
        own, others = _split(known, parts, part)
        learned.append(_learning(others, examples))
        answering = Answering(knowledge, places, learned[part])
        seen.append(looks(own, examples, answering))
    right = Counter[str]()
    for part in range(PARTS):
        look = fit([one for at, its in enumerate(seen) if at != part for one in its])
        conversation = Conversation(
            knowledge, Answering(knowledge, places, learned[part]._replace(second_look=look))
        )
        for example in _split(known, parts, part)[0]:
            name = f"{example.asked.part}, {'a' if example.town else 'no'} town"
            right[name] += not judge(example.asked, conversation).faults
            right[f"{name}, of"] += 1
    for name in sorted(name for name in right if not name.endswith(", of")):
        count, of = right[name], right[f"{name}, of"]
        sys.stdout.write(f"  {name}: {count} of {of}, {100 * count / of:.1f} %\n")


def look_again(known: Sequence[Example], examples: Examples) -> SecondLook:
    """The network fitted on what each part of the examples looks like to what the others teach,
    parted by question, then by town."""
    seen: list[Look] = []
    for part_of, weight in ((_turn, 1.0), (_file, OF_NEW_TOWNS)):
        parts = _parts(known, part_of)
        for part in range(PARTS):
            own, others = _split(known, parts, part)
            learning = _learning(others, examples)
            its = looks(own, examples, Answering(*base_and_places(), learning))
            seen += [replace(look, weight=weight * look.weight) for look in its]
    return fit(seen)


def _turn(example: Example) -> str:
    return example.asked.turns[-1]


def _file(example: Example) -> str:
    return example.file


def find_meanings(known: Sequence[Example], examples: Examples) -> Meanings:
    """The vectors of words fitted on those that documents answer and those that are refused."""
    picked = [one for one in known if one.is_right[: len(one.ids)].any() or one.is_right[-1]]
    weights = [
        (BY_DOCUMENT if one.asked.is_by_document else WEIGHT)
        / WEIGHT
        * (REFUSED if one.is_right[-1] else 1.0)
        for one in picked
    ]
    return finding_meanings.fit(picked, weights, examples.told)


def _learning(known: Sequence[Example], examples: Examples) -> Learning:
    return Learning(
        learn(with_wordings(known), examples.numbers),
        Wordings(known_wordings(known)),
        find_meanings(known, examples),
    )


def _parts(known: Sequence[Example], part_of: Callable[[Example], str]) -> list[int]:
    names = sorted({part_of(example) for example in known})
    numbers = {name: at % PARTS for at, name in enumerate(names)}
    return [numbers[part_of(example)] for example in known]


def _split(
    known: Sequence[Example], parts: Sequence[int], part: int
) -> tuple[list[Example], list[Example]]:
    """Those of one part, and all the others."""
    own = [one for one, its in zip(known, parts, strict=True) if its == part]
    others = [one for one, its in zip(known, parts, strict=True) if its != part]
    return own, others


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only measure, part by part")
    is_check = parser.parse_args().check
    examples = Examples(*base_and_places())
    known = examples.of([*load_part("build"), *load_by_document()])
    sys.stdout.write(f"{len(known)} questions\n")
    if is_check:
        sys.stdout.write("on towns not learnt from\n")
        check(known, examples, _file)
        sys.stdout.write("on questions not learnt from\n")
        check(known, examples, _turn)
    else:
        looking_again.write(look_again(known, examples), second_look.FILE)
        write(learn(with_wordings(known), examples.numbers), learnt.FILE)
        write_wordings(known_wordings(known), wordings.FILE)
        finding_meanings.write(find_meanings(known, examples), meanings.FILE)


if __name__ == "__main__":
    main()
