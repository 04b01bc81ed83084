"""A message as Telegram shows it: HTML, and rows of buttons."""

import html
import re
from dataclasses import dataclass

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Button:
    """A label, and the data that comes back when it is pressed: 1 to 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file that comes with a message, whose text is then at most 1,024 characters."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """`html` holds only the tags b, i and a, everything else being escaped."""

    html: str
    rows: tuple[tuple[Button, ...], ...] = ()
    document: "Document | None" = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons, row after row."""
        return tuple(button for row in self.rows for button in row)


def escape(text: str) -> str:
    """`text` as HTML that shows it as it is, for content and for attributes."""
    return html.escape(text, quote=False).replace('"', "&quot;")


def visible(message: Message) -> str:
    """The text that Telegram shows: no tags, no addresses."""
    return html.unescape(_TAG.sub("", message.html))


def plain(message: Message) -> str:
    """What Telegram shows, then the address of each link, for where links cannot be followed."""
    links = dict.fromkeys(_LINK.findall(message.html))
    addresses = [
        f"{html.unescape(_TAG.sub('', label))} → {html.unescape(url)}" for url, label in links
    ]
    return "\n\n".join(part for part in (visible(message), "\n".join(addresses)) if part)
