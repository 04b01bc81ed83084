import asyncio
import time
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.double import Call, Double, windows
from tests.double.conftest import bot_of
from tests.double.faults import (
    Fault,
    bad_request,
    conflict,
    forbidden,
    hang,
    html_page,
    migrated,
    not_found,
    reset,
    server_error,
    too_many_requests,
    truncated_json,
    unauthorized,
)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (forbidden(), Forbidden),
        (forbidden("user is deactivated"), Forbidden),
        (bad_request("chat not found"), BadRequest),
        (migrated(-1001), ChatMigrated),
        (unauthorized(), InvalidToken),
        (not_found(), InvalidToken),
        (conflict(), TelegramError),
        (server_error(), NetworkError),
        (html_page(), NetworkError),
        (reset(), NetworkError),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
async def test_a_fault_strikes_once_and_changes_nothing(
    double: Double, bot: Bot, fault: Fault, error: type[Exception]
) -> None:
    chat = double.private_chat()
    double.fails(fault, "sendMessage")
    with pytest.raises(error):
        await bot.send_message(chat.id, "un")
    assert chat.sent == []
    await bot.send_message(chat.id, "deux")
    assert [message.text for message in chat.sent] == ["deux"]
    assert [(c.outcome, c.took_effect) for c in double.called("sendMessage", chat)] == [
        (fault.name, False),
        ("ok", True),
    ]


async def test_a_flood_tells_when_to_come_back(
    double: Double, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library warns that its integer will go
    double.fails(too_many_requests(retry_after=7), times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await bot.get_me()
    assert caught.value.retry_after == timedelta(seconds=7)
    await bot.get_me()


@pytest.mark.parametrize("fault", [truncated_json(), reset(after_effect=True)])
async def test_a_message_can_be_delivered_although_the_answer_is_lost(
    double: Double, bot: Bot, fault: Fault
) -> None:
    chat = double.private_chat()
    double.fails(fault, "sendMessage")
    with pytest.raises(TelegramError):
        await bot.send_message(chat.id, "un")
    assert [message.text for message in chat.sent] == ["un"]
    assert double.calls[-1].took_effect


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_hang_lasts_until_the_client_gives_up(double: Double, after_effect: bool) -> None:
    chat = double.private_chat()
    double.fails(hang(after_effect), "sendMessage")
    async with bot_of(double, read_timeout=0.05) as bot:
        with pytest.raises(TimedOut) as caught:
            await bot.send_message(chat.id, "un")
    assert isinstance(caught.value.__cause__, httpx.ReadTimeout)
    assert [message.text for message in chat.sent] == ["un"] * after_effect
    assert double.called("sendMessage")[0].outcome == "hang"


async def test_a_fault_can_be_for_one_chat_and_for_ever(double: Double, bot: Bot) -> None:
    unlucky, lucky = double.private_chat(), double.private_chat()
    double.fails(forbidden(), chat=unlucky, times=None)
    for _ in range(3):
        with pytest.raises(Forbidden):
            await bot.send_message(unlucky.id, "un")
        await bot.send_message(lucky.id, "un")
    double.recovers()
    await bot.send_message(unlucky.id, "un")
    assert (len(unlucky.sent), len(lucky.sent)) == (1, 3)


async def test_telegram_is_away_at_boot_and_comes_back_on_the_same_port() -> None:
    async with Double(away=True) as double:
        bot = bot_of(double)
        with pytest.raises(NetworkError):
            await bot.initialize()
        await double.comes_back()
        async with bot:
            poll = asyncio.create_task(bot.get_updates(timeout=30))
            await double.wait_for(lambda: double.called("getUpdates"))
            await double.goes_away()
            with pytest.raises(TelegramError):
                await poll
            with pytest.raises(NetworkError):
                await bot.get_me()
            await double.comes_back()
            await bot.get_me()


async def test_the_end_does_not_wait_for_a_poll_or_a_hang(double: Double, bot: Bot) -> None:
    double.fails(hang(), "getMe")
    waiting = [asyncio.create_task(bot.get_updates(timeout=30)), asyncio.create_task(bot.get_me())]
    await double.wait_for(lambda: len(double.calls) == 3)
    begin = time.monotonic()
    await double.goes_away()
    assert time.monotonic() - begin < 5
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(outcomes[1], TelegramError)


async def test_waiting_in_vain_says_what_came_instead(double: Double, bot: Bot) -> None:
    await bot.get_me()
    with pytest.raises(TimeoutError, match=r"last calls: .*getMe: ok"):
        await double.wait_for(lambda: False, timeout_seconds=0.01)
    chat = double.private_chat(double.person("Camille"))
    with pytest.raises(TimeoutError, match="nothing came in the chat with Camille"):
        await chat.next_message(timeout_seconds=0.01)


def test_a_window_holds_the_calls_of_any_span() -> None:
    calls = [Call("sendMessage", at) for at in (0.0, 0.6, 0.7, 1.0, 1.59, 1.6)]
    assert windows(calls, 1.0) == 4
    assert windows(calls, 0.05) == 2
    assert windows(calls, 10.0) == 6
    assert windows([], 1.0) == 0
