"""What a sentence tells by its form: numbers, what they count, how exact its dates are.

Everything here takes stems in order, each as the first of its synonyms: « huit » is « 8 ».
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from bot.language.stems import stems
from bot.search.phrases import Stems

_MONTHS = frozenset(
    stems("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
)
_ABOUT = frozenset(stems("cent centaine dizaine quinzaine vingtaine trentaine cinquantaine mille"))
"""Numbers that are no digits."""
_ONE = frozenset(stems("un une"))
_DURATIONS = frozenset(stems("mois semaine an année heure"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_ARTICLE = re.compile(r"[lr]\d+")
_AFTER = 5
"""Words after a number among which stands what it counts: « 9 des nouvelles caméras »."""
_COUNTED = 2
"""How many of them are kept: « caméras mobiles »."""
_SHORT = 3
"""Letters up to which a word counts for nothing."""


def tells_number(words: Stems) -> bool:
    """Whether it holds a number that is neither of a date nor of an article of law, or « un
    mois »."""
    return any(words[at].isdigit() for at in _numbers(words)) or any(
        one in _ONE and after in _DURATIONS for one, after in pairwise(words)
    )


def counted(words: Stems) -> frozenset[str]:
    """What its numbers count."""
    return frozenset(word for at in _numbers(words) for word in _after(words, at))


def precision(words: Stems) -> str:
    """The shortest time by which it dates anything: « day », « month », « year » or « none »."""
    if any(word.isdigit() and after in _MONTHS for word, after in pairwise(words)):
        return "day"
    if not _MONTHS.isdisjoint(words):
        return "month"
    return "year" if any(map(_YEAR.fullmatch, words)) else "none"


def _numbers(words: Stems) -> Iterator[int]:
    for at, (before, word, after) in enumerate(
        zip(("", *words), words, (*words[1:], ""), strict=False)
    ):
        is_number = word in _ABOUT or (word.isdigit() and not _YEAR.fullmatch(word))
        if is_number and after not in _MONTHS and not _ARTICLE.fullmatch(before):
            yield at


def _after(words: Stems, at: int) -> Iterator[str]:
    following = words[at + 1 : at + 1 + _AFTER]
    return islice((w for w in following if len(w) > _SHORT and not w.isdigit()), _COUNTED)
