"""The areas among whose towns a question asks for the first."""

import pytest

from bot.answers.areas import Area, Areas
from bot.knowledge.model import Knowledge
from bot.places.communes import Communes

TODAY = (
    "Auvergne-Rhône-Alpes",
    "Bourgogne-Franche-Comté",
    "Bretagne",
    "Centre-Val de Loire",
    "Corse",
    "Grand Est",
    "Hauts-de-France",
    "Île-de-France",
    "Normandie",
    "Nouvelle-Aquitaine",
    "Occitanie",
    "Pays de la Loire",
    "Provence-Alpes-Côte d'Azur",
)


def test_the_regions_of_today_share_out_the_departements_of_europe(published: Knowledge) -> None:
    regions = published.vocabulary.regions
    shared = [code for name in TODAY for code in regions[name]]
    every = {f"{number:02d}" for number in range(1, 96) if number != 20} | {"2A", "2B"}
    assert len(shared) == len(every)
    assert set(shared) == every


def test_regions_name_departements_that_have_communes(
    published: Knowledge, communes: Communes
) -> None:
    codes = {code for codes in published.vocabulary.regions.values() for code in codes}
    assert all(map(communes.has_departement, codes))


@pytest.mark.parametrize(
    ("sentence", "area"),
    [
        ("les villes de Corse", Area(("2A", "2B"), True)),
        ("les villes de Loire-Atlantique", Area(("44",), False)),
        ("59 classement", Area(("59",), False)),
        ("les 10 premières", None),
    ],
)
def test_an_area_is_found_in_a_sentence(
    published: Knowledge, communes: Communes, sentence: str, area: Area | None
) -> None:
    assert Areas(communes, published.vocabulary.regions).find(sentence) == area
