"""Events made of values, for tests about when they take place and who is told."""

from datetime import datetime
from typing import Any

from bot.knowledge.model import Event, Source
from bot.knowledge.occurrences import DatedEvent, occurrences
from bot.language.dates import PARIS

SOURCES = {
    "annonce": Source(
        title="L'annonce", publisher="Le Collectif", kind="militant", url="https://c.example/a"
    )
}


def event(start: str = "2026-06-24T19:00", *cities: str, **said: Any) -> Event:
    """An event in these cities; `said` are further fields."""
    said.setdefault("title", "Réunion publique")
    return Event(start=start, cities=cities, sources=SOURCES, **said)


def when(start: str = "2026-06-24T19:00", *cities: str, id_: str = "e", **said: Any) -> DatedEvent:
    """The only occurrence of an event."""
    (only,) = occurrences(id_, event(start, *cities, **said))
    return only


def paris(text: str) -> datetime:
    """A wall time in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)
