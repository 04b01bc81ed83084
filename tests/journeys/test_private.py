"""Somebody talks with the bot in a private chat."""

import pytest

from tests.double import Double
from tests.journeys.process import BotProcess

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_start_says_who_the_bot_is_and_gives_examples(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    chat = shared_double.private_chat(shared_double.person("Camille"))
    await chat.says("/start")
    message = await chat.next_message()
    assert "Sousveille" in message.text
    assert "/ville" in message.text
    assert "Je ne garde rien" in message.text


@pytest.mark.parametrize("typed", ["/ville roubaix", "roubaix", "ROUBAI", "/ville Roubaix !"])
async def test_a_city_opens_its_card_with_dated_sources_and_buttons(
    shared_double: Double, shared_bot: BotProcess, typed: str
) -> None:
    chat = shared_double.private_chat(shared_double.person("Camille"))
    await chat.says(typed)
    message = await chat.next_message()
    assert message.text.startswith("Roubaix (59)")
    assert "450 caméras en service" in message.text.replace("\u00a0", " ")
    assert "2022" in message.text
    assert any("roubaixxl.fr" in link for link in message.links)
    assert {"Chiffres", "Coûts", "Sources"} <= set(message.labels)


async def test_pages_turn_by_editing_the_same_message(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    chat = shared_double.private_chat(shared_double.person("Camille"))
    await chat.says("/ville nantes")
    card = await chat.next_message()
    press = await chat.presses(card, "Chiffres")
    first = await chat.next_edit()
    assert "chiffres" in first.text.splitlines()[0]
    await chat.presses(first, "Suite ›")
    second = await chat.next_edit()
    assert second.message_id == card.message_id
    assert "(2/" in second.text
    await chat.presses(second, "↩ Nantes")
    back = await chat.next_edit()
    assert back.text.startswith("Nantes (44)")
    assert press.is_answered
    assert shared_double.unanswered == []


async def test_a_place_borne_by_several_communes_gives_buttons_then_the_card(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    chat = shared_double.private_chat(shared_double.person("Camille"))
    await chat.says("/ville saint-denis")
    question = await chat.next_message()
    assert "Saint-Denis (93)" in question.labels
    await chat.presses(question, "Saint-Denis (93)")
    card = await chat.next_edit()
    assert card.text.startswith("Saint-Denis (93)")


async def test_a_choice_answers_the_question_that_was_asked(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    chat = shared_double.private_chat(shared_double.person("Camille"))
    await chat.says("combien de caméras ?")
    question = await chat.next_message()
    assert "Dans quelle ville" in question.text
    await chat.presses(question, 0)
    answer = await chat.next_edit()
    assert "caméras" in answer.text.splitlines()[0]


async def test_follow_ups_keep_the_city_and_the_subject(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    chat = shared_double.private_chat(shared_double.person("Camille"))
    await chat.says("combien de réquisitions à nantes en 2019 ?")
    assert "544" in (await chat.next_message()).text
    await chat.says("et en 2018 ?")
    assert "218" in (await chat.next_message()).text
    await chat.says("la source ?")
    assert "Indymedia Nantes" in (await chat.next_message()).text


@pytest.mark.parametrize(
    "data", ["section:atlantis:figures:0", "card:::", "nonsense", "topic:unknown:figures:3"]
)
async def test_a_stale_or_foreign_button_gets_a_word_and_is_answered(
    shared_double: Double, shared_bot: BotProcess, data: str
) -> None:
    chat = shared_double.private_chat(shared_double.person("Camille"))
    await chat.says("roubaix")
    press = await chat.sends_back(await chat.next_message(), data)
    assert "plus valable" in (await chat.next_edit()).text
    assert press.is_answered


async def test_the_privacy_page_says_what_is_kept(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    chat = shared_double.private_chat(shared_double.person("Camille"))
    for command in ("/confidentialite", "/privacy"):
        await chat.says(command)
        assert "Rien de vos questions" in (await chat.next_message()).text


async def test_an_unknown_command_gets_a_polite_word(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    chat = shared_double.private_chat(shared_double.person("Camille"))
    await chat.says("/danser")
    assert "commande" in (await chat.next_message()).text


async def test_menus_are_registered_in_french_for_private_chats_groups_and_admins(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    for scope in ("all_private_chats", "all_group_chats", "all_chat_administrators"):
        names = [command["command"] for command in shared_double.commands({"type": scope})]
        assert names[:2] == ["ville", "sujet"]
        assert ("abonner" in names) == (scope != "all_group_chats")


async def test_html_in_a_question_is_text_like_any_other(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    chat = shared_double.private_chat(shared_double.person("<b>Camille</b>"))
    await chat.says("<b>roubaix</b> & <a href='x'>caméras</a> ?")
    assert "caméras" in (await chat.next_message()).text
