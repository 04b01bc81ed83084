"""Raw updates as Telegram sends them, and what is read in each."""

from dataclasses import replace
from typing import Any

import pytest
from telegram import Update

from bot.chat.incoming import Command, Incoming, Origin, Press, Text, Unreadable, read

BOT = {"id": 42, "is_bot": True, "first_name": "Sousveille", "username": "SousveilleBot"}
ANNE = {"id": 7, "is_bot": False, "first_name": "Anne"}
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
PRIVATE = {"id": 7, "type": "private", "first_name": "Anne"}
GROUP = {"id": -100, "type": "supergroup", "title": "Collectif"}
HERE, THERE = Origin(1, 7, "private", 7, None), Origin(1, -100, "supergroup", 7, None, 5)
IN_GROUP = replace(THERE, message=None)


def message(text: str | None = None, chat: Any = PRIVATE, **more: Any) -> dict[str, Any]:
    """A message of Anne's; the command or the mention that it holds is marked as Telegram does."""
    sent: dict[str, Any] = {"message_id": 5, "date": 1, "chat": chat, "from": ANNE, **more}
    if text is not None:
        sent["text"] = text
        marks = []
        if text.startswith("/"):
            length = len(text.split()[0])
            marks.append({"type": "bot_command", "offset": 0, "length": length})
        at = text.find("@")
        if at >= 0 and not text.startswith("/"):
            units = len(text[:at].encode("utf-16-le")) // 2
            length = len(text[at:].split()[0].rstrip(",?!"))
            marks.append({"type": "mention", "offset": units, "length": length})
        if marks:
            sent["entities"] = marks
    return sent


def understood(**update: Any) -> Incoming | None:
    parsed = Update.de_json({"update_id": 1, **update}, None)
    return read(parsed, "SousveilleBot", 42)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (message("roubaix"), Text(HERE, "roubaix")),
        (message("/ville roubaix"), Command(HERE, "ville", "roubaix")),
        (message("/ville"), Command(HERE, "ville", "")),
        (message("/VILLE  Lille \n"), Command(HERE, "ville", "Lille")),
        (message("/ville@sousveillebot lens"), Command(HERE, "ville", "lens")),
        (message("va voir /ville"), Text(HERE, "va voir /ville")),
        (message("/ville lens", GROUP), Command(THERE, "ville", "lens")),
        (message("/ville@SousveilleBot lens", GROUP), Command(THERE, "ville", "lens")),
        (message("@SousveilleBot et à Lens ?", GROUP), Text(THERE, "et à Lens ?")),
        (message("😀 dis, @sousveillebot, Lens ?", GROUP), Text(THERE, "😀 dis,  , Lens ?")),
    ],
    ids=lambda value: value.get("text") if isinstance(value, dict) else "",
)
def test_what_is_for_the_bot_is_read(sent: dict[str, Any], meant: Incoming) -> None:
    assert understood(message=sent) == meant


@pytest.mark.parametrize(
    "sent",
    [
        message("roubaix", GROUP),
        message("/ville@AutreBot lens", GROUP),
        message("/ville@AutreBot lens"),
        message("@AutreBot et à Lens ?", GROUP),
        message("bonjour", GROUP, reply_to_message=message("avant", GROUP)),
        message("/ville lens", **{"from": BOT}),
        message(
            None, GROUP, photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
        ),
        message(None, GROUP, new_chat_members=[ANNE]),
        message(None, PRIVATE, pinned_message=message("x")),
    ],
    ids=str,
)
def test_what_is_for_nobody_or_for_another_is_passed_over(sent: dict[str, Any]) -> None:
    assert understood(message=sent) is None


@pytest.mark.parametrize(
    "kind",
    ["edited_message", "channel_post", "edited_channel_post"],
)
def test_edits_and_channel_posts_are_for_nobody(kind: str) -> None:
    assert understood(**{kind: message("/ville lens")}) is None


def test_an_update_of_no_known_kind_is_for_nobody() -> None:
    assert understood() is None


def test_in_a_group_a_reply_to_the_bot_is_for_it() -> None:
    answered = message("Lens : 60", GROUP, **{"from": BOT})
    assert understood(message=message("et Lille ?", GROUP, reply_to_message=answered)) == Text(
        THERE, "et Lille ?"
    )


def test_an_anonymous_admin_is_somebody() -> None:
    sent = message("/ville lens", GROUP, sender_chat=GROUP, **{"from": ANONYMOUS})
    origin = replace(THERE, sender=1087968824, sender_chat=-100)
    assert understood(message=sent) == Command(origin, "ville", "lens")


def test_in_a_forum_the_reply_goes_to_the_same_topic() -> None:
    sent = message("/ville lens", GROUP, message_thread_id=12, is_topic_message=True)
    assert understood(message=sent) == Command(replace(THERE, thread=12), "ville", "lens")
    replied = message("/ville lens", GROUP, message_thread_id=12)
    assert understood(message=replied) == Command(THERE, "ville", "lens")


@pytest.mark.parametrize(
    "held",
    [
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}},
        {"location": {"latitude": 1.0, "longitude": 1.0}},
        {"contact": {"phone_number": "0", "first_name": "x"}},
    ],
    ids=lambda held: next(iter(held)),
)
def test_in_private_what_is_no_text_deserves_a_word(held: dict[str, Any]) -> None:
    assert understood(message=message(None, **held)) == Unreadable(HERE)


def press(**more: Any) -> dict[str, Any]:
    return {"id": "q", "from": ANNE, "chat_instance": "c", **more}


def test_a_pressed_button_names_the_message_to_change() -> None:
    pressed = press(data="card:lille:figures:0", message=message("x", GROUP))
    assert understood(callback_query=pressed) == Press(IN_GROUP, "q", "card:lille:figures:0", 5)


def test_a_button_of_a_message_that_telegram_no_longer_gives_is_answered_anew() -> None:
    old = {"message_id": 5, "date": 0, "chat": GROUP}
    assert understood(callback_query=press(data="x", message=old)) == Press(
        IN_GROUP, "q", "x", None
    )
    assert understood(callback_query=press(data="x", inline_message_id="i")) == Press(
        HERE, "q", "x", None
    )


def test_a_button_without_data_is_a_press_all_the_same() -> None:
    pressed = understood(callback_query=press(game_short_name="g", message=message("x")))
    assert pressed == Press(HERE, "q", "", 5)
