import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.places.compiling import compiled

ROW = {"departement": "51", "region": "44", "type": "commune-actuelle"}
CURRENT = {
    "regions": [{"code": "44", "nom": "Grand Est"}],
    "departements": [{"code": "51", "nom": "Marne", "region": "44"}],
    "epci": [{"code": "200066876", "nom": "CA de Châlons", "membres": [{"code": "51108"}]}],
    "communes": [
        ROW
        | {
            "code": "51108",
            "nom": "Châlons-en-Champagne",
            "population": 42971,
            "codesPostaux": ["51470", "51000"],
        },
        ROW | {"code": "51001", "nom": "Ablancourt"},
        {
            "code": "51900",
            "nom": "Petite",
            "type": "commune-deleguee",
            "chefLieu": "51001",
            "departement": "51",
            "region": "44",
        },
    ],
}
HISTORY = {
    "historique-communes": [
        {"id": "a", "type": "COM", "code": "51108", "nom": "Châlons-sur-Marne", "successeur": "b"},
        {"id": "b", "type": "COM", "code": "51108", "nom": "Châlons-en-Champagne"},
        {"id": "c", "type": "COM", "code": "51777", "nom": "Vieux", "successeur": "d"},
        {"id": "d", "type": "COMA", "code": "51777", "nom": "Vieux", "pole": "b"},
    ]
}


def package(folder: Path, tables: Mapping[str, object]) -> Path:
    (folder / "data").mkdir(parents=True)
    for name, rows in tables.items():
        (folder / "data" / f"{name}.json").write_text(json.dumps(rows), "utf-8")
    return folder


def test_the_table_joins_two_packages_in_the_order_of_codes(tmp_path: Path) -> None:
    text = compiled(package(tmp_path / "6", CURRENT), package(tmp_path / "0", HISTORY))
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == [
        "région\t44\tGrand Est",
        "département\t51\tMarne\t44",
        "epci\t200066876\tCA de Châlons",
        "commune\t51001\tAblancourt\t51\t\t\t\tPetite",
        "commune\t51108\tChâlons-en-Champagne\t51\t42971\t51000 51470\t200066876"
        "\tChâlons-sur-Marne|Vieux",
    ]


def test_the_table_says_its_source_and_licence(tmp_path: Path) -> None:
    text = compiled(package(tmp_path / "6", CURRENT), package(tmp_path / "0", HISTORY))
    assert "Licence Ouverte" in text
    assert "INSEE" in text


def test_a_place_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    lost = {"historique-communes": [{"id": "x", "type": "COM", "code": "99999", "nom": "Ys"}]}
    with pytest.raises(ValueError, match="Ys"):
        compiled(package(tmp_path / "6", CURRENT), package(tmp_path / "0", lost))
