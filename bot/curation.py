"""What each curator's command does, once its arguments are read. Each returns an exit status."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TextIO

from bot.knowledge.model import Knowledge
from bot.language.dates import PARIS
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.curating.fetching import Fetched
    from bot.curating.links import Link

DONE, FAILED = 0, 1


def stale(settings: Settings, out: TextIO, *, as_json: bool) -> int:
    """The figures to look up again."""
    from bot.curating import stale as room

    knowledge = _base(settings)
    found = room.overdue(knowledge, _now().date())
    if as_json:
        return _say_json(out, room.as_json(found))
    return _say(out, room.as_lines(found, knowledge))


def coverage(settings: Settings, out: TextIO, *, as_json: bool) -> int:
    """What the base holds and lacks, territory by theme."""
    from bot.curating import coverage as room

    knowledge = _base(settings)
    found = room.coverage(knowledge)
    if as_json:
        return _say_json(out, room.as_json(found, knowledge))
    return _say(out, room.as_lines(found, knowledge))


def preview(settings: Settings, name: str, out: TextIO, *, as_json: bool) -> int:
    """What a phone would show of a territory or a topic."""
    from bot.assembly import build_conversation
    from bot.curating import preview as room

    opened = room.find(_base(settings), name)
    if opened is None:
        return _fail(f"Ni une ville ni un sujet de la base : {name}")
    now = _now()
    shown = room.screens(build_conversation(settings, now.date()), opened, now)
    if as_json:
        return _say_json(out, [room.as_json(screen) for screen in shown])
    return _say(out, (line for screen in shown for line in room.as_lines(screen)))


def diff(settings: Settings, revision: str, out: TextIO, *, as_json: bool) -> int:
    """What changed for readers since a state of the base that git knows."""
    from bot.curating import difference as room

    try:
        before = room.base_at(revision, settings.knowledge_dir)
    except room.RevisionError as error:
        return _fail(str(error))
    found = room.difference(before, _base(settings))
    return _say_json(out, room.as_json(found)) if as_json else _say(out, room.as_lines(found))


def format_files(settings: Settings, out: TextIO, *, only_check: bool) -> int:
    """Puts every file in its canonical form, or only says which are not."""
    from bot.curating.formatting import FormatError, format_base

    shown = os.path.relpath(settings.knowledge_dir)
    changed = 0
    try:
        for file in format_base(settings.knowledge_dir, write=not only_check):
            out.write(f"{shown}/{file}\n")
            changed += 1
    except FormatError as error:
        return _fail(str(error))
    return FAILED if only_check and changed else DONE


def new(settings: Settings, kind: str, lines: Iterable[str], out: TextIO) -> int:
    """Asks for a city, a fact, an event or an article, and writes it."""
    from bot.assembly import load_places
    from bot.curating.adding import Adding
    from bot.curating.asking import Asker, StoppedError

    knowledge = _base(settings)
    adding = Adding(Asker(iter(lines), out), settings.knowledge_dir, knowledge)
    try:
        match kind:
            case "city":
                file = adding.city(load_places(settings, knowledge))
            case "fact":
                file = adding.fact()
            case "event":
                file = adding.event()
            case _:
                file = adding.article()
    except StoppedError:
        return _fail("\nArrêté : rien n'a été écrit.")
    except FileExistsError as error:
        return _fail(f"Ce fichier existe déjà : {error.filename}")
    if file is None:
        return FAILED
    out.write(f"Écrit dans {os.path.relpath(settings.knowledge_dir / file)}. Puis : make test\n")
    return DONE


def links(settings: Settings, out: TextIO, *, as_json: bool) -> int:
    """Visits every page that the base cites. Fails when one is gone."""
    import asyncio

    from bot.curating import links as room

    knowledge = _base(settings)
    try:
        exceptions = room.read_exceptions(settings.knowledge_dir)
    except room.LinksError as error:
        return _fail(str(error))
    cited = room.links_of(knowledge)
    excepted = {link.url: exceptions[link.url] for link in cited if link.url in exceptions}
    unused = sorted(exceptions.keys() - excepted)
    to_visit = [link for link in cited if link.url not in exceptions]
    found: dict[Link, Fetched] = {}
    with _progress(len(to_visit)) as advance:

        def on_fetched(link: "Link", fetched: "Fetched") -> None:
            found[link] = fetched
            advance(link.host)

        asyncio.run(room.visit(to_visit, on_fetched))
    if as_json:
        _say_json(out, room.as_json(found, excepted, unused))
    else:
        _say(out, room.as_lines(found, excepted, unused))
    return FAILED if any(fetched.outcome == "gone" for fetched in found.values()) else DONE


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error; what is yielded moves it by one, saying what was done."""
    # Imported here: only a long command needs it.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    told = TextColumn("{task.description}", markup=False)
    console = Console(stderr=True)
    with Progress(*columns, told, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda said: progress.update(task, advance=1, description=said)


def _base(settings: Settings) -> Knowledge:
    """The base. Raises KnowledgeError."""
    from bot.assembly import load_base

    return load_base(settings, _now().date())


def _say(out: TextIO, lines: Iterable[str]) -> int:
    for line in lines:
        out.write(f"{line}\n")
    return DONE


def _say_json(out: TextIO, found: Any) -> int:
    out.write(f"{json.dumps(found, ensure_ascii=False, indent=2)}\n")
    return DONE


def _fail(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return FAILED


def _now() -> datetime:
    return datetime.now(PARIS)
