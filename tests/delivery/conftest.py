from collections.abc import AsyncIterator

import pytest

from tests.double import Double


@pytest.fixture
async def double() -> AsyncIterator[Double]:
    async with Double() as double:
        yield double
