"""Long polling that neither loses its way on a strange update nor dies in silence."""

import asyncio
import logging
from typing import Any

import httpx
from telegram import Bot

from bot.chat.intake import KINDS, Accept, DeafError, number_of
from bot.chat.reaching import reach

POLL_SECONDS = 25
"""How long Telegram holds a request that has nothing to give."""
ANSWER_SECONDS = 15
"""How much longer an answer may take: a slow drip of bytes never times out by itself."""
BACKOFF_SECONDS = (1, 2, 4, 8, 15, 30)
CONFLICT_PATIENCE = 4
"""Refusals in a row because another process polls with the same token, before giving up."""

_log = logging.getLogger(__name__)


class _RefusedError(Exception):
    def __init__(self, status: int, wait_seconds: float | None) -> None:
        super().__init__(status)
        self.status = status
        self.wait_seconds = wait_seconds


class Poller:
    """Fetches updates and hands each one over as it came, a plain dictionary.

    An update is confirmed to Telegram only once `accept` has returned for it, and what it
    returned is done.
    """

    def __init__(self, url: str, token: str) -> None:
        self._url = f"{url}/bot{token}/getUpdates"
        self._offset = 0
        self.unreadable = 0
        """Updates passed over because they were not even a numbered object."""

    async def run(self, bot: Bot, accept: Accept) -> None:
        """Polls until cancelled. Raises DeafError when Telegram refuses for good."""
        await reach(bot.delete_webhook)
        failures = conflicts = 0
        async with httpx.AsyncClient(timeout=httpx.Timeout(10, read=None)) as client:
            while True:
                try:
                    updates = await self._fetch(client, POLL_SECONDS)
                except _RefusedError as refusal:
                    if refusal.status in (401, 404):
                        raise DeafError(
                            "Telegram refuse ce jeton : il a été révoqué, ou il est mal copié."
                        ) from None
                    conflicts = conflicts + 1 if refusal.status == 409 else 0
                    if conflicts > CONFLICT_PATIENCE:
                        raise DeafError(
                            "Un autre processus relève déjà les messages avec ce jeton."
                        ) from None
                    failures += 1
                    await self._pause(failures, refusal.wait_seconds, str(refusal.status))
                except (httpx.HTTPError, TimeoutError, ValueError) as error:
                    failures += 1
                    await self._pause(failures, None, type(error).__name__)
                else:
                    failures = conflicts = 0
                    await self._hand_over(updates, accept)

    async def close(self) -> None:
        """Tells Telegram what has been accepted, so that a restart does not get it again."""
        async with httpx.AsyncClient(timeout=2) as client:
            try:
                await self._fetch(client, 0, limit=1)
            except (_RefusedError, httpx.HTTPError, TimeoutError, ValueError) as error:
                _log.info("last updates not confirmed: %s", type(error).__name__)

    async def _hand_over(self, updates: list[Any], accept: Accept) -> None:
        """Returns once all that must be done before confirming these updates is done."""
        before_confirming = []
        for update in updates:
            number = self._number(update)
            if number is not None:
                unfinished = await accept(update)
                if unfinished is not None:
                    before_confirming.append(unfinished)
        await asyncio.gather(*before_confirming)
        numbers = [number for update in updates if (number := self._number(update)) is not None]
        self._offset = max((self._offset, *(number + 1 for number in numbers)))

    def _number(self, update: Any) -> int | None:
        """The number of an update, unless it was accepted before or has none."""
        number = number_of(update)
        if number is None:
            self.unreadable += 1
            _log.warning("update passed over: not a numbered object (%d so far)", self.unreadable)
            return None
        return number if number >= self._offset else None

    async def _fetch(self, client: httpx.AsyncClient, hold_seconds: int, limit: int = 100) -> Any:
        asked = {
            "offset": self._offset,
            "timeout": hold_seconds,
            "limit": limit,
            "allowed_updates": KINDS,
        }
        async with asyncio.timeout(hold_seconds + ANSWER_SECONDS):
            response = await client.post(self._url, json=asked)
        body = response.json()
        if not isinstance(body, dict):
            raise ValueError("not an object")
        if not body.get("ok"):
            parameters = body.get("parameters")
            wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
            raise _RefusedError(int(body.get("error_code") or response.status_code), wait)
        if not isinstance(body.get("result"), list):
            raise ValueError("not a list")
        return body["result"]

    async def _pause(self, failures: int, wait_seconds: float | None, cause: str) -> None:
        seconds = wait_seconds or BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS)) - 1]
        _log.warning("poll failed (%s), again in %s s", cause, seconds)
        await asyncio.sleep(seconds)
