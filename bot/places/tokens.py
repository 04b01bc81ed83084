"""The words of a sentence, with what each may be the name of."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.language.folding import fold
from bot.places.index import MOST_KNOWN, OPENING, Index, Kind
from bot.places.spelling import unstretched, written_out

MOST_WORDS = 120
LONGEST_NAME = 8  # words
LONGEST_LARGER = 3  # words of the name of a département, or of a place abroad
_WORD = re.compile(r"[^\W_]+")
_WORD_HIT = (Kind.WORD, 0)


class Token(NamedTuple):
    folded: str
    spelled: str
    """As the names of places are, abbreviations written out."""
    hits: Sequence[tuple[int, int]]
    start: int
    end: int
    is_capital: bool
    is_word: bool
    is_accented: bool
    is_joined: bool
    """Whether a hyphen ties it to the word before."""


class Sentence(NamedTuple):
    tokens: list[Token]
    ends: list[int]
    """Where the longest run that may be a name ends, from each of them on."""


class _Word(NamedTuple):
    """What a word is, wherever it stands."""

    folded: str
    spelled: str
    hits: Sequence[tuple[int, int]]
    is_word: bool
    is_accented: bool


class Reader:
    """Cuts sentences into words. What the index knows of a word is kept; no other word is."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, _Word] = {}

    def read(self, text: str) -> Sentence:
        """The words of a text, at most `MOST_WORDS`."""
        tokens: list[Token] = []
        last = -1
        for match in _WORD.finditer(text):
            said = match[0]
            word = self._known.get(said) or self._read(said)
            if word.folded:
                start, end = match.span()
                end += text[end : end + 1] == ")" and text[start - 1 : start] == "("
                capital = said[0].isupper() and not said.isupper()
                joined = start == last + 1 and text[last] == "-"
                last = end
                folded, spelled, hits, is_word, accented = word
                tokens.append(
                    Token(folded, spelled, hits, start, end, capital, is_word, accented, joined)
                )
        del tokens[MOST_WORDS:]
        ends = list(_ends(self._index, [token.spelled for token in tokens]))
        self._mark_larger_places(tokens, ends)
        return Sentence(tokens, ends)

    def _read(self, said: str) -> _Word:
        folded = fold(said).replace(" ", "")
        hits = self._index.hits(folded)
        is_word = _WORD_HIT in (hits or self._index.hits(unstretched(folded)))
        word = _Word(folded, written_out(folded), hits, is_word, not said.isascii())
        if hits:
            if len(self._known) == MOST_KNOWN:
                self._known.clear()
            self._known[said] = word
        return word

    def _mark_larger_places(self, tokens: list[Token], ends: Sequence[int]) -> None:
        """Takes the words of « Los Angeles » or « Pas-de-Calais » for everyday words."""
        for start, farthest in enumerate(ends):
            for end in range(start + 2, min(farthest, start + LONGEST_LARGER) + 1):
                hits = self._index.hits("".join(token.folded for token in tokens[start:end]))
                if hits and hits[0][0] in (Kind.DEPARTEMENT, Kind.FOREIGN):
                    known = [token._replace(is_word=True) for token in tokens[start:end]]
                    tokens[start:end] = known


def _ends(index: Index, words: Sequence[str]) -> Iterator[int]:
    openings, glued, at = index.openings, "".join(words), 0
    for start, word in enumerate(words):
        farthest = min(start + LONGEST_NAME, len(words))
        if glued[at : at + OPENING] in openings:
            yield farthest
        else:
            longest, letters = start + 1, len(word)
            for end in range(start + 2, farthest + 1):
                letters += len(words[end - 1])
                if letters >= OPENING:
                    break
                if glued[at : at + letters] in openings:
                    longest = end
            yield longest
        at += len(word)


def is_unknown(token: Token, shortest: int = 4) -> bool:
    if token.is_word or len(token.folded) < shortest or not token.folded.isalpha():
        return False
    return all(kind <= Kind.INSEE or kind == Kind.NEAR for kind, _ in token.hits)
