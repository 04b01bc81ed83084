"""Weighs again the documents that answer about as well as the best, and a refusal.

A score adds its parts up; how they go together tells more: a known wording is worth less where its
subject is not covered. `second_look.json` holds what `make learn` fitted on questions that the
first weights had not learnt from: a network of one hidden layer, whose output is added to scores.
"""

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.meanings import Closeness

FILE = Path(__file__).with_name("second_look.json")
REACH = 5.0
"""How much less than the best a score may be for another look to make it the first."""
MOST = 8
"""Documents that are looked at again, at most."""
FAR = 6.0
"""How far below the best the next one is taken to be where there is none."""
Floats = NDArray[np.float32]
Parts = tuple[float, float, float, float, float, float, float, float, float, float, float]
"""What a score is made of: what the question says, how much of it is covered, what suits what it
asks, its numbers, what it brings to mind, its very words, the form, what was learnt (all these on
the scale of the scores), and how alike it is to the closest known wording, to the few closest and
to all (each in 0..1)."""
NO_DOCUMENT: Parts = (0.0,) * 11


class SecondLook(NamedTuple):
    """A network: for each hidden unit its bias, for each input its weight in each of them, and what
    each of them is worth."""

    biases: Floats
    weights: Floats
    outputs: Floats

    def worths(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """What is added to each of the scores that these inputs tell of."""
        hidden = np.maximum(np.array(rows, np.float32) @ self.weights + self.biases, 0)
        worths: list[float] = (hidden @ self.outputs).tolist()
        return worths


NO_LOOK = SecondLook(*(np.zeros(0, np.float32),) * 3)


def inputs_of(
    parts: Iterable[Parts],
    scores: Sequence[float],
    refusal: float,
    closeness: Closeness,
    *,
    asked: int,
    among: int,
) -> list[list[float]]:
    """What is looked at again of some documents, best first, then of the refusal.

    `scores` are theirs, `refusal` its score, `closeness` how close in meaning the question is to
    each; `asked` counts the words of the question, `among` the documents that might answer.
    """
    best = scores[0]
    second = scores[1] if len(scores) > 1 else best - FAR
    *told, to_refuse = closeness.told
    closest = max(told)
    above = (
        _above_others(told, closest - FAR),
        _above_others(closeness.nearest, 0.0),
        _above_others(closeness.average, 0.0),
    )
    close = zip(told, closeness.nearest, closeness.average, *above, strict=True)
    size = [math.log(among + 1), asked]
    rows = [
        [
            *its,
            score - refusal,
            score - (second if at == 0 else best),
            at == 0,
            at == 1,
            0.0,
            *size,
            its_close[0] - to_refuse,
            *its_close,
        ]
        for at, (its, score, its_close) in enumerate(zip(parts, scores, close, strict=True))
    ]
    refused = [*NO_DOCUMENT, 0.0, refusal - best, 0.0, 0.0, 1.0, *size, to_refuse - closest]
    rows.append([*refused, closest, max(closeness.nearest), max(closeness.average), 0.0, 0.0, 0.0])
    return rows


def _above_others(values: Sequence[float], least: float) -> list[float]:
    """By how much each is above the largest of the others; of one alone, above `least`."""
    largest = max(values)
    next_largest = sorted(values)[-2] if len(values) > 1 else least
    return [value - (next_largest if value == largest else largest) for value in values]


@cache
def read(file: Path = FILE) -> SecondLook:
    """What `make learn` wrote."""
    held = json.loads(file.read_text("utf-8"))
    return SecondLook(**{name: np.array(values, np.float32) for name, values in held.items()})
