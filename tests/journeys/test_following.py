"""Somebody follows a town: what is kept, what is sent, what is erased."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.double import Double, faults
from tests.journeys.process import REPOSITORY, BotProcess

Run = Callable[[], BotProcess]

ARTICLE = """\
title: Roubaix compte ses caméras
publisher: Le Canard de la Lys
kind: presse
url: https://canard.example/roubaix
date: "2026-11-20"
summary: La Ville de Roubaix publie le nombre de ses caméras.
cities: [roubaix]
themes: [cameras]
"""


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A copy of the published base, to change as a curator would."""
    return Path(shutil.copytree(REPOSITORY / "knowledge", tmp_path / "knowledge"))


@pytest.fixture
def run(double: Double, tmp_path: Path, knowledge: Path) -> Run:
    """Starts the bot on that base and on one database, as often as asked."""

    def start() -> BotProcess:
        return BotProcess(
            double.url,
            double.token,
            tmp_path,
            KNOWLEDGE_DIR=str(knowledge),
            DATABASE_URL=f"sqlite:///{tmp_path}/bot.db",
        )

    return start


def publish(knowledge: Path, name: str = "2026-11-20-canard-roubaix", text: str = ARTICLE) -> None:
    (knowledge / "articles" / f"{name}.yaml").write_text(text, encoding="utf-8")


async def test_following_says_what_will_come_and_offers_to_undo(double: Double, run: Run) -> None:
    chat = double.private_chat(double.person("Camille"))
    async with run() as bot:
        await bot.is_listening(double)
        await chat.says("/abonner roubai, lille drones, nantes, atlantide")
        message = await chat.next_message()
        assert "Roubaix (59)" in message.text
        assert "Lille (59) × Drones" in message.text
        assert "atlantide" in message.text
        assert "Le dernier article" in message.text
        assert {"Annuler", "Réglages"} <= set(message.labels)
        await chat.presses(message, "Annuler")
        assert "Roubaix" not in (await chat.next_edit()).text
        await chat.says("/abonnements")
        assert "✕ Lille (59) × Drones policiers" in (await chat.next_message()).labels


async def test_a_new_article_is_pushed_once_and_says_why(
    double: Double, run: Run, knowledge: Path
) -> None:
    reader, other = (double.private_chat(double.person(name)) for name in ("Camille", "Dom"))
    async with run() as bot:
        await bot.is_listening(double)
        await reader.says("/abonner roubaix")
        await reader.next_message()
        await other.says("/abonner nantes")
        await other.next_message()
        await bot.is_told_to_stop()
    publish(knowledge)
    for _ in range(2):
        async with run() as bot:
            await double.wait_for(lambda: len(reader.sent) == 2, 30)
            await other.says("calais")
            await other.next_message(timeout_seconds=30)
            await bot.is_told_to_stop()
    push = reader.sent[1]
    assert "Roubaix compte ses caméras" in push.text
    assert "Le Canard de la Lys (presse, 20 novembre 2026)" in push.text
    assert "Vous suivez\u00a0: Roubaix (59)." in push.text
    assert push.labels == ["Moins", "Pause", "Stop"]
    assert len(reader.sent) == 2
    assert not any("Canard" in message.text for message in other.sent)


async def test_who_unfollows_or_pauses_gets_nothing_any_more(
    double: Double, run: Run, knowledge: Path
) -> None:
    gone, paused = (double.private_chat(double.person(name)) for name in ("Camille", "Dom"))
    async with run() as bot:
        await bot.is_listening(double)
        for chat in (gone, paused):
            await chat.says("/abonner tout")
            await chat.next_message()
        await gone.says("/desabonner tout")
        await gone.next_message()
        await paused.says("/reglages")
        await paused.presses(await paused.next_message(), "Pause")
        assert "En pause" in (await paused.next_edit()).text
        await bot.is_told_to_stop()
    publish(knowledge)
    async with run() as bot:
        await gone.says("calais")
        assert (await gone.next_message(timeout_seconds=30)).text.startswith("Calais")
        await bot.is_told_to_stop()
    assert not any("Canard" in m.text for chat in (gone, paused) for m in chat.sent)


async def test_in_a_group_only_admins_change_what_is_followed(double: Double, run: Run) -> None:
    member, admin = double.person("Membre"), double.person("Admin")
    group = double.group("Collectif", member, administrators=[admin])
    async with run() as bot:
        await bot.is_listening(double)
        await group.says("/abonner roubaix", by=member)
        assert "admins" in (await group.next_message()).text
        await group.says("/abonner roubaix", by=admin)
        message = await group.next_message()
        assert "Roubaix" in message.text
        await group.presses(message, "Annuler", by=member)
        assert "admins" in (await group.next_edit()).text
        await group.says("/abonnements", by=group)
        assert "✕ Roubaix (59)" in (await group.next_message()).labels


async def test_a_group_that_adds_the_bot_is_greeted_once(double: Double, run: Run) -> None:
    admin = double.person("Admin")
    group = double.group("Collectif", administrators=[admin], bot_status="left")
    async with run() as bot:
        await bot.is_listening(double)
        await group.adds_bot(by=admin)
        greeting = await group.next_message()
        assert "/abonner" in greeting.text
        await group.promotes_bot(by=admin)
        await group.says("/ville calais", by=admin)
        assert (await group.next_message()).text.startswith("Calais")


async def test_a_group_that_migrates_keeps_what_it_follows(double: Double, run: Run) -> None:
    admin = double.person("Admin")
    group = double.group("Collectif", administrators=[admin])
    async with run() as bot:
        await bot.is_listening(double)
        await group.says("/abonner roubaix", by=admin)
        await group.next_message()
        larger = await group.migrates()
        await larger.says("/abonnements", by=admin)
        assert "✕ Roubaix (59)" in (await larger.next_message()).labels


async def test_my_data_come_as_a_file_and_are_erased_down_to_the_bytes(
    double: Double, run: Run, tmp_path: Path
) -> None:
    chat = double.private_chat(double.person("Camille"))
    async with run() as bot:
        await bot.is_listening(double)
        await chat.says("/abonner roubaix")
        await chat.next_message()
        await chat.says("/reglages sans canariquatrevingt")
        await chat.next_message()
        await chat.says("/mesdonnees")
        message = await chat.next_message()
        assert message.file is not None
        held = json.loads(message.file.content)
        assert held["follows"] == [{"place": "59512", "theme": "", "topic": ""}]
        await chat.says("/oublier")
        await chat.presses(await chat.next_message(), "Tout effacer")
        assert "effacé" in (await chat.next_edit()).text
        await chat.says("/mesdonnees")
        assert "Je ne garde rien" in (await chat.next_message()).text
    files = [file.read_bytes() for file in tmp_path.glob("bot.db*")]
    assert files
    assert not any(b"canariquatrevingt" in content or b"59512" in content for content in files)


async def test_who_blocked_the_bot_is_not_written_to_until_start_brings_them_back(
    double: Double, run: Run, knowledge: Path, tmp_path: Path
) -> None:
    chat = double.private_chat(double.person("Camille"))
    async with run() as bot:
        await bot.is_listening(double)
        await chat.says("/abonner roubaix")
        await chat.next_message()
        await bot.is_told_to_stop()
    publish(knowledge)
    double.fails(faults.forbidden(), "sendMessage")
    async with run() as bot:
        await double.wait_for(lambda: len(double.called("sendMessage", chat)) == 2, 30)
        await bot.is_told_to_stop()
    with sqlite3.connect(tmp_path / "bot.db") as database:
        assert database.execute("SELECT unreachable FROM chats").fetchone() == ("blocked",)
    database.close()
    async with run() as bot:
        await chat.says("/start")
        assert "Sousveille" in (await chat.next_message(timeout_seconds=30)).text
        await bot.is_told_to_stop()
    with sqlite3.connect(tmp_path / "bot.db") as database:
        assert database.execute("SELECT unreachable FROM chats").fetchone() == (None,)
    database.close()


async def test_a_mass_change_asks_the_operator_first(
    double: Double, tmp_path: Path, knowledge: Path
) -> None:
    operator = double.private_chat(double.person("Opé"))
    reader = double.private_chat(double.person("Camille"))

    def run() -> BotProcess:
        return BotProcess(
            double.url,
            double.token,
            tmp_path,
            KNOWLEDGE_DIR=str(knowledge),
            DATABASE_URL=f"sqlite:///{tmp_path}/bot.db",
            OPERATOR_CHAT_ID=str(operator.id),
        )

    async with run() as bot:
        await bot.is_listening(double)
        await reader.says("/abonner roubaix")
        await reader.next_message()
        await bot.is_told_to_stop()
    for number in range(6):
        publish(knowledge, f"2026-11-20-canard-{number}", ARTICLE.replace("compte", f"n° {number}"))
    async with run() as bot:
        question = await operator.next_message(timeout_seconds=30)
        assert "6 articles" in question.text
        assert len(reader.sent) == 1
        await operator.presses(question, "Annoncer")
        await double.wait_for(lambda: len(reader.sent) == 7, 30)
        await bot.is_told_to_stop()


async def test_nothing_that_people_write_is_stored(
    double: Double, run: Run, tmp_path: Path
) -> None:
    chat = double.private_chat(double.person("Zénobie"))
    async with run() as bot:
        await bot.is_listening(double)
        for text in (
            "canari7431",
            "/ville canari7431",
            "/abonner canari7431",
            "/abonner roubaix canari7431",
            "/desabonner canari7431",
            "/reglages canari7431",
            "/rappels canari7431",
            "/agenda canari7431",
        ):
            await chat.says(text)
            await chat.next_message()
        await bot.is_told_to_stop()
        assert "canari" not in bot.logs
    files = {file: file.read_bytes().lower() for file in tmp_path.glob("bot.db*")}
    assert files
    assert not any(b"canari" in content for content in files.values())
    assert not any("zénobie".encode() in content for content in files.values())


async def test_a_channel_is_set_up_from_a_private_chat_and_gets_the_articles(
    double: Double, run: Run, knowledge: Path
) -> None:
    admin, stranger = double.person("Admin"), double.person("Inconnu")
    channel = double.group("Le fil", creator=admin, kind="channel", bot_status="left")
    chat, other = double.private_chat(admin), double.private_chat(stranger)
    async with run() as bot:
        await bot.is_listening(double)
        await channel.promotes_bot(by=admin)
        assert "Le fil" in (await chat.next_message()).text
        await chat.says("/abonnements")
        await chat.presses(await chat.next_message(), "Mes canaux")
        await chat.presses(await chat.next_edit(), "Le fil")
        assert "✓ Le fil" in (await chat.next_edit()).labels
        await chat.says("/abonner roubaix")
        assert "Roubaix" in (await chat.next_message()).text
        await other.says("/abonnements")
        listed = await other.next_message()
        assert "Mes canaux" not in listed.labels
        await other.sends_back(listed, f"!target:{channel.id}")
        assert "✓ Cette conversation" in (await other.next_edit()).labels
        await bot.is_told_to_stop()
    publish(knowledge)
    async with run() as bot:
        push = await channel.next_message(timeout_seconds=30)
        assert "Roubaix compte ses caméras" in push.text
        await bot.is_told_to_stop()
    assert not any("Canard" in message.text for message in chat.sent)


async def test_a_running_bot_announces_an_article_that_lands(
    double: Double, run: Run, knowledge: Path
) -> None:
    chat = double.private_chat(double.person("Camille"))
    async with run() as bot:
        await bot.is_listening(double)
        await chat.says("/abonner roubaix")
        await chat.next_message()
        publish(knowledge)
        assert "Roubaix compte ses caméras" in (await chat.next_message(30)).text


async def test_a_bad_file_keeps_the_last_good_base_and_tells_the_operator_once(
    double: Double, tmp_path: Path, knowledge: Path
) -> None:
    operator = double.private_chat(double.person("Opé"))
    chat = double.private_chat(double.person("Camille"))
    bot = BotProcess(
        double.url,
        double.token,
        tmp_path,
        KNOWLEDGE_DIR=str(knowledge),
        OPERATOR_CHAT_ID=str(operator.id),
    )
    async with bot:
        await bot.is_listening(double)
        city = knowledge / "cities" / "roubaix.yaml"
        good = city.read_text(encoding="utf-8")
        for broken in (f"{good}\nintrus: 1\n", f"{good}\nintrus: 1\n# encore\n"):
            city.write_text(broken, encoding="utf-8")
            await double.wait_for(lambda: bool(operator.sent), 30)
            await chat.says("roubaix")
            assert (await chat.next_message()).text.startswith("Roubaix (59)")
        assert "cities/roubaix.yaml:" in operator.sent[0].text
        assert "intrus" in operator.sent[0].text
        assert "cities/roubaix.yaml:" in bot.logs
        city.write_text(good, encoding="utf-8")
        await chat.says("roubaix")
        await chat.next_message()
        assert len(operator.sent) == 1
