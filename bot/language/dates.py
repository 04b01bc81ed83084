"""Dates as the base writes them: a year, a month, a day, or an interval of these."""

import calendar
import re
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Period(NamedTuple):
    """The days from `first` to `last`, both included. Compares by `first`, then by `last`."""

    first: date
    last: date

    @property
    def year(self) -> int:
        """The year in which the period ends."""
        return self.last.year

    def contains(self, other: "Period") -> bool:
        """Whether every day of `other` is one of these days."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: "Period") -> bool:
        """Whether some day is in both."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """`2022`, `2022-06`, `2022-06-21` or an interval such as `2020/2023`, as days.

    Raises ValueError for any other text, for a day that no calendar has, and for an
    interval that ends before it starts.
    """
    opening, slash, closing = text.partition("/")
    period = _one_period(opening)
    if slash:
        period = Period(period.first, _one_period(closing).last)
    if period.last < period.first:
        raise ValueError(text)
    return period


def _one_period(text: str) -> Period:
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is None:
        return Period(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    return Period(date(year, month, day), date(year, month, day))


def parse_moment(text: str) -> date | datetime:
    """`2022-06-21` as a date, `2022-06-21T18:00` as a naive wall time.

    Raises ValueError for any other text.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", text):
        return datetime.fromisoformat(text)
    raise ValueError(text)
