"""One spelling for what people type in many: no accents, no case, no punctuation."""

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o"}
)
_NOT_WORD = re.compile(r"[\W_]+")
_ASCII_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """`text` in lower case without accents, its words separated by single spaces.

    Hyphens, apostrophes and all other punctuation separate words: « L'Haÿ-les-Roses »
    gives `l hay les roses`. Letters of other scripts are kept. Folding twice changes nothing.
    """
    if text.isascii():
        return _ASCII_NOT_WORD.sub(" ", text.lower()).strip()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return _NOT_WORD.sub(" ", plain).strip()


def glue(text: str) -> str:
    """`text` folded, without its spaces: `saintdenis`, so that a missing hyphen does not matter."""
    return fold(text).replace(" ", "")


def slug(text: str) -> str:
    """`text` folded, with hyphens for spaces: `saint-denis`, as file names and ids are written."""
    return fold(text).replace(" ", "-")
