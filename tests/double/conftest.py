from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.double import Double


@pytest.fixture
async def double() -> AsyncIterator[Double]:
    async with Double() as double:
        yield double


@pytest.fixture
async def bot(double: Double) -> AsyncIterator[Bot]:
    async with bot_of(double) as bot:
        yield bot


def bot_of(double: Double, read_timeout: float = 5.0) -> Bot:
    """The real library's client, not initialised."""
    return Bot(
        double.token,
        base_url=f"{double.url}/bot",
        base_file_url=f"{double.url}/file/bot",
        request=HTTPXRequest(read_timeout=read_timeout),
        get_updates_request=HTTPXRequest(read_timeout=read_timeout),
    )


async def post(double: Double, method: str, **params: Any) -> dict[str, Any]:
    async with httpx.AsyncClient() as client:
        response = await client.post(f"{double.url}/bot{double.token}/{method}", json=params)
        answer: dict[str, Any] = response.json()
        return answer
