"""Fits the vectors of words (bot/search/meanings.py) on the questions to build with.

Each question picks one among the documents that may answer it and the refusal (a conditional
logit, as in learning.py), whose scores how close they are to the question adds to.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.features import REFUSAL
from bot.search.meanings import Meanings, Vectors
from tests.questions.descending import Descent, Floats
from tests.questions.examples import Example

SIZE = 64
"""Numbers in a vector."""
FEWEST = 2
"""Questions, or documents, that must use a word for it to have one."""
ROUNDS, BATCH = 40, 512
RATE, DECAY = 0.01, 0.3
"""The step of the first round, which falls to nothing, and the share of it taken off vectors."""
UNHEARD = 0.3
"""The share of the words of a question that a round leaves out: it shall rely on none alone."""
SHARE = 0.3
"""The share of what documents score by themselves that counts beside."""
SEED = 1
FINEST = 127
"""The numbers of vectors are kept as whole ones, up to this."""


class _Choices(NamedTuple):
    """What each question may pick."""

    picks: NDArray[np.int64]
    """Rows of all that is told; -1 fills up."""
    scores: Floats
    is_right: Floats
    weights: Floats

    def of(self, at: NDArray[np.int64]) -> "_Choices":
        return _Choices(self.picks[at], self.scores[at], self.is_right[at], self.weights[at])


def fit(
    examples: Sequence[Example], weights: Sequence[float], told: Mapping[str, Collection[str]]
) -> Meanings:
    """The vectors under which what is right is the likeliest.

    `weights`: what each of the examples weighs; `told`: the words of each document, by its id.
    """
    random = np.random.default_rng(SEED)
    texts: dict[str, Collection[str]] = {**told, REFUSAL: (REFUSAL,)}
    asked = _numbered([example.features for example in examples])
    words = _numbered(list(texts.values()), REFUSAL)
    documents = _spread(list(texts.values()), words)
    choices = _choices(examples, weights, list(texts))
    heard = [[asked[word] for word in example.features if word in asked] for example in examples]
    # What is told with the word that asks for it is close from the start.
    both = {word: row for row, word in enumerate(sorted({*asked, *words}))}
    start = random.normal(0, 1, (len(both), SIZE)).astype(np.float32) / SIZE**0.5
    vectors = [start[[both[word] for word in one]] for one in (asked, words)]
    steps = ROUNDS * -(-len(examples) // BATCH)
    descent = Descent(vectors, rate=RATE, decay=DECAY, steps=steps)
    for _ in range(ROUNDS):
        order = random.permutation(len(examples))
        for first in range(0, len(order), BATCH):
            at = order[first : first + BATCH]
            questions = np.zeros((len(at), len(asked)), np.float32)
            for row, number in enumerate(at):
                rows = np.array(heard[number], np.int64)
                kept = rows[random.random(len(rows)) > UNHEARD]
                questions[row, kept if len(kept) else rows] = 1
            questions /= np.sqrt(questions.sum(1, keepdims=True)).clip(1)
            descent.step(_slopes(vectors, questions, documents, choices.of(at)))
    return Meanings(Vectors(asked, vectors[0]), Vectors(words, vectors[1]))


def write(meanings: Meanings, file: Path) -> None:
    held = {}
    for name, vectors in (("asked", meanings.asked), ("told", meanings.told)):
        step = np.float32(np.abs(vectors.values).max() / FINEST)
        held[f"{name}_words"] = np.array("\n".join(vectors.rows))
        held[f"{name}_values"] = np.round(vectors.values / step).astype(np.int8)
        held[f"{name}_step"] = np.array(step)
    np.savez_compressed(file, allow_pickle=False, **held)


def _numbered(texts: Sequence[Collection[str]], *always: str) -> dict[str, int]:
    """The words that more than a few of the texts use, numbered."""
    uses = Counter(word for text in texts for word in set(text))
    kept = {word for word, count in uses.items() if count >= FEWEST}.union(always)
    return {word: number for number, word in enumerate(sorted(kept))}


def _spread(texts: Sequence[Collection[str]], words: Mapping[str, int]) -> Floats:
    """What each text has of each word, over the root of how many."""
    spread = np.zeros((len(texts), len(words)), np.float32)
    for row, text in enumerate(texts):
        spread[row, [words[word] for word in set(text) if word in words]] = 1
    spread /= np.sqrt(spread.sum(1, keepdims=True)).clip(1)
    return spread


def _choices(examples: Sequence[Example], weights: Sequence[float], ids: Sequence[str]) -> _Choices:
    numbers = {id_: number for number, id_ in enumerate(ids)}
    width = 1 + max(len(example.ids) for example in examples)
    picks = np.full((len(examples), width), -1)
    scores = np.zeros(picks.shape, np.float32)
    is_right = np.zeros(picks.shape, np.float32)
    for row, example in enumerate(examples):
        size = len(example.ids)
        picks[row, : size + 1] = [*map(numbers.__getitem__, example.ids), numbers[REFUSAL]]
        scores[row, :size] = SHARE * example.scores[:size]
        is_right[row, : size + 1] = [*example.is_right[:size], example.is_right[-1]]
    return _Choices(picks, scores, is_right, np.array(weights, np.float32))


def _slopes(
    vectors: Sequence[Floats], questions: Floats, documents: Floats, choices: _Choices
) -> tuple[Floats, Floats]:
    """How the unlikeliness of what is right changes with each number of the vectors."""
    asked, told = questions @ vectors[0], documents @ vectors[1]
    may = choices.picks >= 0
    picks = np.where(may, choices.picks, 0)
    scores = np.take_along_axis(asked @ told.T, picks, 1) + choices.scores
    scores[~may] = -1e4
    likely = np.exp(scores - scores.max(1, keepdims=True))
    likely /= likely.sum(1, keepdims=True)
    wanted = likely * choices.is_right
    wanted /= wanted.sum(1, keepdims=True) + 1e-12
    slope = (likely - wanted) * may * (choices.weights / len(questions))[:, None]
    by_document = np.zeros((len(questions), len(documents)), np.float32)
    np.add.at(by_document, (np.arange(len(questions))[:, None], picks), slope)
    return questions.T @ (by_document @ told), documents.T @ (by_document.T @ asked)
