"""Questions that name no town."""

from dataclasses import replace

import pytest

from bot.answers.answering import Answering
from bot.answers.model import (
    Answer,
    Comparison,
    FactAnswer,
    TopicCard,
    Unknown,
    WhichCity,
    WhichOne,
)
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
    answer = asked(small, "qu'est-ce qu'on sait du budget du phare du beffroi ?")
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


@pytest.mark.parametrize(
    "question",
    [
        "de quelle couleur sont les caméras ?",  # a fact speaks of the colour of clothes
        "vienne (autriche) caméras",
        "Vienne en Autriche, combien de caméras ?",
    ],
)
def test_what_the_base_does_not_hold_is_not_told_of_something_else(
    published_answering: Answering, question: str
) -> None:
    assert isinstance(asked(published_answering, question), Unknown)


def test_two_places_and_nothing_else_are_a_choice(published_answering: Answering) -> None:
    answer = asked(published_answering, "lille ou roubaix")
    assert isinstance(answer, WhichOne)
    assert [town.id for town in answer.choices] == ["lille", "roubaix"]


def test_somebody_close_does_not_hide_what_a_topic_tells(published_answering: Answering) -> None:
    text = "Ma fille est embauchée pour surveiller les écrans du CSU, il lui faut un agrément ?"
    answer = asked(published_answering, text)
    assert isinstance(answer, FactAnswer | TopicCard)


@pytest.mark.parametrize(
    ("question", "town"),
    [
        ("le parisien a parlé de caméras incassables à brest ?", "brest"),
        ("Dans Lyon Capitale, Mulhouse a combien de caméras ?", "mulhouse"),
        ("estrosi voulait combien de caméras en 2032 ?", "nice"),
    ],
)
def test_a_newspaper_is_no_town_and_a_mayor_stands_for_one(
    published_answering: Answering, question: str, town: str
) -> None:
    answer = asked(published_answering, question)
    assert [one.id for one in answer.territories] == [town]


@pytest.mark.parametrize(
    "question",
    [
        "pourquoi Nantes a-t-elle retiré ses caméras ?",
        "C'est vrai que Nantes n'a pas de caméras ?",
        "le nombre de caméras a-t-il augmenté à Nantes ?",
    ],
)
def test_cameras_that_are_said_to_be_gone_or_more_are_counted(
    published_answering: Answering, question: str
) -> None:
    answer = asked(published_answering, question)
    assert isinstance(answer, FactAnswer)
    assert answer.series is not None
    assert answer.series.indicator == "cameras"
    assert answer.citations[0] == answer.series.latest


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("prochaine réunion à Marseille ?", "agenda"),
        ("un débat bientôt à Lille ?", "agenda"),
        ("pendant le festival de Cannes, ils ont mis de l'IA sur les caméras ?", "fact"),
        ("combien de temps la préfecture autorise-t-elle des caméras pour un festival ?", "fact"),
    ],
)
def test_only_what_asks_for_events_gets_the_agenda(
    published_answering: Answering, question: str, kind: str
) -> None:
    assert asked(published_answering, question).kind == kind


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("les micros dans la rue qui écoutent les bruits c légal ??", "audiosurveillance"),
        ("Un maire a-t-il le droit d'utiliser un logiciel qui détecte les comportements ?", "vsa"),
        ("la mairie refuse de me donner le contrat du logiciel, je fais quoi ??", "agir-cada"),
        ("ki utilise briefcam ?", "briefcam"),
        ("c'est quoi la police qui prédit les crimes, la police prédictive ?", "police-predictive"),
    ],
)
def test_the_topic_that_answers_is_told(
    published_answering: Answering, question: str, topic: str
) -> None:
    answer = asked(published_answering, question)
    assert isinstance(answer, TopicCard)
    assert answer.id == topic


def test_what_is_lawful_is_told_by_the_topic_though_a_town_is_named(
    published_answering: Answering,
) -> None:
    question = "J'ai été verbalisée à Nantes par une caméra, ils ont le droit ?"
    answer = asked(published_answering, question)
    told = answer.id if isinstance(answer, TopicCard) else answer.citations[0].owner_id
    assert told == "videoverbalisation"


@pytest.mark.parametrize(
    "question",
    [
        "combien de drones possède la police nationale ?",
        "combien de plaintes la CNIL a-t-elle reçues en tout l'année dernière ?",
        "quel est le tarif annuel d'une licence BriefCam ?",
    ],
)
def test_a_topic_that_does_not_answer_is_only_offered(
    published_answering: Answering, question: str
) -> None:
    answer = asked(published_answering, question)
    assert isinstance(answer, Unknown)
    assert len(answer.topics) == 1


def test_what_is_asked_of_the_whole_country_is_not_asked_of_a_town(
    published_answering: Answering,
) -> None:
    question = "combien d'opérateurs vidéo travaillent dans toute la france ?"
    assert isinstance(asked(published_answering, question), Unknown)


def test_my_town_is_asked_for(published_answering: Answering) -> None:
    question = "je voudrais savoir le nombre de caméras dans ma commune"
    answer, context = published_answering.reply(question, NOW)
    assert isinstance(answer, WhichCity)
    named, _ = published_answering.reply("Croix", NOW, context)
    assert isinstance(named, FactAnswer)
    assert [town.id for town in named.territories] == ["croix"]


def test_who_complains_of_a_neighbour_gets_the_law(published_answering: Answering) -> None:
    answer = asked(published_answering, "mon voisin filme le trottoir, je me plains où ?")
    assert answer.kind in ("fact", "topic")


def test_how_long_images_are_kept_is_told_by_the_law(published_answering: Answering) -> None:
    answer = asked(published_answering, "combien de temps ils gardent les images")
    assert answer.citations[0].id == "videosurveillance/un-mois"


def test_a_ranking_of_nothing_named_counts_cameras(published_answering: Answering) -> None:
    answer = asked(published_answering, "Quelle ville est en tête ?")
    assert isinstance(answer, Comparison)
    assert answer.indicator == "cameras"


@pytest.mark.parametrize("text", ["qsdfgh", "ville qsdfgh"])
def test_what_is_no_word_gets_no_answer_again(published_answering: Answering, text: str) -> None:
    _, context = published_answering.reply("combien de caméras à Nantes ?", NOW)
    answer, _ = published_answering.reply(text, NOW, context)
    assert isinstance(answer, Unknown)
