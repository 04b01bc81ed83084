"""Compiles `knowledge/communes.tsv` from the open data of two npm packages.

    python -m bot.places.compiling                     # fetches both packages with `npm pack`
    python -m bot.places.compiling CURRENT HISTORY     # or takes two unpacked package folders

Once a year: raise `CURRENT` to the new edition, run it, read the diff. 0.7.0 is the last
edition that publishes the history since 1943; later mergers come with the current edition,
as associated and delegated communes.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.language.folding import fold

PACKAGE = "@etalab/decoupage-administratif"
CURRENT = "6.0.0"
HISTORY = "0.7.0"
EDITION = "1er janvier 2026"
TARGET = Path(__file__).parents[2] / "knowledge" / "communes.tsv"

HEADER = f"""\
# Les communes de France, leurs populations, codes postaux, intercommunalités et anciens noms.
# Sources : INSEE (code officiel géographique, populations), DGCL (intercommunalités),
#   La Poste (codes postaux), réunies par Etalab dans le paquet npm {PACKAGE},
#   versions {CURRENT} (territoires au {EDITION}) et {HISTORY} (historique depuis 1943).
# Licence Ouverte / Open Licence : https://www.etalab.gouv.fr/licence-ouverte-open-licence
# Fichier compilé par `python -m bot.places.compiling` : ne pas le modifier à la main.
# région: code, nom | département: code, nom, région | epci: SIREN, nom
# commune: code INSEE, nom, département, population (vide si inconnue), codes postaux, EPCI,
#   noms anciens et noms des communes associées ou déléguées
"""

Row = dict[str, Any]


def former_names(
    current: Mapping[str, Row], places: Iterable[Row], history: Iterable[Row]
) -> dict[str, list[str]]:
    """Names borne since 1943 by what is now part of each commune, by INSEE code, sorted.

    A place that ended is followed through its successor, else through the commune it was
    attached to. A name that folds to the present one is left out; so is a commune that was
    attached to another for some years and is one again (Agnos, once with Gurmençon): 253 pairs
    of a name and a commune, 240 of which name a present commune, the others one kept elsewhere.
    Raises ValueError when a place leads to no present commune.
    """
    attached = {p["code"]: p["chefLieu"] for p in places if p["type"] in _FORMER_TYPES}
    for commune in current.values():
        for code in commune.get("anciensCodes", ()):
            attached.setdefault(code, commune["code"])
    steps = {place["id"]: place for place in history}
    names: dict[str, dict[str, str]] = defaultdict(dict)

    def add(name: str, code: str) -> None:
        while code not in current and code in attached:
            code = attached[code]
        if code not in current:
            raise ValueError(f"{name} ({code}) leads to no present commune")
        if fold(name) != fold(current[code]["nom"]):
            names[code].setdefault(fold(name), name)

    for place in steps.values():
        add(place["nom"], _last(place, steps)["code"])
    for place in places:
        if place["type"] in _FORMER_TYPES:
            add(place["nom"], place["chefLieu"])
    return {code: sorted(by_fold.values()) for code, by_fold in names.items()}


_FORMER_TYPES = ("commune-associee", "commune-deleguee")


def _last(place: Row, steps: Mapping[str, Row]) -> Row:
    seen = set()
    while place["id"] not in seen:
        seen.add(place["id"])
        following = place.get("successeur") or (place["type"] != "COM" and place.get("pole"))
        if following:
            place = steps[following]
    return place


def compiled(current_package: Path, history_package: Path) -> str:
    """The whole table, header included, from two unpacked packages. Same input, same bytes."""
    places: list[Row] = _read(current_package, "communes")
    communes = {p["code"]: p for p in places if p["type"] == "commune-actuelle"}
    epcis: list[Row] = _read(current_package, "epci")
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    former = former_names(communes, places, _read(history_package, "historique-communes"))

    rows: list[tuple[str, ...]] = [
        ("région", r["code"], r["nom"]) for r in _sorted(_read(current_package, "regions"))
    ]
    rows += [
        ("département", d["code"], d["nom"], d["region"])
        for d in _sorted(_read(current_package, "departements"))
    ]
    rows += [("epci", e["code"], e["nom"]) for e in _sorted(epcis)]
    rows += [
        (
            "commune",
            c["code"],
            c["nom"],
            c["departement"],
            str(c.get("population", "")),
            " ".join(sorted(c.get("codesPostaux", ()))),
            epci_of.get(c["code"], ""),
            "|".join(former.get(c["code"], ())),
        )
        for c in _sorted(communes.values())
    ]
    return HEADER + "".join("\t".join(row) + "\n" for row in rows)


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["code"])


def _read(package: Path, name: str) -> list[Row]:
    rows: list[Row] = json.loads((package / "data" / f"{name}.json").read_text("utf-8"))
    return rows


def _fetch(version: str, folder: Path) -> Path:
    target = folder / version
    target.mkdir()
    subprocess.run(  # noqa: S603 -- a fixed command, no word of it comes from outside
        ["npm", "pack", "--silent", f"{PACKAGE}@{version}"],  # noqa: S607 -- npm is found on PATH
        cwd=target,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with tarfile.open(next(target.glob("*.tgz"))) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if arguments:
            current, history = (Path(argument) for argument in arguments)
        else:
            current, history = (_fetch(version, Path(folder)) for version in (CURRENT, HISTORY))
        TARGET.write_text(compiled(current, history), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
