"""A base that changes under a running bot: real files, real notifications."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.knowledge.checking import read_knowledge
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem
from bot.knowledge.reading import Reader
from bot.knowledge.watching import watch
from tests.knowledge.faults import FAULTS, Planted, plant
from tests.knowledge.sound_base import FILES, TODAY, lay

SOON = 30  # seconds: reading the base anew, on a machine that others use
"""Seconds after which something that should come never will."""


class Heard:
    """What a watcher told, in order."""

    def __init__(self) -> None:
        self.good: asyncio.Queue[Knowledge] = asyncio.Queue()
        self.bad: asyncio.Queue[list[Problem]] = asyncio.Queue()

    async def next_good(self) -> Knowledge:
        async with asyncio.timeout(SOON):
            return await self.good.get()

    async def next_bad(self) -> list[Problem]:
        async with asyncio.timeout(SOON):
            return await self.bad.get()


@asynccontextmanager
async def watching(
    folder: Path, current: Knowledge | None = None, scan_every: timedelta = timedelta(minutes=1)
) -> AsyncIterator[Heard]:
    if current is None:
        current, problems = read_knowledge(folder, TODAY)
        assert current is not None, problems
    heard = Heard()
    stop = asyncio.Event()
    watcher = asyncio.create_task(
        watch(
            Reader(folder),
            current,
            heard.good.put,
            heard.bad.put,
            stop,
            today=lambda: TODAY,
            scan_every=scan_every,
        )
    )
    await asyncio.sleep(0)
    try:
        yield heard
    finally:
        stop.set()
        async with asyncio.timeout(SOON):
            await watcher


async def test_a_changed_sentence_is_answered_from_and_nothing_else_is_told(
    tmp_path: Path,
) -> None:
    file = lay(tmp_path) / "cities/nantes.yaml"
    async with watching(tmp_path) as heard:
        text = FILES["cities/nantes.yaml"].replace("name: Nantes", "name: Nantes\nalso: [Naoned]")
        file.write_text(text, encoding="utf-8")
        assert (await heard.next_good()).cities["nantes"].also == ("Naoned",)
        assert heard.bad.empty()


async def test_what_changed_before_the_watch_began_is_not_missed(tmp_path: Path) -> None:
    before, _ = read_knowledge(lay(tmp_path), TODAY)
    text = FILES["cities/lille.yaml"].replace("300 caméras", "300 caméras de plus")
    lay(tmp_path, {"cities/lille.yaml": text})
    async with watching(tmp_path, before) as heard:
        told = (await heard.next_good()).cities["lille"].facts["prevues-2030"].text
        assert told == "Lille prévoit 300 caméras de plus en 2030."


async def test_what_changes_while_the_base_is_being_used_is_not_missed(tmp_path: Path) -> None:
    """Between two scans an hour apart, only a notification can tell."""
    before, _ = read_knowledge(lay(tmp_path), TODAY)
    assert before is not None
    texts = [
        FILES["cities/lille.yaml"].replace("300 caméras", f"300 caméras{more}")
        for more in (" de plus", " en plus", " fixes")
    ]
    lay(tmp_path, {"cities/lille.yaml": texts.pop()})
    stop, used = asyncio.Event(), []

    async def use(read: Knowledge) -> None:
        used.append(read)
        if texts:
            (tmp_path / "cities/lille.yaml").write_text(texts.pop(), encoding="utf-8")
        else:
            stop.set()

    async def fail(problems: list[Problem]) -> None:
        raise AssertionError(problems)

    async with asyncio.timeout(SOON):
        await watch(
            Reader(tmp_path),
            before,
            use,
            fail,
            stop,
            today=lambda: TODAY,
            scan_every=timedelta(hours=1),
        )
    assert len(used) == 3


async def test_a_broken_base_is_told_once_then_the_repaired_one_is_used(tmp_path: Path) -> None:
    lay(tmp_path)
    file = tmp_path / "cities/nantes.yaml"
    broken = FILES["cities/nantes.yaml"].replace("value: 97", "value: 98")
    often = timedelta(milliseconds=50)
    async with watching(tmp_path, scan_every=often) as heard:
        file.write_text(broken, encoding="utf-8")
        told = await heard.next_bad()
        assert [str(problem) for problem in told] == [
            "cities/nantes.yaml:19:5: la phrase ne dit pas le chiffre 98 [E33]"
        ]
        # Many scans later, nothing more is said of the same problem.
        await asyncio.sleep(0.6)
        assert heard.bad.empty()
        assert heard.good.empty()
        repaired = broken.replace("97 caméras", "98 caméras")
        file.write_text(repaired, encoding="utf-8")
        figure = (await heard.next_good()).cities["nantes"].facts["cameras-2018"].figure
        assert figure is not None
        assert figure.value == 98
        file.write_text(broken, encoding="utf-8")
        assert len(await heard.next_bad()) == 1


@pytest.mark.parametrize(
    "fault",
    [fault for fault in FAULTS if fault.code.startswith("E")],
    ids=lambda fault: f"{fault.code}-{fault.new.split(chr(10))[0][:16]}",
)
async def test_no_kind_of_fault_replaces_the_good_base(fault: Planted, tmp_path: Path) -> None:
    current, _ = read_knowledge(lay(tmp_path), TODAY)
    broken, line = plant(fault)
    (tmp_path / fault.file).write_text(broken, encoding="utf-8")
    async with watching(tmp_path, current) as heard:
        told = await heard.next_bad()
        assert (fault.file, line) in {(str(p.file), p.place.line) for p in told}
        assert heard.good.empty()


async def test_a_warning_or_a_comment_disturbs_nobody(tmp_path: Path) -> None:
    lay(tmp_path)
    often = timedelta(milliseconds=50)
    async with watching(tmp_path, scan_every=often) as heard:
        file = tmp_path / "cities/lille.yaml"
        file.write_text(f"# relu\n{FILES['cities/lille.yaml']}", encoding="utf-8")
        await asyncio.sleep(0.6)
        assert heard.good.empty()
        assert heard.bad.empty()


async def test_a_callback_that_fails_is_called_again_with_what_comes_next(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lay(tmp_path)
    current, _ = read_knowledge(tmp_path, TODAY)
    assert current is not None
    text = FILES["cities/lille.yaml"].replace("name: Lille", "name: Lille\nalso: [Rijsel]")
    (tmp_path / "cities/lille.yaml").write_text(text, encoding="utf-8")
    stop = asyncio.Event()
    calls = 0

    async def on_good(_: Knowledge) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError("no memory left")
        stop.set()

    async def on_bad(problems: list[Problem]) -> None:
        raise AssertionError(problems)

    caplog.set_level(logging.ERROR)
    async with asyncio.timeout(SOON):
        await watch(
            Reader(tmp_path),
            current,
            on_good,
            on_bad,
            stop,
            today=lambda: TODAY,
            scan_every=timedelta(milliseconds=50),
        )
    assert calls == 2
    assert "no memory left" in caplog.text


async def test_only_the_changed_file_is_parsed_again(tmp_path: Path) -> None:
    lay(tmp_path)
    reader = Reader(tmp_path)
    before = {document.file: document for document in reader.read()[0]}
    text = FILES["cities/lille.yaml"].replace("300 caméras", "300 caméras de plus")
    (tmp_path / "cities/lille.yaml").write_text(text, encoding="utf-8")
    after = {document.file: document for document in reader.read()[0]}
    changed = [str(file) for file in after if after[file] is not before[file]]
    assert changed == ["cities/lille.yaml"]


async def test_watching_leaves_the_garbage_collector_as_it_was(tmp_path: Path) -> None:
    lay(tmp_path)
    async with watching(tmp_path):
        await asyncio.sleep(0.1)
    assert gc.isenabled()
