"""Words without their endings, so that « caméras », « camera » and « CAMÉRA » are one."""

from functools import lru_cache

import Stemmer

from bot.language.folding import fold

# Snowball's French stemmer (PyStemmer). It keeps no state between words but is not thread-safe;
# everything here runs on one thread.
_french = Stemmer.Stemmer("french", maxCacheSize=0)
# Words of which the stemmer makes one with others of another sense: a country and a currency, what
# the police do and who watches, a part and a party, « augmentée » and « augmentent », « bâtiment »
# and « bat », « classe » and « classement », « parent » and « par », « soirée » and « soir ».
_APART = frozenset(
    (
        "augmentee",
        "batiment",
        "cause",
        "classe",
        "collecter",
        "detective",
        "france",
        "operation",
        "panoramique",
        "parent",
        "parti",
        "presentee",
        "preside",
        "sava",
        "seulement",
        "soiree",
        "station",
    )
)
_english = Stemmer.Stemmer("english", maxCacheSize=0)


_WHOLE = frozenset(("pays", "resolution"))
"""Words that would else be taken for others: « payer », « résolues »."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """One folded word without its ending. Words of three letters and fewer stay whole, and a few.

    The stemmer leaves three endings that our words have: the plural of « micros », the present
    of « gardent », and, without its accent, the feminine of « élucidées ».
    """
    if len(word) <= 3 or word in _WHOLE:
        return word
    singular = word.removesuffix("s")
    if singular in _APART:
        return singular
    if singular.endswith("ee"):
        singular = singular[:-1]
    stemmed = str(_french.stemWord(singular))
    return stemmed.removesuffix("ent") if len(stemmed) >= 6 else stemmed


def stems(text: str) -> tuple[str, ...]:
    """The words of any text, folded and stemmed, in order."""
    return tuple(stem(word) for word in fold(text).split())


@lru_cache(maxsize=65_536)
def english_stem(word: str) -> str:
    """One folded English word without its ending: « vandalised », « vandalises ».

    What is useful is not what is used: the stemmer makes them one.
    """
    return word if word.endswith("ful") else str(_english.stemWord(word))


def english_stems(text: str) -> tuple[str, ...]:
    """The words of an English text, folded and stemmed, in order."""
    return tuple(english_stem(word) for word in fold(text).split())
