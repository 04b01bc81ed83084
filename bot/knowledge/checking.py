"""The base that a folder holds, or everything that is wrong with it."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from bot.knowledge.model import City, Knowledge, Topic, Vocabulary
from bot.knowledge.problems import Finding, Problem, errors_among
from bot.knowledge.reading import Document, Reader, assemble
from bot.knowledge.rules_together import Together


def read_knowledge(folder: Path, today: date) -> tuple[Knowledge | None, list[Problem]]:
    """The base in `folder`, and what is wrong with it sorted by file and line.

    None instead of the base when one of the problems is an error. `today` is the day after
    which a past figure cannot be dated.
    """
    return check(Reader(folder), today)


def check(reader: Reader, today: date) -> tuple[Knowledge | None, list[Problem]]:
    """The same, through a reader that reads again only what has changed."""
    documents, problems = reader.read()
    if any(isinstance(document.entry, Vocabulary) for document in documents):
        knowledge = assemble(documents)
        together = Together(knowledge, today)
        problems += [
            document.problem(finding)
            for document in documents
            for finding in _kept(document, together)
        ]
        if not errors_among(problems):
            return knowledge, sorted(problems)
    else:
        problems += [
            document.problem(finding) for document in documents for finding in document.findings
        ]
    return None, sorted(problems)


def _kept(document: Document, together: Together) -> Iterator[Finding]:
    """The findings of one file but those that it accepts, and what it accepts for nothing."""
    found = [*document.findings, *together.findings(document.entry, document.file.stem)]
    if not isinstance(document.entry, City | Topic):
        yield from found
        return
    accepted = {(key, code) for key, fact in document.entry.facts.items() for code in fact.accepted}
    if not accepted:
        yield from found
        return
    used = set()
    for finding in found:
        on = _fact_and_code(finding)
        if on in accepted:
            used.add(on)
        else:
            yield finding
    yield from _accepted_for_nothing(sorted(accepted - used))


def _fact_and_code(finding: Finding) -> tuple[str, str] | None:
    if len(finding.path) < 2 or finding.path[0] != "facts":
        return None
    return str(finding.path[1]), finding.code


def _accepted_for_nothing(unused: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    for key, code in unused:
        sentence = f"rien ne signale {code} ici : retirez-le de « accepted »"
        yield Finding("W70", ("facts", key, "accepted", code), sentence)
