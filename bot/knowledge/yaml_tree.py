"""YAML as a tree of plain values that keeps, for each of them, its line and column.

YAML guesses types: `01004` is 516, `18:30` is 1110, `no` is False and a duplicate key is lost
in silence. Here every guess that would surprise a contributor is a problem instead.
"""

import re
from pathlib import PurePath
from typing import Any

import yaml

from bot.knowledge.problems import Path, Place, Places, Problem

_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)\.\d+")
_GUESSED = "tag:yaml.org,2002:"
_DEEPEST = 20
"""Levels inside one another: no file needs more than six, and the C loader dies of thousands."""


class _Loader(yaml.CSafeLoader):
    _depth = 0

    def descend_resolver(
        self,
        current_node: yaml.Node | None,
        current_index: Any,  # noqa: ARG002 # the loader passes it
    ) -> None:
        self._depth += 1
        if current_node is not None and self._depth > _DEEPEST:
            sentence = f"plus de {_DEEPEST} niveaux"
            raise yaml.MarkedYAMLError(problem=sentence, problem_mark=current_node.start_mark)

    def ascend_resolver(self) -> None:
        self._depth -= 1


def read_tree(text: str, file: PurePath) -> tuple[Any, Places, list[Problem]]:
    """The values of `text`, where each stands, and every problem met on the way.

    The values are None where the text is not YAML at all. Raises nothing.
    """
    places: dict[Path, Place] = {}
    where = Places(file, places)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        sentence = f"ce n'est pas du YAML lisible ({error.problem})"
        return None, where, [Problem(file, place, sentence, "E01")]
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        sentence = f"ce n'est pas du YAML lisible ({type(error).__name__})"
        return None, where, [Problem(file, Place(1, 1), sentence, "E01")]
    if node is None:
        return None, where, [Problem(file, Place(1, 1), "le fichier est vide", "E01")]
    walk = _Walk(file, places)
    return walk.value(node, ()), where, walk.problems


class _Walk:
    def __init__(self, file: PurePath, places: dict[Path, Place]) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._places = places
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        # For the value of a key, the key's own place: that is where an editor should jump to.
        here = Place(node.start_mark.line + 1, node.start_mark.column + 1)
        place = self._places.setdefault(path, here)
        if id(node) in self._seen:
            self._tell(place, "les alias YAML (*nom) ne sont pas admis : répétez la valeur")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = Place(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self._tell(place, "une clé doit être un mot")
                continue
            key = str(key_node.value)
            if key == "<<":
                self._tell(place, "les fusions YAML (<<) ne sont pas admises")
                continue
            if key in found:
                first = self._places[(*path, key)].line
                self._tell(place, f"la clé « {key} » est déjà à la ligne {first}")
                continue
            self._places[(*path, key)] = place
            found[key] = self.value(value_node, (*path, key))
        return found

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> str | int | float | bool | None:
        text = str(node.value)
        if node.style or node.tag == f"{_GUESSED}str":
            return text
        if node.tag == f"{_GUESSED}int" and _INTEGER.fullmatch(text):
            return int(text)
        if node.tag == f"{_GUESSED}float" and _DECIMAL.fullmatch(text):
            return float(text)
        if text in ("true", "false"):
            return text == "true"
        if node.tag == f"{_GUESSED}null":
            self._tell(place, "la valeur est vide : écrivez-la ou retirez la clé")
        else:
            self._tell(place, f'mettez des guillemets : "{text}" (sinon YAML lit autre chose)')
        return None

    def _tell(self, place: Place, sentence: str) -> None:
        self.problems.append(Problem(self._file, place, sentence, "E02"))
