import itertools
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.answers.answering import Answering
from bot.knowledge.keeping import load_knowledge
from bot.knowledge.model import Knowledge
from bot.places.communes import Communes
from bot.places.resolving import Places
from bot.presentation.conversation import Conversation
from bot.settings import REPOSITORY
from bot.storage.engine import Storage, open_storage
from tests.command_line import CommandLine
from tests.double.rules import rules_in_force
from tests.postgres import create_database, drop_database, postgres_server
from tests.questions.judging import NOW

# A slow machine is no fault: time is measured in benchmarks, never asserted in a test.
settings.register_profile("sousveille", deadline=None)
settings.load_profile("sousveille")

PUBLISHED = REPOSITORY / "knowledge"
_numbers = itertools.count(1)


def pytest_report_header() -> str:
    return f"Bot API double: {rules_in_force().origin}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A database that does not exist yet (SQLite) or is empty."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bot.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = f"test_{os.getpid()}_{next(_numbers)}"
    yield await create_database(server, name)
    await drop_database(server, name)


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    async with open_storage(database_url) as storage:
        yield storage


@pytest.fixture(scope="session")
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `XDG_CACHE_HOME` is for every process of the run, so that no cache of ours is used."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def communes(cache_home: Path) -> Communes:
    """All communes of France."""
    return Communes.load(PUBLISHED, cache_home / "sousveille")


@pytest.fixture(scope="session")
def published(cache_home: Path) -> Knowledge:
    """The base as it is published."""
    knowledge, problems = load_knowledge(PUBLISHED, cache_home / "sousveille", NOW.date())
    assert problems == []
    assert knowledge is not None
    return knowledge


@pytest.fixture(scope="session")
def published_answering(published: Knowledge, communes: Communes) -> Answering:
    """What answers from the published base."""
    covered = {city.insee for city in published.cities.values() if city.insee}
    return Answering(published, Places(communes, covered))


@pytest.fixture
def conversation(published: Knowledge, published_answering: Answering) -> Conversation:
    """A conversation about the published base in which nothing has been said."""
    return Conversation(published, published_answering)


@pytest.fixture
def sousveille(tmp_path: Path, cache_home: Path, conversation: Conversation) -> CommandLine:
    """The command line; its caches are warm, since this process has filled them already."""
    return CommandLine(tmp_path, cache_home)
