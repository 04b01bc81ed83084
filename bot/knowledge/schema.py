"""The JSON Schema of each kind of file, for completion and help in editors."""

import json
from pathlib import Path, PurePath
from typing import Any

from bot.knowledge.model import Article, City, Event, Topic, Vocabulary
from bot.knowledge.reading import VOCABULARY, adapters, read_document
from bot.knowledge.rules_alone import Entry

KINDS: dict[str, type[Entry]] = {
    "city": City,
    "topic": Topic,
    "event": Event,
    "article": Article,
    "vocabulary": Vocabulary,
}


def json_schema(kind: str, folder: Path) -> str:
    """The schema of one kind, the closed lists of the base in `folder` being its enumerations."""
    schema = adapters()[KINDS[kind]].json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    for definition in [schema, *schema.get("$defs", {}).values()]:
        # The classes' own descriptions are for those who read the code, in English.
        definition.pop("description", None)
    if kind != "vocabulary":
        _close_lists(schema, _tags(folder))
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _tags(folder: Path) -> dict[str, list[str]]:
    text = (folder / VOCABULARY).read_text(encoding="utf-8")
    entry, _, _ = read_document(text, PurePath(VOCABULARY), Vocabulary)
    if not isinstance(entry, Vocabulary):
        return {}
    themes = list(entry.themes)
    return {
        "theme": themes,
        "themes": themes,
        "indicator": list(entry.indicators),
        "source_kind": list(entry.source_kinds),
    }


def _close_lists(schema: dict[str, Any], tags: dict[str, list[str]]) -> None:
    for name, definition in [("", schema), *schema.get("$defs", {}).items()]:
        for field, described in definition.get("properties", {}).items():
            known = "source_kind" if field == "kind" and name in ("Source", "") else field
            if known in tags and "enum" not in described:
                target = described.get("items", described)
                target.pop("pattern", None)
                target["enum"] = tags[known]
