"""What one event must hold: moments that exist, a rule that ends, exceptions that except."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.knowledge.model import Event
from bot.knowledge.occurrences import HORIZON, oddity, starts
from bot.knowledge.problems import Path as TreePath
from bot.language.dates import parse_moment

MOST_OCCURRENCES = 400
LONGEST_NAME = 50
"""Letters in a file's name, so that the event fits in a button."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Told = tuple[str, TreePath, str]
"""A code (E: the base is not used; W: to fix or to accept), a path in the file, a sentence."""

_ODDITIES = {
    "skipped": "le changement d'heure saute cette heure : elle sera lue une heure plus tard",
    "repeated": "le changement d'heure répète cette heure : la première des deux est retenue",
}


def findings_of_event(event: Event, file: str) -> Iterator[Told]:
    """What is wrong with an event, whatever the rest of the base; `file` is its name, bare."""
    if event.status != "moved" and not file.startswith(f"{event.start[:10]}-"):
        sentence = f"le fichier s'appelle {file}, et ne commence pas par cette date"
        yield "E21", ("start",), sentence
    if len(file) > LONGEST_NAME:
        yield "E21", (), f"le nom du fichier dépasse {LONGEST_NAME} lettres"
    if not event.sources:
        yield "E14", ("sources",), "il faut au moins une source"
    if event.sequence < 0:
        yield "E22", ("sequence",), "« sequence » compte les changements : 0, 1, 2…"
    if not _is_zone(event.timezone):
        yield "E42", ("timezone",), f"le fuseau « {event.timezone} » n'existe pas"
        return
    start, end = _moment(event.start), _moment(event.end)
    for key, text, moment in (("start", event.start, start), ("end", event.end, end)):
        if text is not None and moment is None:
            yield "E42", (key,), f"« {text} » n'existe dans aucun calendrier"
        elif isinstance(moment, datetime) and (odd := oddity(moment, event.timezone)):
            yield "W71", (key,), _ODDITIES[odd]
    if start is None:
        return
    yield from _end(start, end)
    yield from _recurrence(event, start)


def _end(start: date | datetime, end: date | datetime | None) -> Iterator[Told]:
    if isinstance(end, datetime) and not isinstance(start, datetime):
        yield "E22", ("end",), "la fin a une heure et le début n'en a pas"
    elif end is not None and end.isoformat() < start.isoformat()[: len(end.isoformat())]:
        yield "E44", ("end",), "la fin vient avant le début"


def _recurrence(event: Event, start: date | datetime) -> Iterator[Told]:
    path: TreePath = ("recurrence",)
    if event.recurrence is None:
        if event.exceptions:
            yield "E22", ("exceptions",), "des exceptions sans règle « recurrence »"
        return
    given = [part.split("=", 1) for part in event.recurrence.split(";")]
    parts = dict(given)
    if len(parts) < len(given):
        yield "E22", path, "la règle dit deux fois la même chose"
        return
    if ("UNTIL" in parts) is ("COUNT" in parts):
        yield (
            "E22",
            path,
            "la règle doit finir : ajoutez UNTIL=AAAAMMJJ, ou bien COUNT=nombre",
        )
        return
    if not _may_begin(parts, start):
        yield "E22", ("start",), "le début n'est pas une des dates de la règle"
        return
    try:
        found = starts(start, event.recurrence)
        until = date.fromisoformat(parts["UNTIL"]) if "UNTIL" in parts else None
    except ValueError:
        yield "E42", path, "cette règle ne se lit pas, ou sa date n'existe pas"
        return
    day = date.fromisoformat(event.start[:10])
    if until is not None and until - day > HORIZON:
        yield "E43", path, "la règle finit trop loin : trois ans au plus après le début"
    if "COUNT" in parts and len(found) < int(parts["COUNT"]):
        yield "E43", path, "la règle n'a pas autant de dates dans les trois ans"
    if len(found) > MOST_OCCURRENCES:
        yield "E22", path, f"la règle a plus de {MOST_OCCURRENCES} dates"
    if not found or found[0] != start:
        yield "E22", ("start",), "le début n'est pas une des dates de la règle"
    yield from _exceptions(event, found)
    odd = [s for s in found[1:] if isinstance(s, datetime) and oddity(s, event.timezone)]
    if odd:
        yield "W71", path, f"un changement d'heure touche l'une des dates : {odd[0]:%Y-%m-%dT%H:%M}"


def _may_begin(parts: dict[str, str], start: date | datetime) -> bool:
    """Whether the start suits each part of the rule.

    Looking for the dates of a rule that suits none takes the library seconds, as it looks in the
    next eight thousand years.
    """
    days = [day[-2:] for day in parts.get("BYDAY", "").split(",") if day]
    months = [int(month) for month in parts.get("BYMONTH", "").split(",") if month]
    if parts["FREQ"] in ("DAILY", "WEEKLY"):
        has_rank = any(sign.isdigit() for sign in parts.get("BYDAY", ""))
        if has_rank or not parts.keys().isdisjoint(("BYMONTHDAY", "BYSETPOS")):
            return False
    is_its_day = not days or _WEEKDAYS[start.weekday()] in days
    return is_its_day and (not months or start.month in months)


def _exceptions(event: Event, found: list[date | datetime]) -> Iterator[Told]:
    kept = set(found)
    for index, text in enumerate(event.exceptions):
        if _moment(text) not in found:
            yield "E22", ("exceptions", index), f"« {text} » n'est pas une des dates de la règle"
        kept.discard(_moment(text) or date.min)
    if found and not kept:
        yield "E22", ("exceptions",), "il ne reste aucune date"


def _moment(text: str | None) -> date | datetime | None:
    try:
        return None if text is None else parse_moment(text)
    except ValueError:
        return None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return False
    return True
