"""What Telegram remembers: people, chats, messages, button presses, the bot's commands."""

import time
from dataclasses import dataclass, field
from typing import Any

from tests.double.markup import Entity
from tests.double.specification import Upload
from tests.double.updates import Updates

Json = dict[str, Any]

ADMINISTRATOR_RIGHTS = [
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]


class RefusedError(Exception):
    """An answer with `ok: false`; `parameters` as in ResponseParameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass(frozen=True)
class Person:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "fr"
    is_bot: bool = False

    def as_json(self) -> Json:
        optional = {"last_name": self.last_name, "username": self.username}
        if not self.is_bot:
            optional["language_code"] = self.language_code
        said = {key: value for key, value in optional.items() if value}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name, **said}


@dataclass(frozen=True)
class Button:
    text: str
    callback_data: str
    url: str
    raw: Json

    @classmethod
    def of(cls, raw: Json) -> "Button":
        return cls(raw["text"], raw.get("callback_data", ""), raw.get("url", ""), raw)


@dataclass(eq=False)
class Message:
    """`text` is what people read, a caption included; `html` is what the bot sent. `edits` holds
    the earlier texts."""

    chat: "Chat"
    message_id: int
    sender: Person | None
    text: str = ""
    entities: tuple[Entity, ...] = ()
    html: str = ""
    reply_markup: Json | None = None
    reply_to: "Message | None" = None
    file: Upload | None = None
    extra: Json = field(default_factory=dict)
    params: Json = field(default_factory=dict)
    edits: list[str] = field(default_factory=list)
    deleted: bool = False
    date: int = field(default_factory=lambda: int(time.time()))
    edit_date: int | None = None

    @property
    def rows(self) -> list[list[Button]]:
        keyboard = (self.reply_markup or {}).get("inline_keyboard", [])
        return [[Button.of(raw) for raw in row] for row in keyboard]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.text for button in self.buttons]

    @property
    def links(self) -> list[str]:
        return [entity.url for entity in self.entities if entity.url]

    def as_json(self, with_reply: bool = True) -> Json:
        if self.deleted:
            return {"chat": self.chat.as_json(), "message_id": self.message_id, "date": 0}
        said: Json = {
            "message_id": self.message_id,
            "date": self.date,
            "chat": self.chat.as_json(),
            **self.extra,
        }
        if self.sender is not None:
            said["from"] = self.sender.as_json()
        prefix = "caption" if "document" in self.extra or "photo" in self.extra else "text"
        if self.text:
            said[prefix] = self.text
        if self.entities:
            key = "caption_entities" if prefix == "caption" else "entities"
            said[key] = [entity.as_json() for entity in self.entities]
        if self.reply_markup and "inline_keyboard" in self.reply_markup:
            said["reply_markup"] = self.reply_markup
        if self.reply_to is not None and with_reply:
            said["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        if self.edit_date is not None:
            said["edit_date"] = self.edit_date
        return said


@dataclass(eq=False)
class Chat:
    """`statuses`: person id -> creator, administrator, member, left or kicked. `bot_status` is the
    bot's own; in a private chat, kicked means blocked and left means never started. `sent` and
    `edited` are the bot's doing, in order; a message is in `edited` once for each edit."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    person: Person | None = None
    bot_status: str = "member"
    statuses: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    sent: list[Message] = field(default_factory=list)
    edited: list[Message] = field(default_factory=list)
    migrated_to: int | None = None
    last_message_id: int = 0

    def as_json(self) -> Json:
        said: Json = {"id": self.id, "type": self.type}
        if self.person is not None:
            said |= {"first_name": self.person.first_name}
            named = {"last_name": self.person.last_name, "username": self.person.username}
        else:
            named = {"title": self.title, "username": self.username}
        return said | {key: value for key, value in named.items() if value}

    def add(self, message: Message) -> Message:
        self.messages[message.message_id] = message
        return message

    def next_message_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id


@dataclass(eq=False)
class Press:
    """A button pressed. `answer` holds the parameters of the bot's answer, once it came."""

    id: str
    by: Person
    message: Message
    data: str
    answer: Json | None = None
    expired: bool = False

    @property
    def is_answered(self) -> bool:
        return self.answer is not None


@dataclass(eq=False)
class InlineQuestion:
    id: str
    by: Person
    query: str
    answer: Json | None = None


@dataclass
class State:
    """`commands`: (scope, language) -> commands as sent, the scope as its JSON. `descriptions`:
    (field, language) -> text."""

    bot: Person
    bot_reads_everything: bool = False
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: Updates = field(default_factory=Updates)
    presses: dict[str, Press] = field(default_factory=dict)
    inline_questions: dict[str, InlineQuestion] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    sent: list[Message] = field(default_factory=list)
    webhook: Json = field(default_factory=dict)
    last_id: int = 1000

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def chat(self, chat_id: int | str) -> Chat:
        """The chat that a call names, by id or @username, wherever the bot stands in it."""
        if isinstance(chat_id, int) and chat_id in self.chats:
            return self.chats[chat_id]
        for chat in self.chats.values():
            if chat.username and f"@{chat.username}" == chat_id:
                return chat
        raise RefusedError(400, "Bad Request: chat not found")

    def reachable(self, chat_id: int | str) -> Chat:
        """The same, refused as Telegram does when the bot may not act in it."""
        chat = self.chat(chat_id)
        if chat.migrated_to is not None:
            raise RefusedError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        if chat.type == "private":
            if chat.bot_status == "kicked":
                raise RefusedError(403, "Forbidden: bot was blocked by the user")
            if chat.bot_status == "left":
                raise RefusedError(403, "Forbidden: bot can't initiate conversation with a user")
        elif chat.bot_status == "kicked":
            raise RefusedError(403, f"Forbidden: bot was kicked from the {_kind(chat)} chat")
        elif chat.bot_status == "left":
            raise RefusedError(403, f"Forbidden: bot is not a member of the {_kind(chat)} chat")
        return chat

    def member(self, chat: Chat, user_id: int) -> Json:
        """A ChatMember."""
        if user_id == self.bot.id:
            return self.as_member(self.bot, chat.bot_status)
        if user_id not in self.people:
            raise RefusedError(400, "Bad Request: invalid user_id specified")
        return self.as_member(self.people[user_id], chat.statuses.get(user_id, "left"))

    def as_member(self, person: Person, status: str) -> Json:
        said: Json = {"user": person.as_json(), "status": status}
        match status:
            case "creator":
                said["is_anonymous"] = False
            case "administrator":
                said |= dict.fromkeys(ADMINISTRATOR_RIGHTS, True) | {"is_anonymous": False}
            case "kicked":
                said["until_date"] = 0
            case _:
                pass
        return said


def _kind(chat: Chat) -> str:
    return {"group": "group", "supergroup": "supergroup"}.get(chat.type, "channel")
