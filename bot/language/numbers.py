"""Numbers as French sentences write them: « 2 459 », « 1,4 million », « une quinzaine »."""

import re

_SCALES = {"millier": 1_000, "million": 1_000_000, "milliard": 1_000_000_000}
_DIGITS = re.compile(
    r"(?<![\w,.])(\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d+)(?:,(\d+))?"
    r"(?:[ \u00a0\u202f]+(millier|million|milliard)s?\b)?"
)
_COLLECTIVES = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "deux semaines": 14,
    "trois semaines": 21,
    "un mois": 30,
}


def numbers_in(text: str) -> set[float]:
    """Every number that `text` states, in digits or in words, years and days of months included."""
    # Imported here: only `check` reads numbers out of sentences.
    from text_to_num import alpha2digit

    lowered = text.lower()
    found = {float(value) for word, value in _COLLECTIVES.items() if word in lowered}
    for spelled in (lowered, alpha2digit(lowered, "fr", threshold=0)):
        for match in _DIGITS.finditer(spelled):
            whole, decimals, scale = match.groups()
            digits = re.sub(r"\D", "", whole)
            value = float(f"{digits}.{decimals or 0}") * _SCALES.get(scale, 1)
            found.add(round(value, 2))
    for words, scale in re.findall(r"\b([a-zéè-]+) (millier|million|milliard)s?\b", lowered):
        spelled = alpha2digit(words, "fr", threshold=0)
        if spelled.isdigit():
            found.add(float(spelled) * _SCALES[scale])
    return found
