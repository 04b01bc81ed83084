"""The contributor's page says everything that a file may hold, and its examples are valid."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path, PurePath

import pytest

from bot.knowledge import model
from bot.knowledge.model import Article, City, Event, Topic, Vocabulary
from bot.knowledge.problems import CODES
from bot.knowledge.reading import read_document
from bot.knowledge.rules_alone import Entry, findings_alone
from bot.knowledge.schema import KINDS, json_schema
from bot.knowledge.shapes import Shape
from bot.language.folding import slug
from bot.presentation.typography import typeset

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
PAGE = (KNOWLEDGE / "README.md").read_text(encoding="utf-8")
SHORT = "\n".join(re.findall(r"`(\w+: [^`]+)`", PAGE))
FIELDS = sorted(
    {
        field.name
        for kind in vars(model).values()
        if is_dataclass(kind) and kind not in (Shape, model.Knowledge)
        for field in fields(kind)
    }
)
EXAMPLES: dict[str, tuple[str, type[Entry]]] = {
    "Une ville": ("cities/roubaix.yaml", City),
    "Un sujet": ("topics/briefcam.yaml", Topic),
    "Une rencontre": ("events/2022-06-22-roubaix-caravane.yaml", Event),
    "Un article": ("articles/2020-02-10-mediacites-nantes.yaml", Article),
    "Les mots": ("vocabulary.yaml", Vocabulary),
}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_explained_in_a_table(name: str) -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    assert any(f"`{name}`" in row for row in rows)


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_in_an_example(name: str) -> None:
    examples = "\n".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
    assert re.search(rf"(?:^|[\s{{#]){name}:", examples + SHORT, re.MULTILINE), name


def test_every_code_is_explained_in_the_words_of_the_program() -> None:
    rows = dict(re.findall(r"^\| `([EW]\d\d)` \| (.+) \|$", PAGE, re.MULTILINE))
    assert rows == {code: typeset(meaning) for code, meaning in CODES.items()}


@pytest.mark.parametrize("title", EXAMPLES)
def test_each_annotated_example_is_valid(title: str) -> None:
    section = PAGE.partition(f"\n## {title}")[2].partition("\n## ")[0]
    examples = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert examples
    name, kind = EXAMPLES[title]
    for example in examples:
        first = re.match(r"name: (.+)", example)
        file = (
            PurePath(name).with_stem(slug(first[1].partition(" #")[0])) if first else PurePath(name)
        )
        entry, places, problems = read_document(example, file, kind)
        assert [str(problem) for problem in problems] == []
        assert entry is not None
        found = [str(places.problem(finding)) for finding in findings_alone(entry, file.stem)]
        assert found == []


@pytest.mark.parametrize("command", ["check", "format", "preview", "stale", "coverage", "links"])
def test_every_curators_command_is_named(command: str) -> None:
    assert f"| `{command}" in PAGE


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_that_editors_use_is_the_one_of_today(kind: str) -> None:
    written = (KNOWLEDGE / "schemas" / f"{kind}.json").read_text(encoding="utf-8")
    assert written == json_schema(kind, KNOWLEDGE), "make schemas"
