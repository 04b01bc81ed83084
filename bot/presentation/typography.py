"""French typography for texts typed on ordinary keyboards."""

import re
from collections.abc import Callable

NARROW = "\u202f"
"""The narrow no-break space: before ? ! ; and inside numbers."""
WIDE = "\u00a0"
"""The no-break space: before a colon and inside « »."""

# A rule applies where its sign stands, and what is sought comes first in each pattern, before what
# must stand around: it is found faster.
_RULES: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    ("'", re.compile(r"'(?<=\w')(?=[\w«“])"), "’"),
    # A run such as « ?! » or « ?? » takes one space, before it.
    (
        "",
        re.compile(r"[^\S\n]*([?!;:]+)(?=\s|$|[»)\]])"),
        lambda run: (WIDE if run[1].startswith(":") else NARROW) + run[1],
    ),
    ("«", re.compile(r"«\s*"), f"«{WIDE}"),
    ("»", re.compile(r"\s*»"), f"{WIDE}»"),
    ("", re.compile(r"[ \u00a0](?<=\d.)(?=\d{3}(?:\D|$)|[%€])"), NARROW),
    (" ", re.compile(r"[ ](?<=\d )(?=(?:millions?|milliards?|euros?|caméras?)\b)"), WIDE),
)


def typeset(text: str) -> str:
    """`text` with curly apostrophes, and with the spaces that do not break.

    Setting a text twice changes nothing.
    """
    for sign, pattern, replacement in _RULES:
        if sign in text:
            text = pattern.sub(replacement, text)
    return text
