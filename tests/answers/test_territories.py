"""Which places are found in a sentence, and that covering villages changes none of it."""

import pytest

from bot.answers.answering import Answering
from bot.answers.territories import NEAREST
from bot.knowledge.model import City
from bot.places.communes import Communes
from tests.small_base import SOURCES, answering, base, city

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
        ("deauvile briefcam", ["deauville"]),
        ("cimbien de camerad a deauvile mntnant", ["deauville"]),
        ("sur le marché de Brest, au bourg de Lille", ["brest", "lille"]),
    ],
)
def test_a_covered_village_is_found_where_it_is_named(
    small: Answering, sentence: str, ids: list[str]
) -> None:
    named = small.gazetteer.find_in(sentence)
    assert [territory.id for territory in named.sure] == ids
    assert named.doubtful == ()


@pytest.mark.parametrize("sentence", ["des drones dans le Pas-de-Calais", "la Croix-Rousse filmée"])
def test_a_longer_name_is_not_the_covered_town_that_it_holds(
    communes: Communes, sentence: str
) -> None:
    cities = {"calais": city("Calais", "62193", {}), "croix": city("Croix", "59163", {})}
    named = answering(base(cities), communes).gazetteer.find_in(sentence)
    assert (named.sure, named.doubtful) == ((), ())


def test_the_initials_of_a_territory_are_no_word_that_begins_so(communes: Communes) -> None:
    mel = City(name="MEL", siren="245900410", kind="epci", sources=SOURCES, facts={})
    gazetteer = answering(base({"mel": mel}), communes).gazetteer
    assert [one.id for one in gazetteer.find_in("la MEL a des caméras").sure] == ["mel"]
    assert not gazetteer.find_in("je suis mêlée à tout ça").sure


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


@pytest.mark.parametrize(
    "sentence",
    ["Montfleury-sur-Isle a des caméras ?", "Lille-sous-Bois filme", "et à Brest-les-Orgueils ?"],
)
def test_a_commune_that_does_not_exist_is_no_other_one(small: Answering, sentence: str) -> None:
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
