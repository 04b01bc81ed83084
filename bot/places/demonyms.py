"""The inhabitants of a city: the forms of a listed demonym, and the ones a rule can guess."""

from bot.language.folding import fold, glue

_FEMININES = (  # masculine ending -> feminine ending; the first that fits
    ("eau", "elle"),
    ("ais", "aise"),
    ("ois", "oise"),
    ("ien", "ienne"),
    ("een", "eenne"),
    ("in", "ine"),
    ("ain", "aine"),
    ("an", "ane"),
    ("on", "onne"),
    ("ard", "arde"),
    ("eux", "euse"),
    ("ot", "ote"),
    ("ol", "ole"),
    ("er", "ere"),
    ("al", "ale"),
    ("el", "elle"),
    ("at", "ate"),
    ("aud", "aude"),
    ("i", "ie"),
)
_SUFFIXES = ("ais", "ois", "ien", "een", "ain", "in")


def inflected(demonym: str) -> set[str]:
    """All four forms, folded and glued, of a masculine singular: nantais, nantaise, nantaises."""
    masculine = glue(demonym)
    feminine = next(
        (masculine[: -len(end)] + other for end, other in _FEMININES if masculine.endswith(end)),
        masculine if masculine.endswith("e") else masculine + "e",
    )
    plural = masculine if masculine.endswith(("s", "x")) else masculine + "s"
    if masculine.endswith("eau"):
        plural = masculine + "x"
    return {masculine, feminine, plural, feminine + "s"}


def guessed(name: str) -> set[str]:
    """Forms a rule makes of a one-word name: Cholet gives choletais, choletois, choletien…"""
    words = fold(name).split()
    if len(words) != 1 or len(words[0]) < 4:
        return set()
    stem = words[0].rstrip("esx") if words[0].endswith(("e", "es")) else words[0].rstrip("x")
    stems = {stem, stem.rstrip("s"), stem + stem[-1]} if stem else set()
    return {form for root in stems for suffix in _SUFFIXES for form in inflected(root + suffix)}
