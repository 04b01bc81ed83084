"""The bot behind a webhook: Telegram brings the updates, and only Telegram is heeded."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.double import Double, Pusher, Room, faults
from tests.journeys.process import BotProcess

SECRET = "le-secret_du-crochet"
HEADER = "X-Telegram-Bot-Api-Secret-Token"

UNREADABLE = (
    b"",
    b'{"update_id": 7, "message": "canari',
    b"\xff\xfe",
    b"[" * 100_000,
    b"[]",
    b'{"update_id": "x"}',
    b'{"update_id": 7, "message": {"message_id": "canari"}}',
    b'{"update_id": 8, "callback_query": 7}',
)

Run = Callable[[], BotProcess]


@pytest.fixture
def port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def address(port: int) -> str:
    return f"http://127.0.0.1:{port}/telegram"


@pytest.fixture
def environment(port: int) -> dict[str, str]:
    return {
        "WEBHOOK_URL": "https://bot.example/telegram",
        "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "WEBHOOK_SECRET": SECRET,
    }


@pytest.fixture
def run(double: Double, tmp_path: Path, environment: dict[str, str]) -> Run:
    """Starts the bot behind its webhook, on one database, as often as asked."""
    return lambda: BotProcess(double.url, double.token, tmp_path, **environment)


async def written(double: Double, chat: Room, text: str) -> object:
    """The update that Telegram would bring."""
    await chat.says(text)
    return double.state.updates.waiting[-1][1]


async def test_a_question_brought_by_telegram_is_answered(
    double: Double, run: Run, address: str
) -> None:
    chat = double.private_chat(double.person("Camille"))
    async with run() as bot, Pusher(double, address) as pusher:
        await chat.says("roubaix")
        card = await chat.next_message(timeout_seconds=30)
        assert card.text.startswith("Roubaix (59)")
        await chat.presses(card, "Coûts")
        await chat.next_edit()
        await double.all_confirmed()
        assert pusher.answers[-2:] == [200, 200]
        assert double.called("getUpdates") == []
        (registered,) = double.called("setWebhook")
        assert registered.params == {
            "url": "https://bot.example/telegram",
            "secret_token": SECRET,
            "allowed_updates": ["message", "callback_query", "my_chat_member"],
            "max_connections": 40,
        }
        assert SECRET not in bot.logs


async def test_what_does_not_carry_the_secret_is_refused_and_not_answered(
    double: Double, run: Run, address: str
) -> None:
    chat = double.private_chat(double.person("Camille"))
    async with run() as bot, httpx.AsyncClient() as telegram:
        await bot.is_listening(double, "setWebhook")
        update = await written(double, chat, "roubaix")
        for forged in ({}, {HEADER: ""}, {HEADER: "autre"}, {HEADER: f"{SECRET}x"}):
            assert (await telegram.post(address, json=update, headers=forged)).status_code == 403
        odd = [(HEADER.encode(), "clé".encode())]
        assert (await telegram.post(address, json=update, headers=odd)).status_code == 403
        genuine = await written(double, chat, "calais")
        await telegram.post(address, json=genuine, headers={HEADER: SECRET})
        assert (await chat.next_message()).text.startswith("Calais")
        assert len(chat.sent) == 1


async def test_an_update_brought_again_is_answered_once(
    double: Double, run: Run, address: str
) -> None:
    chat = double.private_chat(double.person("Camille"))
    async with run() as bot, httpx.AsyncClient(headers={HEADER: SECRET}) as telegram:
        await bot.is_listening(double, "setWebhook")
        update = await written(double, chat, "roubaix")
        answers = await asyncio.gather(*(telegram.post(address, json=update) for _ in range(5)))
        await chat.next_message()
        answers.append(await telegram.post(address, json=update))
        assert [answer.status_code for answer in answers] == [200] * 6
        await telegram.post(address, json=await written(double, chat, "calais"))
        assert (await chat.next_message()).text.startswith("Calais")
        assert len(chat.sent) == 2


async def test_what_cannot_be_parsed_is_not_asked_for_again(
    double: Double, run: Run, address: str
) -> None:
    chat = double.private_chat(double.person("Camille"))
    async with run() as bot, httpx.AsyncClient(headers={HEADER: SECRET}) as telegram:
        await bot.is_listening(double, "setWebhook")
        for body in UNREADABLE:
            assert (await telegram.post(address, content=body)).status_code == 200
        await telegram.post(address, json=await written(double, chat, "calais"))
        assert (await chat.next_message()).text.startswith("Calais")
        assert bot.logs.count("update passed over") == len(UNREADABLE)
        assert "Traceback" not in bot.logs
        assert "canari" not in bot.logs


async def test_too_long_a_body_is_refused_before_it_is_read(
    double: Double, run: Run, port: int
) -> None:
    async with run() as bot:
        await bot.is_listening(double, "setWebhook")
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST / HTTP/1.1\r\n{HEADER}: {SECRET}\r\nContent-Length: 1048577\r\n\r\n"
        writer.write(head.encode())
        assert (await reader.read()).startswith(b"HTTP/1.1 400 ")
        writer.close()
        await writer.wait_closed()


async def test_a_change_under_way_at_sigterm_is_made_by_the_next_process(
    double: Double, run: Run, address: str
) -> None:
    admin = double.person("Admin")
    group = double.group("Collectif", administrators=[admin])
    double.fails(faults.hang(after_effect=False), "getChatMember")
    async with Pusher(double, address):
        async with run() as bot:
            await group.says("/abonner roubaix", by=admin)
            await double.wait_for(lambda: bool(double.called("getChatMember")), 30)
            status, seconds = await bot.is_told_to_stop()
            assert status == 0
            assert seconds < 5
            assert "Traceback" not in bot.logs
            assert double.state.updates.waiting
        async with run() as bot:
            assert "Roubaix" in (await group.next_message(timeout_seconds=30)).text
            await double.all_confirmed()
            await bot.is_told_to_stop()
            assert "Traceback" not in bot.logs


async def test_without_its_address_the_bot_goes_back_to_polling(
    double: Double, run: Run, tmp_path: Path
) -> None:
    async with run() as bot:
        await bot.is_listening(double, "setWebhook")
        await bot.is_told_to_stop()
    chat = double.private_chat(double.person("Camille"))
    await chat.says("roubaix")
    async with BotProcess(double.url, double.token, tmp_path) as bot:
        assert (await chat.next_message(timeout_seconds=30)).text.startswith("Roubaix")


@pytest.mark.parametrize("name", ["WEBHOOK_LISTEN", "WEBHOOK_SECRET"])
async def test_what_is_missing_is_told_in_a_sentence(
    tmp_path: Path, environment: dict[str, str], name: str
) -> None:
    del environment[name]
    async with BotProcess("http://127.0.0.1:9", "42:abc", tmp_path, **environment) as bot:
        assert await bot.ends() == 2
        assert bot.logs.startswith(f"Il manque {name}, ")


async def test_a_port_that_is_taken_is_told_in_a_sentence(
    double: Double, run: Run, port: int
) -> None:
    with socket.create_server(("127.0.0.1", port)):
        async with run() as bot:
            assert await bot.ends() == 1
            assert f"Impossible d'écouter sur WEBHOOK_LISTEN, 127.0.0.1:{port}" in bot.logs
            assert "Traceback" not in bot.logs
            assert double.called("setWebhook") == []


async def test_an_address_that_telegram_refuses_is_told_in_a_sentence(
    double: Double, run: Run
) -> None:
    double.fails(faults.bad_request("bad webhook: Failed to resolve host"), "setWebhook")
    async with run() as bot:
        assert await bot.ends() == 1
        assert "Telegram refuse WEBHOOK_URL : Bad webhook: failed to resolve host" in bot.logs
        assert "Traceback" not in bot.logs
