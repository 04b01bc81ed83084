"""Days and years as people name them: « vendredi », « ce week-end », « en juin », « en 2019 »."""

import re
from datetime import date, timedelta

from bot.language.dates import Period, parse_period

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_YEAR = re.compile(r"\b(19[89]\d|20[0-4]\d)\b")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})(?: (\d{{4}}))?\b")
_DAY = re.compile(rf"\b(\d{{1,2}})(?:er)? ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b")


def years_in(folded: str, today: date) -> tuple[Period, ...]:
    """The past years, or months of years, that a folded sentence names, in its order."""
    if re.search(r"\b(an dernier|annee derniere|last year)\b", folded):
        return (parse_period(str(today.year - 1)),)
    if re.search(r"\b(cette annee|this year)\b", folded):
        return (parse_period(str(today.year)),)
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

    A weekday is the next one, today included; a month without a year is the next to end.
    """
    if re.search(r"\b(aujourd hui|ce soir|cet apres midi|ce matin|today|tonight)\b", folded):
        return Period(today, today)
    if re.search(r"\b(apres demain)\b", folded):
        return Period(today + timedelta(days=2), today + timedelta(days=2))
    if re.search(r"\b(demain|tomorrow)\b", folded):
        return Period(today + timedelta(days=1), today + timedelta(days=1))
    if re.search(r"\b(week end|weekend)\b", folded):
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        if today.weekday() == 6:
            return Period(today, today)
        return Period(saturday, saturday + timedelta(days=1))
    monday = today - timedelta(days=today.weekday())
    if re.search(r"\b(semaine prochaine|next week)\b", folded):
        return Period(monday + timedelta(days=7), monday + timedelta(days=13))
    if re.search(r"\b(cette semaine|this week)\b", folded):
        return Period(today, monday + timedelta(days=6))
    if re.search(r"\b(mois prochain|next month)\b", folded):
        return _month(today.month % 12 + 1, today.year + (today.month == 12))
    if re.search(r"\b(ce mois ci|ce mois|this month)\b", folded):
        return Period(today, _month(today.month, today.year).last)
    return _named_day(folded, today) or _named_month(folded, today) or _weekday(folded, today)


def _named_day(folded: str, today: date) -> Period | None:
    match = _DAY.search(folded)
    if match is None:
        return None
    month = MONTHS.index(match[2]) + 1
    try:
        day = date(int(match[3] or today.year), month, int(match[1]))
        if match[3] is None and day < today:
            day = day.replace(year=today.year + 1)
    except ValueError:
        return None
    return Period(day, day)


def _named_month(folded: str, today: date) -> Period | None:
    match = _MONTH.search(folded)
    if match is None:
        return None
    month = MONTHS.index(match[1]) + 1
    year = int(match[2]) if match[2] else today.year + (month < today.month)
    if not 1900 <= year <= 2100:
        return None
    return _month(month, year)


def _weekday(folded: str, today: date) -> Period | None:
    match = _WEEKDAY.search(folded)
    if match is None:
        return None
    day = today + timedelta(days=(WEEKDAYS.index(match[1]) - today.weekday()) % 7)
    return Period(day, day)


def _month(month: int, year: int) -> Period:
    return parse_period(f"{year}-{month:02d}")
