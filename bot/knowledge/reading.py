"""From a folder of YAML files to the base, or to everything that is wrong with it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path, PurePath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.knowledge.model import Article, City, Event, Knowledge, Topic, Vocabulary
from bot.knowledge.problems import Finding, Place, Places, Problem
from bot.knowledge.problems import Path as TreePath
from bot.knowledge.rules_alone import Entry, findings_alone
from bot.knowledge.yaml_tree import read_tree

FOLDERS: dict[str, type[City | Topic | Event | Article]] = {
    "cities": City,
    "topics": Topic,
    "events": Event,
    "articles": Article,
}
VOCABULARY = "vocabulary.yaml"


@dataclass(frozen=True)
class Document:
    """One file that was read: what it holds, and what is wrong with it."""

    file: PurePath
    entry: Entry
    text: str
    findings: tuple[Finding, ...]
    """What this file alone shows to be wrong."""

    def problem(self, finding: Finding) -> Problem:
        """A finding at its line."""
        return _places(self.text, self.file).problem(finding)


@lru_cache(maxsize=4)
def _places(text: str, file: PurePath) -> Places:
    """Where each value stands, read anew: keeping it would take ten times the base's memory."""
    return read_tree(text, file)[1]


@cache
def adapters() -> dict[type[Entry], TypeAdapter[Any]]:
    """What validates each kind of file, and gives its JSON Schema."""
    return {kind: TypeAdapter(kind) for kind in (Vocabulary, City, Topic, Event, Article)}


def list_files(folder: Path) -> Iterator[tuple[PurePath, type[Entry]]]:
    """The files that make up the base, relative to `folder`, with the kind of each."""
    yield PurePath(VOCABULARY), Vocabulary
    for name, kind in FOLDERS.items():
        for path in sorted((folder / name).glob("*.yaml")):
            yield PurePath(name, path.name), kind


class Reader:
    """Reads a folder as often as asked, and each file again only when its content has changed.

    Making one takes 0.2 s, once for the process: what validates the files is made ready here,
    so that reading in a thread holds nobody up.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        adapters()
        self._read: dict[PurePath, tuple[bytes, Document | None, list[Problem]]] = {}

    def read(self) -> tuple[list[Document], list[Problem]]:
        """Every readable file of the base, and the problems of form of the others."""
        read = {file: self._read_one(file, kind) for file, kind in list_files(self.folder)}
        self._read = read
        documents = [document for _, document, _ in read.values() if document is not None]
        return documents, [problem for _, _, problems in read.values() for problem in problems]

    def _read_one(
        self, file: PurePath, kind: type[Entry]
    ) -> tuple[bytes, Document | None, list[Problem]]:
        try:
            content = (self.folder / file).read_bytes()
            digest = hashlib.blake2b(content, digest_size=16).digest()
            known = self._read.get(file)
            if known is not None and known[0] == digest:
                return known
            text = content.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            sentence = f"le fichier ne se lit pas ({type(error).__name__})"
            return b"", None, [Problem(file, Place(1, 1), sentence, "E01")]
        entry, _, problems = read_document(text, file, kind)
        if entry is None:
            return digest, None, problems
        findings = tuple(findings_alone(entry, file.stem))
        return digest, Document(file, entry, text, findings), problems


def read_documents(folder: Path) -> tuple[list[Document], list[Problem]]:
    """Every readable file of the base in `folder`, and the problems of form of the others."""
    return Reader(folder).read()


def read_document(
    text: str, file: PurePath, kind: type[Entry]
) -> tuple[Entry | None, Places, list[Problem]]:
    """One file as a value; None when it has a problem, so that no half-read value is used."""
    tree, places, problems = read_tree(text, file)
    if tree is None and problems:
        return None, places, problems
    try:
        entry: Entry = adapters()[kind].validate_json(json.dumps(tree), strict=True)
    except ValidationError as error:
        misread = {problem.place for problem in problems}
        found = dict.fromkeys(_told(error, places))
        problems.extend(problem for problem in found if problem.place not in misread)
        return None, places, problems
    return (None if problems else entry), places, problems


def assemble(documents: list[Document]) -> Knowledge:
    """The base that `documents` make; the vocabulary must be among them."""
    by_kind: dict[str, dict[str, Any]] = {name: {} for name in FOLDERS}
    vocabulary: Vocabulary | None = None
    for document in documents:
        if isinstance(document.entry, Vocabulary):
            vocabulary = document.entry
        else:
            by_kind[document.file.parts[0]][document.file.stem] = document.entry
    assert vocabulary is not None
    return Knowledge(vocabulary=vocabulary, **by_kind)


def _told(error: ValidationError, places: Places) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        path = tuple(part for part in detail["loc"] if part not in ("int", "float", "[key]"))
        yield places.problem(Finding(_code(detail), path, _sentence(detail, path)))


def _code(detail: Any) -> str:
    known = ("unexpected_keyword_argument", "missing", "missing_argument")
    return "E03" if detail["type"] in known else "E04"


def _sentence(detail: Any, path: TreePath) -> str:
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "le fichier")
    given = detail["input"]
    match detail["type"]:
        case "unexpected_keyword_argument":
            return f"la clé « {name} » n'existe pas ici"
        case "missing" | "missing_argument":
            return f"il manque « {name} »"
        case "shape" if isinstance(given, str) and "[key]" in detail["loc"]:
            return f"la clé « {name} » doit être : {detail['msg']}"
        case "shape" if isinstance(given, str):
            return f"« {name} » doit être : {detail['msg']}"
        case "shape" if isinstance(given, bool | int | float):
            return f"« {name} » attend du texte : mettez des guillemets"
        case "shape":
            return f"« {name} » attend du texte"
        case "int_type" | "float_type":
            return f"« {name} » attend un nombre, sans guillemets ni espaces"
        case "bool_type":
            return f"« {name} » attend true ou false"
        case "literal_error":
            return f"« {name} » doit être l'un de : {_french_or(detail['ctx']['expected'])}"
        case "tuple_type" | "list_type":
            return f"« {name} » attend une liste : [un, deux]"
        case "dataclass_type" | "mapping_type" | "dict_type":
            return f"« {name} » attend des clés et des valeurs"
        case other:
            return f"« {name} » n'est pas valable ({other})"


def _french_or(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", " ou ")
