"""A double of Telegram's Bot API: a real HTTP server, held to the specification.

async with Double() as double:
    # start the bot with TELEGRAM_API_URL=double.url and TELEGRAM_TOKEN=double.token
    chat = double.private_chat(double.person("Camille"))
    await chat.says("/ville roubaix")
    card = await chat.next_message()
    press = await chat.presses(card, "Coûts")
    page = await chat.next_edit()
    await double.wait_for(lambda: press.is_answered)
    double.fails(too_many_requests(retry_after=3), "sendMessage", chat=chat)
    assert double.violations == []
"""

from tests.double.calls import Call, windows
from tests.double.people import Group, PrivateChat, Room
from tests.double.pushing import Pusher
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
    "Pusher",
    "Room",
    "windows",
]
