import pytest

from bot.answers.answering import Answering
from bot.answers.model import Agenda
from bot.places.communes import Communes
from tests.small_base import answering, base, city, event, figure, paris

NOW = paris("2026-06-21T12:00")


@pytest.fixture(scope="module")
def small(communes: Communes) -> Answering:
    cities = {
        "lille": city("Lille", "59350", {"c": figure(100, "2019")}),
        "lens": city("Lens", "62498", {"c": figure(60, "2019")}),
    }
    events = {
        "caravan": event("La caravane des ondes", "2022-06-24T18:00", "lille", place="La Fabrique"),
        "first": event("Festival des ondes, premier soir", "2022-09-22", "lens"),
        "second": event("Festival des ondes, second soir", "2023-09-28", "lens"),
        "talk": event("Le colloque des serrures", "2023-03-02", "lille"),
    }
    return answering(base(cities, events), communes)


def asked(small: Answering, question: str) -> list[str]:
    answer, _ = small.reply(question, NOW)
    assert isinstance(answer, Agenda), answer
    assert answer.is_named
    return [one.id for one in (*answer.upcoming, *answer.past)]


def test_a_past_event_is_found_by_what_it_is_called(small: Answering) -> None:
    assert asked(small, "la caravane des ondes à Lille ?") == ["caravan"]
    assert asked(small, "le colloque des serrures de Lille ?") == ["talk"]


def test_a_year_tells_editions_apart(small: Answering) -> None:
    assert asked(small, "le festival des ondes de Lens en 2022 ?") == ["first"]
    assert asked(small, "le festival des ondes de Lens en 2023 ?") == ["second"]


def test_a_slip_of_the_finger_is_forgiven(small: Answering) -> None:
    assert asked(small, "le coloque des serrures de Lille ?") == ["talk"]


def test_words_of_no_event_find_none(small: Answering) -> None:
    answer, _ = small.reply("le bal des pompiers de Lille ?", NOW)
    assert not isinstance(answer, Agenda)
