"""What is wrong with the base, told to the person who edits it."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Where a value stands in its file: keys and positions in lists, from the top."""


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """One finding. Sorts by file, then by line."""

    file: PurePath
    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.place.line}:{self.place.column}: {self.sentence}"


class Places:
    """Where each value of one file stands."""

    def __init__(self, file: PurePath, places: Mapping[Path, Place]) -> None:
        self._file = file
        self._places = places

    def problem(self, path: Path, sentence: str) -> Problem:
        """`sentence` at `path`, or at the nearest value above it that the file does hold."""
        while path and path not in self._places:
            path = path[:-1]
        return Problem(self._file, self._places.get(path, Place(1, 1)), sentence)
