"""Days and years as people name them: « vendredi », « ce week-end », « en juin », « en 2019 »."""

import re
from datetime import date, timedelta

from bot.language.dates import Period, parse_period

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_YEAR_BEFORE = re.compile(r"\b(?:an dernier|annee derniere|last year)\b")
_YEAR_NOW = re.compile(r"\b(?:cette annee(?! la\b)|this year)\b")
_YEARS_AGO = re.compile(
    r"\b(?:il y a|y a|ya) (un|deux|trois|quatre|cinq|dix|[1-9]|1\d) ans?\b"
    r"|\b([1-9]|1\d) years? ago\b"
)
_YEARS = frozenset(("an", "ans", "annee", "year", "years"))
"""One of these is in all that names a year without a number."""
_DIGIT = re.compile(r"\d")
_DEADLINE = re.compile(r"\b(?:d ici|horizon)(?: (?:a|la|fin|de|l|annee))* (20\d\d)\b")
"""« d'ici 2026 »: what is planned before, not what was in that year."""
_YEAR = re.compile(r"\b(19[89]\d|20[0-4]\d)\b")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})(?: (\d{{4}}))?\b")
_DAY = re.compile(rf"\b(\d{{1,2}})(?:er)? ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b( prochain| de la semaine prochaine)?")
_BETWEEN = re.compile(
    rf"\b(?:du|entre le) (\d{{1,2}})(?:er)?(?: ({'|'.join(MONTHS)}))?(?: (\d{{4}}))?"
    rf" (?:au|et le) (\d{{1,2}})(?:er)? ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b"
)
_NUMBERS = re.compile(
    r"(?<!dans )\ble (\d{1,2})(?: (\d{1,2})(?: (20\d{2}))?)?\b(?! (?:h|heures)\b)"
)
_IN_A_WHILE = re.compile(r"\bdans (un|une|\d{1,2}|deux|trois|quatre) (jour|semaine|moi)s?\b")
_PART_OF_MONTH = re.compile(rf"\b(debut|mi|fin) ({'|'.join(MONTHS)})\b")
_SEASON = re.compile(r"\b(?:cet|ce|l) (printemps|ete|automne|hiver)\b(?! (?:dernier|passe|\d))")
_COUNTS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dix": 10}
_SEASONS = {"printemps": 3, "ete": 6, "automne": 9, "hiver": 12}
"""The month in which each begins, on its 21st day or so."""
FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Days that people name outside of these years are not understood."""


def years_in(folded: str, today: date) -> tuple[Period, ...]:
    """The past years, or months of years, that a folded sentence names, in its order."""
    if _YEARS.isdisjoint(folded.split()) and not _DIGIT.search(folded):
        return ()
    if _YEAR_BEFORE.search(folded):
        return (parse_period(str(today.year - 1)),)
    if _YEAR_NOW.search(folded):
        return (parse_period(str(today.year)),)
    ago = _YEARS_AGO.search(folded)
    if ago is not None:
        count = ago[1] or ago[2]
        return (parse_period(str(today.year - (_COUNTS.get(count) or int(count)))),)
    folded = _DEADLINE.sub(lambda said: said[0] if int(said[1]) > today.year else " ", folded)
    if not _YEAR.search(folded):
        return ()
    named = [
        (match.start(), _month(MONTHS.index(match[1]) + 1, int(match[2])))
        for match in _MONTH.finditer(folded)
        if match[2] and _YEAR.fullmatch(match[2])
    ]
    months = {period.first.year for _, period in named}
    named += [
        (match.start(), parse_period(match[1]))
        for match in _YEAR.finditer(folded)
        if int(match[1]) not in months
    ]
    return tuple(dict.fromkeys(period for _, period in sorted(named)))


def days_in(folded: str, today: date) -> Period | None:
    """The days that a folded sentence names, `today` being the day it is read; None without any.

    A weekday is the next one, today included; a month without a year is the next to end, a day
    without a year the next to come. Never raises, whatever is said.
    """
    if not _DATING.isdisjoint(folded.split()):
        for find in _FINDING:
            found = find(folded, today)
            if found is not None:
                return found
    return _numbers(folded, today) if _DIGIT.search(folded) else None


def _relative(folded: str, today: date) -> Period | None:
    """Days counted from today."""

    def said(words: str) -> bool:
        return re.search(rf"\b(?:{words})\b", folded) is not None

    monday = today - timedelta(days=today.weekday())
    if said("aujourd hui|ce soir|cette nuit|cet apres midi|ce midi|ce matin|today|tonight"):
        return _days(today)
    if said("apres demain"):
        return _days(today + timedelta(days=2))
    if said("demain|tomorrow"):
        return _days(today + timedelta(days=1))
    if said("(?:week end|weekend|we) prochain|next weekend"):
        return _days(monday + timedelta(days=12), monday + timedelta(days=13))
    if said("week end|weekend|ce we"):
        return _days(max(today, monday + timedelta(days=5)), monday + timedelta(days=6))
    if said("de la semaine prochaine") and _WEEKDAY.search(folded):
        return None
    if said("semaine prochaine|next week"):
        return _days(monday + timedelta(days=7), monday + timedelta(days=13))
    if said("cette semaine|this week"):
        return _days(today, monday + timedelta(days=6))
    if said("mois prochain|next month"):
        return _month(today.month % 12 + 1, today.year + (today.month == 12))
    if said("ce mois ci|ce mois|fin du mois|this month"):
        return _days(today, _month(today.month, today.year).last)
    if said("ces jours ci|prochains jours|ces jours prochains"):
        return _days(today, today + timedelta(days=7))
    if said("prochaines semaines"):
        return _days(today, today + timedelta(days=30))
    match = _IN_A_WHILE.search(folded)
    if match is None:
        return None
    count = _COUNTS.get(match[1]) or int(match[1])
    if match[2] == "jour":
        return _days(today + timedelta(days=count))
    if match[2] == "semaine":
        return _days(monday + timedelta(weeks=count), monday + timedelta(days=7 * count + 6))
    months = today.month - 1 + count
    return _month(months % 12 + 1, today.year + months // 12)


def _between(folded: str, today: date) -> Period | None:
    """« du 12 au 15 juin », « entre le 28 mai et le 2 juin 2026 »."""
    match = _BETWEEN.search(folded)
    if match is None:
        return None
    first_month = MONTHS.index(match[2] or match[5]) + 1
    last_month = MONTHS.index(match[5]) + 1
    year = match[6] or match[3]
    last = _day(int(match[4]), last_month, year, today)
    if last is None:
        return None
    year_before = last.year - (first_month > last_month)
    first = _day(int(match[1]), first_month, match[3] or str(year_before), today)
    return None if first is None or first > last else Period(first, last)


def _named_day(folded: str, today: date) -> Period | None:
    match = _DAY.search(folded)
    if match is None:
        return None
    day = _day(int(match[1]), MONTHS.index(match[2]) + 1, match[3], today)
    return None if day is None else _days(day)


def _numbers(folded: str, today: date) -> Period | None:
    """« le 12 », « le 12/06 », « le 12/06/2026 »."""
    match = _NUMBERS.search(folded)
    if match is None:
        return None
    number = int(match[1])
    if match[2] is not None:
        day = _day(number, int(match[2]), match[3], today)
        return None if day is None else _days(day)
    if not re.search(rf"\b{match[0]}$", folded):
        return None
    for months in range(12):
        month, year = (today.month - 1 + months) % 12 + 1, today.year + (today.month + months > 12)
        day = _day(number, month, str(year), today)
        if day is not None and day >= today:
            return _days(day)
    return None


def _day(number: int, month: int, year: str | None, today: date) -> date | None:
    """That day; without a year the next one to come. None for what no calendar has."""
    years = [int(year)] if year else range(today.year, today.year + 9)
    for candidate in years:
        try:
            day = date(candidate, month, number)
        except ValueError:
            continue
        if FIRST_YEAR <= candidate <= LAST_YEAR and (year or day >= today):
            return day
    return None


def _part_of_month(folded: str, today: date) -> Period | None:
    match = _PART_OF_MONTH.search(folded)
    whole = _named_month(folded, today)
    if match is None or whole is None:
        return None
    first, last = {"debut": (1, 10), "mi": (11, 20), "fin": (21, whole.last.day)}[match[1]]
    return Period(whole.first.replace(day=first), whole.first.replace(day=last))


def _named_month(folded: str, today: date) -> Period | None:
    match = _MONTH.search(folded)
    if match is None:
        return None
    month = MONTHS.index(match[1]) + 1
    year = int(match[2]) if match[2] else today.year + (month < today.month)
    return _month(month, year) if FIRST_YEAR <= year <= LAST_YEAR else None


def _season(folded: str, today: date) -> Period | None:
    """The season that is, or the next of that name."""
    match = _SEASON.search(folded)
    if match is None:
        return None
    month = _SEASONS[match[1]]
    for year in (today.year - 1, today.year, today.year + 1):
        after = month % 12 + 3
        last = date(year + (month == 12), after, 20)
        if last >= today:
            return Period(date(year, month, 21), last)
    return None


def _weekday(folded: str, today: date) -> Period | None:
    match = _WEEKDAY.search(folded)
    if match is None:
        return None
    weekday = WEEKDAYS.index(match[1])
    if match[2] == " de la semaine prochaine":
        return _days(today + timedelta(days=7 - today.weekday() + weekday))
    ahead = (weekday - today.weekday()) % 7
    if match[2] and ahead == 0:
        ahead = 7
    return _days(today + timedelta(days=ahead))


_FINDING = (_relative, _between, _named_day, _part_of_month, _named_month, _season, _weekday)
_DATING = frozenset(("aujourd", "demain", "matin", "midi", "soir", "nuit", "moi", "mois")).union(
    ("we", "week", "weekend", "jour", "jours", "semaine", "semaines"),
    ("today", "tonight", "tomorrow", "month"),
    (*MONTHS, *WEEKDAYS, *_SEASONS),
)
"""One of these is in all that `_FINDING` reads."""


def _days(first: date, last: date | None = None) -> Period:
    return Period(first, last or first)


def _month(month: int, year: int) -> Period:
    return parse_period(f"{year}-{month:02d}")
