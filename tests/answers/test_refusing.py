from dataclasses import replace

import pytest

from bot.answers.refusing import Refusals, sentences_of
from bot.knowledge.speech import Persons
from bot.language.folding import fold
from tests.small_base import VOCABULARY

REFUSALS = Refusals(
    replace(
        VOCABULARY,
        persons=Persons(
            kin=("mon voisin", "ma voisine"),
            hearsay=("dire", "dit", "jurer", "juré"),
            naming=("nom", "adresse", "s'appelle"),
            roles=("agent", "chef"),
        ),
        harmful=("casser", "casse"),
        fillers=("le", "la", "l", "et", "de", "du", "d", "comment", "complet", "il"),
    )
)


def is_private(
    text: str, *, names_place: bool = True, names_subject: bool = False, asks_law: bool = False
) -> bool:
    sentences = sentences_of(text)
    return REFUSALS.asks_who(sentences) or REFUSALS.is_of_kin(
        sentences, names_place=names_place, names_subject=names_subject, asks_law=asks_law
    )


@pytest.mark.parametrize(
    "text",
    [
        "le nom et l'adresse de l'agent",
        "Il s'appelle comment, le chef du CSU ?",
        "mon voisin est dans le fichier ?",
        "Mon voisin filme chez moi",
        "Combien de caméras chez mon voisin ?",
    ],
)
def test_who_somebody_is_is_private(text: str) -> None:
    assert is_private(text)


@pytest.mark.parametrize(
    "text",
    [
        "le nom du logiciel que les agents regardent",
        "mon voisin me dit que Lille a cent caméras",
        "On a cambriolé ma voisine. Combien de caméras à Lille ?",
        "C'est vrai ? Mon voisin me l'a juré.",
        "Je vais souvent chez ma voisine à Lille. Combien de caméras ?",
    ],
)
def test_who_only_tells_or_is_beside_the_question_is_part_of_the_story(text: str) -> None:
    assert not is_private(text)


def test_somebody_close_is_private_where_no_public_thing_is_asked() -> None:
    assert is_private("On a cambriolé ma voisine. Qui ?", names_place=False)
    assert not is_private("Ma voisine a peur. Les caméras ?", names_place=False, names_subject=True)


def test_what_the_law_lets_somebody_close_do_is_not_private() -> None:
    assert not is_private("mon voisin filme le trottoir, il a le droit ?", asks_law=True)
    assert is_private("le nom de l'agent, c'est légal ?", asks_law=True)


def test_how_to_break_is_refused_and_what_was_broken_is_not() -> None:
    assert REFUSALS.is_harm(fold("comment je casse la cam"), asks_how=True)
    assert REFUSALS.is_harm(fold("un tuto pour casser une caméra"), asks_how=False)
    assert not REFUSALS.is_harm(fold("qui veut casser la caméra"), asks_how=False)
    assert not REFUSALS.is_harm(fold("combien de caméras cassées"), asks_how=False)
