"""Days as people name them, beyond the plainest ways; on a Wednesday."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.calendar import FIRST_YEAR, LAST_YEAR, MONTHS, WEEKDAYS, days_in
from bot.language.dates import Period
from bot.language.folding import fold

WEDNESDAY = date(2026, 6, 17)


def days(first: str, last: str | None = None) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("cette nuit", days("2026-06-17")),
        ("demain soir à Lille", days("2026-06-18")),
        ("le week-end prochain", days("2026-06-27", "2026-06-28")),
        ("y a quoi ce we ?", days("2026-06-20", "2026-06-21")),
        ("vendredi prochain", days("2026-06-19")),
        ("mercredi prochain", days("2026-06-24")),
        ("jeudi de la semaine prochaine", days("2026-06-25")),
        ("vendredi 19 juin", days("2026-06-19")),
        ("vendredi soir", days("2026-06-19")),
        ("ces prochains jours", days("2026-06-17", "2026-06-24")),
        ("dans les prochaines semaines", days("2026-06-17", "2026-07-17")),
        ("dans 3 jours", days("2026-06-20")),
        ("dans une semaine", days("2026-06-22", "2026-06-28")),
        ("dans deux mois", days("2026-08-01", "2026-08-31")),
        ("dans 7 mois", days("2027-01-01", "2027-01-31")),
        ("d'ici la fin du mois", days("2026-06-17", "2026-06-30")),
        ("du 18 au 21 juin", days("2026-06-18", "2026-06-21")),
        ("du 28 juin au 2 juillet", days("2026-06-28", "2026-07-02")),
        ("du 28 décembre au 3 janvier", days("2026-12-28", "2027-01-03")),
        ("entre le 1er et le 5 juillet 2027", days("2027-07-01", "2027-07-05")),
        ("début juillet", days("2026-07-01", "2026-07-10")),
        ("mi-juillet", days("2026-07-11", "2026-07-20")),
        ("fin février", days("2027-02-21", "2027-02-28")),
        ("cet été", days("2026-06-21", "2026-09-20")),
        ("cet hiver", days("2026-12-21", "2027-03-20")),
        ("le 18", days("2026-06-18")),
        ("le 12", days("2026-07-12")),
        ("le 31", days("2026-07-31")),
        ("le 24/06", days("2026-06-24")),
        ("le 12/06", days("2027-06-12")),
        ("le 12/06/2026", days("2026-06-12")),
        ("le 29 février", days("2028-02-29")),
    ],
)
def test_days_are_found_as_people_name_them(sentence: str, meant: Period) -> None:
    assert days_in(fold(sentence), WEDNESDAY) == meant


@pytest.mark.parametrize(
    "sentence",
    [
        "filmé 24h/24 et 7j/7",
        "les caméras du 59",
        "dans le 13",
        "le 93",
        "a été installé",
        "l'été dernier",
        "l'été 2019",
        "le 18 e arrondissement",
        "combien de caméras le 12 rue Jean-Bart",
        "le 15 juin 1515",
        "mars 3015",
    ],
)
def test_what_names_no_day_to_come_gives_none(sentence: str) -> None:
    found = days_in(fold(sentence), WEDNESDAY)
    assert found is None or found == days("2026-06-01", "2026-06-30"), "at most the month"


@pytest.mark.parametrize(("today", "winter"), [("2026-12-25", 2026), ("2027-02-01", 2026)])
def test_a_winter_that_has_begun_is_this_one(today: str, winter: int) -> None:
    found = days_in("cet hiver", date.fromisoformat(today))
    assert found == days(f"{winter}-12-21", f"{winter + 1}-03-20")


WORDS = st.sampled_from(
    [*MONTHS, *WEEKDAYS, "le", "du", "au", "entre", "et", "1er", "0", "12", "31", "99", "2024",
     "0000", "9999", "dans", "un", "jours", "semaines", "mois", "prochain", "prochaine", "semaine",
     "week", "end", "fin", "mi", "debut", "cet", "ete", "hiver", "demain", "apres", "ce", "de",
     "la", "٣", "²"]
)  # fmt: skip


@given(
    st.lists(WORDS, max_size=8).map(" ".join) | st.text().map(fold),
    st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR - 10, 12, 31)),
)
def test_whatever_is_said_the_days_are_sensible(text: str, today: date) -> None:
    found = days_in(text, today)
    if found is not None:
        assert found.first <= found.last
        assert found.last - found.first <= timedelta(days=366)
        assert date(FIRST_YEAR, 1, 1) <= found.first
        assert found.last <= date(LAST_YEAR, 12, 31)
