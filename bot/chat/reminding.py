"""`/rappels` and the buttons of its panel. Each change is made once: see `subscribing`."""

import re
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answers.following import Following, Interest, Wishes
from bot.chat.subscribing import Request
from bot.delivery.moments import RULES
from bot.language.folding import fold
from bot.presentation import reminder_panel as told
from bot.presentation.message import Message
from bot.presentation.reminder_panel import Choice, Panel
from bot.presentation.subscriptions import Change, too_many
from bot.storage import chats, reminders, subscriptions, updates
from bot.storage.engine import Storage
from bot.storage.reminders import ReminderSettings

MOST_CHOSEN = 20
"""Places of a chat, and themes."""

_CODE = re.compile(r"[0-9AB]{5}|[0-9]{9}")
"""INSEE codes and SIRENs: nothing else that a button sends is kept."""

Edit = Callable[[ReminderSettings], ReminderSettings]


class Reminding:
    """What one chat at a time is reminded of."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def renew(self, following: Following) -> None:
        """Names things from another state of the base from now on."""
        self._following = following

    async def command(self, rest: str, request: Request) -> Message:
        """The panel, once what is named (a place, a theme, several) is chosen too."""
        if not fold(rest):
            return await self._panel(request.chat)
        wishes = self._following.read(rest, request.now.date())
        places = tuple(one.place for one in wishes.interests if one.place)
        themes = tuple(one.theme or one.topic for one in wishes.interests if one[1:] != ("", ""))
        if not wishes.interests:
            return await self._panel(request.chat, wishes)

        def choose(settings: ReminderSettings) -> ReminderSettings:
            everywhere = Interest() in wishes.interests
            return replace(
                settings,
                is_on=True,
                places=() if everywhere else _with(settings.places, *places),
                themes=_with(settings.themes, *themes),
            )

        return await self._change(choose, request) or await self._panel(request.chat, wishes)

    async def press(self, change: Change, request: Request) -> Message | None:
        """What a button of the panel leads to; None for a button of no known kind."""
        if change.action == "remind-silent" and change.value in ("0", "1"):
            async with self._storage.writing() as connection:
                if await updates.is_first(connection, request.update, request.now):
                    is_silent = change.value == "1"
                    await chats.change(connection, request.chat, silent=is_silent)
            return await self._panel(request.chat)
        edit = _edit_of(change)
        if edit is None:
            return None
        return await self._change(edit, request) or await self._panel(request.chat)

    async def _change(self, edit: Edit, request: Request) -> Message | None:
        """Writes what is chosen now; a word when that is too much."""
        async with self._storage.writing() as connection:
            if not await updates.is_first(connection, request.update, request.now):
                return None
            settings = edit(await _settings(connection, request.chat))
            if max(len(settings.places), len(settings.themes)) > MOST_CHOSEN:
                return too_many(MOST_CHOSEN)
            await chats.keep(connection, request.chat, request.kind)
            if request.thread is not None:
                await chats.change(connection, request.chat, thread=request.thread)
            await reminders.keep(connection, settings)
        return None

    async def _panel(self, chat: int, wishes: Wishes | None = None) -> Message:
        async with self._storage.reading() as connection:
            kept = await chats.find(connection, chat)
            settings = await reminders.find(connection, chat)
            follows = await subscriptions.follows_of(connection, chat)
        settings = settings or ReminderSettings(chat, is_on=False)
        places = _with(settings.places, *(one.place for one in follows if one.place))
        name = self._following.label
        panel = Panel(
            is_on=settings.is_on,
            is_silent=kept is not None and kept.silent,
            places=[Choice(one, name(Interest(one)), one in settings.places) for one in places],
            themes=[Choice(t, self._following.label_of_tag(t), True) for t in settings.themes],
            moments=settings.moments,
            digest_weekday=settings.digest_weekday,
            digest_hour=settings.digest_hour,
        )
        if wishes is None:
            return told.shown(panel)
        return told.shown(panel, wishes.not_understood, wishes.doubtful)


async def _settings(connection: AsyncConnection, chat: int) -> ReminderSettings:
    """What a chat has set; at first, the day before and an hour before in what it follows."""
    found = await reminders.find(connection, chat)
    if found is not None:
        return found
    follows = await subscriptions.follows_of(connection, chat)
    places = _with((), *(one.place for one in follows if one.place))[:MOST_CHOSEN]
    return ReminderSettings(chat, is_on=False, moments=("day", "hour"), places=places)


def _with(chosen: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*chosen, *more)))


def _edit_of(change: Change) -> Edit | None:
    """The change that a button asks for; None for values that no button of ours holds."""
    action, value = change
    sign, tag = value[:1], value[1:]
    if action == "remind-on" and value in ("0", "1"):
        return lambda settings: replace(settings, is_on=value == "1")
    if action == "remind-digest":
        return _digest_edit(value)

    def toggled(chosen: tuple[str, ...]) -> tuple[str, ...]:
        return _with(chosen, tag) if sign == "+" else tuple(t for t in chosen if t != tag)

    match action, sign:
        case "remind-place", "+" if _CODE.fullmatch(tag):
            return lambda settings: replace(settings, is_on=True, places=toggled(settings.places))
        case "remind-place", "-":
            return lambda settings: replace(settings, places=toggled(settings.places))
        case "remind-theme", "-":
            return lambda settings: replace(settings, themes=toggled(settings.themes))
        case "remind-moment", "+" | "-" if tag in RULES:
            return lambda settings: replace(settings, moments=toggled(settings.moments))
        case _:
            return None


def _digest_edit(value: str) -> Edit | None:
    if value == "no":
        return lambda settings: replace(settings, digest_weekday=None, digest_hour=None)
    day, _, hour = value.partition("-")
    if day not in map(str, range(7)) or hour not in map(str, told.HOURS):
        return None
    return lambda settings: replace(settings, digest_weekday=int(day), digest_hour=int(hour))
