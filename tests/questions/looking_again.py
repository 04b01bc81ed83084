"""Fits the second look (bot/search/second_look.py) on questions that nothing was learnt from.

Each question picks one among the documents that score about as well as the best and the refusal
(a conditional logit, as in learning.py), whose scores a small network adds to.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.search.second_look import SecondLook
from tests.questions.descending import Descent, Floats

HIDDEN = 20
ROUNDS, BATCH = 25, 256
RATE, DECAY = 0.003, 0.05
"""The step of the first round, which falls to nothing, and the share of it taken off weights."""
SEED = 1
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Look:
    """What a question lets choose from: documents, best first, then the refusal."""

    inputs: Floats
    """Those of the network, a row for each."""
    scores: Floats
    is_right: Floats
    weight: float


def fit(looks: Sequence[Look]) -> SecondLook:
    """The network under which what is right is the likeliest."""
    random = np.random.default_rng(SEED)
    known = [look for look in looks if look.is_right.any()]
    rows = np.concatenate([look.inputs for look in known])
    middle, spread = rows.mean(0), rows.std(0) + 1e-3
    inputs, scores, right = _padded(known, middle, spread)
    weighs = np.array([look.weight for look in known], np.float32)
    width = rows.shape[1]
    weights = [
        random.uniform(-1, 1, (width, HIDDEN)).astype(np.float32) / np.sqrt(width),
        np.zeros(HIDDEN, np.float32),
        np.zeros(HIDDEN, np.float32),
    ]
    descent = Descent(weights, rate=RATE, decay=DECAY, steps=ROUNDS * -(-len(known) // BATCH))
    for _ in range(ROUNDS):
        order = random.permutation(len(known))
        for start in range(0, len(known), BATCH):
            at = order[start : start + BATCH]
            descent.step(_slopes(weights, inputs[at], scores[at], right[at], weighs[at]))
    inner, biases, outputs = weights
    inner = inner / spread[:, None]
    return SecondLook(
        biases=np.round(biases - middle @ inner, DIGITS),
        weights=np.round(inner, DIGITS),
        outputs=np.round(outputs, DIGITS),
    )


def write(look: SecondLook, file: Path) -> None:
    """A line for each number."""
    held = {name: np.round(values.astype(float), DIGITS) for name, values in look._asdict().items()}
    text = json.dumps({name: values.tolist() for name, values in held.items()}, indent=0)
    file.write_text(f"{text}\n", "utf-8")


def _padded(known: Sequence[Look], middle: Floats, spread: Floats) -> tuple[Floats, Floats, Floats]:
    """All of them in three arrays; what fills up is never likely."""
    longest = max(len(look.scores) for look in known)
    inputs = np.zeros((len(known), longest, len(middle)), np.float32)
    scores = np.full((len(known), longest), -1e4, np.float32)
    right = np.zeros((len(known), longest), np.float32)
    for at, look in enumerate(known):
        size = len(look.scores)
        inputs[at, :size] = (look.inputs - middle) / spread
        scores[at, :size], right[at, :size] = look.scores, look.is_right
    return inputs, scores, right


def _slopes(
    weights: Iterable[Floats], inputs: Floats, scores: Floats, right: Floats, weighs: Floats
) -> tuple[Floats, Floats, Floats]:
    """How the unlikeliness of what is right changes with each weight."""
    inner, biases, outputs = weights
    hidden = np.maximum(inputs @ inner + biases, 0)
    told = scores + hidden @ outputs
    likely = np.exp(told - told.max(1, keepdims=True))
    likely /= likely.sum(1, keepdims=True)
    wanted = likely * right
    wanted /= wanted.sum(1, keepdims=True) + 1e-12
    slope = (likely - wanted) * (weighs / len(weighs))[:, None]
    back = slope[..., None] * outputs * (hidden > 0)
    return (
        np.einsum("nld,nlh->dh", inputs, back, optimize=True),
        back.sum((0, 1)),
        np.einsum("nl,nlh->h", slope, hidden, optimize=True),
    )
