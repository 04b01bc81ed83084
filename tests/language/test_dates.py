from datetime import date, datetime

import pytest

from bot.language.dates import Period, parse_moment, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-06", "2022-06-01", "2022-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-06-21", "2022-06-21", "2022-06-21"),
        ("2020/2023", "2020-01-01", "2023-12-31"),
        ("2020-03/2023-05-02", "2020-03-01", "2023-05-02"),
    ],
)
def test_a_date_is_all_the_days_it_may_mean(text: str, first: str, last: str) -> None:
    period = parse_period(text)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "juin 2022", "22", "2022-6", "2022-13", "2022-02-30", "2022/", "/2022", "2023/2020",
     "2022-06-21T18:00", "2022 ", "0000"],
)  # fmt: skip
def test_what_is_in_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 # its message is whatever Python says
        parse_period(text)


def test_an_interval_belongs_to_the_year_in_which_it_ends() -> None:
    assert parse_period("2020/2023").year == 2023


def test_a_year_contains_its_months_and_no_other() -> None:
    assert parse_period("2022").contains(parse_period("2022-06"))
    assert not parse_period("2022-06").contains(parse_period("2022"))
    assert not parse_period("2022").contains(parse_period("2022-12/2023-01"))


def test_periods_sort_by_their_first_day() -> None:
    assert parse_period("2021-12-31") < parse_period("2022-01-01") < parse_period("2022")
    assert isinstance(parse_period("2022"), Period)


def test_a_moment_is_a_day_or_a_wall_time() -> None:
    assert parse_moment("2022-06-21") == date(2022, 6, 21)
    moment = parse_moment("2022-06-21T18:30")
    assert moment == datetime(2022, 6, 21, 18, 30)  # noqa: DTZ001 # a wall time has no zone yet
    assert isinstance(moment, datetime)
    assert moment.tzinfo is None


@pytest.mark.parametrize(
    "text", ["2022-06", "2022-06-31", "2022-06-21T25:00", "2022-06-21 18:00", "2022-06-21T18:00Z"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 # its message is whatever Python says
        parse_moment(text)
