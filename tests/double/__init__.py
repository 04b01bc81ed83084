"""A double of Telegram's Bot API: a real HTTP server, held to the specification."""

from tests.double.calls import Call, windows
from tests.double.people import Group, PrivateChat, Room
from tests.double.server import TOKEN, Double
from tests.double.state import Button, InlineQuestion, Message, Person, Press

__all__ = [
    "TOKEN",
    "Button",
    "Call",
    "Double",
    "Group",
    "InlineQuestion",
    "Message",
    "Person",
    "Press",
    "PrivateChat",
    "Room",
    "windows",
]
