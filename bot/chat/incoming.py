"""What an update asks of the bot, if anything. Pure: reads no clock and sends nothing."""

from dataclasses import dataclass
from typing import Literal, get_args

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    MessageEntity,
    Update,
)


def _require_numbers(*values: object) -> None:
    """What the library hands over is not always what Telegram documents: it does not look.

    Raises ValueError for what is no whole number of 64 bits.
    """
    for value in values:
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
            raise ValueError("a number was expected")


def _require_texts(*values: object) -> None:
    """Raises ValueError for what is no text."""
    if not all(isinstance(value, str) for value in values):
        raise ValueError("a text was expected")


Kind = Literal["private", "group", "supergroup", "channel"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an update comes from and where a reply goes."""

    update: int
    chat: int
    kind: Kind
    sender: int | None
    """The person; None for those who write as a chat."""
    sender_chat: int | None
    """The chat as which somebody writes: the group itself for an anonymous admin."""
    message: int | None = None
    """The message to reply to, in groups; None in private chats."""
    thread: int | None = None
    """The topic of a forum group."""

    def __post_init__(self) -> None:
        numbers = (self.sender, self.sender_chat, self.message, self.thread)
        _require_numbers(self.update, self.chat, *(n for n in numbers if n is not None))

    @property
    def is_private(self) -> bool:
        return self.kind == "private"


@dataclass(frozen=True, slots=True)
class Command:
    """`/name rest`, addressed to this bot."""

    origin: Origin
    name: str
    rest: str

    def __post_init__(self) -> None:
        _require_texts(self.name, self.rest)


@dataclass(frozen=True, slots=True)
class Text:
    """Free text meant for the bot."""

    origin: Origin
    text: str

    def __post_init__(self) -> None:
        _require_texts(self.text)


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

    def __post_init__(self) -> None:
        _require_texts(self.query, self.data)
        _require_numbers(*(() if self.edited is None else (self.edited,)))


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was added to a chat, made an admin, removed or blocked."""

    origin: Origin
    is_member: bool
    was_member: bool
    is_admin: bool
    may_write: bool
    """Whether it has the right to send messages there."""
    title: str

    def __post_init__(self) -> None:
        _require_texts(self.title)


@dataclass(frozen=True, slots=True)
class Migration:
    """A group became a supergroup."""

    origin: Origin
    old: int
    new: int

    def __post_init__(self) -> None:
        _require_numbers(self.old, self.new)


Incoming = Command | Text | Unreadable | Press | Membership | Migration


def read(update: Update, username: str, bot: int) -> Incoming | None:
    """What is asked of the bot called `username`, whose user id is `bot`.

    In groups only commands, replies to the bot and mentions are for it. Edited messages,
    channel posts and most service messages are for nobody. Raises ValueError for an update whose
    values are not of the types that Telegram documents: the library does not look.
    """
    if update.callback_query is not None:
        return _press(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member)
    message = update.message
    if message is None or (message.from_user is not None and _is_another_bot(message)):
        return None
    origin = _origin(update.update_id, message)
    if message.migrate_to_chat_id is not None:
        return Migration(origin, message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        return Migration(origin, message.migrate_from_chat_id, message.chat.id)
    if message.text is None:
        sent_by_hand = message.effective_attachment is not None
        return Unreadable(origin) if origin.is_private and sent_by_hand else None
    command = _command(message, username, origin)
    if command is not None:
        return command if command.name else None
    if origin.is_private:
        return Text(origin, message.text)
    text, is_mentioned = _without_mention(message, username)
    answered = message.reply_to_message
    author = answered.from_user if answered is not None else None
    if is_mentioned or (author is not None and author.id == bot):
        return Text(origin, text)
    return None


def _is_another_bot(message: Message) -> bool:
    """Whether a bot wrote it; an anonymous admin is shown as one, and is none."""
    assert message.from_user is not None
    return message.from_user.is_bot and message.sender_chat is None


def _kind(chat: Chat) -> Kind:
    for kind in get_args(Kind):
        if chat.type == kind:
            found: Kind = kind
            return found
    return "group"


def _origin(number: int, message: Message) -> Origin:
    kind = _kind(message.chat)
    return Origin(
        update=number,
        chat=message.chat.id,
        kind=kind,
        sender=message.from_user.id if message.from_user else None,
        sender_chat=message.sender_chat.id if message.sender_chat else None,
        message=None if kind == "private" else message.message_id,
        thread=message.message_thread_id if message.is_topic_message else None,
    )


def _press(number: int, query: CallbackQuery) -> Press:
    """A press; an old message that Telegram no longer gives is answered by a new one."""
    message = query.message
    if message is None:
        origin = Origin(number, query.from_user.id, "private", query.from_user.id, None)
        return Press(origin, query.id, query.data or "", None)
    thread = message.message_thread_id if isinstance(message, Message) else None
    is_topic = isinstance(message, Message) and message.is_topic_message
    origin = Origin(
        number,
        message.chat.id,
        _kind(message.chat),
        query.from_user.id,
        None,
        thread=thread if is_topic else None,
    )
    edited = message.message_id if message.is_accessible else None
    return Press(origin, query.id, query.data or "", edited)


def _membership(number: int, change: ChatMemberUpdated) -> Membership:
    present = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED)
    chat, new = change.chat, change.new_chat_member
    return Membership(
        Origin(number, chat.id, _kind(chat), change.from_user.id, None),
        is_member=new.status in present,
        was_member=change.old_chat_member.status in present,
        is_admin=new.status == ChatMember.ADMINISTRATOR,
        may_write=_may_write(new),
        title=chat.title or "",
    )


def _may_write(bot: ChatMember) -> bool:
    if isinstance(bot, ChatMemberRestricted):
        return bot.can_send_messages
    # The right is only of channels: elsewhere it is None.
    return not (isinstance(bot, ChatMemberAdministrator) and bot.can_post_messages is False)


def _command(message: Message, username: str, origin: Origin) -> Command | None:
    """The command that opens the message; with an empty name when it is for another bot."""
    text = message.text or ""
    for entity in message.entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            typed = message.parse_entity(entity)
            name, _, addressee = typed[1:].partition("@")
            if addressee and addressee.lower() != username.lower():
                return Command(origin, "", "")
            return Command(origin, name.lower(), text[len(typed) :].strip())
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
