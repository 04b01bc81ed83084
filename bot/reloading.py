"""The base as it changes under a running bot, and what answers from each of its states."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

from bot.answers.answering import Answering
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem
from bot.knowledge.reading import Reader
from bot.knowledge.watching import watch
from bot.places.resolving import Places


async def follow_base(
    reader: Reader,
    knowledge: Knowledge,
    places: Places,
    on_new: Callable[[Knowledge, Answering], Awaitable[None]],
    on_bad: Callable[[list[Problem]], Awaitable[None]],
    stop: asyncio.Event,
    *,
    today: Callable[[], date],
) -> None:
    """Gives each new state of the base, and what answers from it, until `stop`.

    `knowledge` is the base in use, `places` the communes known. `on_bad` is told once why a
    state is not used; the one given before stays in use. Nobody who asks waits meanwhile.
    """

    async def build(read: Knowledge) -> None:
        covered = {city.insee for city in read.cities.values() if city.insee}
        renewed = Places(places.communes, covered)
        await on_new(read, await asyncio.to_thread(Answering, read, renewed))

    await watch(reader, knowledge, build, on_bad, stop, today=today)
