"""Which places are found in a sentence, and that covering villages changes none of it."""

import pytest

from bot.answers.answering import Answering
from bot.answers.territories import NEAREST
from bot.places.communes import Communes
from tests.small_base import answering, base, city

COVERED = {
    "lille": ("Lille", "59350"),
    "brest": ("Brest", "29019"),
    "deauville": ("Deauville", "14220"),
    "commer": ("Commer", "53072"),
    "bonne": ("Bonne", "74040"),
    "doue": ("Doue", "77162"),
    "noues-de-sienne": ("Noues de Sienne", "14658"),
    "clermont-ferrand": ("Clermont-Ferrand", "63113"),
    "clermont": ("Clermont", "60157"),
}


@pytest.fixture(scope="module")
def small(communes: Communes) -> Answering:
    cities = {id_: city(name, insee, {}) for id_, (name, insee) in COVERED.items()}
    return answering(base(cities), communes)


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("comment on demande les images ?", []),
        ("bon ben moi je veux porter plainte", []),
        ("deauville briefcam", ["deauville"]),
        ("Commer a des caméras ?", ["commer"]),
        ("Ma Doué, combien de caméras à Brest ?", ["brest"]),
        ("Gast, à Brest on garde les images combien de jours ?", ["brest"]),
        ("Deauville ou Lille, qui filme le plus ?", ["deauville", "lille"]),
        ("combien de caméras à Doue et à Brest ?", ["doue", "brest"]),
        ("Ma Doué, des caméras !", ["doue"]),
        ("les caméras de Clermont", ["clermont-ferrand"]),
    ],
)
def test_a_covered_village_is_found_where_it_is_named(
    small: Answering, sentence: str, ids: list[str]
) -> None:
    named = small.gazetteer.find_in(sentence)
    assert [territory.id for territory in named.sure] == ids
    assert named.doubtful == ()


def test_a_departement_after_a_name_tells_homonyms_apart(small: Answering) -> None:
    for sentence in ("combien de caméras à Saint-Denis (974) ?", "saint-denis réunion caméras"):
        assert [one.insee for one in small.gazetteer.find_in(sentence).sure] == ["97411"]
    assert not small.gazetteer.find_in("combien de caméras à Saint-Denis ?").sure


@pytest.mark.parametrize(
    "sentence", ["des caméras à Brest en Biélorussie ?", "Laval au Québec", "laval (Canada) drones"]
)
def test_a_name_that_a_country_abroad_follows_is_no_commune(
    small: Answering, sentence: str
) -> None:
    named = small.gazetteer.find_in(sentence)
    assert named.is_elsewhere
    assert named.sure == named.doubtful == ()


def test_a_town_named_before_another_abroad_is_itself(small: Answering) -> None:
    named = small.gazetteer.find_in("les caméras de Brest, Londres et Berlin")
    assert [one.id for one in named.sure] == ["brest"]


def test_the_covered_places_are_told_the_most_populous_first(small: Answering) -> None:
    covered = small.gazetteer.all_covered()
    assert len(covered) == len(COVERED) > NEAREST
    people = [territory.population or 0 for territory in covered]
    assert people == sorted(people, reverse=True)
