"""The bot with its clock set by a test: `python -m tests.journeys.clocked FILE`.

FILE holds how many seconds the clock is ahead of the real one; it is read at each look at the
clock, so that a test can set it while the bot runs.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.logs import set_up_logs
from bot.serving import serve
from bot.settings import read_settings
from tests.journeys.process import BotProcess


class Clock:
    """The test's side of that file."""

    def __init__(self, file: Path, now: datetime) -> None:
        self.file = file
        self.set(now)

    def set(self, now: datetime) -> None:
        """What the bot's clock shows from this moment on; it goes on from there."""
        ahead = now - datetime.now(UTC)
        unfinished = self.file.with_suffix(".new")
        unfinished.write_text(str(ahead.total_seconds()))
        unfinished.rename(self.file)


class ClockedProcess(BotProcess):
    """A bot that looks at such a clock."""

    def __init__(
        self, clock: Clock, url: str, token: str, folder: Path, **environment: str
    ) -> None:
        super().__init__(url, token, folder, **environment)
        self.command = ("tests.journeys.clocked", str(clock.file))


def main() -> int:
    file = Path(sys.argv[1])
    settings = read_settings()
    set_up_logs(settings.log_level)
    return asyncio.run(
        serve(settings, lambda: datetime.now(UTC) + timedelta(seconds=float(file.read_text())))
    )


if __name__ == "__main__":
    sys.exit(main())
