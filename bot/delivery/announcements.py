"""Which articles are new, and telling those who follow what they are about."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.digests import plan_digests
from bot.knowledge.model import Article
from bot.language.folding import fold
from bot.storage.announced import Announced, all_announced, mark_announced
from bot.storage.engine import Storage
from bot.storage.marks import find_mark, set_mark
from bot.storage.outbox import Priority, enqueue_for, receivers_of
from bot.storage.subscriptions import Subject, interested

MOST_WITHOUT_ASKING = 5
USEFUL_FOR = timedelta(days=7)
"""An article that could not be sent for so long is no news any more."""

Around = Callable[[str], Collection[str]]
"""The territories that hold a city, by id: its EPCI, its département."""


@dataclass(frozen=True, slots=True)
class ToAnnounce:
    """What a reading of the base changes. `new` and `corrected` are told; `known` are not: they
    are taken for told. All by article id, with what will be written down."""

    new: Mapping[str, Announced]
    corrected: Mapping[str, Announced]
    known: Mapping[str, Announced]

    @property
    def pushes(self) -> int:
        """How many articles would be told."""
        return len(self.new) + len(self.corrected)

    @property
    def token(self) -> str:
        """Eight characters that stand for exactly these pushes: the operator confirms those."""
        told = sorted((*self.new.items(), *self.corrected.items()))
        return _hash(repr([(key, one.content, one.version) for key, one in told]))[:8]


def to_announce(
    articles: Mapping[str, Article], announced: Mapping[str, Announced], *, first_reading: bool
) -> ToAnnounce:
    """Compares the base with what was announced.

    On a first reading everything is known and nothing told; an undated article is no news. A
    correction is a change of what a push says beside its title: its publisher and kind, date,
    address, summary or note.
    """
    new: dict[str, Announced] = {}
    corrected: dict[str, Announced] = {}
    known: dict[str, Announced] = {}
    for key, article in articles.items():
        content = content_of(article)
        before = announced.get(key)
        if before is None:
            is_news = article.date is not None and not first_reading
            (new if is_news else known)[key] = Announced(content)
        elif before.content != content:
            after = Announced(content, before.version + 1)
            (known if first_reading else corrected)[key] = after
    return ToAnnounce(new, corrected, known)


def content_of(article: Article) -> str:
    """A short hash of what a correction would change."""
    told = (
        article.publisher,
        article.kind,
        article.url,
        article.date,
        article.summary,
        article.note,
    )
    return _hash(repr(told))[:16]


def subject_of(article: Article, around: Around) -> Subject:
    """What an article is about, for those who follow it."""
    places = {place for city in article.cities for place in (city, *around(city))}
    text = " ".join((article.title, article.summary, article.publisher))
    return Subject(sorted(places), article.themes, article.topics, fold(text))


@dataclass(frozen=True, slots=True)
class Announcing:
    """What came of an announcement. `rows` were added to the outbox; when it is `asking`,
    nothing was told and the operator is to be asked with `plan.token`."""

    plan: ToAnnounce
    rows: int
    asking: bool


Answer = Literal["tell", "keep quiet"]


async def announce(
    storage: Storage,
    articles: Mapping[str, Article],
    around: Around,
    now: datetime,
    *,
    answers: Mapping[str, Answer] | None = None,
) -> Announcing:
    """Tells what is new in the base, in one transaction: told and written down, or neither.

    More than MOST_WITHOUT_ASKING at once wait for the operator: `answers` holds, by token, what
    was answered: tell them, or take them for told.
    """
    async with storage.writing() as connection:
        first = await find_mark(connection, "articles_known") is None
        plan = to_announce(articles, await all_announced(connection), first_reading=first)
        if first:
            await set_mark(connection, "articles_known", now)
        for key, told in plan.known.items():
            await mark_announced(connection, key, told)
        answer = (answers or {}).get(plan.token)
        if plan.pushes > MOST_WITHOUT_ASKING and answer is None:
            return Announcing(plan, 0, asking=True)
        rows = 0
        for key, told in {**plan.new, **plan.corrected}.items():
            await mark_announced(connection, key, told)
            if answer != "keep quiet":
                rows += await _enqueue(connection, key, told, articles[key], around, now)
        if rows:
            await plan_digests(connection, now)
        return Announcing(plan, rows, asking=False)


async def _enqueue(
    connection: AsyncConnection,
    key: str,
    told: Announced,
    article: Article,
    around: Around,
    now: datetime,
) -> int:
    if told.version == 1:
        return await enqueue_for(
            connection,
            f"article:{key}",
            interested(subject_of(article, around)),
            not_before=now,
            expires_at=now + USEFUL_FOR,
            in_digests=True,
        )
    return await enqueue_for(
        connection,
        f"correction:{key}:{told.version}",
        receivers_of(f"article:{key}"),
        not_before=now,
        priority=Priority.TIMELY,
    )


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
