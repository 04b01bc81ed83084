"""Questions on several towns that a fact on one of them answers."""

import pytest

from bot.answers.answering import Answering
from bot.answers.model import Answer, Comparison, FactAnswer
from bot.places.communes import Communes
from tests.small_base import answering, base, city, fact, figure, paris

NOW = paris("2026-11-22T12:00")


@pytest.fixture(scope="module")
def small(communes: Communes) -> Answering:
    nantes = {
        "c": figure(250, "2024"),
        "phare": fact("Les phares de Nantes, de Rezé et de Vertou sont éteints.", "drones"),
    }
    reze = {
        "c": figure(20, "2021"),
        "ecrans": fact("Les écrans de Rezé sont regardés depuis Nantes en 2021.", "cameras"),
    }
    vertou = {"x": fact("Un drone survole Vertou.", "drones")}
    cities = {
        "nantes": city("Nantes", "44109", nantes),
        "reze": city("Rezé", "44143", reze),
        "vertou": city("Vertou", "44215", vertou),
    }
    return answering(base(cities), communes)


def told(small: Answering, question: str) -> Answer:
    answer, _ = small.reply(question, NOW)
    return answer


def test_a_town_that_serves_another_leaves_the_answer_to_the_other(small: Answering) -> None:
    answer = told(small, "les écrans de rezé sont regardés par le centre de nantes depuis quand ?")
    assert isinstance(answer, FactAnswer)
    assert [town.id for town in answer.territories] == ["reze"]
    assert answer.citations[0].id == "reze/ecrans"


def test_what_names_all_the_towns_is_told_where_their_figures_are_not_all_known(
    small: Answering,
) -> None:
    answer = told(small, "nantes, rezé et vertou : des phares éteints ?")
    assert isinstance(answer, FactAnswer)
    assert answer.citations[0].id == "nantes/phare"


def test_figures_that_are_all_known_are_told_side_by_side(small: Answering) -> None:
    answer = told(small, "combien de caméras à nantes et rezé ?")
    assert isinstance(answer, Comparison)
    assert [row.territory.id for row in answer.rows] == ["nantes", "reze"]
