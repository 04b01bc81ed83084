import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.double import Double


async def test_people_and_their_standing_in_a_group(double: Double, bot: Bot) -> None:
    chief, aide, member = (double.person(name) for name in ("Ada", "Bob", "Cléo"))
    group = double.group("Quartier", member, creator=chief, administrators=[aide])
    statuses = [(await bot.get_chat_member(group.id, p.id)).status for p in (chief, aide, member)]
    assert statuses == ["creator", "administrator", "member"]
    stranger = double.person("Dan")
    assert (await bot.get_chat_member(group.id, stranger.id)).status == "left"
    assert {one.user.id for one in await bot.get_chat_administrators(group.id)} == {
        chief.id,
        aide.id,
    }
    assert (await bot.get_chat(group.id)).title == "Quartier"
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.get_chat(12)
    await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="not a member of the supergroup chat"):
        await bot.send_message(group.id, "un")
    assert double.violations == []


async def test_in_privacy_mode_a_group_is_heard_only_when_it_speaks_to_the_bot(
    double: Double, bot: Bot
) -> None:
    member = double.person("Cléo")
    group = double.group("Quartier", member)
    await bot.send_message(group.id, "Bonjour")
    ours = await group.next_message()
    ordinary = await group.says("une phrase entre nous")
    await group.says("une réponse entre nous", reply_to=ordinary)
    await group.says("/aide@autre_bot")
    await group.says("/aide", by=group)
    await group.says("@Sousveille_Bot roubaix")
    await group.says("merci", reply_to=ours)
    heard = [update.message for update in await bot.get_updates()]
    assert [message.text for message in heard if message] == [
        "/aide",
        "@Sousveille_Bot roubaix",
        "merci",
    ]
    assert heard[0] is not None
    assert heard[0].sender_chat is not None
    assert heard[0].sender_chat.id == group.id
    double.state.bot_reads_everything = True
    assert (await bot.get_me()).can_read_all_group_messages
    await group.says("et maintenant")
    assert len(await bot.get_updates()) == 4


async def test_the_bot_is_added_promoted_kicked_and_blocked(double: Double, bot: Bot) -> None:
    admin = double.person("Ada")
    group = double.group("Quartier", creator=admin, bot_status="left")
    await group.adds_bot(by=admin)
    await group.promotes_bot(by=admin)
    await group.kicks_bot(by=admin)
    chat = double.private_chat()
    await chat.blocks_bot()
    updates = await bot.get_updates()
    changes = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == [
        "member",
        "administrator",
        "kicked",
        "kicked",
    ]
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group.id, "un")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(chat.id, "un")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(double.private_chat(started=False).id, "un")


async def test_a_group_migrates_by_error_and_by_service_message(double: Double, bot: Bot) -> None:
    group = double.group("Quartier", double.person(), kind="group")
    supergroup = await group.migrates()
    updates = await bot.get_updates()
    assert [u.message.migrate_to_chat_id for u in updates if u.message] == [supergroup.id, None]
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "un")
    assert caught.value.new_chat_id == supergroup.id
    await bot.send_message(supergroup.id, "un")
    assert (await supergroup.next_message()).text == "un"
