from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.occurrences import HORIZON, occurrences, start_of
from bot.knowledge.rules_of_events import MOST_OCCURRENCES, findings_of_event
from tests.events import event

NAME = "2026-03-03-lille-permanence"


def codes(start: str = "2026-03-03T19:00", **said: Any) -> list[tuple[str, str]]:
    file = f"{start[:10]}-lille-permanence"
    found = findings_of_event(event(start, "lille", **said), file)
    return [(code, ".".join(map(str, path))) for code, path, _ in found]


def test_ordinary_events_have_no_problem() -> None:
    assert codes() == []
    assert codes(end="2026-03-03T21:00") == []
    assert codes(end="2026-03-04T01:00") == []
    assert codes("2026-03-03", end="2026-03-05") == []
    assert codes("2026-03-03T19:00", end="2026-03-04") == []
    assert codes(recurrence="FREQ=WEEKLY;COUNT=6", exceptions=("2026-03-10T19:00",)) == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"end": "2026-03-03T18:59"}, ("E44", "end")),
        ({"end": "2026-03-02"}, ("E44", "end")),
        ({"start": "2026-03-03", "end": "2026-03-03T20:00"}, ("E22", "end")),
        ({"start": "2026-02-30T19:00"}, ("E42", "start")),
        ({"end": "2026-03-03T25:00"}, ("E42", "end")),
        ({"timezone": "Europe/Nulle"}, ("E42", "timezone")),
        ({"timezone": "Europe"}, ("E42", "timezone")),
        ({"sequence": -1}, ("E22", "sequence")),
        ({"exceptions": ("2026-03-10T19:00",)}, ("E22", "exceptions")),
        ({"recurrence": "FREQ=WEEKLY"}, ("E22", "recurrence")),
        ({"recurrence": "FREQ=WEEKLY;COUNT=2;UNTIL=20260501"}, ("E22", "recurrence")),
        ({"recurrence": "FREQ=WEEKLY;COUNT=2;COUNT=3"}, ("E22", "recurrence")),
        ({"recurrence": "FREQ=WEEKLY;UNTIL=20260230"}, ("E42", "recurrence")),
        ({"recurrence": "FREQ=WEEKLY;BYMONTHDAY=3;COUNT=2"}, ("E22", "start")),
        ({"recurrence": "FREQ=MONTHLY;BYMONTHDAY=4;COUNT=2"}, ("E22", "start")),
        ({"recurrence": "FREQ=WEEKLY;UNTIL=20360101"}, ("E43", "recurrence")),
        ({"recurrence": "FREQ=YEARLY;COUNT=9"}, ("E43", "recurrence")),
        ({"recurrence": "FREQ=DAILY;COUNT=401"}, ("E22", "recurrence")),
        ({"recurrence": "FREQ=MONTHLY;BYDAY=1WE;COUNT=2"}, ("E22", "start")),
    ],
)
def test_what_cannot_be_is_told_where_it_stands(
    said: dict[str, Any], problem: tuple[str, str]
) -> None:
    assert codes(**said) == [problem]


@pytest.mark.parametrize("exception", ["2026-03-11T19:00", "2026-03-10", "2026-03-10T20:00"])
def test_an_exception_that_matches_no_date_is_told(exception: str) -> None:
    found = codes(recurrence="FREQ=WEEKLY;COUNT=3", exceptions=("2026-03-17T19:00", exception))
    assert found == [("E22", "exceptions.1")]


def test_a_rule_of_which_nothing_is_left_is_told() -> None:
    exceptions = ("2026-03-03T19:00", "2026-03-10T19:00")
    found = codes(recurrence="FREQ=WEEKLY;COUNT=2", exceptions=exceptions)
    assert found == [("E22", "exceptions")]


@pytest.mark.parametrize(
    ("start", "said", "where"),
    [
        ("2026-03-29T02:30", {}, "start"),
        ("2026-10-25T02:30", {}, "start"),
        ("2026-10-25T00:30", {"end": "2026-10-25T02:30"}, "end"),
        ("2026-03-22T02:30", {"recurrence": "FREQ=WEEKLY;COUNT=2"}, "recurrence"),
    ],
)
def test_hours_that_a_clock_change_skips_or_repeats_are_warned_about(
    start: str, said: dict[str, Any], where: str
) -> None:
    assert codes(start, **said) == [("W71", where)]


def test_a_moved_event_keeps_its_file() -> None:
    moved = event("2026-04-01T19:00", "lille", status="moved")
    assert list(findings_of_event(moved, NAME)) == []
    found = findings_of_event(event("2026-04-01T19:00", "lille"), NAME)
    assert [code for code, _, _ in found] == ["E21"]


RULES = st.builds(
    lambda freq, parts: ";".join([f"FREQ={freq}", *parts]),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.lists(
        st.sampled_from(
            ["INTERVAL=3", "INTERVAL=99", "COUNT=2", "COUNT=999", "UNTIL=20270101",
             "UNTIL=20991231", "UNTIL=20260230", "BYDAY=-1SU", "BYDAY=MO,WE", "BYDAY=5TU",
             "BYMONTHDAY=31", "BYMONTHDAY=30", "BYMONTH=2", "BYMONTH=3,6", "BYSETPOS=-1",
             "BYSETPOS=5"]
        ),
        max_size=5,
    ),
)  # fmt: skip


@settings(max_examples=200, deadline=timedelta(seconds=5))
@given(RULES, st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001 (wall times)
def test_a_rule_that_is_accepted_gives_dates_that_follow_each_other_and_end(
    rule: str, first: datetime
) -> None:
    tried = event(f"{first:%Y-%m-%dT%H:%M}", recurrence=rule)
    found = list(findings_of_event(tried, f"{first:%Y-%m-%d}-x"))
    assert all(sentence for _, _, sentence in found)
    if not any(code.startswith("E") for code, _, _ in found):
        instants = [start_of(one) for one in occurrences("x", tried)]
        assert instants == sorted(set(instants))
        assert 1 <= len(instants) <= MOST_OCCURRENCES
        assert instants[-1] - instants[0] <= HORIZON + timedelta(hours=1)
