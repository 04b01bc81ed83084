from datetime import date

import pytest

from bot.answers.model import Territory
from bot.knowledge.citations import Citation, cite
from bot.knowledge.model import Figure, Indicator
from bot.knowledge.occurrences import dated
from bot.presentation import wording
from bot.presentation.typography import NARROW, WIDE
from tests.small_base import VOCABULARY, city, event, fact, figure, paris


def visible(text: str) -> str:
    return text.replace(NARROW, "¦").replace(WIDE, "_")


def cited(one: object) -> Citation:
    return next(cite("lille", city("Lille", "59350", {"un": one})))  # type: ignore[dict-item] # a Fact


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"), (7, "7"), (2459, "2¦459"), (1_234_567, "1¦234¦567"), (1.5, "1,5"),
        (86597.56, "86¦597,56"), (0.05, "0,05"), (12.0, "12"), (-3, "-3"), (1000.1, "1¦000,1"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_in_french(value: float, told: str) -> None:
    assert visible(wording.number(value)) == told


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (134, "caméras", "134_caméras"),
        (86_597, "euros", "86¦597_euros"),
        (999_999, "euros", "999¦999_euros"),
        (1_000_000, "euros", "1_million d’euros"),
        (1_100_000, "euros par an", "1,1_million d’euros par an"),
        (2_000_000, "euros", "2_millions d’euros"),
        (1_500_000_000, "euros", "1,5_milliard d’euros"),
        (3_000_000_000, "euros", "3_milliards d’euros"),
        (1_000_000, "caméras", "1¦000¦000_caméras"),
    ],
)
def test_money_is_told_in_millions_from_one_million_on(value: float, unit: str, told: str) -> None:
    assert visible(wording.amount(value, unit)) == told


@pytest.mark.parametrize(
    ("qualifier", "told"),
    [
        (None, "300"), ("about", "environ 300"), ("more_than", "plus de 300"),
        ("less_than", "moins de 300"),
    ],
)  # fmt: skip
def test_a_figure_says_how_sure_it_is(qualifier: str | None, told: str) -> None:
    shown = Figure(
        indicator="cameras",
        value=300,
        unit="caméras",
        as_of="2020",
        qualifier=qualifier,  # type: ignore[arg-type] # one of its literals
    )
    assert wording.bare_figure(shown) == told
    named = visible(wording.figure(shown, VOCABULARY.indicators["cameras"]))
    assert named == f"{told}_caméras en service"


def test_a_figure_of_another_unit_than_its_label_says_both() -> None:
    agents = Indicator(
        label="agents du CSU", definition="x", theme="cameras", unit="équivalents temps plein"
    )
    shown = Figure(indicator="x", value=12, unit="équivalents temps plein", as_of="2020")
    assert visible(wording.figure(shown, agents)) == "agents du CSU_: 12_équivalents temps plein"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2020", "2020"), ("2020-02", "février 2020"), ("2020-02-13", "13 février 2020"),
        ("2020-08-01", "1ᵉʳ août 2020"), ("2020/2023", "2020 à 2023"),
        ("2020-01/2021-12-01", "janvier 2020 à 1ᵉʳ décembre 2021"),
    ],
)  # fmt: skip
def test_dates_are_written_out(text: str, told: str) -> None:
    assert wording.period(text) == told


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2022, 6, 22), "mercredi 22 juin 2022"),
        (date(2022, 5, 1), "dimanche 1ᵉʳ mai 2022"),
        (date(2026, 8, 31), "lundi 31 août 2026"),
    ],
)
def test_days_have_their_weekday_and_the_first_is_ordinal(day: date, told: str) -> None:
    assert wording.day(day) == told


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2022-06-22T18:00", "18¦h"),
        ("2022-06-22T18:30", "18¦h¦30"),
        ("2022-06-22T09:05", "9¦h¦05"),
        ("2022-06-22T00:00", "0¦h"),
    ],
)
def test_hours_are_french(moment: str, told: str) -> None:
    assert visible(wording.hour(paris(moment))) == told


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2022-06-22", None, "mercredi 22 juin 2022"),
        ("2022-06-22", "2022-06-22", "mercredi 22 juin 2022"),
        ("2022-06-22T19:00", None, "mercredi 22 juin 2022 à 19¦h"),
        ("2022-06-22T19:00", "2022-06-22T21:30", "mercredi 22 juin 2022, de 19¦h à 21¦h¦30"),
        ("2022-09-22", "2022-09-24", "du jeudi 22 septembre 2022 au samedi 24 septembre 2022"),
        ("2022-06-22T19:00", "2022-06-23", "du mercredi 22 juin 2022 au jeudi 23 juin 2022"),
    ],
)  # fmt: skip
def test_an_event_says_its_days_and_its_hours(start: str, end: str | None, told: str) -> None:
    assert visible(wording.when(dated("x", event("x", start, end=end)))) == told


def test_a_commune_is_told_with_its_departement() -> None:
    assert wording.place(Territory("Roubaix", "roubaix", "59512", "59")) == "Roubaix (59)"
    assert wording.place(Territory("MEL", "mel", None)) == "MEL"


def test_a_source_is_a_link_with_its_kind_and_its_date() -> None:
    told = wording.sources(cited(fact("On y filme.")), VOCABULARY)
    link = '<a href="https://journal.example/cameras">Le Journal</a>'
    assert told == f"{link} (presse, 1ᵉʳ mai 2024)"
    assert wording.sources(cited(fact("x", source="collectif")), VOCABULARY) == (
        "Le Collectif (collectif)"
    )


def test_a_fact_is_told_with_its_source_and_its_caution() -> None:
    told = wording.sentence(cited(fact("On y filme <tout>.", note="À vérifier.")), VOCABULARY)
    assert told.startswith("On y filme &lt;tout&gt;. <a href=")
    assert visible(told).endswith("\n<i>À noter_: À vérifier.</i>")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (figure(100, "2018"), figure(249, "2019"), "+149¦% entre 2018 et 2019"),
        (figure(100, "2018"), figure(50, "2019-02"), "−50¦% entre 2018 et février 2019"),
        (figure(100, "2018"), figure(100, "2019"), "0¦% entre 2018 et 2019"),
        (figure(0, "2018"), figure(100, "2019"), ""),
        (figure(100, "2018"), figure(150, "2018"), ""),
        (figure(84, "2019-10"), figure(90, "2019"), ""),
        (figure(2, "2008/2012"), figure(8, "2013/2023"), ""),
    ],
)
def test_a_change_is_computed_only_where_it_means_something(
    before: object, after: object, told: str
) -> None:
    assert visible(wording.change(cited(before), cited(after))) == told


def test_a_fact_without_a_date_says_so() -> None:
    assert wording.dated(cited(fact("x"))) == "sans date"
    assert wording.dated(cited(fact("x", date="2020-02"))) == "février 2020"
    assert wording.dated(cited(figure(1, "2021"))) == "2021"
