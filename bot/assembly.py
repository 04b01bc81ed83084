"""Builds every object, and opens and closes every resource."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from bot.answers.answering import Answering
from bot.knowledge.keeping import load_knowledge
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem, errors_among
from bot.places.communes import Communes
from bot.places.resolving import Places
from bot.presentation.conversation import Conversation
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.knowledge.reading import Reader

CACHE = user_cache_path("sousveille")


class KnowledgeError(Exception):
    """The base cannot be used; `problems` says why, line by line."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{folder}/{problem}" for problem in problems))
        self.problems = problems


def load_base(settings: Settings, today: date) -> Knowledge:
    """The curated base. Raises KnowledgeError when it has a problem."""
    knowledge, problems = load_knowledge(settings.knowledge_dir, CACHE, today)
    if knowledge is None:
        raise KnowledgeError(settings.knowledge_dir, errors_among(problems))
    return knowledge


def load_places(settings: Settings, knowledge: Knowledge | None = None) -> Places:
    """The communes of France; those that `knowledge` covers are offered first."""
    covered = () if knowledge is None else (city.insee for city in knowledge.cities.values())
    communes = Communes.load(settings.knowledge_dir, CACHE)
    return Places(communes, {insee for insee in covered if insee})


def build_conversation(settings: Settings, today: date) -> Conversation:
    """Everything that answers. Raises KnowledgeError when the base has a problem."""
    knowledge = load_base(settings, today)
    return Conversation(knowledge, Answering(knowledge, load_places(settings, knowledge)))


async def follow_base(
    reader: "Reader",
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
    # Imported here: only the running bot watches files, and pydantic comes with it.
    from bot.knowledge.watching import watch

    async def build(read: Knowledge) -> None:
        covered = {city.insee for city in read.cities.values() if city.insee}
        renewed = Places(places.communes, covered)
        await on_new(read, await asyncio.to_thread(Answering, read, renewed))

    await watch(reader, knowledge, build, on_bad, stop, today=today)
