"""One spelling for what people type in many: no accents, no case, no punctuation."""

import re
import unicodedata
from functools import cache

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o"}
)
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` in lower case without accents, its words separated by single spaces.

    Hyphens, apostrophes and all other punctuation separate words: « L'Haÿ-les-Roses »
    gives `l hay les roses`. Letters of other scripts are kept. Folding twice changes nothing.
    """
    if text.isascii() and text.isalnum():  # one word
        return text.lower()
    plain = text.translate(_plain_letters())
    if plain.isascii():
        return " ".join(plain.split())
    return _NOT_WORD.sub(" ", _decomposed(text)).strip()


def _decomposed(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


@cache
def _plain_letters() -> dict[int, str]:
    """What the letters and signs of Western Europe fold to: nearly all texts need no more."""
    signs = [*range(0x250), *range(0x2000, 0x2070), 0x20AC]
    folded = {sign: _NOT_WORD.sub(" ", _decomposed(chr(sign))) for sign in signs}
    return {sign: plain for sign, plain in folded.items() if plain.isascii()}


def glue(text: str) -> str:
    """`text` folded, without its spaces: `saintdenis`, so that a missing hyphen does not matter."""
    return fold(text).replace(" ", "")


def slug(text: str) -> str:
    """`text` folded, with hyphens for spaces: `saint-denis`, as file names and ids are written."""
    return fold(text).replace(" ", "-")
