"""Chats as people use them: they write, press buttons, add the bot to a group and throw it out."""

import re
import time
from collections.abc import Callable
from typing import TypeVar

from tests.double.changes import Changes
from tests.double.markup import Entity, utf16_length
from tests.double.state import Button, Chat, Json, Message, Person, Press, State

T = TypeVar("T")

ANONYMOUS_ADMINISTRATOR = Person(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
BEHIND_A_CHANNEL = Person(136817688, "Channel", username="Channel_Bot", is_bot=True)

_ENTITIES = re.compile(
    r"(?<![\w/@])(?:(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@\w+)?)|(?P<mention>@\w{3,32}))(?![\w/])"
)


def typed_entities(text: str) -> tuple[Entity, ...]:
    """The commands and mentions that Telegram sees in what somebody types."""
    return tuple(
        Entity(found.lastgroup or "", utf16_length(text[: found.start()]), utf16_length(found[0]))
        for found in _ENTITIES.finditer(text)
    )


class Room:
    """A chat of any type, seen from its people's side. `by` is a person, or the group itself (an
    anonymous administrator), or a channel that writes in the group."""

    def __init__(self, state: State, changes: Changes, chat: Chat) -> None:
        self.state = state
        self.changes = changes
        self.chat = chat
        self._messages_read = 0
        self._edits_read = 0
        state.chats[chat.id] = chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def sent(self) -> list[Message]:
        """What the bot sent here, in order."""
        return self.chat.sent

    @property
    def edited(self) -> list[Message]:
        """The messages that the bot edited here, once for each edit."""
        return self.chat.edited

    async def says(
        self,
        text: str,
        *,
        by: "Person | Room | None" = None,
        reply_to: Message | None = None,
        topic: int | None = None,
    ) -> Message:
        """The bot gets it only if it may: see `hears`. `topic` is that of a forum."""
        message = self._written(text, by, reply_to)
        if topic is not None:
            message.extra |= {"message_thread_id": topic, "is_topic_message": True}
        if self.hears(message):
            kind = "channel_post" if self.chat.type == "channel" else "message"
            self._update(kind, message.as_json())
        return message

    async def corrects(self, message: Message, text: str) -> None:
        message.edits.append(message.text)
        message.text, message.entities = text, typed_entities(text)
        message.edit_date = int(time.time())
        if self.hears(message):
            kind = "edited_channel_post" if self.chat.type == "channel" else "edited_message"
            self._update(kind, message.as_json())

    async def presses(
        self, message: Message, button: str | int, *, by: Person | None = None
    ) -> Press:
        """The button of that label (or the only one whose label contains it), or of that index
        from 0. The press tells whether the bot answered."""
        pressed = _button(message, button)
        if not pressed.callback_data:
            raise AssertionError(f"the button {pressed.text!r} sends nothing to the bot")
        return await self.sends_back(message, pressed.callback_data, by=by)

    async def sends_back(self, message: Message, data: str, *, by: Person | None = None) -> Press:
        """Callback data that no button shows any more: an old message, or somebody's own client."""
        person = by or self._someone()
        press = Press(f"query{self.state.next_id()}", person, message, data)
        self.state.presses[press.id] = press
        query = {
            "id": press.id,
            "from": person.as_json(),
            "message": message.as_json(),
            "chat_instance": str(self.chat.id),
            "data": data,
        }
        self._update("callback_query", query)
        return press

    async def next_message(self, timeout_seconds: float = 10.0) -> Message:
        """The bot's next message here that was not returned yet."""
        message = await self._next(lambda: self.sent[self._messages_read :], timeout_seconds)
        self._messages_read += 1
        return message[0]

    async def next_edit(self, timeout_seconds: float = 10.0) -> Message:
        """The message that the bot edited next here."""
        message = await self._next(lambda: self.edited[self._edits_read :], timeout_seconds)
        self._edits_read += 1
        return message[0]

    def hears(self, message: Message) -> bool:
        """Whether the bot is there and, in a group, reads it in privacy mode: commands that are
        not another bot's, replies to it, mentions of it."""
        if self.chat.bot_status in {"left", "kicked"}:
            return False
        if self.chat.type not in {"group", "supergroup"}:
            return True
        if self.state.bot_reads_everything or self.chat.bot_status == "administrator":
            return True
        if message.reply_to is not None and message.reply_to.sender == self.state.bot:
            return True
        name = self.state.bot.username.lower()
        for found in _ENTITIES.finditer(message.text):
            command, _, addressee = found[0].lower().partition("@")
            if addressee == name or (command and not addressee):
                return True
        return False

    def _someone(self) -> Person:
        if self.chat.person is not None:
            return self.chat.person
        if not self.chat.statuses:
            raise AssertionError(f"nobody is in {self.chat.title!r}: say by whom")
        return self.state.people[next(iter(self.chat.statuses))]

    def _written(self, text: str, by: "Person | Room | None", reply_to: Message | None) -> Message:
        extra: Json = {}
        sender: Person | None
        if isinstance(by, Room):
            sender = ANONYMOUS_ADMINISTRATOR if by is self else BEHIND_A_CHANNEL
            extra = {"sender_chat": by.chat.as_json()}
        elif self.chat.type == "channel":
            sender, extra = None, {"sender_chat": self.chat.as_json()}
        else:
            sender = by or self._someone()
        return self.chat.add(
            Message(
                chat=self.chat,
                message_id=self.chat.next_message_id(),
                sender=sender,
                text=text,
                entities=typed_entities(text),
                reply_to=reply_to,
                extra=extra,
            )
        )

    def _service_message(self, by: Person | None, extra: Json) -> None:
        message = Message(self.chat, self.chat.next_message_id(), by, extra=extra)
        self._update("message", self.chat.add(message).as_json())

    def _bot_becomes(self, status: str, by: Person) -> None:
        before, self.chat.bot_status = self.chat.bot_status, status
        change = {
            "chat": self.chat.as_json(),
            "from": by.as_json(),
            "date": int(time.time()),
            "old_chat_member": self.state.as_member(self.state.bot, before),
            "new_chat_member": self.state.as_member(self.state.bot, status),
        }
        self._update("my_chat_member", change)

    def _update(self, kind: str, content: Json) -> None:
        self.state.updates.add(kind, content)
        self.changes.tell()

    async def _next(self, unread: Callable[[], list[T]], timeout_seconds: float) -> list[T]:
        try:
            return await self.changes.until(unread, timeout_seconds)
        except TimeoutError:
            seen = [message.text[:60] for message in self.sent[-3:]]
            name = self.chat.title or f"the chat with {self._someone().first_name}"
            raise TimeoutError(
                f"nothing came in {name} within {timeout_seconds} s; the last were {seen}"
            ) from None


class PrivateChat(Room):
    async def blocks_bot(self) -> None:
        self._bot_becomes("kicked", self._someone())

    async def unblocks_bot(self) -> None:
        self._bot_becomes("member", self._someone())


class Group(Room):
    """A group, a supergroup or a channel."""

    def set_status(self, person: Person, status: str) -> None:
        """creator, administrator, member, left or kicked."""
        self.chat.statuses[person.id] = status

    async def adds_bot(self, *, by: Person) -> None:
        self._bot_becomes("member", by)
        if self.chat.type != "channel":
            self._service_message(by, {"new_chat_members": [self.state.bot.as_json()]})

    async def promotes_bot(self, *, by: Person) -> None:
        self._bot_becomes("administrator", by)

    async def kicks_bot(self, *, by: Person) -> None:
        self._bot_becomes("kicked", by)

    async def migrates(self, *, announced: bool = True) -> "Group":
        """The supergroup that this group becomes; with both service messages when announced."""
        new = Chat(
            id=-1_000_000_000_000 - self.state.next_id(),
            type="supergroup",
            title=self.chat.title,
            bot_status=self.chat.bot_status,
            statuses=dict(self.chat.statuses),
        )
        self.chat.migrated_to = new.id
        supergroup = Group(self.state, self.changes, new)
        if announced:
            someone = self._someone()
            self._service_message(someone, {"migrate_to_chat_id": new.id})
            supergroup._service_message(someone, {"migrate_from_chat_id": self.id})
        return supergroup


def _button(message: Message, wanted: str | int) -> Button:
    buttons = message.buttons
    if isinstance(wanted, int):
        fitting = buttons[wanted : wanted + 1]
    else:
        fitting = [button for button in buttons if button.text == wanted]
        fitting = fitting or [button for button in buttons if wanted in button.text]
    if len(fitting) != 1:
        raise AssertionError(f"{len(fitting)} buttons for {wanted!r} among {message.labels}")
    return fitting[0]
