"""Whether the pages that the base cites are still there. Visits them; never run in CI."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.curating.fetching import OUTCOMES, USER_AGENT, Fetched, Manners, fetch
from bot.knowledge.model import Knowledge
from bot.knowledge.yaml_tree import read_tree

EXCEPTIONS = "links.yaml"
HOSTS_AT_ONCE = 8
_WORTH_AN_ARCHIVE = ("gone", "unreachable", "failing", "slow")


@dataclass(frozen=True)
class Link:
    """One address that the base cites."""

    url: str
    cited_by: tuple[str, ...]
    """The files, relative to the base: `cities/nantes.yaml`."""
    date: str | None
    """When the page was published, if a file says."""

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def archive(self) -> str:
        """Where the Internet Archive would have the page, as near its publication as may be."""
        day = (self.date or "").partition("/")[0].replace("-", "")
        return f"https://web.archive.org/web/{day or 2}/{self.url}"


class LinksError(Exception):
    """links.yaml cannot be used; the message is a French sentence."""


def links_of(knowledge: Knowledge) -> list[Link]:
    """Every address of the base, each once, sorted."""
    cited: dict[str, dict[str, None]] = {}
    dates: dict[str, str] = {}
    for url, file, date in _addresses(knowledge):
        cited.setdefault(url, {})[file] = None
        if date is not None:
            dates.setdefault(url, date)
    return [Link(url, tuple(cited[url]), dates.get(url)) for url in sorted(cited)]


def _addresses(knowledge: Knowledge) -> Iterator[tuple[str, str, str | None]]:
    folders: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("cities", knowledge.cities),
        ("topics", knowledge.topics),
        ("events", knowledge.events),
    )
    for folder, entries in folders:
        for id_, entry in entries.items():
            file = f"{folder}/{id_}.yaml"
            for source in entry.sources.values():
                if source.url is not None:
                    yield source.url, file, source.date
            if getattr(entry, "url", None) is not None:
                yield entry.url, file, None
    for id_, article in knowledge.articles.items():
        yield article.url, f"articles/{id_}.yaml", article.date


def read_exceptions(folder: Path) -> dict[str, str]:
    """The addresses that are not visited, each with the reason. Raises LinksError."""
    path = folder / EXCEPTIONS
    if not path.is_file():
        return {}
    tree, _, problems = read_tree(path.read_text(encoding="utf-8"), PurePath(EXCEPTIONS))
    exceptions = tree.get("exceptions") if isinstance(tree, dict) else None
    if problems or not isinstance(exceptions, dict):
        raise LinksError(f"{EXCEPTIONS} : il faut « exceptions: », puis adresse: raison")
    for url, reason in exceptions.items():
        if not isinstance(reason, str) or not reason.strip():
            raise LinksError(f"{EXCEPTIONS} : il manque la raison de {url}")
    return exceptions


async def visit(
    links: Iterable[Link],
    on_fetched: Callable[[Link, Fetched], None],
    manners: Manners | None = None,
) -> None:
    """Fetches every link, and tells of each as soon as it is known.

    One request at a time to a host, a pause between two; a few hosts at once.
    """
    manners = manners or Manners()
    by_host: dict[str, list[Link]] = {}
    for link in links:
        by_host.setdefault(link.host, []).append(link)
    room = asyncio.Semaphore(HOSTS_AT_ONCE)
    headers = {"user-agent": USER_AGENT, "accept-language": "fr", "accept": "text/html,*/*;q=0.8"}
    async with httpx.AsyncClient(headers=headers, timeout=manners.timeout) as client:

        async def visit_host(of_host: list[Link]) -> None:
            async with room:
                for index, link in enumerate(of_host):
                    if index:
                        await asyncio.sleep(manners.pause)
                    on_fetched(link, await fetch(client, link.url, manners))

        async with asyncio.TaskGroup() as group:
            # The hosts with the most pages start first: they decide when it is over.
            for of_host in sorted(by_host.values(), key=len, reverse=True):
                group.create_task(visit_host(of_host))


def as_json(
    found: Mapping[Link, Fetched], excepted: Mapping[str, str], unused: Iterable[str]
) -> dict[str, Any]:
    """Every link with its outcome, and the exceptions."""
    return {
        "links": [
            {
                "url": link.url,
                "files": list(link.cited_by),
                "outcome": fetched.outcome,
                "status": fetched.status,
                "location": fetched.location,
                "detail": fetched.detail,
                "archive": link.archive if fetched.outcome in _WORTH_AN_ARCHIVE else None,
            }
            for link, fetched in sorted(found.items(), key=lambda pair: pair[0].url)
        ],
        "exceptions": dict(excepted),
        "unused_exceptions": list(unused),
    }


def as_lines(
    found: Mapping[Link, Fetched], excepted: Mapping[str, str], unused: Iterable[str]
) -> Iterator[str]:
    """The same for people, the worst first, pages that are there only counted."""
    for outcome, meaning in OUTCOMES.items():
        these = sorted(link.url for link, fetched in found.items() if fetched.outcome == outcome)
        if not these:
            continue
        yield f"{outcome} ({len(these)}) : {meaning}"
        if outcome == "ok":
            continue
        for link, fetched in sorted(found.items(), key=lambda pair: pair[0].url):
            if fetched.outcome == outcome:
                yield from _told(link, fetched)
        yield ""
    if excepted:
        yield f"{len(excepted)} adresses de {EXCEPTIONS} n'ont pas été visitées."
    for url in unused:
        yield f"{EXCEPTIONS} : plus rien ne cite {url}, retirez-la."


def _told(link: Link, fetched: Fetched) -> Iterator[str]:
    said = ", ".join(str(part) for part in (fetched.status, fetched.detail) if part)
    yield f"  {link.url}" + (f" ({said})" if said else "")
    yield f"    dans {', '.join(link.cited_by)}"
    if fetched.location is not None:
        yield f"    → {fetched.location}"
    if fetched.outcome in _WORTH_AN_ARCHIVE:
        yield f"    archive possible : {link.archive}"
