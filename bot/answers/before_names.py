"""What the words before the name of a town say of it: a street, the seat of a court."""

from bot.search.lexicon import SMALL_WORDS

_COURTS = frozenset(("tribunal", "juge", "juges", "cour", "ta", "caa", "ordonnance"))
_STREETS = frozenset(
    ("rue", "avenue", "av", "boulevard", "bd", "place", "quai", "square", "impasse", "allee")
)


def seats_a_court(before: list[str]) -> bool:
    """Whether the words before a name end as « le tribunal administratif de »."""
    return before[-1:] in (["de"], ["d"]) and not _COURTS.isdisjoint(before[-4:-1])


def names_a_street(before: list[str]) -> bool:
    """Whether the words before a name end as « rue de la »."""
    while before and before[-1] in SMALL_WORDS:
        before = before[:-1]
    return bool(before) and before[-1] in _STREETS
