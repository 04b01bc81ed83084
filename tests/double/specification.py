"""Holds one call against the rules: method, fields, types, lengths, markup, and attached files."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.double.markup import (
    MOST_ENTITIES,
    MarkupError,
    checked_link,
    parse_html,
    utf16_length,
)
from tests.double.rules import Field, Fields, Limit, Rules


@dataclass(frozen=True)
class Upload:
    """A file that came with a call. Its bytes stay out of what is printed."""

    name: str
    content_type: str
    content: bytes

    def __repr__(self) -> str:
        return f"Upload({self.name!r}, {len(self.content)} bytes)"


@dataclass(frozen=True)
class Problem:
    """`sentence` is for the developer; `description` is what Telegram answers. When `refused` is
    false, Telegram accepts the call but not all of it."""

    sentence: str
    description: str
    refused: bool = True


@dataclass(frozen=True)
class Checked:
    values: dict[str, Any]
    problems: tuple[Problem, ...]


# Documented in prose that `rules.py` does not read: patterns, choices and two limits.
PATTERNS = {
    ("BotCommand", "command"): r"[a-z0-9_]{1,32}",
    ("setWebhook", "secret_token"): r"[A-Za-z0-9_-]{1,256}",
    ("InlineQueryResultsButton", "start_parameter"): r"[A-Za-z0-9_-]{1,64}",
    ("sendChatAction", "action"): "typing|upload_photo|record_video|upload_video|record_voice|"
    "upload_voice|upload_document|choose_sticker|find_location|record_video_note|"
    "upload_video_note",
    ("InlineKeyboardButton", "style"): "danger|success|primary",
}
LIMITS = {
    ("answerInlineQuery", "results"): Limit(0, 50, "items"),
    ("answerInlineQuery", "next_offset"): Limit(0, 64, "bytes"),
}
PARSED = ("text", "caption", "message_text")
BUTTON_LOOKS = {"text", "icon_custom_emoji_id", "style"}
DESCRIPTIONS = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "callback_data": "BUTTON_DATA_INVALID",
    "command": "BOT_COMMAND_INVALID",
    "commands": "BOT_COMMANDS_TOO_MUCH",
}


def check_call(
    rules: Rules, method: str, given: Mapping[str, object], files: Mapping[str, Upload]
) -> Checked:
    """`given` holds the fields as they came: JSON values, or strings from a form. The values
    returned have the types of the specification, files in their places."""
    fields = rules.methods[method]
    values: dict[str, Any] = {name: _decoded(fields.get(name), raw) for name, raw in given.items()}
    values.update({name: file for name, file in files.items() if name in fields})
    checker = _Checker(rules, files)
    checker.fields_of(method, fields, values)
    checker.unused_files()
    return Checked(values, tuple(checker.problems))


def check_value(rules: Rules, kind: str, value: object) -> tuple[Problem, ...]:
    """Holds what the double itself says, a Message or an Update, against the same rules."""
    checker = _Checker(rules, {})
    checker.value(kind, Field((kind,), True), value)
    return tuple(checker.problems)


def _decoded(field: Field | None, raw: object) -> object:
    """A form carries everything but strings as JSON."""
    if field is None or not isinstance(raw, str):
        return raw
    if "Integer" in field.types and re.fullmatch(r"-?\d+", raw):
        return int(raw)
    if "String" in field.types:
        return raw
    try:
        return json.loads(raw.lower() if field.types == ("Boolean",) else raw)
    except ValueError:
        return raw


class _Checker:
    """Collects the problems of one call; `where` names the place, as `sendMessage.text`."""

    def __init__(self, rules: Rules, files: Mapping[str, Upload]) -> None:
        self.rules = rules
        self.files = files
        self.attached: set[str] = set()
        self.problems: list[Problem] = []

    def fields_of(self, where: str, fields: Fields, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            if name not in fields:
                self._add(f"{where} has no field {name}", f"unknown field {name}")
            elif name in PARSED and "parse_mode" in fields:  # its length counts after parsing
                self.value(f"{where}.{name}", replace(fields[name], limit=None), value)
            else:
                self.value(f"{where}.{name}", fields[name], value)
        for name, field in fields.items():
            if field.required and name not in values:
                self._add(f"{where}.{name} is required", DESCRIPTIONS.get(name, f"no {name}"))
        for name in PARSED:
            if name in fields and "parse_mode" in fields and isinstance(values.get(name), str):
                self._formatted(f"{where}.{name}", name, fields[name], values)

    def value(self, where: str, field: Field, value: object) -> None:
        """Reports the problems of the alternative that fits best."""
        attempts: list[list[Problem]] = []
        before = self.problems
        for kind in field.types:
            self.problems = []
            self._one(where, kind, value)
            attempts.append(self.problems)
        self.problems = before + min(attempts, key=len)
        self._within(where, field, value)

    def unused_files(self) -> None:
        for name in self.files:
            if name not in self.attached:
                self._add(f"the file part {name} belongs to no field", f"unknown file {name}")

    def _add(self, sentence: str, description: str = "") -> None:
        self.problems.append(Problem(sentence, f"Bad Request: {description or sentence}"))

    def _one(self, where: str, kind: str, value: object) -> None:
        if kind.startswith("["):
            if not isinstance(value, list):
                self._add(f"{where} must be an array, not {value!r}")
                return
            for number, item in enumerate(value):
                self.value(f"{where}[{number}]", Field((kind[1:-1],), True), item)
        elif kind in self.rules.unions:
            self._union(where, kind, value)
        elif kind == "InputFile":
            self._file(where, value)
        elif kind in self.rules.types:
            if isinstance(value, dict):
                self._typed(where, kind, value)
            else:
                self._add(f"{where} must be a {kind}, not {value!r}", f"can't parse {kind} JSON")
        elif not SCALARS[kind](value):
            self._add(f"{where} must be of type {kind}, not {value!r}")
        elif isinstance(value, str) and value.startswith("attach://"):
            self._file(where, value)

    def _file(self, where: str, value: object) -> None:
        if isinstance(value, Upload):
            self.attached.update(name for name, file in self.files.items() if file is value)
        elif isinstance(value, str) and value.removeprefix("attach://") in self.files:
            self.attached.add(value.removeprefix("attach://"))
        else:
            self._add(f"{where} must be a file, not {value!r}", "there is no file in the request")

    def _union(self, where: str, kind: str, value: object) -> None:
        kinds = self._members(kind)
        if isinstance(value, dict):
            alike = [name for name in kinds if self._is_said_to_be(name, value)]
            kinds = alike or kinds
        self.value(where, Field(tuple(kinds), True), value)

    def _members(self, kind: str) -> list[str]:
        if kind not in self.rules.unions:
            return [kind]
        return [name for part in self.rules.unions[kind] for name in self._members(part)]

    def _is_said_to_be(self, kind: str, value: Mapping[str, Any]) -> bool:
        constants = {
            name: field.constant
            for name, field in self.rules.types[kind].items()
            if field.constant is not None
        }
        return bool(constants) and all(value.get(key) == said for key, said in constants.items())

    def _typed(self, where: str, kind: str, value: dict[str, Any]) -> None:
        self.fields_of(where, self.rules.types[kind], value)
        for name in value:
            self._prose(kind, name, f"{where}.{name}", value[name])
        if kind == "InlineKeyboardButton":
            self._button(where, value)

    def _button(self, where: str, button: Mapping[str, Any]) -> None:
        if len(button.keys() - BUTTON_LOOKS) != 1:
            self._add(f"{where} must have exactly one action, not {sorted(button)}")
        if button.get("text") == "":
            self._add(f"{where}.text is empty", "inline keyboard button text must be non-empty")
        url = button.get("url")
        if isinstance(url, str) and not checked_link(url):
            said = f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
            self._add(f"{where}: {said}", said)

    def _within(self, where: str, field: Field, value: object) -> None:
        owner, _, name = where.rpartition(".")
        self._prose(owner, name, where, value)
        if field.constant is not None and value != field.constant:
            self._add(f"{where} must be {field.constant!r}, not {value!r}")
        if field.limit is not None:
            self._limited(where, name, field.limit, value)

    def _prose(self, owner: str, name: str, where: str, value: object) -> None:
        """What only the prose of the documentation says."""
        description = DESCRIPTIONS.get(name, "")
        pattern = PATTERNS.get((owner, name))
        if pattern and isinstance(value, str) and not re.fullmatch(pattern, value):
            self._add(f"{where} must match {pattern}, not {value!r}", description)
        if (owner, name) in LIMITS:
            self._limited(where, name, LIMITS[owner, name], value)

    def _limited(self, where: str, name: str, limit: Limit, value: object) -> None:
        measured = MEASURES[limit.unit](value)
        if measured is not None and not limit.low <= measured <= limit.high:
            said = "" if limit.unit == "value" else f" {limit.unit}"
            self._add(
                f"{where} must be {limit.low}-{limit.high}{said}, not {measured}",
                DESCRIPTIONS.get(name, ""),
            )

    def _formatted(self, where: str, name: str, field: Field, values: Mapping[str, Any]) -> None:
        """The length counts after the markup is parsed."""
        html = values[name]
        mode = values.get("parse_mode")
        if mode not in (None, "", "HTML"):
            self._add(f"{where}: the double parses HTML only, not {mode!r}")
            return
        text = html.strip()
        if mode:
            try:
                parsed = parse_html(html)
            except MarkupError as error:
                self._add(f"{where}: {error} ({html!r})", f"can't parse entities: {error}")
                return
            text = parsed.text
            if len(parsed.entities) > MOST_ENTITIES:
                sentence = f"{where} has {len(parsed.entities)} entities, {MOST_ENTITIES} are shown"
                self.problems.append(Problem(sentence, "", refused=False))
        limit = field.limit
        length = utf16_length(text)
        if limit is not None and length > limit.high:
            what = "message caption" if name == "caption" else "message"
            self._add(f"{where} has {length} characters of {limit.high}", f"{what} is too long")
        if not text and name != "caption" and (limit is None or limit.low > 0):
            self._add(f"{where} is empty", "message text is empty")


SCALARS: Mapping[str, Callable[[object], bool]] = {
    "String": lambda value: isinstance(value, str),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "True": lambda value: value is True,
}
MEASURES: Mapping[str, Callable[[object], float | None]] = {
    "characters": lambda value: utf16_length(value) if isinstance(value, str) else None,
    "bytes": lambda value: len(value.encode()) if isinstance(value, str) else None,
    "items": lambda value: len(value) if isinstance(value, list) else None,
    "value": lambda value: value if isinstance(value, int | float) else None,
}
