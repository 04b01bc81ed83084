"""Asking a person for values, one line each, and asking again for those that cannot be used."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TextIO

from bot.knowledge.problems import Problem
from bot.knowledge.rules_alone import days_of
from bot.language.dates import parse_moment
from bot.language.folding import slug

Judge = Callable[[str], str | None]
"""The French sentence that says why an answer cannot be used; None for one that can."""


class StoppedError(Exception):
    """Whoever was asked has stopped answering; nothing was written."""


class Asker:
    """Asks on `out`, and reads the answers from `lines`."""

    def __init__(self, lines: Iterator[str], out: TextIO) -> None:
        self._lines = lines
        self._out = out

    def tell(self, text: str) -> None:
        """Says something that calls for no answer."""
        self._out.write(f"{text}\n")

    def ask(self, question: str, judge: Judge | None = None, default: str = "") -> str:
        """An answer that `judge` accepts; `default` for an empty line. Raises StoppedError."""
        while True:
            hint = f" [{default}]" if default else ""
            self._out.write(f"{question}{hint} : ")
            self._out.flush()
            line = next(self._lines, None)
            if line is None:
                raise StoppedError
            answer = " ".join(line.split()) or default
            complaint = _needed(answer) if judge is None else judge(answer)
            if complaint is None:
                return answer
            self.tell(f"  {complaint}")

    def optional(self, question: str, judge: Judge | None = None) -> str | None:
        """The same; None for an empty line."""

        def judged(answer: str) -> str | None:
            return judge(answer) if answer and judge is not None else None

        return self.ask(f"{question} (vide : aucun)", judged) or None

    def choose(self, question: str, labels: Mapping[str, str], default: str = "") -> str:
        """One of the keys of `labels`, after showing them all."""
        self._show(labels)
        return self.ask(question, lambda answer: _one_of(answer, labels), default)

    def choose_some(self, question: str, labels: Mapping[str, str], *, shown: bool) -> list[str]:
        """Keys of `labels`, separated by commas; the labels are understood too."""
        if shown:
            self._show(labels)
        keys = {slug(label): key for key, label in labels.items()} | {key: key for key in labels}

        def judged(answer: str) -> str | None:
            unknown = [part.strip() for part in answer.split(",") if slug(part) not in keys]
            if answer and unknown:
                return f"inconnu : {', '.join(unknown)}"
            return None

        answer = self.ask(f"{question}, séparés par des virgules (vide : aucun)", judged)
        return list(dict.fromkeys(keys[slug(part)] for part in answer.split(",") if part.strip()))

    def agrees(self, question: str) -> bool:
        """Whether the answer is yes; an empty line is no."""
        return self.ask(f"{question} [o/N]", lambda _: None).lower() in ("o", "oui")

    def complain(self, problems: Collection[Problem]) -> None:
        """Shows what `check` finds in what was written."""
        for problem in problems:
            self.tell(f"  {problem}")

    def _show(self, labels: Mapping[str, str]) -> None:
        width = max(map(len, labels), default=0)
        for key, label in labels.items():
            self.tell(f"  {key:<{width}}  {label}")


def _needed(answer: str) -> str | None:
    return None if answer else "il faut une réponse (Ctrl-D pour arrêter)"


def _one_of(answer: str, labels: Mapping[str, str]) -> str | None:
    return None if answer in labels else "choisissez dans la liste ci-dessus"


def a_date(answer: str) -> str | None:
    """Judges a date of the base: a year, a month, a day or an interval."""
    if days_of(answer) is None:
        return "une date s'écrit 2026, 2026-03 ou 2026-03-14, un intervalle 2020/2023"
    return None


def a_moment(answer: str) -> str | None:
    """Judges a day, or a day and an hour."""
    try:
        parse_moment(answer)
    except ValueError:
        return "écrivez 2026-03-14, ou 2026-03-14T18:30"
    return None


def an_address(answer: str) -> str | None:
    """Judges the address of a page."""
    is_one = answer.startswith(("http://", "https://")) and " " not in answer
    return None if is_one else "une adresse commence par https://"


def a_number(answer: str) -> str | None:
    """Judges a figure."""
    try:
        number_of(answer)
    except ValueError:
        return "un nombre s'écrit 2459 ou 1.5, sans unité"
    return None


def number_of(answer: str) -> int | float:
    """`2459`, `2 459` or `1,5` as a number. Raises ValueError."""
    text = answer.replace(" ", "").replace("\u202f", "").replace(",", ".")
    return int(text) if text.lstrip("-").isdecimal() else float(text)
