"""The conversation without Telegram: on a terminal, or one question a line."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TextIO

from bot.answers.context import Context
from bot.presentation import notices
from bot.presentation.conversation import Conversation
from bot.presentation.json_form import as_json
from bot.presentation.message import Button, Message, plain

WELCOME = "Sousveille, dans le terminal. Un numéro presse un bouton, une ligne vide quitte."
_CHAT = 0


def chat(conversation: Conversation, lines: Iterable[str], out: TextIO, clock: "Clock") -> None:
    """Replies to each line until an empty one; `3` presses the third button shown."""
    pressable = _say(out, conversation.command("start", "", _CHAT, clock()))
    for line in lines:
        text = line.strip()
        if not text:
            break
        if text.isdecimal() and 0 < int(text) <= len(pressable):
            message = conversation.presses(pressable[int(text) - 1].data, _CHAT, clock())
        elif text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            message = (
                conversation.command(name.lower(), rest, _CHAT, clock())
                or notices.no_such_command()
            )
        else:
            message = conversation.says(text, _CHAT, clock())
        pressable = _say(out, message)


def ask(conversation: Conversation, question: str, clock: "Clock") -> str:
    """One answer, as a person would read it."""
    return plain(conversation.says(question, _CHAT, clock()))


def ask_json(conversation: Conversation, question: str, clock: "Clock") -> str:
    """One answer as a JSON object."""
    return _answered(conversation, question, [], clock())


def ask_batch(conversation: Conversation, lines: Iterable[str], clock: "Clock") -> Iterator[str]:
    """One JSON object for each line; a line that is a JSON array is a conversation."""
    for line in lines:
        text = line.rstrip("\n")
        if text.strip():
            *before, last = _turns(text)
            yield _answered(conversation, last, before, clock())


Clock = Callable[[], datetime]


def _turns(line: str) -> list[str]:
    if line.lstrip().startswith("["):
        try:
            turns = json.loads(line)
        except ValueError:
            return [line]
        if isinstance(turns, list) and turns and all(isinstance(turn, str) for turn in turns):
            return turns
    return [line]


def _answered(conversation: Conversation, question: str, before: list[str], now: datetime) -> str:
    context: Context | None = None
    for turn in before:
        _, context = conversation.answer(turn, context, now)
    started = time.perf_counter_ns()
    answer, _ = conversation.answer(question, context, now)
    message = conversation.shown(answer)
    elapsed_us = (time.perf_counter_ns() - started) // 1_000
    return json.dumps(as_json(question, answer, message, elapsed_us), ensure_ascii=False)


def _say(out: TextIO, message: Message | None) -> tuple[Button, ...]:
    if message is None:
        return ()
    out.write(f"\n{plain(message)}\n")
    if message.document is not None:
        out.write(f"(fichier que Telegram enverrait : {message.document.name})\n")
    for number, button in enumerate(message.buttons, start=1):
        out.write(f"{'' if number > 1 else chr(10)}  [{number}] {button.label}\n")
    out.write("\n")
    out.flush()
    return message.buttons
