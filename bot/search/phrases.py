"""Phrases found in a sentence, whatever the endings of their words."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from bot.language.stems import stems

Meaning = TypeVar("Meaning")
Stems = tuple[str, ...]


class Match(NamedTuple, Generic[Meaning]):
    """A phrase found: the words from `first` to before `end`, and all that it may mean."""

    first: int
    end: int
    meanings: tuple[Meaning, ...]


class Phrases(Generic[Meaning]):
    """Phrases with what they mean; each is given as people write it."""

    def __init__(
        self,
        entries: Iterable[tuple[str, Meaning]],
        stems: Callable[[str], Stems] = stems,
    ) -> None:
        """`stems` cuts phrases as the sentences to search will be cut."""
        self._meanings: dict[Stems, tuple[Meaning, ...]] = {}
        for phrase, meaning in entries:
            key = stems(phrase)
            known = self._meanings.get(key, ())
            if key and meaning not in known:
                self._meanings[key] = (*known, meaning)
        self._longest: dict[str, int] = {}
        for key in self._meanings:
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def __contains__(self, key: Stems) -> bool:
        return key in self._meanings

    def __iter__(self) -> Iterator[Stems]:
        return iter(self._meanings)

    def meanings(self, key: Stems) -> tuple[Meaning, ...]:
        """What a phrase means, none when it is not known."""
        return self._meanings.get(key, ())

    def find(self, words: Stems) -> list[Match[Meaning]]:
        """The phrases of a sentence, in order: the longest at each place, without overlap."""
        found: list[Match[Meaning]] = []
        if self._longest.keys().isdisjoint(words):
            return found
        passed = 0
        for at, longest in enumerate(map(self._longest.get, words)):
            if longest is None or at < passed:
                continue
            for end in range(min(at + longest, len(words)), at, -1):
                meanings = self._meanings.get(words[at:end])
                if meanings is not None:
                    found.append(Match(at, end, meanings))
                    passed = end
                    break
        return found
