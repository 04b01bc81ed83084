from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_double() -> AsyncIterator[Double]:
    """One double for the journeys of a file, each with chats of its own."""
    async with Double() as double:
        yield double
        assert double.violations == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_bot(
    shared_double: Double, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    """One bot for the journeys of a file."""
    folder = tmp_path_factory.mktemp("bot")
    async with BotProcess(shared_double.url, shared_double.token, folder) as process:
        yield await process.is_listening(shared_double)
