"""Weighs again the documents that answer about as well as the best, and a refusal.

A score adds its parts up; how they go together tells more: a known wording is worth less where its
subject is not covered. `second_look.json` holds what `make learn` fitted on questions that the
first weights had not learnt from: a network of one hidden layer, whose output is added to scores.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path

FILE = Path(__file__).with_name("second_look.json")
REACH = 3.0
"""How much less than the best a score may be for another look to make it the first."""
MOST = 4
"""Documents that are looked at again, at most."""
FAR = 6.0
"""How far below the best the next one is taken to be where there is none."""


Parts = tuple[float, float, float, float, float, float, float, float, float, float, float]
"""What a score is made of: what the question says, how much of it is covered, what suits what it
asks, its numbers, what it brings to mind, its very words, the form, what was learnt (all these on
the scale of the scores), and how alike it is to the closest known wording, to the few closest and
to all (each in 0..1)."""
NO_DOCUMENT: Parts = (0.0,) * 11


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A network: for each hidden unit, its bias, those of its inputs, and of its output."""

    biases: Sequence[float]
    weights: Sequence[Sequence[float]]
    outputs: Sequence[float]

    def worths(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """What is added to each of the scores that these inputs tell of."""
        worths = [0.0] * len(rows)
        for bias, weights, output in zip(self.biases, self.weights, self.outputs, strict=True):
            for at, inputs in enumerate(rows):
                activation = bias + sum(map(mul, weights, inputs))
                if activation > 0:
                    worths[at] += output * activation
        return worths


NO_LOOK = SecondLook((), (), ())


def inputs_of(
    parts: Iterable[Parts], scores: Sequence[float], refusal: float, *, asked: int, among: int
) -> list[list[float]]:
    """What is looked at again of some documents, best first, then of the refusal.

    `scores` are theirs, `refusal` its score; `asked` counts the words of the question, `among` the
    documents that might answer.
    """
    best = scores[0]
    second = scores[1] if len(scores) > 1 else best - FAR
    size = [math.log(among + 1), asked]
    rows = [
        [*its, score - refusal, score - (second if at == 0 else best), at == 0, at == 1, 0.0, *size]
        for at, (its, score) in enumerate(zip(parts, scores, strict=True))
    ]
    return [*rows, [*NO_DOCUMENT, 0.0, refusal - best, 0.0, 0.0, 1.0, *size]]


@cache
def read(file: Path = FILE) -> SecondLook:
    """What `make learn` wrote."""
    return SecondLook(**json.loads(file.read_text("utf-8")))
