"""Phrases found in a sentence, whatever the endings of their words."""

from collections import defaultdict
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
        sizes: defaultdict[str, set[int]] = defaultdict(set)
        for key in self._meanings:
            sizes[key[0]].add(len(key))
        self._sizes = {first: sorted(held, reverse=True) for first, held in sizes.items()}

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
        if self._sizes.keys().isdisjoint(words):
            return found
        passed = 0
        for at, sizes in enumerate(map(self._sizes.get, words)):
            if sizes is None or at < passed:
                continue
            for size in sizes:
                meanings = self._meanings.get(words[at : at + size])
                if meanings is not None:
                    passed = min(at + size, len(words))
                    found.append(Match(at, passed, meanings))
                    break
        return found
