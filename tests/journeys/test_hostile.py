"""Updates that no honest server would send: the process lives, and the chat is not blocked."""

import copy
import random
from typing import Any

import pytest

from tests.double import Double
from tests.journeys.process import BotProcess

PERSON = {"id": 77, "is_bot": False, "first_name": "Mallory"}
CHAT = {"id": 77, "type": "private", "first_name": "Mallory"}
MESSAGE = {
    "message_id": 1,
    "date": 1_790_000_000,
    "chat": CHAT,
    "from": PERSON,
    "text": "/ville roubaix",
    "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
}
MEMBER = {"user": {"id": 1, "is_bot": True, "first_name": "bot"}, "status": "member"}
HONEST: tuple[dict[str, Any], ...] = (
    {"message": MESSAGE},
    {
        "callback_query": {
            "id": "1",
            "from": PERSON,
            "chat_instance": "1",
            "data": "card:roubaix:figures:0",
            "message": MESSAGE,
        }
    },
    {
        "my_chat_member": {
            "chat": CHAT,
            "from": PERSON,
            "date": 1_790_000_000,
            "old_chat_member": MEMBER,
            "new_chat_member": MEMBER,
        }
    },
)


def mutated(chance: random.Random) -> dict[str, Any]:
    """An honest update with one to four of its values removed, swapped or made monstrous."""
    update = copy.deepcopy(chance.choice(HONEST))
    for _ in range(chance.randint(1, 4)):
        spots = list(_spots(update))
        holder, key = chance.choice(spots)
        match chance.randrange(5):
            case 0:
                del holder[key]
            case 1:
                holder[key] = chance.choice(
                    [None, True, -1, 2**70, 1.5, "", "x", [], {}, [[]], {"id": {}}, "\ud83d\x00"]
                )
            case 2:
                holder[key] = chance.choice(["é" * 5_000, "/" * 4_096, "<b>" * 900, "\u202e" * 99])
            case 3:
                holder[key] = _deep(chance.choice([10, 60]))
            case _:
                holder[key] = copy.deepcopy(chance.choice(HONEST))
    return update


def _spots(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        for key in keys:
            found.append((value, key))
            found += _spots(value[key])
    return found or [({"x": 1}, "x")]


def _deep(levels: int) -> Any:
    value: Any = "fond"
    for _ in range(levels):
        value = {"message": [value]}
    return value


async def _bombard(double: Double, bot: BotProcess, count: int) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 # to run the same updates again
    chance = random.Random(seed)
    for _ in range(count):
        double.inject({"update_id": double.next_update_id(), **mutated(chance)})
    nonsense: tuple[Any, ...] = (None, 7, "x", [], {}, {"update_id": "7"}, {"update_id": True})
    for value in nonsense:
        double.inject(value)
    chat = double.private_chat(double.person("Camille"))
    await chat.says("calais")
    message = await chat.next_message(timeout_seconds=120)
    assert message.text.startswith("Calais")
    assert bot.process.returncode is None
    status, _ = await bot.is_told_to_stop()
    assert status == 0
    assert "Traceback" not in bot.logs


async def test_two_thousand_mutated_updates_neither_end_the_process_nor_block_anybody(
    double: Double, bot: BotProcess
) -> None:
    await _bombard(double, bot, 2_000)


@pytest.mark.soak
async def test_twenty_thousand_mutated_updates_neither_end_the_process_nor_block_anybody(
    double: Double, bot: BotProcess
) -> None:
    await _bombard(double, bot, 20_000)
