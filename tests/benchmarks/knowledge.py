"""Reading, checking and reloading the base, published and generated, up to 100,000 facts.

    python -m tests.benchmarks.knowledge [--write] [SIZE…]

Each size runs in a process of its own, so that memory is its own. A size is a number of files;
each generated file holds ten facts.
"""

import argparse
import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from bot.answers.answering import Answering
from bot.assembly import load_places
from bot.knowledge.checking import check
from bot.knowledge.keeping import load_knowledge
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem
from bot.knowledge.reading import Reader
from bot.language.dates import PARIS
from bot.places.resolving import Places
from bot.presentation.conversation import Conversation
from bot.reloading import follow_base
from bot.settings import Settings
from tests.benchmarks.report import write_section

PUBLISHED = Settings().knowledge_dir
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=PARIS)
RELOADS = 10
RUNS = 3
"""Pauses are those of the run in the middle: the machine may be busy with something else."""
ASK_EVERY_S = 0.005


def generate(folder: Path, files: int) -> None:
    """A base of as many cities, ten facts and three sources each, that `check` accepts."""
    (folder / "cities").mkdir(parents=True)
    for name in ("topics", "events", "articles"):
        (folder / name).mkdir()
    shutil.copy(PUBLISHED / "vocabulary.yaml", folder)
    for number in range(files):
        name = f"Ville {_letters(number)}"
        lines = [f"name: {name}", f'insee: "{number:05d}"', "sources:"]
        for source in range(3):
            lines += [
                f"  source-{source}:",
                f"    title: Les caméras de {name}, numéro {source}",
                "    publisher: Le Journal",
                "    kind: presse",
                f"    url: https://journal.example/{number}/{source}",
            ]
        lines.append("facts:")
        for fact in range(10):
            year, value = 2010 + fact, 100 + 7 * fact
            lines += [
                f"  cameras-{year}:",
                f"    text: En {year}, {name} compte {value} caméras de vidéosurveillance.",
                "    theme: cameras",
                f"    figure: {{indicator: cameras, value: {value}, unit: caméras, "
                f'as_of: "{year}"}}',
                f"    sources: [source-{fact % 3}]",
            ]
        path = folder / "cities" / f"ville-{_letters(number)}.yaml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(4))


def measure(folder: Path) -> dict[str, float]:
    """Seconds of processor and megabytes for one base, in this process alone."""
    before = _megabytes()
    reader = Reader(folder)
    started = time.process_time()
    knowledge, problems = check(reader, TODAY)
    found = {"load_s": time.process_time() - started, "memory_mb": _megabytes() - before}
    assert knowledge is not None, problems[:3]
    found["facts"] = sum(len(city.facts) for city in knowledge.cities.values())
    found["facts"] += sum(len(topic.facts) for topic in knowledge.topics.values())
    with tempfile.TemporaryDirectory() as cache:
        load_knowledge(folder, Path(cache), TODAY)
        started = time.process_time()
        load_knowledge(folder, Path(cache), TODAY)
        found["kept_s"] = time.process_time() - started
    file = next((folder / "cities").iterdir())
    reloads = []
    for number in range(3):
        file.write_text(f"{file.read_text('utf-8')}# {number}\n", encoding="utf-8")
        started = time.process_time()
        check(reader, TODAY)
        reloads.append(time.process_time() - started)
    found["reload_s"] = sorted(reloads)[1]
    return found


async def measure_pauses() -> dict[str, float]:
    """How long people wait for an answer while the published base is reloaded, in seconds."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "knowledge")
        shutil.copytree(PUBLISHED, folder)
        settings = Settings(knowledge_dir=folder)
        reader = Reader(folder)
        knowledge, problems = check(reader, TODAY)
        assert knowledge is not None, problems
        places = load_places(settings, knowledge)
        conversation = Conversation(knowledge, Answering(knowledge, places))
        return await _ask_while_reloading(reader, conversation, knowledge, places, folder)


async def _ask_while_reloading(
    reader: Reader, conversation: Conversation, knowledge: Knowledge, places: Places, folder: Path
) -> dict[str, float]:
    for question in ("combien de caméras à Lille ?", "drones a rouabix"):
        conversation.says(question, 0, NOW)
    stop, renewed = asyncio.Event(), asyncio.Event()
    waits: list[float] = []
    busy: list[float] = []
    used: list[float] = []

    async def ask() -> None:
        while not stop.is_set():
            due, spent = time.perf_counter() + ASK_EVERY_S, time.process_time()
            await asyncio.sleep(ASK_EVERY_S)
            conversation.says("combien de caméras à Lille ?", 0, NOW)
            waits.append(time.perf_counter() - due)
            busy.append(time.process_time() - spent)

    async def on_new(read: Knowledge, answering: Answering) -> None:
        conversation.renew(read, answering)
        renewed.set()

    async def on_bad(problems: list[Problem]) -> None:
        raise AssertionError(problems)

    asking = asyncio.create_task(ask())
    following = asyncio.create_task(
        follow_base(reader, knowledge, places, on_new, on_bad, stop, today=lambda: TODAY)
    )
    await asyncio.sleep(2)
    idle = max(waits)
    waits.clear()
    busy.clear()
    file = folder / "cities" / "nantes.yaml"
    text = file.read_text(encoding="utf-8")
    for number in range(RELOADS):
        renewed.clear()
        changed = text.replace("name: Nantes\n", f"name: Nantes\nalso: [Naoned {number}]\n", 1)
        await asyncio.to_thread(file.write_text, changed, encoding="utf-8")
        started = time.perf_counter()
        await asyncio.wait_for(renewed.wait(), 30)
        used.append(time.perf_counter() - started)
        await asyncio.sleep(0.2)
    stop.set()
    await asking
    await following
    return {
        "idle_max_s": idle,
        "busy_max_s": max(busy),
        "wait_p50_s": sorted(waits)[len(waits) // 2],
        "wait_max_s": max(waits),
        "answered_from_s": sorted(used)[len(used) // 2],
        "answered_from_max_s": max(used),
    }


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _alone(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.knowledge", "--one", str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def table(rows: list[tuple[str, dict[str, float]]]) -> str:
    """The measures as Markdown, one base a row."""
    lines = [
        "| base | facts | load and check | per 1,000 facts | from the cache | memory "
        "| reload of one file |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, one in rows:
        per_thousand = 1_000 * one["load_s"] / one["facts"]
        lines.append(
            f"| {name} | {one['facts']:,.0f} | {one['load_s']:.2f} s | {per_thousand:.2f} s "
            f"| {one['kept_s']:.3f} s | {one['memory_mb']:.0f} MB | {one['reload_s']:.3f} s |"
        )
    return "\n".join(lines)


def told(pauses: dict[str, float]) -> str:
    """The pauses as one paragraph."""
    return (
        f"While the published base is reloaded {RELOADS} times (the middle one of {RUNS} runs) "
        f"under a conversation that asks every {ASK_EVERY_S * 1_000:.0f} ms, an answer comes after "
        f"{pauses['wait_p50_s'] * 1_000:.1f} ms in the middle, and at worst after "
        f"{pauses['busy_max_s'] * 1_000:.0f} ms of this process's own work, all threads together. "
        "That is what a pause is on a machine of its own; this one was shared, and by the clock "
        f"the worst was {pauses['wait_max_s'] * 1_000:.0f} ms, and "
        f"{pauses['idle_max_s'] * 1_000:.0f} ms while nothing was reloaded. From the moment a "
        f"file is saved, people are answered from it after {pauses['answered_from_s']:.2f} s, of "
        "which 0.05 s waits for further changes."
    )


def main() -> None:
    """Measures, prints, and writes into README.md when asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("sizes", type=int, nargs="*", default=[100, 1_000, 10_000])
    parsed = parser.parse_args()
    if parsed.one is not None:
        print(json.dumps(measure(parsed.one)))  # noqa: T201 # read by the process above
        return
    rows = []
    with tempfile.TemporaryDirectory() as place:
        published = Path(place, "published")
        shutil.copytree(PUBLISHED, published)
        rows.append(("published", _alone(published)))
        for size in parsed.sizes:
            folder = Path(place, str(size))
            generate(folder, size)
            rows.append((f"{size:,} files", _alone(folder)))
            shutil.rmtree(folder)
    runs = [asyncio.run(measure_pauses()) for _ in range(RUNS)]
    pauses = sorted(runs, key=lambda run: run["busy_max_s"])[RUNS // 2]
    report = (
        "## The base: load, check, reload\n\n"
        "`python -m tests.benchmarks.knowledge --write`\n\n"
        f"{table(rows)}\n\n"
        f"Seconds of one core; the memory is what reading adds.\n\n{told(pauses)}"
    )
    print(report)  # noqa: T201 # what the command is for
    if parsed.write:
        write_section("knowledge", report)


if __name__ == "__main__":
    main()
