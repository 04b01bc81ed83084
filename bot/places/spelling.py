"""How a French place name may be spelled: abbreviations, small words, and how it sounds."""

import re
from collections.abc import Sequence

_ABBREVIATIONS = {
    "st": ("saint",),
    "ste": ("sainte",),
    "sts": ("saints",),
    "stes": ("saintes",),
    "snt": ("saint",),
    "lez": ("les",),
    "nd": ("notre", "dame"),
    "mt": ("mont",),
    "sr": ("sur",),
    "ss": ("sous",),
    "gd": ("grand",),
    "pt": ("pont",),
    "vlle": ("ville",),
    "vllneuve": ("villeneuve",),
    "vlneuve": ("villeneuve",),
    "vlnve": ("villeneuve",),
    "chx": ("chateaux",),
    "bg": ("bourg",),
    "pce": ("provence",),
}
_GLUED_SAINT = re.compile(r"st[bcdfghjklmnpqvx]\w\w")  # no other French name begins so
_MAY_GLUE_ST = re.compile(r"s[a-z]t|st[a-z]|[st](?=[bcdfghjklmnpqrvx])")
_LIKE_ST = re.compile(r"s[a-z]?t|te?|j|st[a-z]|[a-z]st|s[a-z]|[a-z]t|ts|s[a-z]te|st[a-z]e|[sz]e?t")
_STRETCHED = re.compile(r"([a-z])\1{3,}")  # three are a slip in a double letter
ARTICLES = frozenset(("le", "la", "les", "l"))
SMALL_WORDS = ARTICLES | frozenset(
    ("de", "du", "des", "d", "en", "sur", "sous", "et", "a", "au", "aux", "pres", "dans")
)


def expand(words: Sequence[str]) -> list[str]:
    """Folded `words` with place-name abbreviations written out: `st`, `s/`, `s/s`, `nd`, `lez`."""
    expanded: list[str] = []
    for position, word in enumerate(words):
        if word == "s":
            if expanded and words[position - 1] == "s" and expanded[-1] == "sur":
                expanded[-1] = "sous"
            else:
                expanded.append("sur" if expanded else "saint")
        elif word in _ABBREVIATIONS:
            expanded.extend(_ABBREVIATIONS[word])
        elif _GLUED_SAINT.match(word):
            expanded.extend(("saint", word[2:]))
        else:
            expanded.append(word)
    return expanded


def written_out(word: str) -> str:
    """One folded word as `expand` writes it where nothing stands before it."""
    if word in _ABBREVIATIONS or word == "s" or _GLUED_SAINT.match(word):
        return "".join(expand((word,)))
    return word


def saints(words: Sequence[str], *, desperate: bool) -> list[str]:
    """Glued names that the folded `words` give when « st » was itself mistyped or glued.

    `stemair` may be Sainte-Marie, `sth eloy` Saint-Éloi; when `desperate`, `villersstmartin`
    too is read so. And `sthrasbourg`, read as one, may be no saint.
    """
    key = "".join(expand(words))
    if key.startswith("saint"):
        return ["".join(words)] if _GLUED_SAINT.match(words[0]) else []
    found = []
    if key.startswith("st"):
        found.append(f"saint{key[2:]}")
        if key.startswith("ste"):
            found.append(f"sainte{key[3:]}")
    if len(words) > 1 and words[0] not in SMALL_WORDS and _LIKE_ST.fullmatch(words[0]):
        found.append("".join(("saint", *expand(words[1:]))))
    if desperate:
        start = _MAY_GLUE_ST.match(key)
        if start and not found:
            found.append(f"saint{key[start.end() :]}")
        at = key.find("st", 2)
        if 0 < at < len(key) - 3:
            found.append(f"{key[:at]}saint{key[at + 2 :]}")
    return found


def unstretched(word: str) -> str:
    """A word whose letters were held down, as it is spelled: `merciiii`, `looool`."""
    return _STRETCHED.sub(r"\1", word)


def without_small_words(words: Sequence[str]) -> str:
    """The glued words without articles and prepositions: `chalonschampagne`; may be empty."""
    return "".join(word for word in words if word not in SMALL_WORDS)


_MUTE_END = (r"(?<=\w\w)(?:es?|[stdxzp]+|(?<=[nr])[gc]|(?<=m)bs?)\b", "")
_SOUNDS = (
    # Each rule rewrites what the rules before it left; capitals are sounds already settled.
    # First the letters without which it changes nothing, faster to look for.
    ("", r"(?<=[aeou])(?:ill|(?:il(?=e?s?\b))|y(?=[aeo]))", "Y"),
    ("i", r"(?<=[^aeouv])i(?:ll|y)(?=[ao]|e[^s])", "iY"),
    ("n", r"nn+|n(?=es?\b)", "Q"),  # « Rennes », « reine »: nothing nasal
    ("m", r"mm+|m(?=es?\b)", "M"),
    ("", r"(.)\1+", r"\1"),  # doubled letters
    ("h", r"sch|sh|ch", "C"),
    ("h", r"ph", "f"),
    ("h", r"h", ""),
    ("c", r"c(?=[eiy])", "s"),
    ("g", r"ge(?=[aou])|g(?=[eiy])", "j"),
    ("", *_MUTE_END),
    ("y", r"y", "i"),
    ("w", r"w", "v"),
    ("aul", r"aul[tx]|aul(?=n)", "o"),
    ("", r"eau|au|eo(?=[^aeiou]|\b)", "o"),
    ("e", r"oeu|eu|oe", "e"),
    ("o", r"ol\b|ot\b", "o"),
    ("", r"qu?|k|c(?![eiC])", "K"),
    ("gu", r"gu(?=[ei])", "g"),
    ("", r"gn|[nQ]i(?=[aeo])", "N"),
    ("in", r"ou?in(?=[^aeiou]|\b)", "WI"),
    ("o", r"ou|oo", "U"),
    ("", r"(?:ai|ei|i|u)[nm](?=[^aeiouUnmN]|\b)|(?<=i)en\b", "I"),
    ("", r"[ae][nm](?=[^aeiouUnmN]|\b)", "A"),
    ("o", r"o[nm](?=[^aeiouUnmN]|\b)", "O"),
    ("", r"oi|oa|Ua", "Wa"),
    ("", r"ai|ei|er\b|ez\b", "e"),
    ("", r"[zx]", "s"),
    ("", r"(.)\1+", r"\1"),
)
_COMPILED_SOUNDS = tuple((clue, re.compile(pattern), sound) for clue, pattern, sound in _SOUNDS)
_DOUBLED = re.compile(r"(.)\1+")
SHORT = 7  # letters
_MAYBE_HEARD = {**{letter: letter for letter in "stcphgd"}, "x": "ks", "z": "ss"}


def sound(key: str) -> str:
    """How the glued `key` sounds to a French ear, roughly: spellings that sound alike agree.

    `rinse` and `reims` do not (names have their own rules), `marsseye` and `marseille` nearly.
    """
    for clue, pattern, replacement in _COMPILED_SOUNDS:
        if clue in key:
            key = pattern.sub(replacement, key)
    return key.replace("Q", "n").replace("M", "m")


def sound_of_words(words: Sequence[str]) -> str:
    """How the `words` sound, the last letters of each unheard: « les pont de sé »."""
    return _DOUBLED.sub(r"\1", sound(" ".join(words)).replace(" ", ""))


def sounds(words: Sequence[str]) -> set[str]:
    """How a name may sound: the last letters of a short last word are heard or not, as in Dax."""
    last = words[-1]
    said = [list(words)]
    if len(last) <= SHORT and last[-1] in _MAYBE_HEARD:
        said.append([*words[:-1], f"{last[:-1]}{_MAYBE_HEARD[last[-1]]}e"])
    return {sound("".join(name)) for name in said} | {sound_of_words(name) for name in said}
