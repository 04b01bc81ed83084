"""Covered towns that a sentence misspells."""

import pytest

from bot.places.communes import Communes
from bot.places.mentions import find_in
from bot.places.resolving import Places

COVERED = {
    "Amiens": "80021",
    "Basse-Goulaine": "44009",
    "Calais": "62193",
    "Lille": "59350",
    "Montpellier": "34172",
    "Nantes": "44109",
    "Orvault": "44114",
    "Paris": "75056",
    "Roncq": "59508",
    "Saint-Léger-les-Vignes": "44171",
    "Vienne": "38544",
    "Wervicq-Sud": "59656",
}


@pytest.fixture(scope="module")
def familiar(communes: Communes) -> Places:
    return Places(communes, set(COVERED.values()))


def names_in(places: Places, sentence: str) -> list[str]:
    mentions = find_in(places, sentence)
    return [m.resolved.commune.name for m in mentions if m.resolved.commune is not None]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("orvau le maire il etait contre", ["Orvault"]),
        ("ronq les camera ca coute combien", ["Roncq"]),
        ("wervik sud ca a couter", ["Wervicq-Sud"]),
        ("basse goulane combien de camera", ["Basse-Goulaine"]),
        ("st leger les vigne relié au centre de nantes", ["Saint-Léger-les-Vignes", "Nantes"]),
        ("lille et monpelier comparé", ["Lille", "Montpellier"]),
        ("lille ou amien le plus de camera", ["Lille", "Amiens"]),
    ],
)
def test_a_covered_town_is_known_by_a_name_spelled_nearly_so(
    familiar: Places, sentence: str, names: list[str]
) -> None:
    assert names_in(familiar, sentence) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "je vien de me prendre une prune",
        "how many cameras in car parks",
        "une petite commune du Pas-de-Calais",
        "dans le pas de calais",
        "les dossiers sont remis",
    ],
)
def test_what_is_but_close_to_its_name_is_no_town(familiar: Places, sentence: str) -> None:
    assert names_in(familiar, sentence) == []


def test_a_town_that_is_not_covered_is_not_guessed_so_freely(places: Places) -> None:
    assert names_in(places, "ronq les camera ca coute combien") == []
