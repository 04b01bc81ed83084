"""Builds every object, and opens and closes every resource."""

import gc
from datetime import date
from pathlib import Path

from platformdirs import user_cache_path

from bot.answers.answering import Answering
from bot.knowledge.keeping import load_knowledge
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem, errors_among
from bot.places.communes import Communes
from bot.places.resolving import Places
from bot.presentation.conversation import Conversation
from bot.settings import Settings

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
    conversation = Conversation(knowledge, Answering(knowledge, load_places(settings, knowledge)))
    settle()
    return conversation


def settle() -> None:
    """Spares the garbage collector all that lives now, which is there to stay: walking the base
    again takes it longer than answering a question does.

    Called again once a base has replaced another, it frees that one first.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.freeze()
