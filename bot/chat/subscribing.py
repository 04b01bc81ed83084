"""Commands and buttons that change what is kept on a chat. Each change is made once.

A change and the number of its update are written in one transaction, before the update is
confirmed to Telegram: handed over twice, it changes nothing the second time, and its reply is
the same.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answers.following import Following, Interest, Wishes
from bot.knowledge.model import Vocabulary
from bot.language.folding import fold
from bot.presentation import privacy
from bot.presentation import subscriptions as told
from bot.presentation.message import Document, Message
from bot.presentation.subscriptions import Change, parse_interest
from bot.storage import belongings, chats, subscriptions, updates
from bot.storage.chats import Chat, Kind
from bot.storage.engine import Storage
from bot.storage.errors import LimitReachedError
from bot.storage.outbox import drop_waiting
from bot.storage.subscriptions import Follow


@dataclass(frozen=True, slots=True)
class Request:
    """A change that somebody who may make it asks for."""

    update: int
    chat: int
    kind: Kind
    thread: int | None
    now: datetime


Replan = Callable[[AsyncConnection, Chat, datetime], Awaitable[None]]


class Subscribing:
    """Follows, settings and what is kept, for one chat at a time."""

    def __init__(self, storage: Storage, replan: Replan) -> None:
        self._storage = storage
        self._replan = replan

    def renew(self, following: Following, vocabulary: Vocabulary) -> None:
        """Names things from another state of the base from now on."""
        self._following = following
        self._vocabulary = vocabulary

    async def command(self, name: str, rest: str, request: Request) -> Message | None:
        """The reply to one of these commands; None for another."""
        match name:
            case "abonner":
                return await self._follow(rest, request)
            case "desabonner":
                return await self._unfollow(rest, request)
            case "abonnements":
                return await self._listed(request.chat)
            case "reglages" | "settings":
                return await self._settings(rest, request)
            case "mesdonnees":
                return await self._held(request.chat)
            case "oublier":
                return privacy.asks_to_forget()
            case _:
                return None

    async def press(self, change: Change, request: Request) -> Message | None:
        """What a button that changes something leads to; None for a button of no known kind."""
        interest = parse_interest(change.value)
        match change.action:
            case "follow" if interest is not None:
                return await self._follow_these([interest], request)
            case "undo" | "unfollow" if interest is not None:
                await self._drop([interest], request)
                return await self._listed(request.chat)
            case "unfollow-all":
                async with self._storage.writing() as connection:
                    if await updates.is_first(connection, request.update, request.now):
                        await subscriptions.unfollow_all(connection, request.chat)
                        await drop_waiting(connection, request.chat, "unfollowed")
                return await self._listed(request.chat)
            case "list":
                return await self._listed(request.chat)
            case "settings":
                return await self._panel(request.chat)
            case "less":
                await self._set(request, frequency="weekly")
                return await self._panel(request.chat)
            case "forget":
                return await self._forget(change.value, request)
            case _:
                settings = _settings_of(change)
                if settings is None:
                    return None
                await self._set(request, **settings)
                return await self._panel(request.chat)

    async def _follow(self, text: str, request: Request) -> Message:
        if not fold(text):
            return told.how_to_follow()
        wishes = self._following.read(text, request.now.date())
        return await self._follow_these(list(wishes.interests), request, wishes)

    async def _follow_these(
        self, interests: list[Interest], request: Request, wishes: Wishes | None = None
    ) -> Message:
        wishes = wishes or Wishes(tuple(interests), (), ())
        new: list[tuple[Interest, str]] = []
        known: list[str] = []
        limit = 0
        async with self._storage.writing() as connection:
            first = await updates.is_first(connection, request.update, request.now)
            if interests:
                await chats.keep(connection, request.chat, request.kind)
                if request.thread is not None and first:
                    await chats.change(connection, request.chat, thread=request.thread)
            for interest in interests:
                label = self._following.label(interest)
                try:
                    is_new = await subscriptions.follow(connection, request.chat, _kept(interest))
                except LimitReachedError as error:
                    limit = error.limit
                    break
                # Handed over a second time it is followed already, and was new the first time.
                if is_new or not first:
                    new.append((interest, label))
                else:
                    known.append(label)
            settings = await self._settings_held(connection, request.chat)
        if limit and not new:
            return told.too_many(limit)
        latest = self._following.latest(*(interest for interest, _ in new))
        return told.followed(new, known, wishes, latest, self._vocabulary, settings)

    async def _unfollow(self, text: str, request: Request) -> Message:
        if not fold(text):
            return await self._listed(request.chat)
        if fold(text) == "tout":
            return await self._unfollow_all(request)
        wishes = self._following.read(text, request.now.date())
        dropped = await self._drop(list(wishes.interests), request)
        return told.unfollowed([self._following.label(interest) for interest in dropped])

    async def _unfollow_all(self, request: Request) -> Message:
        async with self._storage.writing() as connection:
            if await updates.is_first(connection, request.update, request.now):
                await subscriptions.unfollow_all(connection, request.chat)
                await drop_waiting(connection, request.chat, "unfollowed")
        return await self._listed(request.chat)

    async def _drop(self, interests: list[Interest], request: Request) -> list[Interest]:
        """The interests that were followed, and are not any more."""
        async with self._storage.writing() as connection:
            first = await updates.is_first(connection, request.update, request.now)
            return [
                interest
                for interest in interests
                if await subscriptions.unfollow(connection, request.chat, _kept(interest))
                or not first
            ]

    async def _listed(self, chat: int) -> Message:
        async with self._storage.reading() as connection:
            follows = await subscriptions.follows_of(connection, chat)
            channels = await chats.managed_from(connection, chat)
        interests = [Interest(one.place, one.theme, one.topic) for one in follows]
        named = [(one, self._following.label(one)) for one in interests]
        return told.listed(named, has_channels=bool(channels))

    async def _settings(self, rest: str, request: Request) -> Message:
        verb, _, words = fold(rest).partition(" ")
        if verb in ("sans", "avec") and words:
            change = subscriptions.exclude if verb == "sans" else subscriptions.include
            try:
                async with self._storage.writing() as connection:
                    if await updates.is_first(connection, request.update, request.now):
                        await chats.keep(connection, request.chat, request.kind)
                        await change(connection, request.chat, words)
            except LimitReachedError as error:
                return told.too_many(error.limit)
        return await self._panel(request.chat)

    async def _set(self, request: Request, **settings: object) -> None:
        async with self._storage.writing() as connection:
            if not await updates.is_first(connection, request.update, request.now):
                return
            await chats.keep(connection, request.chat, request.kind)
            await chats.change(connection, request.chat, **settings)
            if settings.get("paused"):
                await drop_waiting(connection, request.chat, "paused")
            chat = await chats.find(connection, request.chat)
            assert chat is not None
            await self._replan(connection, chat, request.now)

    async def _panel(self, chat: int) -> Message:
        async with self._storage.reading() as connection:
            return told.panel(await self._settings_held(connection, chat))

    async def _settings_held(self, connection: AsyncConnection, chat: int) -> told.Settings:
        held = await chats.find(connection, chat) or Chat(chat)
        return told.Settings(
            frequency=held.frequency,
            hour=held.digest_hour,
            weekday=held.digest_weekday,
            silent=held.silent,
            paused=held.paused,
            quiet_from=held.quiet_from,
            quiet_until=held.quiet_until,
            excluded=tuple(await subscriptions.excluded_by(connection, chat)),
        )

    async def _held(self, chat: int) -> Message:
        async with self._storage.reading() as connection:
            data = await belongings.everything_held_on(connection, chat)
        message = privacy.held(data)
        if data["settings"] is None and not data["notices"]:
            return message
        content = json.dumps(data, ensure_ascii=False, indent=2).encode()
        return Message(message.html, document=Document("mes-donnees.json", content))

    async def _forget(self, answer: str, request: Request) -> Message:
        if answer != "yes":
            return privacy.not_forgotten()
        await belongings.forget(self._storage, request.chat)
        return privacy.forgotten()


def _kept(interest: Interest) -> Follow:
    return Follow(interest.place, interest.theme, interest.topic)


def _settings_of(change: Change) -> dict[str, object] | None:
    """The settings that a button asks for; None for values that no button of ours holds."""
    action, value = change
    if action == "frequency" and value in ("instant", "daily", "weekly"):
        return {"frequency": value}
    if action == "hour" and value in map(str, told.HOURS):
        return {"digest_hour": int(value)}
    if action == "day" and value in map(str, range(7)):
        return {"digest_weekday": int(value)}
    if action in ("silent", "pause") and value in ("0", "1"):
        return {"silent" if action == "silent" else "paused": value == "1"}
    if action == "quiet":
        for start, end, _ in told.QUIET:
            if value == f"{'' if start is None else start}-{'' if end is None else end}":
                return {"quiet_from": start, "quiet_until": end}
    return None
