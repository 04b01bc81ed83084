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


def test_what_is_told_on_the_only_covered_homonym_says_which_others_there_are(
    published_answering: Answering,
) -> None:
    answer, _ = published_answering.reply("Saint-Denis a un comité d'éthique ?", NOW)
    assert isinstance(answer, FactAnswer)
    assert answer.territories[0].insee == "93066"
    assert "97411" in [other.insee for other in answer.choices]
    counted, _ = published_answering.reply("combien de caméras à Saint-Denis ?", NOW)
    assert counted.kind == "choice"


def test_what_a_topic_tells_of_a_town_answers_on_it(published_answering: Answering) -> None:
    answer, _ = published_answering.reply("qui a fourni le logiciel du carnaval de Nice ?", NOW)
    assert isinstance(answer, FactAnswer)
    assert any(citation.owner_id == "reconnaissance-faciale" for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "is_told"),
    [
        ("Ma fille va au collège à Nîmes, on y analyse les émotions sur les visages ?", True),
        ("Ma fille habite où à Nîmes ?", False),
        ("Le nom de l'agent qui regarde les écrans à Roubaix ?", False),
        ("les micros espions d'Orléans, c'est quel jugement ?", True),
    ],
)
def test_a_question_on_a_town_is_not_about_somebody_close_who_lives_there(
    published_answering: Answering, question: str, is_told: bool
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, FactAnswer) == is_told
    assert is_told or (isinstance(answer, Unknown) and answer.reason == "private")


@pytest.mark.parametrize(
    ("question", "shows_change"),
    [
        ("comment a évolué le nombre de caméras à Nantes depuis 2018 ?", True),
        ("combien de caméras à Cannes en 2011, avant l'explosion ?", False),
        ("depuis quand y a-t-il des caméras à Saint-Herblain ?", False),
    ],
)
def test_a_change_is_told_where_one_is_asked(
    published_answering: Answering, question: str, shows_change: bool
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, FactAnswer)
    assert answer.shows_change == shows_change


def test_the_other_town_that_was_meant_gets_the_same_question(
    published_answering: Answering,
) -> None:
    told, context = published_answering.reply("Saint-Denis a un comité d'éthique ?", NOW)
    other = next(choice for choice in told.choices if choice.insee == "97411")
    answer, again = published_answering.choose(other, NOW, context)
    assert answer.territories == (other,)
    assert again is not None
    assert again.question.reading == context.question.reading if context else False


@pytest.mark.parametrize(
    "question",
    ["combien de caméras à Saint-Denis (974) ?", "Saint-Denis, La Réunion : un comité d'éthique ?"],
)
def test_what_a_covered_town_has_is_not_told_of_another_of_its_name(
    published_answering: Answering, question: str
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert answer.kind == "unknown"
    assert not answer.citations


def test_a_new_question_on_a_name_that_is_several_owes_nothing_to_the_one_before(
    published_answering: Answering,
) -> None:
    _, context = published_answering.reply("combien de caméras à Nantes ?", NOW)
    answer, _ = published_answering.reply("Saint-Denis a un comité d'éthique ?", NOW, context)
    assert isinstance(answer, FactAnswer)
    assert answer.missing is None


@pytest.mark.parametrize("question", ["à toulon ils ont briefcam ?", "Maubeuge a des drones ?"])
def test_what_tells_nothing_of_the_technology_asked_is_not_told(
    published_answering: Answering, question: str
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Unknown)


def test_a_larger_count_of_other_cameras_is_told_beside_an_older_one(
    published_answering: Answering,
) -> None:
    answer, _ = published_answering.reply("combien de caméras à Roubaix ?", NOW)
    told = [citation.fact.text for citation in answer.citations]
    assert "450" in told[0]
    assert "470" in told[1]


@pytest.mark.parametrize(
    "question",
    [
        "wasquehal ya des cameras ?",
        "Carquefou caméras combien",
        "Aniche : quelle est votre source sur la vidéosurveillance ?",
    ],
)
def test_what_is_told_of_cameras_answers_who_asks_of_nothing_else(
    published_answering: Answering, question: str
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, FactAnswer)


def test_the_figure_of_the_nearest_year_is_told_for_a_year_without_one(
    published_answering: Answering,
) -> None:
    answer, _ = published_answering.reply("combien de caméras à Marseille en 2016 ?", NOW)
    assert isinstance(answer, FactAnswer)
    assert answer.missing == "year"
    period = answer.citations[0].period
    assert period is not None
    assert period.last.year in (2014, 2015, 2017, 2018)


def test_how_much_was_voted_is_not_asked_by_yes_or_no(published_answering: Answering) -> None:
    question = "Quel budget la Ville de Lille a-t-elle consacré à la vidéosurveillance ?"
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, FactAnswer)
    assert "million" in answer.citations[0].fact.text


@pytest.mark.parametrize(
    "asked_for",
    ["lille a des drones ?", "Est-ce que Lille a des drones ?", "Lille utilise des drones ??"],
)
def test_what_is_stated_with_a_question_mark_is_asked_by_yes_or_no(
    published_answering: Answering, asked_for: str
) -> None:
    answer = asked(published_answering, asked_for)
    assert isinstance(answer, FactAnswer)
    assert answer.verdict == "yes"


@pytest.mark.parametrize("asked_for", ["Que fait Lille des drones ?", "des drones à Lille ?"])
def test_what_is_no_statement_is_not_answered_by_yes_or_no(
    published_answering: Answering, asked_for: str
) -> None:
    answer = asked(published_answering, asked_for)
    assert isinstance(answer, FactAnswer)
    assert answer.verdict is None


@pytest.mark.parametrize(
    ("asked_for", "kind"),
    [
        ("le dossier de Deauville", "city"),
        ("Dans le dossier de Deauville, l'urgence a été admise par le juge ?", "fact"),
    ],
)
def test_all_that_is_told_of_a_town_is_told_to_who_asks_of_nothing_else(
    published_answering: Answering, asked_for: str, kind: str
) -> None:
    assert asked(published_answering, asked_for).kind == kind


@pytest.mark.parametrize(
    ("asked_for", "kind"),
    [
        ("Nieppe appel Douai", "fact"),
        ("vienne regarde aussi chez les voisins ? quel village", "fact"),
        ("Nieppe ?", "city"),
        ("tell me about Cannes", "city"),
    ],
)
def test_a_few_small_words_may_ask_for_one_fact_rather_than_for_the_town(
    published_answering: Answering, asked_for: str, kind: str
) -> None:
    assert asked(published_answering, asked_for).kind == kind


def test_beside_a_count_stands_no_projection(published_answering: Answering) -> None:
    answer = asked(published_answering, "combien de cam a nantes")
    assert [citation.id for citation in answer.citations] == ["nantes/cameras-2024-04"]


def test_how_many_there_are_is_no_answer_to_who_sold_them(published_answering: Answering) -> None:
    assert asked(published_answering, "qui a vendu les caméras à Cannes ?").kind == "unknown"


def test_the_station_of_another_town_tells_nothing_of_this_one(
    published_answering: Answering,
) -> None:
    answer, _ = published_answering.reply("les gones, on a la vsa nous ou pas ?", NOW)
    assert "gare de Lyon, à Paris" not in answer.citations[0].fact.text


def test_no_price_is_told_by_what_says_nothing_of_a_cost(published_answering: Answering) -> None:
    question = "prix du logiciel de XXII payé par la ville de Massy"
    answer, _ = published_answering.reply(question, NOW)
    assert answer.kind == "unknown"


def test_what_is_not_in_use_answers_what_it_cost(published_answering: Answering) -> None:
    question = "Il a coûté combien le système de reconnaissance faciale des caméras de Nantes ?"
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, FactAnswer)
    assert answer.citations[0].fact.in_use is False


def test_what_a_thing_is_does_not_depend_on_a_town_that_is_not_covered(
    published_answering: Answering,
) -> None:
    answer, _ = published_answering.reply("C'est quoi BriefCam ? J'habite Colmar.", NOW)
    assert answer.kind == "topic"


def test_cameras_at_work_are_not_those_of_the_street(published_answering: Answering) -> None:
    answer, _ = published_answering.reply("mon patron me filme au bureau, c'est légal ?", NOW)
    assert answer.kind == "unknown"


def test_how_many_comes_first_of_two_questions_at_once(published_answering: Answering) -> None:
    for asked in (
        "mulhouse, combien de caméras et qui les regarde",
        "dunkerque nombre de caméras et le prix",
    ):
        answer, _ = published_answering.reply(asked, NOW)
        assert answer.citations[0].fact.figure is not None
        assert answer.citations[0].fact.figure.indicator == "cameras"


def test_a_town_of_which_little_is_told_shows_that_it_has_cameras(
    published_answering: Answering,
) -> None:
    answer, _ = published_answering.reply("la chapelle sur erdre ya des cam ?", NOW)
    assert answer.citations[0].fact.theme == "csu"


def test_now_is_no_card(published_answering: Answering) -> None:
    answer, _ = published_answering.reply("combien avons-nous de caméras à Roanne à présent ?", NOW)
    assert answer.kind == "fact"


def test_the_date_of_a_ruling_is_not_that_of_its_hearing(published_answering: Answering) -> None:
    answer, _ = published_answering.reply("Jugement BriefCam à Moirans : quelle date ?", NOW)
    assert answer.kind == "fact"


def test_the_year_asked_is_told_whatever_changed_then(published_answering: Answering) -> None:
    asked = "l'état du parc de caméras grenoblois au printemps 2014, lors du changement de maire"
    answer, _ = published_answering.reply(asked, NOW)
    assert answer.citations[0].id == "grenoble/cameras-2014"


def test_a_departement_in_brackets_counts_nothing(published_answering: Answering) -> None:
    answer, _ = published_answering.reply("combien de caméras à Marseille (13)", NOW)
    assert answer.citations[0].fact.figure is not None
    assert answer.citations[0].fact.figure.indicator == "cameras"


def test_a_later_count_of_a_town_is_told_rather_than_one_of_its_region(
    published_answering: Answering,
) -> None:
    answer, _ = published_answering.reply("combien de caméras à Paris ?", NOW)
    assert answer.citations[0].id == "paris/cameras-2022"


@pytest.mark.parametrize(
    "asked",
    ["le décompte le plus récent des caméras à Nantes", "dernier chiffre des caméras à Nantes"],
)
def test_the_latest_count_asked_for_in_so_many_words_is_told(
    published_answering: Answering, asked: str
) -> None:
    answer, _ = published_answering.reply(asked, NOW, None)
    assert answer.citations[0].id == "nantes/cameras-2024-04"


def test_a_commune_beside_a_town_is_the_one_asked_about(published_answering: Answering) -> None:
    asked = "indre, à côté de nantes, combien de caméras ?"
    answer, _ = published_answering.reply(asked, NOW, None)
    assert [territory.id for territory in answer.territories] == ["indre"]


def test_what_they_put_into_it_is_a_cost(published_answering: Answering) -> None:
    asked = "ils ont mis combien dedans à Roubaix, les caméras ?"
    answer, _ = published_answering.reply(asked, NOW, None)
    assert answer.citations[0].fact.theme == "cout"
