import pytest

from bot.answers.answering import Answering
from bot.answers.main_place import NamedAt, main_of
from bot.answers.model import Territory
from tests.questions.judging import NOW

LILLE = Territory("Lille", "lille", "59350")
ROUBAIX = Territory("Roubaix", "roubaix", "59512")
CHUZELLES = Territory("Chuzelles", None, "38110")


def main(sentence: str, *places: Territory) -> Territory | None:
    names = [
        NamedAt(place, sentence.index(place.name), sentence.index(place.name) + len(place.name))
        for place in places
    ]
    return main_of(places, names, sentence)


@pytest.mark.parametrize(
    "sentence", ["Lille et Roubaix", "Lille, Roubaix : combien ?", "Lille vs Roubaix, drones"]
)
def test_places_side_by_side_are_all_meant(sentence: str) -> None:
    assert main(sentence, LILLE, ROUBAIX) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Combien de caméras de Roubaix sont reliées au centre de Lille ?",
        "À Roubaix, près de Lille, combien ?",
        "Roubaix a gagné devant le tribunal administratif de Lille ?",
        "J'habite Lille, combien de caméras compte Roubaix ?",
    ],
)
def test_a_place_that_only_says_where_or_who_is_beside_the_one_meant(sentence: str) -> None:
    places = sorted((LILLE, ROUBAIX), key=lambda place: sentence.index(place.name))
    assert main(sentence, *places) == ROUBAIX


def test_of_a_town_that_the_base_covers_and_one_that_it_does_not_the_first_is_meant() -> None:
    assert main("Chuzelles dépend de qui, Lille ?", CHUZELLES, LILLE) == LILLE


@pytest.mark.parametrize(
    "sentence",
    ["la sortie du lycée jean puy à roanne", "autour du quartier saint jacques à Roanne"],
)
def test_what_names_a_part_of_a_covered_town_is_no_other_town(
    published_answering: Answering, sentence: str
) -> None:
    assert names_in(published_answering, sentence) == ["Roanne"]


@pytest.mark.parametrize("sentence", ["TA caen deauville référé", "le juge de Caen et Deauville"])
def test_the_town_where_a_court_sits_is_not_the_one_of_which_it_judges(
    published_answering: Answering, sentence: str
) -> None:
    answer, _ = published_answering.reply(sentence, NOW)
    assert [place.name for place in answer.territories] == ["Deauville"]


def names_in(answering: Answering, sentence: str) -> list[str]:
    return [place.name for place in answering.gazetteer.find_in(sentence).sure]
