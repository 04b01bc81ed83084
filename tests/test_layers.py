"""The rooms import one way, and the pure ones stay pure."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.settings import REPOSITORY
from tests.command_line import CommandLine

BOT = REPOSITORY / "bot"
FILES = sorted(BOT.rglob("*.py"))
CORE = ("language", "knowledge", "places", "search", "answers", "presentation")
LIGHT = ("terminal", "commands", "assembly", "settings", "__main__")

MAY_IMPORT = {
    "language": set[str](),
    "knowledge": {"language"},
    "places": {"language"},
    "search": {"language", "knowledge", "places"},
    "answers": {"search", "places", "knowledge", "language"},
    "presentation": {"answers", "knowledge", "language"},
    "storage": set[str](),
    "delivery": {"presentation", "answers", "knowledge", "language", "storage"},
    "chat": {"answers", "presentation", "knowledge", "language", "delivery", "storage"},
    "terminal": {"answers", "presentation"},
    "settings": set[str](),
    "logs": set[str](),
    "assembly": {*CORE, "storage", "delivery", "chat", "terminal", "settings", "logs"},
    "reloading": {"answers", "places", "knowledge", "language"},
    "serving": {*CORE, "reloading", "storage", "delivery", "chat", "assembly", "settings"},
    "curating": {*CORE},
    "curation": {*CORE, "curating", "assembly", "settings"},
    "operating": {"storage", "language", "settings"},
    "commands": {
        *CORE,
        "storage",
        "serving",
        "operating",
        "terminal",
        "assembly",
        "settings",
        "logs",
    },
    "__main__": {"commands", "curation", "assembly", "settings"},
}
"""Each room, and the others that it may import."""

HEAVY = ("telegram", "httpx", "tornado", "sqlalchemy", "aiosqlite", "alembic", "asyncpg")
EMPTY_NAMES = r"utils?|helpers?|commons?|misc|core|bases?|managers?|services?|const(ant)?s?"


def room(file: Path) -> str:
    """`bot/answers/facts.py` and `bot/terminal.py` give `answers` and `terminal`."""
    return file.relative_to(BOT).parts[0].removesuffix(".py")


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(file: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports relatively"
            assert node.module is not None
            yield node.module
            if node.module == "bot":
                yield from (f"bot.{alias.name}" for alias in node.names)


def rooms_imported(file: Path) -> set[str]:
    """The other rooms that a file imports."""
    found = {name.split(".")[1] for name in imported(file) if name.startswith("bot.")}
    return found - {room(file)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(BOT)))
def test_a_room_imports_only_the_rooms_after_its_arrow(file: Path) -> None:
    if file != BOT / "__init__.py":
        assert room(file) in MAY_IMPORT, "a new room needs an arrow"
        assert rooms_imported(file) <= MAY_IMPORT[room(file)]


def test_no_arrow_leads_back() -> None:
    entered = list(MAY_IMPORT)
    while entered:
        ends = [name for name in entered if not MAY_IMPORT[name] & set(entered)]
        assert ends, f"a circle among {entered}"
        entered = [name for name in entered if name not in ends]


def test_only_the_chat_room_sees_telegram() -> None:
    seeing = {
        room(file) for file in FILES if "telegram" in {m.split(".")[0] for m in imported(file)}
    }
    assert seeing == {"chat"}


def test_only_the_settings_read_the_environment() -> None:
    reading = {
        room(file)
        for file in FILES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv")
    }
    assert reading == {"settings"}


def test_nothing_in_the_core_reads_a_clock() -> None:
    clocks = re.compile(
        r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.(?:time|time_ns|monotonic))$"
    )
    reading = [
        f"{file.relative_to(BOT)}:{node.lineno}"
        for file in FILES
        if room(file) in CORE
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and clocks.search(ast.unparse(node.func))
    ]
    assert reading == []


def test_the_core_and_the_terminal_load_without_telegram_and_without_storage(
    sousveille: CommandLine,
) -> None:
    modules = [
        ".".join(file.relative_to(REPOSITORY).with_suffix("").parts)
        for file in FILES
        if room(file) in (*CORE, *LIGHT) and file.name != "__init__.py"
    ]
    loaded = sousveille.python(
        "-c", f"import sys, {', '.join(modules)}; print(*(set({HEAVY}) & set(sys.modules)))"
    )
    assert (loaded.stdout.strip(), loaded.stderr, loaded.returncode) == ("", "", 0)


@pytest.mark.parametrize(
    "command", [("ask", "combien de caméras à nantes ?"), ("find-city", "roubai")], ids=" ".join
)
def test_an_answer_from_warm_caches_loads_nothing_heavy(
    sousveille: CommandLine, command: tuple[str, str]
) -> None:
    heavy = (*HEAVY, "pydantic", "yaml", "asyncio.events")
    script = (
        "import sys; from bot.__main__ import main\n"
        f"assert main({command}) == 0\n"
        f"print('HEAVY', *(set({heavy}) & set(sys.modules)))"
    )
    answered = sousveille.python("-c", script)
    assert answered.stderr == ""
    assert answered.stdout.splitlines()[-1] == "HEAVY"


@pytest.mark.parametrize("command", ["check", "schema city"])
def test_looking_after_the_base_loads_neither_telegram_nor_storage(
    sousveille: CommandLine, command: str
) -> None:
    script = (
        "import sys; from bot.__main__ import main\n"
        f"assert main({command.split()}) == 0\n"
        f"print('HEAVY', *(set({HEAVY}) & set(sys.modules)))"
    )
    assert sousveille.python("-c", script).stdout.splitlines()[-1] == "HEAVY"


def test_every_name_says_something() -> None:
    empty = re.compile(rf"({EMPTY_NAMES})(\.py)?")
    named = [path for path in BOT.rglob("*") if path.suffix in ("", ".py")]
    assert [path for path in named if empty.fullmatch(path.name)] == []


def test_no_file_is_so_long_that_it_asks_to_be_two() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {file: length for file, length in lengths.items() if length > 400} == {}
