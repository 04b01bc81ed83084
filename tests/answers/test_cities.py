"""A city's card, and the pages behind its buttons."""

import pytest

from bot.answers.answering import Answering
from bot.answers.cities import CONTESTED, FACTS_A_PAGE, HIGHLIGHTS
from bot.answers.model import (
    CityCard,
    Help,
    NotCovered,
    SectionPage,
    Territory,
    Unknown,
    WhichOne,
)
from bot.knowledge.model import Article
from bot.places.communes import Communes
from tests.small_base import answering, base, city, event, fact, figure, paris

NOW = paris("2026-06-21T12:00")
KNOWLEDGE = base(
    {
        "roubaix": city(
            "Roubaix",
            "59512",
            {
                "c-2018": figure(100, "2018"),
                "c-2022": figure(500, "2022"),
                **{
                    f"d-{year}": fact(
                        "On en débat.", "drones", date=str(year), contested=True, source="collectif"
                    )
                    for year in range(2015, 2021)
                },
                "undated": fact("On en parle.", "drones"),
            },
        ),
        "lille": city("Lille", "59350", {f"f{n}": fact("On y filme.") for n in range(5)}),
        "lens": city("Lens", "62498", {}),
    },
    {
        "2026-05-01-roubaix": event("Passé", "2026-05-01T19:00", "roubaix"),
        "2026-07-01-lille": event("À venir", "2026-07-01T19:00", "lille"),
    },
    {
        "2024-un-article": Article(
            title="Un article",
            publisher="Le Journal",
            kind="presse",
            url="https://journal.example/a",
            date="2024",
            summary="Une enquête.",
            cities=("lille",),
        )
    },
)


@pytest.fixture(scope="module")
def small(communes: Communes) -> Answering:
    return answering(KNOWLEDGE, communes)


def card(small: Answering, name: str) -> CityCard:
    answer = small.about_city(name, NOW)
    assert isinstance(answer, CityCard), answer
    return answer


def page(small: Answering, id_: str, section: str, number: int) -> SectionPage:
    territory: Territory = small.gazetteer.covered(id_)
    answer = small.section(territory, section, number, NOW)  # type: ignore[arg-type] # one of Section
    assert isinstance(answer, SectionPage)
    return answer


def test_a_card_leads_with_the_latest_key_figures(small: Answering) -> None:
    shown = card(small, "roubaix")
    assert [series.latest.id for series in shown.key_series] == ["roubaix/c-2022"]
    assert shown.citations[0].id == "roubaix/c-2022"
    assert shown.highlights == ()


def test_a_card_tells_what_is_contested_latest_first(small: Answering) -> None:
    contested = [citation.id for citation in card(small, "roubaix").contested]
    assert contested == ["roubaix/d-2020", "roubaix/d-2019"]
    assert len(contested) == CONTESTED


def test_a_card_without_key_figures_tells_its_latest_facts(small: Answering) -> None:
    shown = card(small, "lille")
    assert shown.key_series == ()
    assert len(shown.highlights) == HIGHLIGHTS


def test_a_card_tells_the_next_event_or_the_last_one(small: Answering) -> None:
    assert [one.id for one in card(small, "lille").upcoming] == ["2026-07-01-lille"]
    assert card(small, "lille").last is None
    assert card(small, "roubaix").upcoming == ()
    last = card(small, "roubaix").last
    assert last is not None
    assert last.id == "2026-05-01-roubaix"


def test_only_the_sections_that_hold_something_have_a_button(small: Answering) -> None:
    assert card(small, "roubaix").sections == ("figures", "technologies", "events", "sources")
    assert card(small, "lille").sections == ("figures", "events", "articles", "sources")
    assert card(small, "lens").sections == ("sources",)


def test_a_section_shows_its_facts_latest_first_and_undated_ones_last(small: Answering) -> None:
    first, second = (page(small, "roubaix", "technologies", number) for number in (0, 1))
    ids = [citation.id for citation in (*first.citations, *second.citations)]
    assert ids == [*(f"roubaix/d-{year}" for year in range(2020, 2014, -1)), "roubaix/undated"]
    assert len(first.citations) == FACTS_A_PAGE
    assert (first.pages, second.pages) == (2, 2)


@pytest.mark.parametrize(("asked", "given"), [(0, 0), (1, 1), (2, 1), (9999, 1), (-1, 0)])
def test_a_page_is_brought_in_range(small: Answering, asked: int, given: int) -> None:
    assert page(small, "roubaix", "technologies", asked).page == given


@pytest.mark.parametrize("section", ["figures", "costs", "events", "articles", "sources"])
def test_a_section_without_anything_is_one_empty_page(small: Answering, section: str) -> None:
    empty = page(small, "lens", section, 3)
    assert (empty.page, empty.pages) == (0, 1)
    assert (empty.citations, empty.events, empty.articles) == ((), (), ())


def test_every_source_is_shown_once(small: Answering) -> None:
    shown = page(small, "roubaix", "sources", 0)
    assert [citation.sources[0].publisher for citation in shown.citations] == [
        "Le Journal",
        "Le Collectif",
    ]


def test_events_of_a_city_are_those_to_come_then_those_past(small: Answering) -> None:
    assert [one.id for one in page(small, "roubaix", "events", 0).events] == ["2026-05-01-roubaix"]


def test_a_commune_that_is_not_covered_is_said_so_with_its_neighbours(small: Answering) -> None:
    answer = small.about_city("wasquehal", NOW)
    assert isinstance(answer, NotCovered)
    assert answer.territories[0].insee == "59646"
    assert answer.is_same_epci
    assert answer.epci_name == "Métropole Européenne de Lille"
    assert [near.id for near in answer.near] == ["lille", "roubaix"]


def test_a_commune_without_covered_neighbours_is_still_named(small: Answering) -> None:
    answer = small.about_city("ajaccio", NOW)
    assert isinstance(answer, NotCovered)
    assert answer.near == ()
    assert answer.territories[0].name == "Ajaccio"


def test_homonyms_are_offered_and_never_guessed(small: Answering) -> None:
    answer = small.about_city("saint-denis", NOW)
    assert isinstance(answer, WhichOne)
    assert {"93066", "97411"} <= {choice.insee for choice in answer.choices}


def test_a_name_that_is_no_place_is_not_recognised(small: Answering) -> None:
    answer = small.about_city("qsdfghjklm", NOW)
    assert isinstance(answer, Unknown)
    assert answer.reason == "place"


@pytest.mark.parametrize("name", ["", "  ", "?!"])
def test_a_command_without_a_name_explains_itself(small: Answering, name: str) -> None:
    assert isinstance(small.about_city(name, NOW), Help)
