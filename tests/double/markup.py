"""HTML as Telegram reads it: few tags, strictly closed, four named references, UTF-16 offsets."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

MOST_ENTITIES = 100

ENTITY_OF_TAG = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
# Telegram takes these away from inside `pre` and `code`.
EMPHASIS = {"bold", "italic", "strikethrough", "underline", "spoiler"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<number>[0-9]+)|(?P<name>[A-Za-z]+));?")
_END_TAG = re.compile(r"</(?P<name>[^\s>]*)\s*>")
_TAG_NAME = re.compile(r"<(?P<name>[^\s>]*)")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACES = re.compile(r"\s*")


class MarkupError(ValueError):
    """Says what is wrong in Telegram's own words, without the `can't parse entities` before it."""


@dataclass(frozen=True)
class Entity:
    """Offset and length count UTF-16 code units, as in the Bot API."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    custom_emoji_id: str = ""

    def as_json(self) -> dict[str, Any]:
        extra = {"url": self.url, "language": self.language}
        extra["custom_emoji_id"] = self.custom_emoji_id
        found = {key: value for key, value in extra.items() if value}
        return {"type": self.type, "offset": self.offset, "length": self.length, **found}


@dataclass(frozen=True)
class Parsed:
    text: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True)
class _Open:
    tag: str
    argument: str
    offset: int
    position: int


def utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def parse_html(html: str) -> Parsed:
    """Raises MarkupError. Text is trimmed; more than 100 entities are returned as they are."""
    pieces: list[str] = []
    offset = 0
    entities: list[Entity] = []
    opened: list[_Open] = []
    at = 0
    while at < len(html):
        if html[at] == "<":
            if html.startswith("</", at):
                at = _close(html, at, opened, entities, pieces, offset)
            else:
                tag, argument, at = _start_tag(html, at)
                opened.append(_Open(tag, argument, offset, len(pieces)))
            continue
        character, at = _character(html, at)
        pieces.append(character)
        offset += utf16_length(character)
    if opened:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{opened[-1].tag}"')
    return _trimmed("".join(pieces), _without_emphasis_in_code(entities))


def checked_link(url: str) -> str:
    """The link that Telegram keeps, or nothing: it wants a known scheme and a dot in the host."""
    if re.match(r"(?i)(tg|ton|tonsite)://\w", url):
        return url
    scheme = re.match(r"(?i)([a-z][a-z0-9+.-]*)://", url)
    if scheme is not None and scheme[1].lower() not in {"http", "https"}:
        return ""
    full = url if scheme else f"http://{url}"
    try:
        parts = urlsplit(full)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    well_formed = re.fullmatch(r"[^\s<>\"'`]+", full) is not None
    return full if well_formed and "." in host.strip(".") else ""


def _character(html: str, at: int) -> tuple[str, int]:
    """One character of text, a reference decoded when it is among those that Telegram knows."""
    found = _REFERENCE.match(html, at)
    if found is None:
        return html[at], at + 1
    if found["name"] is not None:
        decoded = NAMED.get(found["name"], "")
    else:
        code = int(found["hex"], 16) if found["hex"] else int(found["number"])
        reference = found[0].removesuffix(";")
        possible = 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 and len(reference) < 10
        decoded = chr(code) if possible else ""
    return (decoded, found.end()) if decoded else (html[at], at + 1)


def _byte(html: str, at: int) -> int:
    return len(html[:at].encode())


def _start_tag(html: str, begin: int) -> tuple[str, str, int]:
    """Name, the one argument that counts for it, and where the text goes on."""
    found = _TAG_NAME.match(html, begin)
    assert found is not None
    at = found.end()
    if at == len(html):
        raise MarkupError(f"Unclosed start tag at byte offset {_byte(html, begin)}")
    tag = found["name"].lower()
    if tag not in ENTITY_OF_TAG:
        raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {_byte(html, begin)}')
    attributes, at = _attributes(html, at, tag, begin)
    argument = ""
    match tag:
        case "a":
            argument = attributes.get("href", "")
        case "code" if attributes.get("class", "").startswith("language-"):
            argument = attributes["class"].removeprefix("language-")
        case "tg-emoji":
            argument = attributes.get("emoji-id", "")
        case "blockquote" if "expandable" in attributes:
            argument = "expandable"
        case "span" if attributes.get("class") != "tg-spoiler":
            raise MarkupError(
                'Tag "span" must have class "tg-spoiler" at byte offset ' + str(_byte(html, begin))
            )
        case _:
            pass
    return tag, argument, at


def _attributes(html: str, at: int, tag: str, begin: int) -> tuple[dict[str, str], int]:
    unclosed = MarkupError(f'Unclosed start tag "{tag}" at byte offset {_byte(html, begin)}')
    attributes: dict[str, str] = {}
    while True:
        at = _after(_SPACES, html, at)
        if at == len(html):
            raise unclosed
        if html[at] == ">":
            return attributes, at + 1
        name_end = _after(_ATTRIBUTE_NAME, html, at)
        name = html[at:name_end]
        if not name:
            where = f"at byte offset {_byte(html, begin)}"
            raise MarkupError(f'Empty attribute name in the tag "{tag}" {where}')
        at = _after(_SPACES, html, name_end)
        if not html.startswith("=", at):
            attributes[name] = ""
            continue
        at = _after(_SPACES, html, at + 1)
        if at == len(html):
            raise unclosed
        attributes[name], at = _attribute_value(html, at)
        if at >= len(html):
            raise unclosed


def _attribute_value(html: str, at: int) -> tuple[str, int]:
    quote = html[at]
    if quote not in "\"'":
        end = _after(_TOKEN, html, at)
        if end < len(html) and html[end] != ">" and not html[end].isspace():
            raise MarkupError(f"Unexpected end of name token at byte offset {_byte(html, at)}")
        return html[at:end].lower(), end
    at += 1
    value: list[str] = []
    while at < len(html) and html[at] != quote:
        character, at = _character(html, at)
        value.append(character)
    return "".join(value), at + 1


def _after(pattern: re.Pattern[str], html: str, at: int) -> int:
    found = pattern.match(html, at)
    assert found is not None
    return found.end()


def _close(
    html: str,
    begin: int,
    opened: list[_Open],
    entities: list[Entity],
    pieces: list[str],
    offset: int,
) -> int:
    where = f"at byte offset {_byte(html, begin)}"
    if not opened:
        raise MarkupError(f"Unexpected end tag {where}")
    found = _END_TAG.match(html, begin)
    if found is None:
        raise MarkupError(f"Unclosed end tag {where}")
    start = opened.pop()
    name = found["name"]
    if name and name != start.tag:
        raise MarkupError(
            f'Unmatched end tag {where}, expected "</{start.tag}>", found "</{name}>"'
        )
    if offset > start.offset:
        _add_entity(entities, start, offset - start.offset, "".join(pieces[start.position :]))
    return found.end()


def _add_entity(entities: list[Entity], start: _Open, length: int, inside: str) -> None:
    entity = Entity(ENTITY_OF_TAG[start.tag], start.offset, length)
    before = entities[-1] if entities else None
    same_place = before is not None and (before.offset, before.length) == (start.offset, length)
    match start.tag:
        case "a":
            url = start.argument or inside
            if checked_link(url):
                entities.append(replace(entity, url=checked_link(url)))
            return
        case "code":
            entity = replace(entity, language=start.argument)
        case "pre" if before is not None and same_place and before.type == "code":
            entities.pop()
            entity = replace(entity, language=before.language)
        case "tg-emoji":
            entity = replace(entity, custom_emoji_id=start.argument)
        case "blockquote" if start.argument:
            entity = replace(entity, type="expandable_blockquote")
        case _:
            pass
    entities.append(entity)


def _without_emphasis_in_code(entities: list[Entity]) -> list[Entity]:
    """A language belongs to `pre` only, and nothing is bold inside code."""
    codes = [entity for entity in entities if entity.type in {"code", "pre"}]
    kept: list[Entity] = []
    for entity in entities:
        pieces = [(entity.offset, entity.offset + entity.length)]
        if entity.type in EMPHASIS:
            for code in codes:
                begin, end = code.offset, code.offset + code.length
                pieces = [
                    part
                    for low, high in pieces
                    for part in ((low, min(high, begin)), (max(low, end), high))
                    if part[0] < part[1]
                ]
        language = entity.language if entity.type == "pre" else ""
        kept += [
            replace(entity, offset=low, length=high - low, language=language)
            for low, high in pieces
        ]
    return kept


def _trimmed(text: str, entities: list[Entity]) -> Parsed:
    stripped = text.rstrip()
    lead = utf16_length(stripped) - utf16_length(stripped.lstrip())
    stripped = stripped.lstrip()
    whole = utf16_length(stripped)
    clipped = []
    for entity in entities:
        low = max(entity.offset - lead, 0)
        high = min(entity.offset - lead + entity.length, whole)
        if low < high:
            clipped.append(replace(entity, offset=low, length=high - low))
    return Parsed(stripped, tuple(sorted(clipped, key=lambda e: (e.offset, -e.length))))
