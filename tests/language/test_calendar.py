from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.calendar import days_in, years_in
from bot.language.dates import Period, parse_period
from bot.language.folding import fold

WEDNESDAY = date(2026, 6, 17)
SATURDAY, SUNDAY = date(2026, 6, 20), date(2026, 6, 21)


def days(first: str, last: str | None = None) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("il se passe quoi aujourd'hui ?", days("2026-06-17")),
        ("un truc ce soir ?", days("2026-06-17")),
        ("demain à Lille", days("2026-06-18")),
        ("et après-demain ?", days("2026-06-19")),
        ("ce week-end", days("2026-06-20", "2026-06-21")),
        ("cette semaine", days("2026-06-17", "2026-06-21")),
        ("la semaine prochaine", days("2026-06-22", "2026-06-28")),
        ("ce mois-ci", days("2026-06-17", "2026-06-30")),
        ("le mois prochain", days("2026-07-01", "2026-07-31")),
        ("vendredi", days("2026-06-19")),
        ("mercredi", days("2026-06-17")),
        ("mardi", days("2026-06-23")),
        ("le 21 juin", days("2026-06-21")),
        ("le 1er juillet", days("2026-07-01")),
        ("le 1er février", days("2027-02-01")),
        ("le 22 juin 2022", days("2022-06-22")),
        ("en juin", days("2026-06-01", "2026-06-30")),
        ("en août", days("2026-08-01", "2026-08-31")),
        ("en mars", days("2027-03-01", "2027-03-31")),
        ("en février 2024", days("2024-02-01", "2024-02-29")),
    ],
)
def test_days_are_found_as_people_name_them(sentence: str, meant: Period) -> None:
    assert days_in(fold(sentence), WEDNESDAY) == meant


@pytest.mark.parametrize("sentence", ["combien de caméras à Nantes", "mars 1515", "lundis", ""])
def test_what_names_no_day_gives_none(sentence: str) -> None:
    assert days_in(fold(sentence), WEDNESDAY) is None


@pytest.mark.parametrize("sentence", ["le 31 juin", "le 45 juin", "le 0 juin"])
def test_a_day_that_no_calendar_has_leaves_its_month(sentence: str) -> None:
    assert days_in(fold(sentence), WEDNESDAY) == days("2026-06-01", "2026-06-30")


@pytest.mark.parametrize(
    ("today", "meant"),
    [
        (SATURDAY, days("2026-06-20", "2026-06-21")),
        (SUNDAY, days("2026-06-21")),
        (date(2026, 6, 22), days("2026-06-27", "2026-06-28")),
    ],
)
def test_a_week_end_that_has_begun_is_this_one(today: date, meant: Period) -> None:
    assert days_in("ce week end", today) == meant


def test_the_month_after_december_is_in_the_next_year() -> None:
    assert days_in("le mois prochain", date(2026, 12, 31)) == days("2027-01-01", "2027-01-31")


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("en 2019", ("2019",)),
        ("entre 2018 et 2020", ("2018", "2020")),
        ("2019 et encore 2019", ("2019",)),
        ("l'an dernier", ("2025",)),
        ("l'année dernière", ("2025",)),
        ("cette année", ("2026",)),
        ("en 2015 ; combien cette année-là ?", ("2015",)),
        ("il y a cinq ans", ("2021",)),
        ("ya 5 ans", ("2021",)),
        ("10 years ago", ("2016",)),
        ("combien de caméras d'ici fin 2026", ()),
        ("d'ici 2030", ("2030",)),
        ("59100 Roubaix, 1515 caméras, 20190 euros", ()),
    ],
)
def test_years_are_found_in_the_order_said(sentence: str, years: tuple[str, ...]) -> None:
    assert years_in(fold(sentence), WEDNESDAY) == tuple(map(parse_period, years))


@given(text=st.text(), today=st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_whatever_is_written_and_whenever_it_is_read_nothing_breaks(text: str, today: date) -> None:
    found = days_in(fold(text), today)
    assert found is None or found.first <= found.last
    years_in(fold(text), today)


@given(
    st.lists(
        st.sampled_from(
            [
                "le",
                "1er",
                "29",
                "30",
                "31",
                "00",
                "fevrier",
                "juin",
                "decembre",
                "0000",
                "9999",
                "2024",
            ]
        ),
        max_size=6,
    ),
    st.dates(date(1990, 1, 1), date(2090, 12, 31)),
)
def test_dates_that_make_no_sense_break_nothing(words: list[str], today: date) -> None:
    found = days_in(" ".join(words), today)
    assert found is None or found.first <= found.last
