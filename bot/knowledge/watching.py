"""A running bot follows its base: the last good one keeps answering while files change."""

import asyncio
import gc
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

from watchfiles import Change, awatch
from watchfiles.main import FileChange

from bot.knowledge.checking import check
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem, errors_among
from bot.knowledge.reading import Reader

SCAN_EVERY = timedelta(minutes=1)
SETTLING_SECONDS = 0.3
"""Between the two looks at a base with errors, before anybody is told."""
QUIET_MS = 50
"""Changes that follow each other within this time are read together."""
_LOG = logging.getLogger(__name__)


async def watch(
    reader: Reader,
    current: Knowledge,
    on_good: Callable[[Knowledge], Awaitable[None]],
    on_bad: Callable[[list[Problem]], Awaitable[None]],
    stop: asyncio.Event,
    *,
    today: Callable[[], date],
    scan_every: timedelta = SCAN_EVERY,
) -> None:
    """Reads the base at once, then each time its files change, until `stop`.

    `on_good` is given each base without errors that differs from the one given before, the
    first being compared with `current`. `on_bad` is given the errors of a base that cannot be
    used, once for each set of errors; the base given before stays the good one. Everything is
    read in a thread, and only the changed files are: the event loop goes on meanwhile. Files
    are looked at again every `scan_every`, for changes that no notification tells (network
    folders). An exception of a callback is logged, and watching goes on.
    """
    told: list[Problem] = []
    async with aclosing(_changes(reader.folder, stop, scan_every)) as changes:
        async for _ in changes:
            try:
                with _no_full_collection():
                    read, problems = await asyncio.to_thread(check, reader, today())
                    if read is None:
                        # Some editors empty a file before they write it: look again before
                        # telling of what may be a file met half written.
                        await asyncio.sleep(SETTLING_SECONDS)
                        read, problems = await asyncio.to_thread(check, reader, today())
                    if read is None:
                        errors = errors_among(problems)
                        if errors != told:
                            told = errors
                            await on_bad(errors)
                        continue
                    told = []
                    if await asyncio.to_thread(_differ, read, current):
                        await on_good(read)
                        current = read
            except Exception:
                # Whatever went wrong, the bot answers from the last good base, and tries again.
                _LOG.exception("the base could not be reloaded")


def _differ(read: Knowledge, current: Knowledge) -> bool:
    return read != current


@contextmanager
def _no_full_collection() -> Iterator[None]:
    """Keeps Python from walking the whole heap, base included, with every thread stopped.

    Such a walk was measured at 50 to 170 ms. What is alive at the end is set apart from later
    walks: the base lives until the next one, and goes then by itself, for it holds no cycle.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


async def _changes(
    folder: Path, stop: asyncio.Event, scan_every: timedelta
) -> AsyncGenerator[None, None]:
    """Once at the start, then after each change and at least every `scan_every`, until `stop`."""
    milliseconds = max(1, round(scan_every.total_seconds() * 1_000))
    while not stop.is_set():
        try:
            # A scan is what `yield_on_timeout` gives when nothing has changed.
            watched = awatch(
                folder,
                watch_filter=_is_of_the_base,
                stop_event=stop,
                step=QUIET_MS,
                rust_timeout=milliseconds,
                yield_on_timeout=True,
                ignore_permission_denied=True,
            )
            async with aclosing(watched), _ahead(watched) as next_change:
                yield
                while await next_change() is not None:
                    yield
        except (OSError, RuntimeError) as error:
            # No more notifications to be had from the system, or the folder is away for now.
            _LOG.warning("the base is only looked at now and then: %s", error)
            with suppress(TimeoutError):
                async with asyncio.timeout(scan_every.total_seconds()):
                    await stop.wait()


@asynccontextmanager
async def _ahead(
    watched: AsyncGenerator[set[FileChange], None],
) -> AsyncIterator[Callable[[], Awaitable[set[FileChange] | None]]]:
    """Gives what returns the next changes, None at the end; notes changes from the start on.

    Nothing that changes while the base is being read is missed: the files are watched before.
    """
    waiting = asyncio.ensure_future(anext(watched, None))
    await asyncio.sleep(0)  # lets it run until it waits for the first change

    async def next_change() -> set[FileChange] | None:
        nonlocal waiting
        found = await waiting
        waiting = asyncio.ensure_future(anext(watched, None))
        return found

    try:
        yield next_change
    finally:
        waiting.cancel()
        with suppress(asyncio.CancelledError, OSError, RuntimeError):
            await waiting


def _is_of_the_base(_: Change, path: str) -> bool:
    return path.endswith(".yaml")
