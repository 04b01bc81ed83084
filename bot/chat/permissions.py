"""Who may change what the bot does in a chat: in groups and channels, their admins alone."""

import asyncio
import logging
from enum import Enum, auto

from telegram import Bot, ChatMember
from telegram.error import TelegramError

from bot.chat.incoming import Origin

ANSWER_SECONDS = 5
"""How long Telegram may take to say who is an admin."""

_log = logging.getLogger(__name__)


class Permission(Enum):
    """Whether somebody may change a chat's settings."""

    YES = auto()
    NO = auto()
    UNKNOWN = auto()


async def may_change(bot: Bot, origin: Origin, chat: int) -> Permission:
    """Whether who sent `origin` may change `chat`; asked anew each time, for admins come and go.

    In a private chat everybody may change their own. Who writes as the group itself is an
    anonymous admin; who writes as another channel is nobody.
    """
    if origin.is_private and chat == origin.chat:
        return Permission.YES
    if origin.sender_chat is not None:
        return Permission.YES if origin.sender_chat == chat else Permission.NO
    if origin.sender is None:
        return Permission.NO
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            member = await bot.get_chat_member(chat, origin.sender)
    except (TelegramError, TimeoutError) as error:
        _log.warning("cannot tell the admins of %d: %s", chat, type(error).__name__)
        return Permission.UNKNOWN
    admins = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)
    return Permission.YES if member.status in admins else Permission.NO
