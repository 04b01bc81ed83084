"""What a phone would show of a territory or a topic: its card, and the pages behind it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from bot.knowledge.model import Knowledge
from bot.language.folding import slug
from bot.presentation.buttons import Press, parse_press
from bot.presentation.conversation import Conversation
from bot.presentation.message import Message, visible

_NOBODY = 0


class Screen(NamedTuple):
    """One message, and the buttons pressed to come to it, the card being reached by none."""

    pressed: tuple[str, ...]
    message: Message

    @property
    def length(self) -> int:
        """How many characters people see."""
        return len(visible(self.message))

    @property
    def utf16_units(self) -> int:
        """What Telegram counts, and cuts above 4,096."""
        return len(visible(self.message).encode("utf-16-le")) // 2


def find(knowledge: Knowledge, name: str) -> str | None:
    """The press that opens what `name` is the file or one of the names of; None for nothing."""
    wanted = slug(name)
    for action, entries in (("card", knowledge.cities), ("topic", knowledge.topics)):
        if wanted in entries:
            return Press(action, wanted).data()
        for id_, entry in entries.items():
            if wanted in map(slug, (entry.name, *entry.also)):
                return Press(action, id_).data()
    return None


def screens(conversation: Conversation, data: str, now: datetime) -> Iterator[Screen]:
    """The message that a press opens, then every page of the same thing that buttons lead to."""
    opened = parse_press(data)
    seen = {data}
    waiting: list[tuple[tuple[str, ...], str]] = [((), data)]
    while waiting:
        pressed, data = waiting.pop(0)
        message = conversation.presses(data, _NOBODY, now)
        yield Screen(pressed, message)
        for button in message.buttons:
            press = parse_press(button.data)
            same = press is not None and opened is not None and press.target == opened.target
            if same and press is not None and press.action != "card" and button.data not in seen:
                seen.add(button.data)
                waiting.append(((*pressed, button.label), button.data))


def as_json(screen: Screen) -> dict[str, Any]:
    """One screen as one object."""
    return {
        "pressed": list(screen.pressed),
        "text": visible(screen.message),
        "html": screen.message.html,
        "length": screen.length,
        "utf16_units": screen.utf16_units,
        "buttons": [
            [{"label": button.label, "data": button.data} for button in row]
            for row in screen.message.rows
        ],
    }


def as_lines(screen: Screen) -> Iterator[str]:
    """One screen for people."""
    title = " › ".join(("carte", *screen.pressed))
    yield f"───── {title} : {screen.length} caractères ─────"
    yield visible(screen.message)
    yield from ("  ".join(f"[{button.label}]" for button in row) for row in screen.message.rows)
    yield ""
