"""Updates that Telegram posts to us, each confirmed by the 200 that answers it."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot
from telegram.error import BadRequest
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from bot.chat.intake import KINDS, Accept, DeafError, number_of
from bot.chat.reaching import reach

CONNECTIONS = 40
"""That Telegram may open at the same time, its own default."""
MOST_BYTES = 1_048_576
"""Of one update: many times the longest message with its keyboard and what it replies to."""
REMEMBERED = 4_096
"""Updates that are recognised when Telegram, not having had its 200, posts them again."""

_log = logging.getLogger(__name__)


class Webhook:
    """Listens on `host` and `port`, behind whatever serves the public address `url` in https."""

    def __init__(self, url: str, host: str, port: int, secret: str) -> None:
        self._url = url
        self._host = host
        self._port = port
        self._secret = secret
        self._accept: Accept | None = None
        self._taken: dict[int, asyncio.Task[None]] = {}
        self._server = HTTPServer(
            Application(
                # Any path: what stands before us may have rewritten it, and the secret decides.
                [(".*", _Post, {"secret": secret.encode(), "take": self._take})],
                log_function=lambda _: None,  # the default one logs addresses
            ),
            max_body_size=MOST_BYTES,
            body_timeout=30,
            idle_connection_timeout=90,
        )
        self.unreadable = 0
        """Updates passed over because they were not even a numbered object."""

    async def run(self, bot: Bot, accept: Accept) -> None:
        """Serves until cancelled. Raises DeafError when the port or the address is refused."""
        self._accept = accept
        try:
            self._server.listen(self._port, self._host)
        except OSError as error:
            raise DeafError(
                f"Impossible d'écouter sur WEBHOOK_LISTEN, {self._host}:{self._port} : "
                f"{error.strerror}."
            ) from None
        try:
            await reach(lambda: self._announce(bot))
            await asyncio.Event().wait()
        finally:
            self._server.stop()
            self._accept = None
            for task in self._taken.values():
                task.cancel()

    async def close(self) -> None:
        """Closes the connections that Telegram keeps open."""
        await self._server.close_all_connections()

    async def _announce(self, bot: Bot) -> None:
        try:
            await bot.set_webhook(
                self._url,
                secret_token=self._secret,
                allowed_updates=KINDS,
                max_connections=CONNECTIONS,
            )
        except BadRequest as error:
            raise DeafError(f"Telegram refuse WEBHOOK_URL : {error.message}.") from None

    async def _take(self, body: bytes) -> bool:
        """Whether the update in this body need not come again."""
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            update = None
        number = number_of(update)
        if number is None:
            # Asking for it again would not make it readable, and would hold its chat back.
            self.unreadable += 1
            _log.warning("update passed over: not a numbered object (%d so far)", self.unreadable)
            return True
        if number not in self._taken:
            if self._accept is None:
                return False
            self._taken[number] = asyncio.create_task(_hand_over(update, self._accept))
            if len(self._taken) > REMEMBERED:
                del self._taken[next(iter(self._taken))]
        # The same update may be under way on another connection: neither is done before it is.
        task = self._taken[number]
        await asyncio.wait((task,))
        return not task.cancelled()


class _Post(RequestHandler):
    def initialize(self, secret: bytes, take: Callable[[bytes], Awaitable[bool]]) -> None:
        self._secret = secret
        self._take = take

    def prepare(self) -> None:
        given = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), self._secret):
            raise HTTPError(403)

    async def post(self) -> None:
        # 503 only while the process ends: Telegram keeps the update for the next one.
        self.set_status(200 if await self._take(self.request.body) else 503)


async def _hand_over(update: dict[str, Any], accept: Accept) -> None:
    unfinished = await accept(update)
    if unfinished is not None:
        await unfinished
