import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict

from tests.double import Double
from tests.double.conftest import post


async def test_a_long_poll_waits_for_the_next_update(double: Double, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await double.wait_for(lambda: double.called("getUpdates"))
    await double.private_chat().says("/ville@sousveille_bot roubaix, @camille")
    (update,) = await poll
    assert update.message is not None
    assert update.message.text is not None
    assert {
        update.message.text[e.offset : e.offset + e.length]: e.type for e in update.message.entities
    } == {"/ville@sousveille_bot": "bot_command", "@camille": "mention"}


async def test_updates_come_back_until_a_later_offset_confirms_them(
    double: Double, bot: Bot
) -> None:
    chat = double.private_chat()
    for text in ("un", "deux", "trois"):
        await chat.says(text)
    first = await bot.get_updates(limit=2)
    assert [update.message.text for update in first if update.message] == ["un", "deux"]
    assert (await bot.get_updates())[0].update_id == first[0].update_id
    assert len(await bot.get_updates()) == 3
    rest = await bot.get_updates(offset=first[1].update_id + 1)
    assert [update.message.text for update in rest if update.message] == ["trois"]
    with pytest.raises(TimeoutError):
        await double.all_confirmed(timeout_seconds=0.01)
    assert await bot.get_updates(offset=rest[0].update_id + 1) == ()
    await double.all_confirmed()


async def test_a_negative_offset_keeps_only_the_last_updates(double: Double, bot: Bot) -> None:
    chat = double.private_chat()
    for text in ("un", "deux", "trois"):
        await chat.says(text)
    for _ in range(2):
        updates = await bot.get_updates(offset=-1)
        assert [update.message.text for update in updates if update.message] == ["trois"]


async def test_only_the_allowed_updates_are_queued(double: Double, bot: Bot) -> None:
    chat = double.private_chat()
    await bot.get_updates(allowed_updates=["my_chat_member"])
    await chat.says("un")
    await chat.blocks_bot()
    updates = await bot.get_updates()
    assert [update.my_chat_member is not None for update in updates] == [True]


async def test_two_polls_at_once_are_a_conflict_for_the_first(double: Double, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await double.wait_for(lambda: double.called("getUpdates"))
    assert await bot.get_updates() == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    await bot.set_webhook("https://exemple.fr/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.get_updates() == ()
    assert double.violations == []


async def test_any_json_value_can_be_injected(double: Double) -> None:
    number = double.next_update_id()
    odd = {"update_id": number, "message": {"chat": []}}
    for update in (odd, "texte", None, {"message": 3}):
        double.inject(update)
    assert (await post(double, "getUpdates"))["result"] == [odd, "texte", None, {"message": 3}]
    later = await post(double, "getUpdates", offset=number + 1)
    assert later["result"] == ["texte", None, {"message": 3}]
