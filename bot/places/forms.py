"""The regular forms of everyday French words, folded, so that none is taken for a place."""

_ENDINGS = ("er", "e", "es", "ez", "ent", "ee", "ees", "ais", "ait", "ant", "ons", "era", "erait")


def plurals(noun: str) -> set[str]:
    """The noun and its plural: eau, eaux."""
    if noun.endswith(("s", "x", "z")):
        return {noun}
    if noun.endswith(("eau", "eu")):
        return {noun, noun + "x"}
    if noun.endswith("al"):
        return {noun, noun + "s", noun[:-1] + "ux"}
    return {noun, noun + "s"}


def feminines(adjective: str) -> set[str]:
    """The four forms of an adjective: heureux, heureuse, heureuses."""
    feminine = adjective if adjective.endswith("e") else adjective + "e"
    for end, other in (("eux", "euse"), ("if", "ive"), ("ien", "ienne"), ("el", "elle")):
        if adjective.endswith(end):
            feminine = adjective.removesuffix(end) + other
    return plurals(adjective) | plurals(feminine)


def conjugated(infinitive: str) -> set[str]:
    """The commonest forms of a verb in -er: filmer, filme, filment, filmait."""
    stem = infinitive.removesuffix("er")
    return {stem + ending for ending in _ENDINGS}
