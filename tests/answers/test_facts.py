"""Which fact answers a question about one town, or about a topic."""

from dataclasses import replace

import pytest

from bot.answers.answering import Answering
from bot.answers.model import Answer, FactAnswer, TopicCard, Unknown
from bot.knowledge.model import Intent, IntentTag, Sourced, Topic
from bot.places.communes import Communes
from tests.small_base import SOURCES, VOCABULARY, answering, base, city, fact, figure, paris

NOW = paris("2026-06-21T12:00")
ASKED: dict[Intent, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "when": (("quand",), ("première",)),
    "vendor": (("quelle société",), ("société",)),
}
"""The words of more intents, and the words that suit them."""
LEARNT = replace(
    VOCABULARY,
    intents={
        **VOCABULARY.intents,
        **{
            intent: IntentTag(label=intent, definition=intent, words=words, suits=suits)
            for intent, (words, suits) in ASKED.items()
        },
    },
    fillers=(*VOCABULARY.fillers, "installé", "date", "ont"),
    synonyms=(("8", "huit"),),
)


@pytest.fixture(scope="module")
def small(communes: Communes) -> Answering:
    lille = {
        "debut": fact("Les premières caméras de Lille datent de 2006.", date="2006"),
        "c-2018": figure(100, "2018"),
        "c-2022": figure(140, "2022"),
        "pose": fact("La société Filmtout a installé les caméras de Lille.", date="2020"),
        "rue": fact("Huit caméras sont rue Faidherbe.", date="2019"),
    }
    lens = {"c-2019": figure(60, "2019")}
    drone = Topic(
        name="Drone",
        kind="technology",
        summary=Sourced(text="Un drone vole.", sources=("journal",)),
        also=("aéronef", "survolteur"),
        sources=SOURCES,
        facts={
            "nom": fact("Le survolteur est un drone de la police.", "drones"),
            "prix": fact("Le budget d'un drone est libre.", "drones"),
        },
    )
    knowledge = base({"lille": city("Lille", "59350", lille), "lens": city("Lens", "62498", lens)})
    return answering(replace(knowledge, vocabulary=LEARNT, topics={"drone": drone}), communes)


def asked(small: Answering, question: str) -> Answer:
    answer, _ = small.reply(question, NOW)
    return answer


def first(small: Answering, question: str) -> str:
    """The id of the fact that answers first."""
    answer = asked(small, question)
    assert isinstance(answer, FactAnswer), answer
    return answer.citations[0].id


def test_of_figures_that_answer_alike_the_latest_is_told(small: Answering) -> None:
    assert first(small, "combien de caméras à Lille") == "lille/c-2022"


def test_the_year_asked_is_told_alone(small: Answering) -> None:
    answer = asked(small, "combien de caméras à Lille en 2018")
    assert isinstance(answer, FactAnswer)
    assert answer.series is not None
    assert [point.id for point in answer.series.points] == ["lille/c-2018"]


def test_a_beginning_is_told_by_the_fact_that_says_so(small: Answering) -> None:
    assert first(small, "quand ont été installées les caméras de Lille") == "lille/debut"


def test_a_company_is_told_only_where_a_fact_names_one(small: Answering) -> None:
    assert first(small, "quelle société a installé les caméras de Lille") == "lille/pose"
    assert isinstance(asked(small, "quelle société a installé les caméras de Lens"), Unknown)


@pytest.mark.parametrize("number", ["8", "huit"])
def test_a_number_singles_out_the_fact_that_gives_it(small: Answering, number: str) -> None:
    assert first(small, f"les {number} caméras de Lille") == "lille/rue"


def test_a_topic_is_its_card_unless_a_fact_says_what_else_is_asked(small: Answering) -> None:
    assert isinstance(asked(small, "c'est quoi un drone"), TopicCard)
    assert isinstance(asked(small, "c'est quoi un aéronef"), TopicCard)
    assert first(small, "c'est quoi un survolteur") == "drone/nom"
