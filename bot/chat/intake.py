"""How updates come in: what long polling and the webhook have in common."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from telegram import Bot

KINDS = ["message", "callback_query", "my_chat_member"]
"""The updates that Telegram is asked for."""

Accept = Callable[[dict[str, Any]], Awaitable[Awaitable[None] | None]]
"""Takes one update; what it returns, if anything, must be done before the update is confirmed."""


class DeafError(Exception):
    """No update will come in any more; the message says why in a French sentence."""


class Intake(Protocol):
    """Confirms an update to Telegram only once what `accept` returned for it is done."""

    async def run(self, bot: Bot, accept: Accept) -> None:
        """Tells Telegram how updates are to come, then hands them over until cancelled.

        Raises DeafError when that cannot go on.
        """

    async def close(self) -> None:
        """The last word to Telegram, once what was accepted is done. Raises nothing."""


def number_of(update: object) -> int | None:
    """The `update_id`, unless this is no numbered object."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else None
