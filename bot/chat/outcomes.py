"""What Telegram's refusals mean for what comes next. Pure."""

import json
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.delivery.outcome import (
    Away,
    Migrated,
    Outcome,
    PerhapsDelivered,
    Refused,
    SlowDown,
    ThreadGone,
    TryLater,
    Unreachable,
)

# The server's texts are re-capitalised at will, hence compared without case. Only these end a
# subscription: an unknown 400 or 403 never does.
_UNREACHABLE = (
    ("blocked by the user", "blocked"),
    ("user is deactivated", "deactivated"),
    ("kicked", "kicked"),
    ("not a member", "not a member"),
    ("can't initiate conversation", "never started"),
    ("chat not found", "not found"),
)
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def outcome_of(error: TelegramError) -> Outcome:
    """The meaning of an error of the library.

    `BadRequest` is one of its `NetworkError`s, and comes first. The error of httpx is the cause:
    a connection that never was sent nothing; an answer that never came may have been delivered.
    """
    said = str(error).casefold()
    if isinstance(error, RetryAfter):
        delay = error.retry_after
        return SlowDown(timedelta(seconds=delay) if isinstance(delay, int) else delay)
    if isinstance(error, ChatMigrated):
        return Migrated(error.new_chat_id)
    if isinstance(error, BadRequest | Forbidden):
        for words, reason in _UNREACHABLE:
            if words in said:
                return Unreachable(reason)
        if "thread not found" in said:
            return ThreadGone()
        return Refused(type(error).__name__)
    if isinstance(error, InvalidToken):
        return TryLater("token refused")
    if isinstance(error.__cause__, _NEVER_LEFT):
        return Away()
    if isinstance(error.__cause__, httpx.HTTPError | json.JSONDecodeError | UnicodeDecodeError):
        return PerhapsDelivered(type(error.__cause__).__name__)
    if isinstance(error, NetworkError):
        return TryLater(type(error).__name__)
    return PerhapsDelivered(type(error).__name__)
