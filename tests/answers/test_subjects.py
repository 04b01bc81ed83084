"""Ways to act in a town, and the sites on it."""

import pytest

from bot.answers.answering import Answering
from bot.answers.model import TopicCard
from tests.small_base import paris

NOW = paris("2026-11-22T12:00")


@pytest.mark.parametrize(
    ("asked", "topic", "town"),
    [
        ("Nantes sous surveillance : objet du site ?", "nantes-sous-surveillance", "Nantes"),
        ("la carte participative des caméras de Nantes", "nantes-sous-surveillance", "Nantes"),
        ("technopolice roubaix adresse du site", "technopolice-roubaix", "Roubaix"),
    ],
)
def test_a_site_on_a_town_is_told_to_who_asks_for_it(
    published_answering: Answering, asked: str, topic: str, town: str
) -> None:
    assert card(published_answering, asked) == (topic, [town])


@pytest.mark.parametrize(
    "asked",
    [
        "comment récupérer les images de la caméra de ma rue à Lyon ?",
        "nice voir les img de moi cmt",
        "J'ai été filmée à Lille, comment j'exige de voir la vidéo ?",
        "la vidéo de mon accident à Lille, à qui je demande ?",
    ],
)
def test_how_to_get_images_is_told_whatever_the_street(
    published_answering: Answering, asked: str
) -> None:
    (topic, towns) = card(published_answering, asked)
    assert topic == "droit-acces-images"
    assert len(towns) == 1


@pytest.mark.parametrize(
    "asked", ["Nantes, combien de caméras ?", "how do I avoid the cameras in Toulouse"]
)
def test_what_asks_for_no_site_and_no_way_to_act_gets_none(
    published_answering: Answering, asked: str
) -> None:
    answer, _ = published_answering.reply(asked, NOW)
    assert not isinstance(answer, TopicCard)


def card(answering: Answering, asked: str) -> tuple[str, list[str]]:
    answer, _ = answering.reply(asked, NOW)
    assert isinstance(answer, TopicCard)
    return answer.id, [place.name for place in answer.territories]
