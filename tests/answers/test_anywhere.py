"""Questions that name no town."""

from dataclasses import replace

import pytest

from bot.answers.answering import Answering
from bot.answers.model import Answer, FactAnswer, TopicCard, Unknown, WhichCity
from bot.knowledge.model import Sourced, Topic
from bot.places.communes import Communes
from tests.small_base import SOURCES, answering, base, city, fact, figure, paris

NOW = paris("2026-11-22T12:00")


@pytest.fixture(scope="module")
def small(communes: Communes) -> Answering:
    lille = {
        "c": figure(100, "2022"),
        "phare": fact("Le budget du phare du beffroi a doublé.", "cout"),
    }
    lens = {"c": figure(60, "2019")}
    drone = Topic(
        name="Drone",
        kind="technology",
        summary=Sourced(text="Un drone vole et filme.", sources=("journal",)),
        sources=SOURCES,
        facts={"altitude": fact("Le drone ne dépasse pas une altitude de cent mètres.", "drones")},
    )
    knowledge = base({"lille": city("Lille", "59350", lille), "lens": city("Lens", "62498", lens)})
    return answering(replace(knowledge, topics={"drone": drone}), communes)


def asked(small: Answering, question: str) -> Answer:
    answer, _ = small.reply(question, NOW)
    return answer


def test_a_topic_is_told_by_its_card(small: Answering) -> None:
    assert isinstance(asked(small, "c'est quoi un drone"), TopicCard)


def test_what_one_fact_on_a_topic_says_is_told_by_it(small: Answering) -> None:
    answer = asked(small, "le drone dépasse-t-il cent mètres d'altitude ?")
    assert isinstance(answer, FactAnswer)
    assert answer.citations[0].id == "drone/altitude"


def test_what_several_towns_hold_is_asked_of_one(small: Answering) -> None:
    answer = asked(small, "combien de caméras ?")
    assert isinstance(answer, WhichCity)
    assert [town.id for town in answer.choices] == ["lille", "lens"]


def test_what_one_town_alone_holds_is_told_of_it(small: Answering) -> None:
    answer = asked(small, "le budget du phare du beffroi a doublé ?")
    assert isinstance(answer, FactAnswer)
    assert [town.id for town in answer.territories] == ["lille"]


def test_what_nobody_tells_is_not_told(small: Answering) -> None:
    assert isinstance(asked(small, "la recette de la blanquette"), Unknown)


@pytest.mark.parametrize("before", [None, "combien de caméras à Lille ?"])
def test_what_the_law_lets_people_film_is_told_for_the_whole_country(
    published_answering: Answering, before: str | None
) -> None:
    context = published_answering.reply(before, NOW)[1] if before else None
    asked_now = "mon voisin filme le trottoir, il a le droit ?"
    answer, _ = published_answering.reply(asked_now, NOW, context)
    assert isinstance(answer, FactAnswer | TopicCard)
    assert answer.territories == ()


@pytest.mark.parametrize("text", ["qui vend ça ?", "ville de macron"])
def test_one_everyday_word_asks_nothing(published_answering: Answering, text: str) -> None:
    assert isinstance(asked(published_answering, text), Unknown)


def test_a_name_alone_is_enough(published_answering: Answering) -> None:
    answer = asked(published_answering, "c'est quoi Orasio ?")
    assert isinstance(answer, FactAnswer)
    assert "orasio" in str((answer.citations or answer.articles)[0]).casefold()


@pytest.mark.parametrize(
    "question", ["quelles villes utilisent briefcam", "where is BriefCam used?"]
)
def test_where_a_technology_is_gets_all_its_towns(
    published_answering: Answering, question: str
) -> None:
    answer = asked(published_answering, question)
    assert isinstance(answer, TopicCard)
    assert answer.leads_with_cities
    assert len(answer.cities) > 1


def test_a_neighbour_after_a_town_is_not_about_that_town(published_answering: Answering) -> None:
    _, context = published_answering.reply("les émotions sont analysées à Nîmes ?", NOW)
    answer, _ = published_answering.reply(
        "mon voisin filme mon jardin, il a le droit ?", NOW, context
    )
    assert answer.kind in ("fact", "topic")
    assert answer.territories == ()
