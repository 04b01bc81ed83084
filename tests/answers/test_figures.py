"""What several towns, or all, get when they are asked about together."""

import pytest

from bot.answers.answering import Answering
from bot.answers.figures import MOST
from bot.answers.model import Answer, Comparison, FactAnswer, Unknown
from bot.knowledge.model import Knowledge
from bot.presentation.cards import present
from bot.presentation.message import plain
from tests.small_base import paris

NOW = paris("2026-11-22T12:00")


def shown(answer: Answer, base: Knowledge) -> str:
    """What is sent, with plain spaces."""
    told = plain(present(answer, base.vocabulary))
    return told.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("question", "towns"),
    [
        ("est-ce que lille et roubaix ont des drones ?", ["lille", "roubaix"]),
        ("combien coûtent les caméras à Rennes et à Brest ?", ["rennes", "brest"]),
        ("qui a vendu le logiciel à Suresnes et à Massy ?", ["suresnes", "massy"]),
    ],
)
def test_where_no_figures_compare_each_town_gets_its_fact(
    published_answering: Answering, question: str, towns: list[str]
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Comparison)
    assert answer.indicator is None
    assert [row.territory.id for row in answer.rows] == towns
    assert [citation.owner_id for citation in answer.citations] == towns


def test_a_town_with_nothing_stands_beside_the_other(
    published_answering: Answering, published: Knowledge
) -> None:
    question = "Metz et Mulhouse, combien de policiers municipaux ?"
    answer, _ = published_answering.reply(question, NOW)
    told = shown(answer, published)
    assert told.startswith("• Metz : rien de noté\n• Mulhouse : La police")


def test_a_figure_says_what_it_counts_beside_a_fact(
    published_answering: Answering, published: Knowledge
) -> None:
    question = "Compare Nice, Marseille et Paris, nombre de caméras"
    answer, _ = published_answering.reply(question, NOW)
    first, _, last, *_ = shown(answer, published).splitlines()
    assert first.startswith("• Nice : 4 500 caméras en service, avril 2024. ")
    assert last.startswith("• Paris : Fin 2022, Paris dispose de 4 055 caméras de police")


def test_no_more_towns_than_a_phone_shows_stand_side_by_side(
    published_answering: Answering, published: Knowledge
) -> None:
    question = "lille lens roubaix tourcoing calais arras douai loos croix paris : drones ?"
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Comparison)
    assert len(answer.rows) == MOST
    assert "Seules les 8 premières villes sont comparées." in shown(answer, published)


def test_what_only_an_article_tells_stands_beside_too(
    published_answering: Answering, published: Knowledge
) -> None:
    question = "Le maire PS de Clermont-Ferrand et celui de Cassel qui deviennent sécuritaires ?"
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Comparison)
    assert answer.rows[0].article is not None
    assert "• Clermont-Ferrand : RMC décrit le tournant de la mairie" in shown(answer, published)


def test_nothing_on_any_town_is_said_of_all(
    published_answering: Answering, published: Knowledge
) -> None:
    question = "entre Reims et Chambéry, laquelle reçoit le plus de réquisitions ?"
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Unknown)
    told = shown(answer, published)
    assert told == "Sur Reims et Chambéry, la base n’en dit rien."


@pytest.mark.parametrize(
    "question",
    [
        "qui a attaqué les caméras de montpellier et sète en justice en 2024 ?",
        "qui payait les portiques à reco faciale dans les lycées de Nice et Marseille ?",
    ],
)
def test_one_fact_on_several_towns_is_told_once(
    published_answering: Answering, question: str
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, FactAnswer)


def test_what_was_settled_is_said_on_each_line(
    published_answering: Answering, published: Knowledge
) -> None:
    answer, _ = published_answering.reply("est-ce que lille et roubaix ont des drones ?", NOW)
    assert "• Lille : oui. " in shown(answer, published)


def test_a_figure_has_its_unit_where_the_title_does_not_say_it(
    published_answering: Answering, published: Knowledge
) -> None:
    question = "Grenoble et Brest, combien de jours sont gardées les images ?"
    answer, _ = published_answering.reply(question, NOW)
    told = shown(answer, published)
    assert told.startswith("Durée de conservation\n• Grenoble : 7 jours, avril 2023.")


def test_a_ratio_of_cameras_that_nobody_counted_is_not_told_by_something_else(
    published_answering: Answering,
) -> None:
    question = "bourg en bresse nb de cameras de rue pour 1000 habitants"
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Unknown)


def test_the_subject_that_the_towns_have_is_compared_beside_a_story(
    published_answering: Answering,
) -> None:
    question = "On est une petite association : est-ce que Cannes a plus de caméras que Nice ?"
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Comparison)
    assert answer.indicator == "cameras"
