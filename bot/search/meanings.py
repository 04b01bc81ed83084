"""How well the words of a question and those of a document go together.

Each word, and each concept, has a vector for where it is asked and one for where it is told. Texts
are added up, and the closer both sums point, the likelier the document answers. `meanings.npz` is
written by `make learn` from the questions to build with.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.search.features import REFUSAL

FILE = Path(__file__).with_name("meanings.npz")
Floats = NDArray[np.float32]


class Vectors:
    """A vector for each word that is known."""

    def __init__(self, words: Iterable[str], values: Floats) -> None:
        """`values`: a row for each of the words."""
        self.rows: Mapping[str, int] = {word: row for row, word in enumerate(words)}
        self.values = values

    def of(self, words: Iterable[str]) -> Floats:
        """The vector of a text: what its known words add up to, over the root of how many."""
        # Sorted: what floats add up to depends on their order, and sets have none.
        rows = sorted(self.rows[word] for word in words if word in self.rows)
        total: Floats = self.values[rows].sum(0) / max(1, len(rows)) ** 0.5
        return total

    @classmethod
    def none(cls) -> Self:
        return cls((), np.zeros((0, 0), np.float32))


class Meanings:
    """The vectors of what is asked and of what is told."""

    def __init__(self, asked: Vectors, told: Vectors) -> None:
        self.asked, self.told = asked, told
        self._refusal = told.of([REFUSAL])

    def closeness(self, asked: Iterable[str], documents: Iterable[Floats]) -> Sequence[float]:
        """How close a question is to documents with these vectors, then to what is to be refused.

        The scale is that of likelihoods: one more is e times likelier.
        """
        told = np.array([*documents, self._refusal])
        close: list[float] = (told @ self.asked.of(asked)).tolist()
        return close


NONE = Meanings(Vectors.none(), Vectors.none())


@cache
def read(file: Path = FILE) -> Meanings:
    """What `make learn` wrote."""
    with np.load(file) as held:
        asked, told = (
            Vectors(
                str(held[f"{name}_words"]).split("\n"),
                held[f"{name}_values"].astype(np.float32) * held[f"{name}_step"],
            )
            for name in ("asked", "told")
        )
    return Meanings(asked, told)
