"""The bot as its operator runs it: a process of its own, told everything by its environment."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from tests.double import Double

REPOSITORY = Path(__file__).parents[2]


class BotProcess:
    """One running `python -m bot run`, or another `command`; its logs are in `logs`."""

    command: tuple[str, ...] = ("bot", "run")

    def __init__(self, url: str, token: str, folder: Path, **environment: str) -> None:
        self._environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name in ("PATH", "HOME", "TZ", "XDG_CACHE_HOME")
            },
            "TELEGRAM_API_URL": url,
            "TELEGRAM_TOKEN": token,
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONWARNINGS": "error",
            "LOG_LEVEL": "DEBUG",
            **environment,
        }
        self._folder = folder
        self._log = folder / "bot.log"
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "BotProcess":
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                *self.command,
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()
        token = self._environment["TELEGRAM_TOKEN"]
        assert not token or token not in self.logs, "the token is in the logs"

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    @property
    def logs(self) -> str:
        return self._log.read_text()

    async def is_listening(self, double: Double, by: str = "getUpdates") -> "BotProcess":
        """Waits for the first poll, or `by` setWebhook, which comes once the port is open; fails
        with the logs when the process ends before."""
        ended = asyncio.create_task(self.process.wait())
        called = asyncio.create_task(
            double.wait_for(lambda: bool(double.called(by)), timeout_seconds=30)
        )
        await asyncio.wait((ended, called), return_when=asyncio.FIRST_COMPLETED)
        if not called.done():
            called.cancel()
            raise AssertionError(f"the bot ended with {ended.result()}:\n{self.logs}")
        ended.cancel()
        await called
        return self

    async def ends(self, within_seconds: float = 30) -> int:
        """The exit status, once the process has ended by itself."""
        async with asyncio.timeout(within_seconds):
            return await self.process.wait()

    async def is_told_to_stop(self) -> tuple[int, float]:
        """The exit status after SIGTERM, and the seconds that it took."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return await self.ends(), time.monotonic() - started
