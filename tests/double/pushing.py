"""Updates brought to a bot's webhook, by Telegram and by the proxy before the bot."""

import asyncio
from types import TracebackType
from typing import Self

import aiohttp

from tests.double.server import Double

AGAIN_SECONDS = 0.05
"""Between two attempts; Telegram waits longer."""


class Pusher:
    """While entered, posts what waits to `address`, in place of the public address that the bot
    registered: one update at a time, again and again until the answer is 2xx. `answers` holds the
    statuses, 0 for none."""

    def __init__(self, double: Double, address: str) -> None:
        self._double = double
        self._address = address
        self.answers: list[int] = []

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._push())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _push(self) -> None:
        state, changes = self._double.state, self._double.changes
        async with aiohttp.ClientSession() as session:
            while True:
                await changes.until(lambda: state.webhook and state.updates.waiting, None)
                number, update = state.updates.waiting[0]
                self.answers.append(await self._post(session, update))
                if 200 <= self.answers[-1] < 300:
                    state.updates.confirm(number + 1)
                else:
                    await asyncio.sleep(AGAIN_SECONDS)
                changes.tell()

    async def _post(self, session: aiohttp.ClientSession, update: object) -> int:
        headers = {}
        if secret := self._double.state.webhook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        try:
            async with session.post(self._address, json=update, headers=headers) as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0
