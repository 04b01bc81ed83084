"""What changed for readers between two states of the base."""

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.knowledge.citations import Citation, cite_all
from bot.knowledge.model import Knowledge, Vocabulary
from bot.knowledge.reading import assemble, read_documents


class RevisionError(Exception):
    """A state of the base that cannot be had; the message is a French sentence."""


@dataclass(frozen=True)
class Change:
    """One thing before and after; None where it is not."""

    id: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Difference:
    """What readers will notice, each list in the order of ids.

    An id among `facts_removed` is a promise broken: whatever cites it finds nothing. A fact
    that is renamed shows as one removed and one added.
    """

    facts_added: list[Change]
    facts_removed: list[Change]
    figures_changed: list[Change]
    facts_reworded: list[Change]
    cities: list[Change]
    topics: list[Change]
    articles: list[Change]
    events: list[Change]


def base_at(revision: str, folder: Path) -> Knowledge:
    """The base of `folder` as git had it at `revision`, files that do not read left out.

    Raises RevisionError when git does not know this state, or when it held no vocabulary.
    """
    command = ["git", "-C", str(folder), "archive", "--format=zip", revision, "--", "."]
    try:
        archived = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 # no shell
    except FileNotFoundError:
        raise RevisionError("il faut git pour comparer deux états de la base") from None
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise RevisionError(f"git ne donne pas l'état « {revision} » : {reason}") from None
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(io.BytesIO(archived.stdout)) as archive:
            archive.extractall(place)
        return _whatever_reads(Path(place), revision)


def _whatever_reads(folder: Path, revision: str) -> Knowledge:
    documents, _ = read_documents(folder)
    if not any(isinstance(document.entry, Vocabulary) for document in documents):
        raise RevisionError(f"l'état « {revision} » n'a pas de vocabulary.yaml qui se lise")
    return assemble(documents)


def difference(before: Knowledge, after: Knowledge) -> Difference:
    """What changed from one state to the other."""
    former = {citation.id: citation for citation in cite_all(before)}
    present = {citation.id: citation for citation in cite_all(after)}
    both = [id_ for id_ in sorted(former) if id_ in present]
    figures = [
        Change(id_, _figure(former[id_]), _figure(present[id_]))
        for id_ in both
        if former[id_].fact.figure != present[id_].fact.figure
    ]
    reworded = [
        Change(id_, former[id_].fact.text, present[id_].fact.text)
        for id_ in both
        if former[id_].fact.text != present[id_].fact.text
    ]
    return Difference(
        facts_added=[
            Change(id_, None, present[id_].fact.text) for id_ in sorted(present.keys() - former)
        ],
        facts_removed=[
            Change(id_, former[id_].fact.text, None) for id_ in sorted(former.keys() - present)
        ],
        figures_changed=figures,
        facts_reworded=reworded,
        cities=_changed(_names(before.cities), _names(after.cities)),
        topics=_changed(_names(before.topics), _names(after.topics)),
        articles=_changed(
            {id_: f"{one.date or 'sans date'} {one.title}" for id_, one in before.articles.items()},
            {id_: f"{one.date or 'sans date'} {one.title}" for id_, one in after.articles.items()},
        ),
        events=_changed(_events(before), _events(after)),
    )


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    return [
        Change(id_, before.get(id_), after.get(id_))
        for id_ in sorted({*before, *after})
        if before.get(id_) != after.get(id_)
    ]


def _names(entries: Mapping[str, Any]) -> dict[str, str]:
    return {id_: entry.name for id_, entry in entries.items()}


def _events(knowledge: Knowledge) -> dict[str, str]:
    return {
        id_: " · ".join(
            part
            for part in (event.start, event.end, event.title, event.place, event.address)
            if part
        )
        + ("" if event.status == "confirmed" else f" · {event.status}")
        for id_, event in knowledge.events.items()
    }


def _figure(citation: Citation) -> str | None:
    figure = citation.fact.figure
    if figure is None:
        return None
    qualifier = f"{figure.qualifier} " if figure.qualifier else ""
    return f"{figure.indicator} : {qualifier}{figure.value} {figure.unit} ({figure.as_of})"


_TITLES = {
    "facts_added": "Faits nouveaux",
    "facts_removed": "Faits retirés : leurs identifiants ne mènent plus à rien",
    "figures_changed": "Chiffres changés",
    "facts_reworded": "Phrases changées",
    "cities": "Villes",
    "topics": "Sujets",
    "articles": "Articles",
    "events": "Rencontres",
}


def as_json(found: Difference) -> dict[str, Any]:
    """One list of `{id, before, after}` for each kind of change."""
    return {
        part.name: [
            {"id": change.id, "before": change.before, "after": change.after}
            for change in getattr(found, part.name)
        ]
        for part in fields(found)
    }


def as_lines(found: Difference) -> Iterator[str]:
    """The same for people, kinds without a change left out."""
    parts = [(part.name, getattr(found, part.name)) for part in fields(found)]
    if not any(changes for _, changes in parts):
        yield "Rien n'a changé pour qui lit."
    for name, changes in parts:
        if changes:
            yield f"{_TITLES[name]} ({len(changes)})"
        for change in changes:
            yield f"  {change.id}"
            if change.before is not None:
                yield f"    − {change.before}"
            if change.after is not None:
                yield f"    + {change.after}"
