"""The canonical form of a file, comments kept, so that each change touches only its own lines."""

from collections.abc import Iterator
from pathlib import Path, PurePath

import yaml

from bot.curating.writing import WIDTH, TreePath, Writer
from bot.knowledge.reading import FOLDERS, list_files
from bot.knowledge.yaml_tree import read_tree


class FormatError(Exception):
    """A file that cannot be put in form; the message is a French sentence."""


def format_base(folder: Path, *, write: bool) -> Iterator[PurePath]:
    """The files that are not in canonical form, put in form when `write`. Raises FormatError."""
    for file, _ in list_files(folder):
        text = (folder / file).read_text(encoding="utf-8")
        written = canonical(text, file)
        if written != text:
            if write:
                (folder / file).write_text(written, encoding="utf-8")
            yield file


def canonical(text: str, file: PurePath) -> str:
    """The canonical form of one file of the base; `file`, relative to it, says its kind.

    Keys in the order of the model; texts bare where YAML allows; lists on one line, folded
    above 96 columns (in the vocabulary never); one blank line before each block of a city or a
    topic, and elsewhere where one already is. Raises FormatError for a text with problems of
    form, and for a comment in the middle of a value.
    """
    tree, _, problems = read_tree(text, file)
    if problems or not isinstance(tree, dict):
        raise FormatError(f"{file} a des problèmes de forme : lancez d'abord check")
    kind = FOLDERS.get(file.parts[0]) if len(file.parts) > 1 else None
    comments = _Comments(text, file)
    writer = Writer(WIDTH if kind else None, comments.before, comments.after)
    lines = [_schema_line(file), *writer.mapping(tree, kind), *comments.tail]
    written = "\n".join(lines).strip("\n") + "\n"
    read_back, _, wrong = read_tree(written, file)
    if wrong or read_back != tree or _Comments(written, file).told() != comments.told():
        raise FormatError(f"{file} ne se relirait pas à l'identique : il reste comme il est")
    return written


_SCHEMA = "# yaml-language-server: $schema="
"""How a file says its schema to editors, on its first line."""
_SCHEMAS = {"cities": "city", "topics": "topic", "events": "event", "articles": "article"}


def _schema_line(file: PurePath) -> str:
    if len(file.parts) == 1:
        return f"{_SCHEMA}schemas/vocabulary.json"
    return f"{_SCHEMA}../schemas/{_SCHEMAS[file.parts[0]]}.json"


class _Comments:
    """The comments and blank lines of a file, each by the value that it stands by."""

    def __init__(self, text: str, file: PurePath) -> None:
        self.before: dict[TreePath, list[str]] = {}
        self.after: dict[TreePath, str] = {}
        self._file = file
        self._has_blocks = file.parts[0] in ("cities", "topics")
        self._lines = text.splitlines()
        self._next = 0  # the first line that no value or comment has taken yet
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        assert node is not None
        self._collect(node, ())
        self.tail = self._until(len(self._lines))

    def told(self) -> list[str]:
        """Every comment, in no order."""
        before = [line for lines in (*self.before.values(), self.tail) for line in lines if line]
        return sorted([*before, *(comment.strip() for comment in self.after.values())])

    def _collect(self, node: yaml.Node, path: TreePath) -> None:
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            for index, (key, value) in enumerate(node.value):
                here = (*path, str(key.value))
                lines = self._until(key.start_mark.line)
                if not path and index and self._has_blocks:
                    lines = self._parted(lines, value)
                self.before[here] = lines
                self._next = key.end_mark.line + 1
                self._collect(value, here)
        elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
            for index, value in enumerate(node.value):
                self._collect(value, (*path, index))
        else:
            self._one_value(node, path)

    def _parted(self, lines: list[str], value: yaml.Node) -> list[str]:
        is_block = isinstance(value, yaml.CollectionNode) and not value.flow_style
        return ["", *lines] if is_block and "" not in lines else lines

    def _one_value(self, node: yaml.Node, path: TreePath) -> None:
        start, end = node.start_mark, node.end_mark
        inside = self._lines[start.line : end.line]
        is_flow = isinstance(node, yaml.CollectionNode)
        if is_flow and any("#" in _outside_quotes(line) for line in inside):
            name = path[-1] if path else ""
            raise FormatError(f"{self._file} : un commentaire coupe « {name} » en deux")
        rest = self._lines[end.line][end.column :].strip() if end.line < len(self._lines) else ""
        if rest.startswith("#"):
            self.after[path] = f"  {rest}"
        self._next = max(self._next, end.line + (1 if end.column or is_flow else 0))

    def _until(self, line: int) -> list[str]:
        """The comments from where we are to `line`, and a blank line where there are some."""
        found: list[str] = []
        for text in self._lines[self._next : line]:
            stripped = text.strip()
            if stripped.startswith(_SCHEMA):
                continue
            if stripped or (found[-1:] != [""]):
                found.append(stripped)
        self._next = max(self._next, line)
        return found


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
