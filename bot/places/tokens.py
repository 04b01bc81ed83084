"""The words of a sentence, with what each may be the name of."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.language.folding import fold
from bot.places.index import OPENING, Index, Kind
from bot.places.spelling import unstretched, written_out

MOST_WORDS = 120
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


def tokens_of(index: Index, sentence: str) -> list[Token]:
    tokens: list[Token] = []
    for match in _WORD.finditer(sentence):
        start, end = match.span()
        word = match[0]
        folded = fold(word).replace(" ", "")
        if folded:
            capital = word[0].isupper() and not word.isupper()
            end += sentence[end : end + 1] == ")" and sentence[start - 1 : start] == "("
            accented = not word.isascii()
            hits = index.hits(folded)
            is_word = _WORD_HIT in (hits or index.hits(unstretched(folded)))
            joined = tokens != [] and sentence[tokens[-1].end : start] == "-"
            spelled = written_out(folded)
            tokens.append(
                Token(folded, spelled, hits, start, end, capital, is_word, accented, joined)
            )
    return _with_larger_places(index, tokens[:MOST_WORDS])


def _with_larger_places(index: Index, tokens: list[Token]) -> list[Token]:
    """The words of « Los Angeles » or « Pas-de-Calais », taken for everyday words."""
    words = [token.folded for token in tokens]
    for start, farthest in enumerate(farthest_of(index, words, LONGEST_LARGER)):
        for end in range(start + 2, farthest + 1):
            hits = index.hits("".join(words[start:end]))
            if hits and hits[0][0] in (Kind.DEPARTEMENT, Kind.FOREIGN):
                known = [token._replace(is_word=True) for token in tokens[start:end]]
                tokens[start:end] = known
    return tokens


def farthest_of(index: Index, words: Sequence[str], most: int) -> Iterator[int]:
    """Where the longest run that may be a name ends, from each word on, of at most so many."""
    openings, glued, at = index.openings, "".join(words), 0
    for start, word in enumerate(words):
        farthest = min(start + most, len(words))
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
