"""What each refusal of Telegram means, told by the library's own errors."""

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.chat.outcomes import outcome_of
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


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable("blocked")),
        (Forbidden("FORBIDDEN: BOT WAS BLOCKED BY THE USER"), Unreachable("blocked")),
        (Forbidden("Forbidden: user is deactivated"), Unreachable("deactivated")),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Unreachable("kicked")),
        (Forbidden("Forbidden: bot is not a member of the group"), Unreachable("not a member")),
        (Forbidden("bot can't initiate conversation with a user"), Unreachable("never started")),
        (BadRequest("Chat not found"), Unreachable("not found")),
        (BadRequest("Message thread not found"), ThreadGone()),
        (BadRequest("Can't parse entities: unexpected end tag"), Refused("BadRequest")),
        (Forbidden("Forbidden: something Telegram never said before"), Refused("Forbidden")),
        (ChatMigrated(-100123), Migrated(-100123)),
        (RetryAfter(timedelta(seconds=7)), SlowDown(timedelta(seconds=7))),
        (NetworkError("Bad Gateway"), TryLater("NetworkError")),
        (InvalidToken("no"), TryLater("token refused")),
        (caused(TimedOut(), httpx.ConnectTimeout("")), Away()),
        (caused(TimedOut(), httpx.PoolTimeout("")), Away()),
        (caused(TimedOut(), httpx.ReadTimeout("")), PerhapsDelivered("ReadTimeout")),
        (caused(TimedOut(), httpx.WriteTimeout("")), PerhapsDelivered("WriteTimeout")),
        (caused(NetworkError("x"), httpx.ConnectError("")), Away()),
        (caused(NetworkError("x"), httpx.ReadError("")), PerhapsDelivered("ReadError")),
        (TelegramError("Invalid server response"), PerhapsDelivered("TelegramError")),
    ],
    ids=str,
)  # fmt: skip
def test_an_error_is_sorted_by_what_it_means_for_the_next_sending(
    error: TelegramError, outcome: Outcome
) -> None:
    assert outcome_of(error) == outcome
