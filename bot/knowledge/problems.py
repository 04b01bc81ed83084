"""What is wrong with the base, told to the person who edits it."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Literal, NamedTuple

Path = tuple[str | int, ...]
"""Where a value stands in its file: keys and positions in lists, from the top."""

Level = Literal["error", "warning"]

CODES: dict[str, str] = {
    "E01": "le fichier manque, ou ne se lit pas : ce n'est pas du YAML, ou pas de l'UTF-8",
    "E02": "un piège de YAML : clé en double, valeur vide, alias, guillemets qui manquent",
    "E03": "une clé qui n'existe pas, ou qui manque",
    "E04": "une valeur qui n'a pas la forme attendue",
    "E11": "une étiquette qui n'est pas dans vocabulary.yaml",
    "E12": "une ville ou un sujet qui n'a pas de fichier, ou pas du bon genre",
    "E13": "une source citée qui n'est pas dans le fichier",
    "E14": "rien n'est cité comme source",
    "E21": "le nom du fichier ne dit pas ce qu'il contient",
    "E22": "des champs qui ne vont pas ensemble",
    "E23": "deux fichiers pour la même chose : leurs identifiants se confondraient",
    "E31": "la phrase renvoie à une autre phrase",
    "E32": "la phrase ne finit pas par un point",
    "E33": "la phrase ne dit pas le chiffre",
    "E34": "un chiffre qui n'engage que sa source, sans « Selon … »",
    "E41": "une unité qui n'est pas celle de l'indicateur",
    "E42": "une date qui n'existe pas, ou un intervalle qui finit avant de commencer",
    "E43": "une date dans le futur",
    "E44": "une fin qui vient avant le début",
    "E45": "une date écrite deux fois",
    "W61": "une source que rien ne cite",
    "W62": "un chiffre dix fois plus grand ou plus petit que le précédent",
    "W63": "une partie plus grande que son total",
    "W64": "un fait plus récent que toutes ses sources",
    "W65": "une rencontre sans heure",
    "W66": "une rencontre sans lieu",
    "W67": "la même phrase est déjà ailleurs",
    "W68": "la même page est déjà ailleurs",
    "W69": "la phrase nomme une entreprise qui n'est pas dans « about »",
    "W70": "« accepted » accepte ce que rien ne signale",
    "W71": "une heure qu'un changement d'heure saute ou répète",
}
"""What each code means. E: an error, the base is not used; W: a warning, to fix or to accept."""


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """One finding. Sorts by file, then by line. `code` is one of `CODES`."""

    file: PurePath
    place: Place
    sentence: str
    code: str

    @property
    def level(self) -> Level:
        return "error" if self.code.startswith("E") else "warning"

    def __str__(self) -> str:
        return f"{self.file}:{self.place.line}:{self.place.column}: {self.sentence} [{self.code}]"


class Finding(NamedTuple):
    """What is wrong with one value of a file, before its line is known."""

    code: str
    path: Path
    sentence: str


class Places:
    """Where each value of one file stands."""

    def __init__(self, file: PurePath, places: Mapping[Path, Place]) -> None:
        self._file = file
        self._places = places

    def problem(self, finding: Finding) -> Problem:
        """The finding at its value, or at the nearest one above it that the file does hold."""
        path = finding.path
        while path and path not in self._places:
            path = path[:-1]
        place = self._places.get(path, Place(1, 1))
        return Problem(self._file, place, finding.sentence, finding.code)


def errors_among(problems: list[Problem]) -> list[Problem]:
    """The problems that keep the base from being used."""
    return [problem for problem in problems if problem.level == "error"]
