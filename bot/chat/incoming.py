"""What an update asks of the bot, if anything. Pure: reads no clock and sends nothing."""

from dataclasses import dataclass

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reply goes."""

    chat: int
    message: int | None
    """The message to reply to, in groups; None in private chats."""
    thread: int | None
    """The topic of a forum group."""


@dataclass(frozen=True, slots=True)
class Command:
    """`/name rest`, addressed to this bot."""

    origin: Origin
    name: str
    rest: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class Text:
    """Free text meant for the bot."""

    origin: Origin
    text: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A picture, a voice, a sticker… sent in private: it deserves a word."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Press:
    """A button of ours that was pressed."""

    origin: Origin
    query: str
    data: str
    edited: int | None
    """The message that holds the button; None when Telegram no longer gives it."""


Incoming = Command | Text | Unreadable | Press


def read(update: Update, username: str, bot: int) -> Incoming | None:
    """What is asked of the bot called `username`, whose user id is `bot`.

    In groups only commands, replies to the bot and mentions are for it. Edited messages,
    channel posts and service messages are for nobody.
    """
    query = update.callback_query
    if query is not None:
        if query.message is None:
            return Press(Origin(query.from_user.id, None, None), query.id, query.data or "", None)
        thread = query.message.message_thread_id if isinstance(query.message, Message) else None
        origin = Origin(query.message.chat.id, None, thread)
        edited = query.message.message_id if query.message.is_accessible else None
        return Press(origin, query.id, query.data or "", edited)
    message = update.message
    if message is None or (message.from_user is not None and message.from_user.is_bot):
        return None
    is_private = message.chat.type == ChatType.PRIVATE
    thread = message.message_thread_id if message.is_topic_message else None
    origin = Origin(message.chat.id, None if is_private else message.message_id, thread)
    if message.text is None:
        return Unreadable(origin) if is_private and _is_sent_by_hand(message) else None
    command = _command(message, username, origin, is_private=is_private)
    if command is not None:
        return command if command.name else None
    if is_private:
        return Text(origin, message.text)
    text, is_mentioned = _without_mention(message, username)
    answered = message.reply_to_message
    replies = (
        answered is not None and answered.from_user is not None and answered.from_user.id == bot
    )
    return Text(origin, text) if is_mentioned or replies else None


def _command(
    message: Message, username: str, origin: Origin, *, is_private: bool
) -> Command | None:
    """The command that opens the message; with an empty name when it is for another bot."""
    text = message.text or ""
    for entity in message.entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            typed = message.parse_entity(entity)
            name, _, addressee = typed[1:].partition("@")
            if addressee and addressee.lower() != username.lower():
                return Command(origin, "", "", is_private)
            return Command(origin, name.lower(), text[len(typed) :].strip(), is_private)
    return None


def _without_mention(message: Message, username: str) -> tuple[str, bool]:
    text = message.text or ""
    wanted = f"@{username}".lower()
    for entity in message.entities:
        if entity.type == MessageEntity.MENTION:
            mention = message.parse_entity(entity)
            if mention.lower() == wanted:
                return text.replace(mention, " ").strip(), True
    return text, False


def _is_sent_by_hand(message: Message) -> bool:
    return message.effective_attachment is not None
