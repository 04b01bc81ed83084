"""The one table of commands, from which Telegram's menus are made."""

import logging
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.presentation.conversation import COMMANDS
from bot.presentation.typography import typeset

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Route:
    """A command: its names, the first of which is in the menus, and what it does."""

    names: tuple[str, ...]
    description: str
    is_for_admins: bool = False
    """Whether, in a group, it is its admins' alone: it shows or changes what is kept."""


ROUTES = (
    *(Route(command.names, command.description) for command in COMMANDS),
    Route(("abonner",), "Suivre une ville, un thème, une entreprise", is_for_admins=True),
    Route(("abonnements",), "Ce qui est suivi ici", is_for_admins=True),
    Route(("desabonner",), "Ne plus suivre", is_for_admins=True),
    Route(("rappels",), "Être prévenu avant les rencontres", is_for_admins=True),
    Route(("reglages", "settings"), "Fréquence, heures calmes, mots exclus", is_for_admins=True),
    Route(("mesdonnees",), "Voir tout ce qui est gardé ici", is_for_admins=True),
    Route(("oublier",), "Tout effacer", is_for_admins=True),
)


def menu(*, for_admins: bool) -> list[BotCommand]:
    """What a menu shows, in the order of the table, with French descriptions."""
    return [
        BotCommand(route.names[0], typeset(route.description))
        for route in ROUTES
        if (for_admins or not route.is_for_admins) and route.names[0] != "start"
    ]


async def register(bot: Bot) -> None:
    """Shows the menus in private chats, in groups and to their admins."""
    for scope, for_admins in (
        (BotCommandScopeAllPrivateChats(), True),
        (BotCommandScopeAllGroupChats(), False),
        (BotCommandScopeAllChatAdministrators(), True),
    ):
        try:
            await bot.set_my_commands(menu(for_admins=for_admins), scope=scope)
        except TelegramError as error:
            _log.warning("menu not registered: %s", type(error).__name__)
