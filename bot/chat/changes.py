"""Updates that change what is kept: who may make them, and for which chat."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.chat.incoming import Command, Incoming, Membership, Migration, Origin, Press
from bot.chat.permissions import Permission, may_change
from bot.chat.reminding import Reminding
from bot.chat.routes import ROUTES
from bot.chat.subscribing import Request, Subscribing
from bot.delivery.newsroom import Newsroom
from bot.delivery.planner import Planner
from bot.presentation import subscriptions as told
from bot.presentation.message import Message
from bot.presentation.subscriptions import Change, parse_change
from bot.storage import belongings, chats, updates
from bot.storage.chats import Chat
from bot.storage.engine import Storage
from bot.storage.outbox import drop_waiting

COMMANDS = frozenset(name for route in ROUTES if route.is_for_admins for name in route.names)
TARGET_LIFETIME = timedelta(minutes=10)


class Changes:
    """Makes the changes that updates ask for, each of them once."""

    def __init__(
        self,
        bot: Bot,
        storage: Storage,
        subscribing: Subscribing,
        reminding: Reminding,
        newsroom: Newsroom,
        planner: Planner,
        operator: int | None,
        wake: Callable[[], None],
    ) -> None:
        """`wake` is called when there may be something new to send."""
        self._bot = bot
        self._storage = storage
        self._subscribing = subscribing
        self._reminding = reminding
        self._newsroom = newsroom
        self._planner = planner
        self._operator = operator
        self._wake = wake
        self._targets: dict[int, tuple[int, datetime]] = {}

    def concern(self, incoming: Incoming) -> bool:
        """Whether an update changes something: it is written down before it is confirmed."""
        match incoming:
            case Command(name=name):
                return name in COMMANDS or name == "start"
            case Press(data=data):
                return parse_change(data) is not None
            case Membership() | Migration():
                return True
            case _:
                return False

    def always(self, incoming: Incoming) -> bool:
        """Whether an update is heeded even from a chat that floods."""
        return isinstance(incoming, Membership | Migration)

    async def make(self, incoming: Incoming, now: datetime) -> Message | None:
        """The reply to an update that is about what is kept; None for the others."""
        match incoming:
            case Command(origin=origin, name="start"):
                await self._came_back(origin, now)
                return None
            case Command(origin=origin, name=name, rest=rest) if name in COMMANDS:
                return await self._permitted(
                    origin, now, lambda request: self._command(name, rest, request)
                )
            case Press(origin=origin, data=data):
                change = parse_change(data)
                return None if change is None else await self._press(origin, change, now)
            case Membership():
                return await self._membership(incoming, now)
            case Migration(origin=origin, old=old, new=new):
                async with self._storage.writing() as connection:
                    if await updates.is_first(connection, origin.update, now):
                        await belongings.move(connection, old, new)
                for chat in (old, new):
                    await self._planner.look_again(chat, now)
                return None
            case _:
                return None

    async def _press(self, origin: Origin, change: Change, now: datetime) -> Message | None:
        if change.action == "announce" and origin.chat == self._operator:
            token, _, answer = change.value.partition("-")
            tells = answer == "tell"
            rows = await self._newsroom.answered(token, "tell" if tells else "keep quiet", now)
            self._wake()
            return told.operator_answered(rows)
        if change.action == "target" and origin.is_private:
            return await self._choose_target(origin, change.value, now)
        return await self._permitted(origin, now, lambda request: self._pressed(change, request))

    async def _command(self, name: str, rest: str, request: Request) -> Message | None:
        if name == "rappels":
            return await self._reminding.command(rest, request)
        return await self._subscribing.command(name, rest, request)

    async def _pressed(self, change: Change, request: Request) -> Message | None:
        message = await self._reminding.press(change, request)
        return message or await self._subscribing.press(change, request)

    async def _permitted(
        self,
        origin: Origin,
        now: datetime,
        act: Callable[[Request], Awaitable[Message | None]],
    ) -> Message | None:
        chat = self._target_of(origin, now)
        permission = await may_change(self._bot, origin, chat)
        if permission is Permission.NO:
            return told.admins_only()
        if permission is Permission.UNKNOWN:
            return told.cannot_tell()
        message = await act(_request(origin, chat, now))
        await self._planner.look_again(chat, now)
        self._wake()
        return message

    def _target_of(self, origin: Origin, now: datetime) -> int:
        """The chat that a private chat sets up: itself, or a channel chosen within ten minutes."""
        chosen, until = self._targets.get(origin.chat, (origin.chat, now))
        if until <= now:
            self._targets.pop(origin.chat, None)
            return origin.chat
        return chosen

    async def _choose_target(self, origin: Origin, value: str, now: datetime) -> Message:
        async with self._storage.reading() as connection:
            managed = await chats.managed_from(connection, origin.chat)
        wanted = next((chat.id for chat in managed if str(chat.id) == value), None)
        self._targets.pop(origin.chat, None)
        if wanted is not None:
            self._targets[origin.chat] = wanted, now + TARGET_LIFETIME
        return told.channels([(c.id, await self._title(c)) for c in managed], wanted)

    async def _title(self, chat: Chat) -> str:
        """The name of a channel, asked of Telegram: it is not kept."""
        try:
            return (await self._bot.get_chat(chat.id)).title or str(chat.id)
        except TelegramError:
            return str(chat.id)

    async def _came_back(self, origin: Origin, now: datetime) -> None:
        """Whoever had blocked the bot and starts it again gets again what is followed."""
        async with self._storage.writing() as connection:
            if not await updates.is_first(connection, origin.update, now):
                return
            if await chats.find(connection, origin.chat) is None:
                return
            await chats.keep(connection, origin.chat, origin.kind)
        await self._planner.look_again(origin.chat, now)
        self._wake()

    async def _membership(self, change: Membership, now: datetime) -> Message | None:
        origin = change.origin
        async with self._storage.writing() as connection:
            first = await updates.is_first(connection, origin.update, now)
            known = await chats.find(connection, origin.chat)
            if not change.is_member:
                if known is not None:
                    reason = "blocked" if origin.is_private else "kicked"
                    await chats.change(connection, origin.chat, unreachable=reason)
                    await drop_waiting(connection, origin.chat, reason)
                return None
            if known is not None:
                await chats.keep(connection, origin.chat, origin.kind)
            if origin.kind == "channel" and change.is_admin and origin.sender is not None:
                await chats.keep(connection, origin.chat, "channel")
                await chats.change(connection, origin.chat, managed_by=origin.sender)
        if known is not None:
            await self._planner.look_again(origin.chat, now)
            self._wake()
        if not change.may_write:
            return told.cannot_write(change.title)
        if origin.is_private or change.was_member or not first:
            return None
        if origin.kind == "channel":
            return told.channel_ready(change.title)
        return told.welcome_group()


def _request(origin: Origin, chat: int, now: datetime) -> Request:
    kind = origin.kind if chat == origin.chat else "channel"
    thread = origin.thread if chat == origin.chat else None
    return Request(origin.update, chat, kind, thread, now)
