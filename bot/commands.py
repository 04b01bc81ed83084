"""What each command does, once its arguments are read. Each returns an exit status."""

import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.language.dates import PARIS
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.places.resolving import Places
    from bot.presentation.conversation import Conversation

DONE, FAILED, MISUSED = 0, 1, 2


def run(settings: Settings) -> int:
    """The Telegram bot, until it is told to stop."""
    if settings.telegram_token is None:
        sys.stderr.write(
            "Il manque TELEGRAM_TOKEN (demandez-le à @BotFather sur Telegram, puis écrivez-le "
            "dans .env). Pour essayer sans : python -m bot chat\n"
        )
        return MISUSED
    # Imported here: Telegram's and the database's libraries take seconds, and only this needs them.
    import asyncio

    from bot.assembly import KnowledgeError
    from bot.logs import set_up_logs
    from bot.serving import serve

    set_up_logs(settings.log_level)
    try:
        return asyncio.run(serve(settings, _now))
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED


def chat(settings: Settings, lines: TextIO, out: TextIO) -> int:
    """The conversation in the terminal."""
    from bot import terminal

    conversation = _conversation(settings)
    if conversation is None:
        return FAILED
    out.write(f"{terminal.WELCOME}\n")
    terminal.chat(conversation, lines, out, _now)
    return DONE


def ask(settings: Settings, question: str, out: TextIO, *, as_json: bool) -> int:
    """One answer."""
    from bot import terminal

    conversation = _conversation(settings)
    if conversation is None:
        return FAILED
    answer = terminal.ask_json if as_json else terminal.ask
    out.write(f"{answer(conversation, question, _now)}\n")
    return DONE


def ask_batch(settings: Settings, lines: Iterable[str], out: TextIO) -> int:
    """One JSON object for each question."""
    from bot import terminal

    conversation = _conversation(settings)
    if conversation is None:
        return FAILED
    for line in terminal.ask_batch(conversation, lines, _now):
        out.write(f"{line}\n")
        out.flush()
    return DONE


def find_city(settings: Settings, name: str, out: TextIO, *, as_json: bool) -> int:
    """Which commune is meant."""
    from bot.places import asking
    from bot.places.communes import label

    places = _places(settings)
    if as_json:
        out.write(f"{json.dumps(asking.find_city_json(places, name), ensure_ascii=False)}\n")
        return DONE
    resolved = asking.find_city(places, name)
    if resolved.commune is not None:
        out.write(f"{label(resolved.commune)}, code INSEE {resolved.commune.insee}\n")
        for other in resolved.others:
            out.write(f"  ou peut-être {label(other)}, code INSEE {other.insee}\n")
    elif resolved.choices:
        out.write("Plusieurs communes possibles :\n")
        for choice in resolved.choices:
            out.write(f"  {label(choice)}, code INSEE {choice.insee}\n")
    else:
        out.write("Aucune commune ne se reconnaît là.\n")
    return DONE


def find_city_batch(settings: Settings, lines: Iterable[str], out: TextIO) -> int:
    """One JSON object for each name."""
    from bot.places.asking import find_city_json

    places = _places(settings)
    for line in lines:
        if line.strip():
            found = find_city_json(places, line.rstrip("\n"))
            out.write(f"{json.dumps(found, ensure_ascii=False)}\n")
            out.flush()
    return DONE


def check(settings: Settings, out: TextIO) -> int:
    """Every problem of the base; only an error makes it fail."""
    from bot.knowledge.checking import read_knowledge
    from bot.knowledge.problems import errors_among

    _, problems = read_knowledge(settings.knowledge_dir, _now().date())
    shown = os.path.relpath(settings.knowledge_dir)
    for problem in problems:
        out.write(f"{shown}/{problem}\n")
    return FAILED if errors_among(problems) else DONE


def schema(settings: Settings, kind: str, out: TextIO) -> int:
    """The JSON Schema of one kind of file."""
    from bot.knowledge.schema import json_schema

    out.write(json_schema(kind, settings.knowledge_dir))
    return DONE


def status(settings: Settings, out: TextIO) -> int:
    """The counters of what is to be sent, and how long the oldest has been waiting."""
    from bot import operating

    return _operated(operating.status(settings, _now(), out))


def backup(settings: Settings, file: Path, out: TextIO) -> int:
    """A copy of the database, the bot running or not."""
    from bot import operating

    return _operated(operating.backup(settings, file, out))


def restore(settings: Settings, file: Path, out: TextIO) -> int:
    """A copy put in place of the database."""
    from bot import operating

    return _operated(operating.restore(settings, file, _now(), out))


def _operated(operation: "Coroutine[None, None, None]") -> int:
    import asyncio

    from bot.operating import OperationError

    try:
        asyncio.run(operation)
    except OperationError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    return DONE


def _conversation(settings: Settings) -> "Conversation | None":
    """Everything that answers; None when the base has problems, once they are told."""
    from bot.assembly import KnowledgeError, build_conversation

    try:
        return build_conversation(settings, _now().date())
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n")
        return None


def _places(settings: Settings) -> "Places":
    """The communes; those that the base covers are offered first, unless it has problems."""
    from bot.assembly import KnowledgeError, load_base, load_places

    try:
        return load_places(settings, load_base(settings, _now().date()))
    except KnowledgeError:
        return load_places(settings)


def _now() -> datetime:
    return datetime.now(PARIS)
