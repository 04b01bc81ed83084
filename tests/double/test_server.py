import json
import struct

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, InvalidToken

from tests.double import Double
from tests.double.conftest import post
from tests.double.rules import carried_rules, specification_file
from tests.double.specification import check_value

BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Chiffres", callback_data="chiffres")],
        [
            InlineKeyboardButton("Coûts", callback_data="couts"),
            InlineKeyboardButton("Source", url="https://exemple.fr"),
        ],
    ]
)


async def test_a_message_is_sent_pressed_edited_and_answered(double: Double, bot: Bot) -> None:
    chat = double.private_chat(double.person("Camille"))
    await bot.send_message(
        chat.id,
        "<b>Roubaix</b> : <a href='https://exemple.fr/r'>source</a>",
        parse_mode=ParseMode.HTML,
        reply_markup=BUTTONS,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    message = await chat.next_message()
    assert message.text == "Roubaix : source"
    assert message.html.startswith("<b>")
    assert message.links == ["https://exemple.fr/r"]
    assert message.labels == ["Chiffres", "Coûts", "Source"]

    press = await chat.presses(message, "Coûts")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "couts"
    assert double.unanswered == [press]
    await update.callback_query.answer("Voici")
    assert press.answer == {"callback_query_id": press.id, "text": "Voici"}
    assert double.unanswered == []

    await update.callback_query.edit_message_text("Coûts", reply_markup=BUTTONS)
    edited = await chat.next_edit()
    assert edited is message
    assert (edited.text, edited.edits) == ("Coûts", ["Roubaix : source"])
    assert double.violations == []


async def test_an_edit_that_changes_nothing_is_refused(double: Double, bot: Bot) -> None:
    chat = double.private_chat()
    sent = await bot.send_message(chat.id, "<b>un</b>", parse_mode="HTML", reply_markup=BUTTONS)
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await sent.edit_text("<b>un</b> ", parse_mode="HTML", reply_markup=BUTTONS)
    await sent.edit_text("un", reply_markup=BUTTONS)
    await sent.edit_reply_markup(None)
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await sent.edit_reply_markup(None)
    await sent.delete()
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await sent.edit_text("deux")
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await sent.delete()
    assert double.violations == []


async def test_an_unknown_expired_or_answered_query_is_too_old(double: Double, bot: Bot) -> None:
    chat = double.private_chat()
    await bot.send_message(chat.id, "un", reply_markup=BUTTONS)
    press = await chat.presses(await chat.next_message(), 0)
    press.expired = True
    for query_id in (press.id, "inconnue"):
        with pytest.raises(BadRequest, match=r"(?i)query is too old"):
            await bot.answer_callback_query(query_id)
    assert double.unanswered == [press]
    other = await chat.presses(chat.sent[0], "Coûts")
    await bot.answer_callback_query(other.id)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(other.id)
    assert double.violations == []


async def test_commands_are_kept_by_scope_and_language(double: Double, bot: Bot) -> None:
    group = double.group("Quartier")
    here = BotCommandScopeChat(group.id)
    everywhere = [BotCommand("ville", "Ce que l’on sait d’une ville")]
    await bot.set_my_commands(everywhere)
    await bot.set_my_commands(everywhere * 2, scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands(everywhere * 3, scope=here, language_code="fr")
    assert double.commands() == [
        {"command": "ville", "description": "Ce que l’on sait d’une ville"}
    ]
    assert len(double.commands({"type": "all_group_chats"})) == 2
    assert len(await bot.get_my_commands(scope=here, language_code="fr")) == 3
    await bot.delete_my_commands()
    assert double.commands() == []
    await bot.set_my_description("Un bot", language_code="fr")
    await bot.set_my_short_description("Bot")
    assert double.state.descriptions == {
        ("description", "fr"): "Un bot",
        ("short_description", ""): "Bot",
    }
    assert double.violations == []


async def test_files_are_sent_and_can_be_fetched_again(double: Double, bot: Bot) -> None:
    chat = double.private_chat()
    calendar = b"BEGIN:VCALENDAR"
    sent = await bot.send_document(
        chat.id, calendar, filename="agenda.ics", caption="<i>Agenda</i>", parse_mode="HTML"
    )
    message = await chat.next_message()
    assert message.text == "Agenda"
    assert message.file is not None
    assert (message.file.name, message.file.content) == ("agenda.ics", calendar)
    assert sent.document is not None
    fetched = await bot.get_file(sent.document.file_id)
    assert bytes(await fetched.download_as_bytearray()) == calendar
    await bot.send_chat_action(chat.id, ChatAction.UPLOAD_PHOTO)
    await bot.send_photo(chat.id, _png(800, 600))
    with pytest.raises(BadRequest, match=r"(?i)photo_invalid_dimensions"):
        await bot.send_photo(chat.id, _png(2100, 100))
    assert double.violations == []


def _png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height)


async def test_an_inline_question_is_answered_once(double: Double, bot: Bot) -> None:
    question = double.asks_inline(double.person(), "roubaix")
    (update,) = await bot.get_updates()
    assert update.inline_query is not None
    content = InputTextMessageContent("Roubaix")
    article = InlineQueryResultArticle("1", "Roubaix", content)
    await update.inline_query.answer([article], is_personal=True)
    assert question.answer is not None
    assert question.answer["results"][0]["title"] == "Roubaix"
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await update.inline_query.answer([article])
    assert double.violations == []


async def test_a_reply_needs_its_message(double: Double, bot: Bot) -> None:
    chat = double.private_chat()
    asked = await chat.says("roubaix")
    await bot.send_message(chat.id, "un", reply_parameters=ReplyParameters(asked.message_id))
    assert (await chat.next_message()).reply_to is asked
    with pytest.raises(BadRequest, match=r"(?i)message to be replied not found"):
        await bot.send_message(chat.id, "un", reply_parameters=ReplyParameters(99))


async def test_a_violation_is_recorded_and_refused(double: Double, bot: Bot) -> None:
    chat = double.private_chat()
    with pytest.raises(BadRequest, match=r"(?i)can't parse entities: unsupported start tag"):
        await bot.send_message(chat.id, "a<br>b", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"(?i)unknown field parse_mode"):
        await bot.send_chat_action(chat.id, "typing", api_kwargs={"parse_mode": "HTML"})
    answer = await post(double, "sendTelegram", chat_id=chat.id)
    assert answer == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert len(double.violations) == 3
    assert chat.sent == []
    assert [call.outcome for call in double.calls if call.method != "getMe"] == [
        "400",
        "400",
        "404",
    ]


async def test_entities_above_the_hundredth_are_lost_and_said_so(double: Double, bot: Bot) -> None:
    chat = double.private_chat()
    await bot.send_message(chat.id, "<b>a</b> " * 101, parse_mode="HTML")
    assert len((await chat.next_message()).entities) == 100
    assert double.violations == ["sendMessage.text has 101 entities, 100 are shown"]


async def test_a_wrong_token_is_refused(double: Double) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1:faux", base_url=f"{double.url}/bot"):
            pass


async def test_a_call_that_is_not_json_is_a_violation(double: Double) -> None:
    async with httpx.AsyncClient() as client:
        response = await client.post(
            f"{double.url}/bot{double.token}/getMe",
            content="{",
            headers={"content-type": "application/json"},
        )
    assert response.status_code == 400
    assert len(double.violations) == 1


async def test_the_double_lives_on_its_carried_rules_alone() -> None:
    async with Double(rules=carried_rules()) as double:
        chat = double.private_chat()
        answer = await post(double, "sendMessage", chat_id=chat.id, text="un")
        assert answer["result"]["text"] == "un"
        assert (await post(double, "sendMessage", chat_id=chat.id))["ok"] is False
        assert double.violations == ["sendMessage.text is required"]


@pytest.mark.skipif(specification_file() is None, reason="the specification is not at hand")
async def test_what_the_double_itself_says_follows_the_specification(
    double: Double, bot: Bot
) -> None:
    admin = double.person("Ada", username="ada")
    chat = double.private_chat(admin)
    group = double.group("Quartier", creator=admin, bot_status="left", kind="group")
    channel = double.group("Nouvelles", kind="channel")
    await bot.send_message(chat.id, "<b>un</b>", parse_mode="HTML", reply_markup=BUTTONS)
    message = await chat.next_message()
    await chat.presses(message, 0)
    await chat.corrects(await chat.says("/start", reply_to=message), "/aide")
    await group.adds_bot(by=admin)
    await group.promotes_bot(by=admin)
    await group.says("/aide", by=channel)
    await channel.says("publié")
    await group.migrates()
    double.asks_inline(admin, "lille")
    message.deleted = True
    await chat.presses(message, 0)
    answer = await post(double, "getUpdates")
    found = [check_value(double.rules, "Update", update) for update in answer["result"]]
    assert len(found) == 12
    assert [problem for problems in found for problem in problems] == []
    for update in answer["result"]:
        assert Update.de_json(json.loads(json.dumps(update)), bot) is not None
    for method, params, kind in (
        ("getMe", {}, "User"),
        ("getChat", {"chat_id": chat.id}, "ChatFullInfo"),
        ("getChatMember", {"chat_id": chat.id, "user_id": admin.id}, "ChatMember"),
        ("getWebhookInfo", {}, "WebhookInfo"),
        ("sendMessage", {"chat_id": channel.id, "text": "un"}, "Message"),
    ):
        result = (await post(double, method, **params))["result"]
        assert check_value(double.rules, kind, result) == ()
