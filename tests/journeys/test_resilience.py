"""What the process does when Telegram, the network or somebody misbehaves."""

from pathlib import Path

import pytest

from tests.double import Double, faults
from tests.journeys.process import BotProcess


async def test_an_update_that_cannot_be_parsed_does_not_hide_the_next_ones(
    double: Double, bot: BotProcess
) -> None:
    chat = double.private_chat(double.person("Camille"))
    double.inject({"update_id": double.next_update_id(), "message": {"message_id": "x"}})
    double.inject({"update_id": double.next_update_id(), "callback_query": 7})
    await chat.says("roubaix")
    assert (await chat.next_message()).text.startswith("Roubaix")
    assert "update passed over" in bot.logs


async def test_a_chat_that_floods_gets_one_sentence_while_others_are_answered(
    double: Double, bot: BotProcess
) -> None:
    flooder = double.private_chat(double.person("Trop"))
    other = double.private_chat(double.person("Camille"))
    for _ in range(40):
        await flooder.says("roubaix")
    await other.says("calais")
    assert (await other.next_message()).text.startswith("Calais")
    await double.wait_for(lambda: any("plus vite" in m.text for m in flooder.sent), 30)
    await other.says("lille")
    assert (await other.next_message()).text.startswith("Lille")
    assert sum("plus vite" in message.text for message in flooder.sent) == 1
    assert len(flooder.sent) == 16


@pytest.mark.parametrize("fault", [faults.unauthorized(), faults.not_found()])
async def test_a_revoked_token_ends_the_process_with_an_error(
    double: Double, tmp_path: Path, fault: faults.Fault
) -> None:
    async with BotProcess(double.url, double.token, tmp_path) as bot:
        await bot.is_listening(double)
        double.fails(fault, "getUpdates", times=99)
        await double.private_chat(double.person("Camille")).says("roubaix")
        assert await bot.ends() == 1
        assert "jeton" in bot.logs
        assert double.token not in bot.logs


@pytest.mark.parametrize(
    "fault",
    [
        faults.server_error(),
        faults.html_page(),
        faults.truncated_json(),
        faults.reset(),
        faults.too_many_requests(1),
    ],
    ids=str,
)
async def test_a_poll_that_fails_once_is_tried_again(
    double: Double, bot: BotProcess, fault: faults.Fault
) -> None:
    double.fails(fault, "getUpdates")
    chat = double.private_chat(double.person("Camille"))
    await chat.says("roubaix")
    assert (await chat.next_message(timeout_seconds=20)).text.startswith("Roubaix")


async def test_telegram_away_at_boot_is_waited_for(tmp_path: Path) -> None:
    async with Double(away=True) as double:
        async with BotProcess(double.url, double.token, tmp_path) as bot:
            chat = double.private_chat(double.person("Camille"))
            await double.comes_back()
            await bot.is_listening(double)
            await chat.says("roubaix")
            assert (await chat.next_message()).text.startswith("Roubaix")
        assert double.violations == []


async def test_sigterm_ends_within_five_seconds_even_while_a_reply_hangs(
    double: Double, bot: BotProcess
) -> None:
    double.fails(faults.hang(after_effect=False), "sendMessage")
    chat = double.private_chat(double.person("Camille"))
    await chat.says("roubaix")
    await double.wait_for(lambda: bool(double.called("sendMessage")))
    status, seconds = await bot.is_told_to_stop()
    assert status == 0
    assert seconds < 5
    assert "Traceback" not in bot.logs


async def test_what_was_answered_is_not_answered_again_after_a_restart(
    double: Double, tmp_path: Path
) -> None:
    chat = double.private_chat(double.person("Camille"))
    async with BotProcess(double.url, double.token, tmp_path) as bot:
        await bot.is_listening(double)
        await chat.says("roubaix")
        await chat.next_message()
        await bot.is_told_to_stop()
    async with BotProcess(double.url, double.token, tmp_path) as bot:
        await chat.says("calais")
        assert (await chat.next_message(timeout_seconds=20)).text.startswith("Calais")
        assert len(chat.sent) == 2


async def test_without_a_token_the_command_names_chat_and_exits_with_2(tmp_path: Path) -> None:
    async with BotProcess("http://127.0.0.1:9", "", tmp_path) as bot:
        assert await bot.ends() == 2
        assert "chat" in bot.logs


async def test_nothing_that_people_write_and_no_token_reaches_the_logs(
    double: Double, bot: BotProcess
) -> None:
    chat = double.private_chat(double.person("Zénobie"))
    double.fails(faults.server_error(), "sendMessage")
    for text in ("canari-7431", "/ville canari-7431", "/question canari-7431", "/canari-7431"):
        await chat.says(text)
        await double.wait_for(lambda: bool(double.called("sendMessage", chat)))
    await bot.is_told_to_stop()
    assert "canari" not in bot.logs
    assert "Zénobie" not in bot.logs
    assert double.token not in bot.logs
