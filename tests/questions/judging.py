"""Judges answers to questions written by people, on the first 300 characters of the reply."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.answers.context import Context
from bot.answers.model import Agenda, Answer, FactAnswer, TopicCard
from bot.answers.question import Question
from bot.language.dates import PARIS
from bot.presentation.conversation import Conversation
from bot.presentation.json_form import as_json

JUDGED_CHARACTERS = 300
ANY = "any"
"""The style and the intent of a question of which neither was noted."""
NOW = datetime(2026, 11, 22, 12, tzinfo=PARIS)
"""The day for which the questions were written."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, or a conversation whose last turn is judged, and what the answer must be."""

    turns: tuple[str, ...]
    style: str
    intent: str
    kinds: tuple[str, ...]
    city: str | list[str] | None = None
    contains: tuple[str, ...] = ()
    contains_any: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    """Ids of the documents of which one must be told first; nothing when any may."""

    @property
    def is_by_document(self) -> bool:
        """Whether it was written from a document that answers it, or does not."""
        return self.style == ANY

    @property
    def part(self) -> str:
        """Which of the three accuracies it counts for."""
        if len(self.turns) > 1:
            return "follow-ups"
        return "refusals" if set(self.kinds) <= {"unknown", "choice"} else "answerable"


@dataclass(slots=True)
class Verdict:
    """What was wrong with one answer; nothing when it is right."""

    asked: Asked
    answer: dict[str, Any]
    faults: list[str] = field(default_factory=list)


def load_questions(name: str) -> list[Asked]:
    """The questions of one file beside this one."""
    entries = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return [
        Asked(
            turns=tuple([entry["ask"]] if isinstance(entry["ask"], str) else entry["ask"]),
            style=entry["style"],
            intent=entry["intent"],
            kinds=tuple(entry["kind"]),
            city=entry.get("city"),
            contains=tuple(map(str, entry.get("contains", ()))),
            contains_any=tuple(map(str, entry.get("contains_any", ()))),
            excludes=tuple(map(str, entry.get("excludes", ()))),
        )
        for entry in entries
    ]


def load_part(start: str) -> list[Asked]:
    """All the questions of the files beside this one whose names start so."""
    asked = [one for file in _files(f"{start}*.yaml") for one in load_questions(file.name)]
    return asked + _with_answers(f"{start}*.tsv", "plain")


def load_by_document() -> list[Asked]:
    """Questions written for each document in turn."""
    return _with_answers("by_document_*.tsv", ANY)


def _with_answers(pattern: str, style: str) -> list[Asked]:
    """Questions of which a line has the ids of the documents that answer, or a hyphen when none
    does, and the question."""
    asked = []
    for file in _files(pattern):
        for line in file.read_text(encoding="utf-8").splitlines():
            ids, question = line.split("\t")
            answers = () if ids == "-" else tuple(ids.split())
            kinds = ("fact", "topic") if answers else ("unknown", "choice")
            events = ("agenda",) if "agenda" in answers else ()
            asked.append(Asked((question,), style, ANY, (*kinds, *events), answers=answers))
    return asked


def _files(pattern: str) -> list[Path]:
    return sorted(Path(__file__).parent.glob(pattern))


def reply(conversation: Conversation, turns: Iterable[str]) -> tuple[Answer, str]:
    """The answer to the last turn, and its text as Telegram shows it."""
    answer, _ = _answered(conversation, turns)
    return answer, shown_text(conversation, answer)


def shown_text(conversation: Conversation, answer: Answer) -> str:
    """An answer as Telegram shows it."""
    text: str = as_json("", answer, conversation.shown(answer), 0)["text"]
    return text


def question_of(conversation: Conversation, turns: Iterable[str]) -> Question | None:
    """What the last turn asks, what was said before included; None when nothing is kept of it."""
    _, context = _answered(conversation, turns)
    return None if context is None else context.question


def _answered(conversation: Conversation, turns: Iterable[str]) -> tuple[Answer, Context | None]:
    context: Context | None = None
    answer: Answer | None = None
    for turn in turns:
        answer, context = conversation.answer(turn, context, NOW)
    assert answer is not None
    return answer, context


def judge(asked: Asked, conversation: Conversation) -> Verdict:
    """Whether the bot's answer is what the question's author expected."""
    answer, text = reply(conversation, asked.turns)
    told = as_json("", answer, conversation.shown(answer), 0)
    verdict = Verdict(asked, told)
    if answer.kind not in asked.kinds:
        verdict.faults.append(f"kind {answer.kind}, not {'/'.join(asked.kinds)}")
    if asked.city is not None and _codes(told["city"]) != _codes(asked.city):
        verdict.faults.append(f"city {told['city']}, not {asked.city}")
    if asked.answers and first_told(answer) not in asked.answers:
        verdict.faults.append(f"told {first_told(answer)}, none of {asked.answers}")
    verdict.faults += wrong_in(text, asked)
    return verdict


def first_told(answer: Answer) -> str | None:
    """The id of the document that an answer tells first; « agenda » for events."""
    if answer.citations:
        return answer.citations[0].id
    if isinstance(answer, FactAnswer) and answer.articles:
        return answer.articles[0].id
    if isinstance(answer, Agenda):
        return "agenda"
    return answer.id if isinstance(answer, TopicCard) else None


def wrong_in(text: str, asked: Asked) -> list[str]:
    """What the beginning of a reply lacks, or says and should not."""
    start = plainly(text[:JUDGED_CHARACTERS])
    faults = [f"lacks {part!r}" for part in asked.contains if plainly(part) not in start]
    if asked.contains_any and not any(plainly(part) in start for part in asked.contains_any):
        faults.append(f"lacks any of {asked.contains_any}")
    return faults + [f"says {part!r}" for part in asked.excludes if plainly(part) in start]


def plainly(text: str) -> str:
    """`text` without case, accents, and kinds of spaces and apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", bare)


def _codes(city: str | list[str] | None) -> set[str]:
    return set(city) if isinstance(city, list) else {city} if city else set()
