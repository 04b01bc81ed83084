"""The bot in a group: it answers commands, replies to itself and mentions, and nothing else."""

import pytest

from tests.double import Double
from tests.journeys.process import BotProcess

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_commands_replies_and_mentions_are_answered_and_talk_is_not(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    alice = shared_double.person("Alice")
    group = shared_double.group("Collectif", alice)
    await group.says("on parle de roubaix ce soir ?", by=alice)
    await group.says("/ville roubaix", by=alice)
    card = await group.next_message()
    assert card.text.startswith("Roubaix")
    assert card.reply_to is not None
    await group.says("et lille ?", by=alice, reply_to=card)
    assert (await group.next_message()).text.startswith("Lille")
    await group.says("@sousveille_bot combien de caméras à nantes ?", by=alice)
    assert "Nantes" in (await group.next_message()).text
    assert len(group.sent) == 3


async def test_a_command_for_another_bot_is_left_to_it(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    alice = shared_double.person("Alice")
    group = shared_double.group("Collectif", alice)
    await group.says("/ville@autre_bot roubaix", by=alice)
    await group.says("/inconnue", by=alice)
    await group.says("/ville@sousveille_bot calais", by=alice)
    assert (await group.next_message()).text.startswith("Calais")
    assert len(group.sent) == 1


async def test_anybody_may_turn_the_pages_of_a_card(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    alice, bob = shared_double.person("Alice"), shared_double.person("Bob")
    group = shared_double.group("Collectif", alice, bob)
    await group.says("/ville roubaix", by=alice)
    await group.presses(await group.next_message(), "Sources", by=bob)
    assert "sources" in (await group.next_edit()).text.splitlines()[0]


async def test_an_admin_is_told_how_to_let_the_bot_write(
    shared_double: Double, shared_bot: BotProcess
) -> None:
    admin = shared_double.person("Admin")
    chat = shared_double.private_chat(admin)
    group = shared_double.group("Le collectif", administrators=[admin])
    bot = {"id": 1, "is_bot": True, "first_name": "Sousveille"}
    rights = {
        "is_member": True,
        "until_date": 0,
        **dict.fromkeys(
            (
                "can_send_messages",
                "can_send_audios",
                "can_send_documents",
                "can_send_photos",
                "can_send_videos",
                "can_send_video_notes",
                "can_send_voice_notes",
                "can_send_polls",
                "can_send_other_messages",
                "can_add_web_page_previews",
                "can_change_info",
                "can_invite_users",
                "can_pin_messages",
                "can_manage_topics",
                "can_edit_tag",
                "can_react_to_messages",
            ),
            False,
        ),
    }
    change = {
        "chat": {"id": group.id, "type": "supergroup", "title": "Le collectif"},
        "from": {"id": admin.id, "is_bot": False, "first_name": "Admin"},
        "date": 1_790_000_000,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": "restricted", **rights},
    }
    shared_double.inject({"update_id": shared_double.next_update_id(), "my_chat_member": change})
    assert "Le collectif" in (await chat.next_message()).text
    assert group.sent == []
