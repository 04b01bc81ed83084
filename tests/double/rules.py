"""The rules of the Bot API as data: which fields a method or a type has, of which type and length.

They are read from the machine-readable specification when it is at hand (`BOT_API_SPEC`, or
beside the repository), else from `carried_rules.json`, which holds the same rules for the methods
that the bot uses. A test compares the two.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

BESIDE_THE_REPOSITORY = (
    Path(__file__).parents[2] / ".." / "shared" / "telegram" / "bot-api-spec.json"
)
CARRIED = Path(__file__).with_name("carried_rules.json")
CARRIED_METHODS = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "setMyCommands",
    "deleteMyCommands",
    "getMyCommands",
    "setMyDescription",
    "setMyShortDescription",
    "sendMessage",
    "sendDocument",
    "sendPhoto",
    "sendChatAction",
    "getFile",
    "editMessageText",
    "editMessageReplyMarkup",
    "deleteMessage",
    "answerCallbackQuery",
    "answerInlineQuery",
    "getChat",
    "getChatMember",
    "getChatAdministrators",
    "leaveChat",
]

Unit = Literal["characters", "bytes", "items", "value"]
UNITS: Mapping[str, Unit] = {
    "characters": "characters",
    "bytes": "bytes",
    "items": "items",
    "value": "value",
}


@dataclass(frozen=True)
class Limit:
    low: int
    high: int
    unit: Unit


@dataclass(frozen=True)
class Field:
    """`types` are alternatives; an array is written `[Integer]`. `constant`: the only value."""

    types: tuple[str, ...]
    required: bool
    limit: Limit | None = None
    constant: str | None = None

    def __str__(self) -> str:
        text = "|".join(self.types) + ("!" if self.required else "")
        if self.constant is not None:
            return f"{text} = {self.constant}"
        if self.limit is not None:
            return f"{text} {self.limit.low}-{self.limit.high} {self.limit.unit}"
        return text


Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Rules:
    """`unions` gives the alternatives of a type such as InputMedia; `returns` those of a method."""

    origin: str
    methods: Mapping[str, Fields]
    returns: Mapping[str, tuple[str, ...]]
    types: Mapping[str, Fields]
    unions: Mapping[str, tuple[str, ...]]

    def only(self, methods: list[str]) -> "Rules":
        """These methods, and the types that can be sent with them."""
        reached: set[str] = set()
        ahead = [kind for name in methods for f in self.methods[name].values() for kind in f.types]
        while ahead:
            kind = ahead.pop().strip("[]")
            if kind in reached or not (kind in self.types or kind in self.unions):
                continue
            reached.add(kind)
            ahead += self.unions.get(kind, ())
            ahead += [k for f in self.types.get(kind, {}).values() for k in f.types]
        return replace(
            self,
            methods={name: self.methods[name] for name in methods},
            returns={name: self.returns[name] for name in methods},
            types={name: fields for name, fields in self.types.items() if name in reached},
            unions={name: kinds for name, kinds in self.unions.items() if name in reached},
        )

    def table(self) -> dict[str, Any]:
        """The form of `carried_rules.json`."""
        return {
            "methods": {
                name: {key: str(field) for key, field in sorted(fields.items())}
                for name, fields in sorted(self.methods.items())
            },
            "returns": {name: "|".join(kinds) for name, kinds in sorted(self.returns.items())},
            "types": {
                name: {key: str(field) for key, field in sorted(fields.items())}
                for name, fields in sorted(self.types.items())
            },
            "unions": {name: "|".join(kinds) for name, kinds in sorted(self.unions.items())},
        }


def specification_file() -> Path | None:
    path = Path(os.environ.get("BOT_API_SPEC") or BESIDE_THE_REPOSITORY)
    return path if path.is_file() else None


def rules_in_force() -> Rules:
    path = specification_file()
    return rules_of_specification(path) if path else carried_rules()


def carried_rules() -> Rules:
    table = json.loads(CARRIED.read_text(encoding="utf-8"))
    return Rules(
        origin=f"carried rules, for {len(table['methods'])} methods (no specification file)",
        methods={name: _read_fields(fields) for name, fields in table["methods"].items()},
        returns={name: tuple(kinds.split("|")) for name, kinds in table["returns"].items()},
        types={name: _read_fields(fields) for name, fields in table["types"].items()},
        unions={name: tuple(kinds.split("|")) for name, kinds in table["unions"].items()},
    )


@cache
def rules_of_specification(path: Path) -> Rules:
    document = json.loads(path.read_text(encoding="utf-8"))
    methods, types = document["methods"], document["types"]
    return Rules(
        origin=f"{document['version']} specification, {len(methods)} methods",
        methods={name: _fields(entry) for name, entry in methods.items()},
        returns={
            name: tuple(_bracketed(kind) for kind in entry["returns"])
            for name, entry in methods.items()
        },
        types={name: _fields(entry) for name, entry in types.items() if "subtypes" not in entry},
        unions={
            name: tuple(entry["subtypes"]) for name, entry in types.items() if "subtypes" in entry
        },
    )


def carry_rules() -> None:
    """Writes `carried_rules.json` anew from the specification."""
    path = specification_file()
    if path is None:
        raise FileNotFoundError("the specification: set BOT_API_SPEC")
    table = rules_of_specification(path).only(CARRIED_METHODS).table()
    CARRIED.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def _read_fields(fields: Mapping[str, str]) -> dict[str, Field]:
    return {name: _read_field(text) for name, text in fields.items()}


def _read_field(text: str) -> Field:
    head, _, rest = text.partition(" ")
    limit: Limit | None = None
    constant: str | None = None
    if rest.startswith("= "):
        constant = rest[2:]
    elif rest:
        span, unit = rest.split(" ")
        low, high = span.split("-")
        limit = Limit(int(low), int(high), UNITS[unit])
    return Field(tuple(head.rstrip("!").split("|")), head.endswith("!"), limit, constant)


def _fields(entry: Mapping[str, Any]) -> dict[str, Field]:
    return {
        field["name"]: Field(
            types=tuple(_bracketed(kind) for kind in field["types"]),
            required=field["required"],
            limit=_limit(field["types"], field["description"]),
            constant=_constant(field["name"], field["description"]),
        )
        for field in entry.get("fields", [])
    }


def _bracketed(kind: str) -> str:
    inner = kind.removeprefix("Array of ")
    return kind if inner == kind else f"[{_bracketed(inner)}]"


def _constant(name: str, description: str) -> str | None:
    if name not in {"type", "status", "source"}:
        return None
    found = re.search(r'(?:must be|always) ["“*]?(?!one\b)(\w+)', description)
    return found[1] if found else None


# How the documentation words a limit, by the type of the field.
_OF_A_STRING = re.compile(r"\b(?P<low>\d+)-(?P<high>\d+) (?P<unit>characters|bytes)", re.IGNORECASE)
_OF_AN_ARRAY = re.compile(
    r"\b(?P<low>\d+)-(?P<high>\d+) |(?:at most|up to) (?P<most>\d+)\b", re.IGNORECASE
)
_OF_A_NUMBER = re.compile(
    r"(?:^|[.;,] |between )(?P<low>\d+)(?:-| and )(?P<high>\d+)"
    r"(?:\.|;|$| if | are accepted)"
)


def _limit(types: list[str], description: str) -> Limit | None:
    if types[0].startswith("Array of "):
        found = _OF_AN_ARRAY.search(description)
        unit: Unit = "items"
    elif types == ["String"]:
        found = _OF_A_STRING.search(description)
        unit = "bytes" if found and found["unit"].lower() == "bytes" else "characters"
    elif types in (["Integer"], ["Float"]) and description.count("between") < 2:
        found = _OF_A_NUMBER.search(description)
        unit = "value"
    else:
        return None
    if found is None:
        return None
    most = found.groupdict().get("most")
    low, high = (0, int(most)) if most is not None else (int(found["low"]), int(found["high"]))
    return Limit(low, high, unit) if low <= high else None  # "ISO 3166-1" is no limit
