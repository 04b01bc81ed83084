"""How YAML is written here: one way for each value, so that two people's changes stay small."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import yaml

from bot.knowledge.model import Fact, Figure, Source, Sourced

WIDTH = 96
"""Columns above which a list is folded over several lines. Sentences never are."""

_ON_ONE_LINE = ("figure", "accepted")
_BELOW: dict[str, type] = {
    "sources": Source,
    "facts": Fact,
    "steps": Sourced,
    "summary": Sourced,
    "figure": Figure,
}
_UNPRINTABLE = re.compile(
    r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NOT_BARE = re.compile(r"""^[\s\-?:,\[\]{}#&*!|>'"%@`~]|: |:$| #|\s$""")
_NOT_BARE_IN_A_LIST = re.compile(r"[,\[\]{}]")
_NUMBER_OR_DATE = re.compile(r"\d+|\d{4}(-\d\d){0,2}(T\d\d:\d\d)?(/\d{4}(-\d\d){0,2})?")
_READER = yaml.SafeLoader("")


def scalar(value: str | float | bool, *, in_list: bool = False) -> str:
    """A value as YAML reads it back: a text bare wherever that is safe, else in double quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if _is_read_back(value) and not (in_list and _NOT_BARE_IN_A_LIST.search(value)):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_UNPRINTABLE.sub(_escape, escaped)}"'


def _is_read_back(text: str) -> bool:
    """Whether YAML reads a bare text as that very text. Numbers and dates never are bare."""
    if not text or _NOT_BARE.search(text) or _UNPRINTABLE.search(text):
        return False
    if _NUMBER_OR_DATE.fullmatch(text):
        return False
    tag = _READER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == "tag:yaml.org,2002:str")


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def flow(value: Any) -> str:
    """A value on one line: `[a, b]`, `{key: value}`."""
    if isinstance(value, Mapping):
        pairs = (f"{key_of(key)}: {flow(inner)}" for key, inner in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(flow(inner) for inner in value)}]"
    return scalar(value, in_list=True)


def key_of(key: str) -> str:
    """A key: bare unless YAML would not read it as a text."""
    return scalar(key, in_list=True)


def in_order(value: Mapping[str, Any], kind: type) -> dict[str, Any]:
    """The keys in the order of the model's fields."""
    order = {one.name: index for index, one in enumerate(fields(kind))}
    return dict(sorted(value.items(), key=lambda pair: order.get(pair[0], len(order))))


TreePath = tuple[str | int, ...]


@dataclass(frozen=True)
class Writer:
    """Writes values as lines, with the comments that stand by them."""

    width: int | None = WIDTH
    """None for files whose lists each stay on one line."""
    before: Mapping[TreePath, list[str]] = field(default_factory=dict)
    """The lines before the value at a path, without their margin."""
    after: Mapping[TreePath, str] = field(default_factory=dict)
    """What follows the value at a path on its line."""

    def mapping(
        self,
        value: Mapping[str, Any],
        kind: type | None,
        path: TreePath = (),
    ) -> list[str]:
        """The lines of a mapping; of an object of the model when `kind` is its class."""
        held = value if kind is None else in_order(value, kind)
        lines: list[str] = []
        for key, inner in held.items():
            below = None if kind is None else _BELOW.get(key)
            lines += self.entry(key, inner, below, (*path, key))
        return lines

    def entry(self, key: str, value: Any, below: type | None, path: TreePath) -> list[str]:
        """The lines of one key; `below` is the class of what stands under it, or under its keys."""
        margin = "  " * (len(path) - 1)
        lines = [margin + line if line else "" for line in self.before.get(path, ())]
        written = f"{margin}{key_of(key)}:"
        after = self.after.get(path, "")
        if isinstance(value, Mapping) and value and key not in _ON_ONE_LINE:
            if key in ("sources", "facts"):
                return [*lines, written + after, *self._keyed(value, below, path)]
            return [*lines, written + after, *self.mapping(value, below, path)]
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            return [*lines, written + after, *self._steps(value, below, path)]
        if isinstance(value, list) and value and isinstance(value[0], list):
            items = [f"{margin}  - {flow(item)}" for item in value]
            return [*lines, written + after, *items]
        if below is not None and isinstance(value, Mapping):
            value = in_order(value, below)
        if isinstance(value, Mapping | list):
            return [*lines, *self._folded(written, value, margin, after)]
        return [*lines, f"{written} {scalar(value)}{after}"]

    def _keyed(self, value: Mapping[str, Any], kind: type | None, path: TreePath) -> list[str]:
        lines = []
        for key, inner in value.items():
            lines += self.entry(key, inner, kind, (*path, key))
        return lines

    def _steps(self, value: list[Any], kind: type | None, path: TreePath) -> list[str]:
        margin = "  " * len(path)
        lines = []
        for index, item in enumerate(value):
            inner = self.mapping(item, kind, (*path, index))
            first = next(at for at, line in enumerate(inner) if not line.lstrip().startswith("#"))
            inner[first] = f"{margin}- {inner[first].lstrip()}"
            lines += inner
        return lines

    def _folded(self, written: str, value: Any, margin: str, after: str) -> list[str]:
        whole = f"{written} {flow(value)}{after}"
        is_short = self.width is None or len(whole) <= self.width
        if is_short or not isinstance(value, list) or not value:
            return [whole]
        assert self.width is not None
        lines = [written]
        line = f"{margin}  ["
        for index, item in enumerate(value):
            text = flow(item) + ("]" if index == len(value) - 1 else ",")
            if len(line) + len(text) > self.width and not line.endswith("["):
                lines.append(line.rstrip())
                line = f"{margin}   "
            line += f"{text} "
        return [*lines, line.rstrip() + after]
