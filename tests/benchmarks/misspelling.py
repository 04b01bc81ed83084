"""A documented generator of misspelled place names.

One misspelling is a name on which are applied, in this order and with these chances:
1. dress: « Saint » becomes « st » (30 %); the leading article falls (10 %); accents fall (80 %);
   hyphens and apostrophes become spaces (50 %), nothing (15 %), or stay; lower case (70 %),
   capitals (10 %), or as is;
2. slips: none (5 %: the dress alone differs), one (70 %) or two (25 %; one under nine letters),
   each drawn among: a letter lost (20 %), two neighbours swapped (17 %), a key next to the right
   one on an AZERTY keyboard (18 %), such a key struck as well (8 %), a letter doubled or a double
   letter made single (15 %), a spelling replaced by another that sounds alike in French (22 %).
   People seldom miss the first letter: a place drawn there is drawn again, five times out of six.
A slip that would leave the glued letters unchanged is drawn again, at most ten times.
"""

import random

from bot.language.folding import fold, glue

_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
NEIGHBOURS: dict[str, str] = {}
for _row_number, _row in enumerate(_ROWS):
    for _column, _letter in enumerate(_row):
        _near = _row[max(0, _column - 1) : _column] + _row[_column + 1 : _column + 2]
        for _other in (_row_number - 1, _row_number + 1):
            if 0 <= _other < len(_ROWS):
                _near += _ROWS[_other][_column : _column + 1]
        NEIGHBOURS[_letter] = _near

SOUND_ALIKE = (
    ("eaux", "o", "eau", "au"),
    ("eau", "o", "au"),
    ("au", "o"),
    ("ault", "o", "aut"),
    ("o", "au"),
    ("ph", "f"),
    ("f", "ph"),
    ("qu", "k", "c"),
    ("k", "c", "qu"),
    ("c", "k", "s", "ss"),
    ("s", "z", "c", "ss"),
    ("z", "s"),
    ("x", "", "s", "ks"),
    ("ai", "e", "ei", "é"),
    ("ei", "ai"),
    ("é", "er", "ai", "ez"),
    ("er", "é", "ez"),
    ("an", "en", "am"),
    ("en", "an"),
    ("in", "ain", "ein", "un"),
    ("ain", "in", "un"),
    ("y", "i", "ill"),
    ("i", "y"),
    ("ill", "y", "il"),
    ("g", "j", "gu"),
    ("j", "g"),
    ("gn", "ni"),
    ("th", "t"),
    ("t", "th"),
    ("ch", "sh"),
    ("h", ""),
    ("w", "v"),
    ("ou", "u", "oo"),
    ("oi", "oa", "oua"),
    ("m", "n"),
    ("n", "m"),
    ("e", ""),
    ("es", "e"),
    ("ss", "s", "c"),
    ("ll", "l"),
)


def misspell(name: str, chance: random.Random) -> str:
    """One misspelling of `name`, drawn with `chance`."""
    text = _dressed(name, chance)
    drawn = chance.random()
    slips = 0 if drawn < 0.05 else 2 if drawn > 0.75 and len(glue(name)) >= 9 else 1
    for _ in range(slips):
        for _ in range(10):
            slipped = _slipped(text, chance)
            if glue(slipped) != glue(text):
                text = slipped
                break
    return text


def _dressed(name: str, chance: random.Random) -> str:
    text = name
    if chance.random() < 0.3:
        text = text.replace("Saint-", "St-").replace("Sainte-", "Ste-")
    if chance.random() < 0.1:
        for article in ("Le ", "La ", "Les ", "L'"):
            text = text.removeprefix(article)
    if chance.random() < 0.8:
        text = "".join(c if not c.isalpha() else fold(c) for c in text)
    joint = chance.random()
    if joint < 0.65:
        text = text.replace("-", " " if joint < 0.5 else "").replace("'", " ")
    case = chance.random()
    return text.lower() if case < 0.7 else text.upper() if case < 0.8 else text


def _slipped(text: str, chance: random.Random) -> str:
    letters = [i for i, c in enumerate(text) if c.isalpha()]
    if len(letters) < 2:
        return text
    at = chance.choice(letters)
    if at == letters[0] and chance.random() < 5 / 6:
        at = chance.choice(letters[1:])
    drawn = chance.random()
    letter = text[at].lower()
    if drawn < 0.20:
        return text[:at] + text[at + 1 :]
    if drawn < 0.37:
        position = min(letters.index(at), len(letters) - 2)
        low, high = letters[position : position + 2]
        return text[:low] + text[high] + text[low + 1 : high] + text[low] + text[high + 1 :]
    if drawn < 0.55:
        near = NEIGHBOURS.get(letter)
        return text[:at] + chance.choice(near) + text[at + 1 :] if near else text
    if drawn < 0.63:
        near = NEIGHBOURS.get(letter)
        return text[: at + 1] + chance.choice(near) + text[at + 1 :] if near else text
    if drawn < 0.78:
        doubles = [i for i in letters[:-1] if text[i : i + 1] == text[i + 1 : i + 2]]
        if doubles and chance.random() < 0.5:
            double = chance.choice(doubles)
            return text[:double] + text[double + 1 :]
        return text[:at] + text[at] + text[at:]
    lowered = text.lower()
    found = [(spelled, others) for spelled, *others in SOUND_ALIKE if spelled in lowered]
    if not found or len(lowered) != len(text):
        return text
    spelled, others = chance.choice(found)
    starts = [i for i in range(len(lowered)) if lowered.startswith(spelled, i)]
    start = chance.choice(starts)
    return text[:start] + chance.choice(others) + text[start + len(spelled) :]
