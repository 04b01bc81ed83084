"""The commands as Telegram's menus show them, from the one table of commands."""

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.presentation.conversation import COMMANDS
from bot.presentation.typography import typeset

SCOPES: tuple[type[BotCommandScope], ...] = (
    BotCommandScopeAllPrivateChats,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllChatAdministrators,
)

_log = logging.getLogger(__name__)


def menu() -> list[BotCommand]:
    """Every command with its French description, in the order of the table."""
    return [
        BotCommand(command.names[0], typeset(command.description))
        for command in COMMANDS
        if command.names[0] != "start"
    ]


async def register(bot: Bot) -> None:
    """Shows the menus in private chats, in groups and to their admins."""
    for scope in SCOPES:
        try:
            await bot.set_my_commands(menu(), scope=scope())  # type: ignore[call-arg] # each scope knows its type
        except TelegramError as error:
            _log.warning("menu not registered: %s", type(error).__name__)
