from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.double import Double
from tests.journeys.process import BotProcess


@pytest.fixture
async def double() -> AsyncIterator[Double]:
    """The Bot API double; whatever the journey, no call may break the specification."""
    async with Double() as double:
        yield double
        assert double.violations == []


@pytest.fixture
async def bot(double: Double, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """A bot that listens to the double."""
    async with BotProcess(double.url, double.token, tmp_path) as process:
        yield await process.is_listening(double)
