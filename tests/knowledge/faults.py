"""Every fault that `check` knows, each to be planted in one file of the small base."""
# ruff: noqa: E501 # one fault a line reads as a table

from typing import NamedTuple

from tests.knowledge.sound_base import FILES

EVENT = "events/2026-12-01-nantes-reunion.yaml"
ARTICLE = "articles/2026-03-02-ouest-france-nantes.yaml"


class Planted(NamedTuple):
    """`old` of `file` becomes `new`; `found` is on the line that holds `at`."""

    code: str
    file: str
    old: str
    new: str
    at: str


FAULTS = [
    Planted("E01", "cities/nantes.yaml", 'insee: "44109"', "insee: @44109", "insee"),
    Planted("E02", "cities/nantes.yaml", "kind: militant", "kind: militant\n    kind: presse", "kind: presse\n    url: https://coll"),
    Planted("E02", "cities/nantes.yaml", 'insee: "44109"', "insee: 04107", "insee"),
    Planted("E02", "cities/nantes.yaml", "name: Nantes", "name:", "name:"),
    Planted("E03", "cities/nantes.yaml", "    theme: politique", "    thème: politique", "thème"),
    Planted("E03", EVENT, "title: Réunion publique\n", "", "start"),
    Planted("E04", "cities/nantes.yaml", "value: 97", 'value: "97"', 'value: "97"'),
    Planted("E04", "topics/visio.yaml", "kind: vendor", "kind: vendeur", "kind: vendeur"),
    Planted("E04", ARTICLE, "https://ouest.example/article", "ouest.example", "url"),
    Planted("E11", "cities/nantes.yaml", "theme: politique", "theme: politik", "theme: politik"),
    Planted("E11", "cities/nantes.yaml", "kind: militant", "kind: voisin", "kind: voisin"),
    Planted("E11", "cities/lille.yaml", "indicator: cameras-prevues", "indicator: camera", "figure"),
    Planted("E11", "vocabulary.yaml", "part_of: cameras", "part_of: tout", "part_of"),
    Planted("E12", ARTICLE, "cities: [nantes]", "cities: [nantes, atlantis]", "cities"),
    Planted("E12", "cities/nantes.yaml", "about: [visio]", "about: [vision]", "about"),
    Planted("E12", "topics/visio.yaml", "act: [agir]", "act: [visio]", "act"),
    Planted("E13", "cities/lille.yaml", "sources: [voix-2019]", "sources: [voix]", "sources: [voix]"),
    Planted("E14", "cities/lille.yaml", "sources: [voix-2019]", "sources: []", "sources: []"),
    Planted("E21", "cities/lille.yaml", "name: Lille", "name: Lens", "name"),
    Planted("E21", EVENT, 'start: "2026-12-01T18:30"', 'start: "2026-12-02T18:30"', "start"),
    Planted("E22", "topics/visio.yaml", "sources:\n  site", "steps:\n  - text: Achetez.\n    sources: [site]\nsources:\n  site", "steps"),
    Planted("E22", "cities/lille.yaml", 'insee: "59350"', 'siren: "200093201"', "name"),
    Planted("E23", "cities/nantes.yaml", '"44109"', '"59350"', "insee"),
    Planted("E31", "cities/nantes.yaml", "En avril 2018, Nantes compte", "Elle compte", "text: Elle"),
    Planted("E32", "cities/nantes.yaml", "97 caméras.", "97 caméras", "text: En avril"),
    Planted("E33", "cities/nantes.yaml", "value: 97", "value: 98", "text: En avril"),
    Planted("E34", "cities/nantes.yaml", "Selon le collectif, 90", "Il semble que 90", "text: Il semble"),
    Planted("E41", "cities/nantes.yaml", "value: 97, unit: caméras", "value: 97, unit: yeux", "yeux"),
    Planted("E42", "cities/nantes.yaml", '"2018-02"', '"2018-02-30"', '"2018-02-30"'),
    Planted("E42", "cities/lille.yaml", 'as_of: "2030"', 'as_of: "2030/2025"', "figure"),
    Planted("E43", "cities/nantes.yaml", '97, unit: caméras, as_of: "2018-04"', '97, unit: caméras, as_of: "2031"', '"2031"'),
    Planted("E44", EVENT, 'end: "2026-12-01T20:00"', 'end: "2026-12-01T02:00"', "end"),
    Planted("E45", "cities/nantes.yaml", "    sources: [ouest-2018]\n  fixes", '    date: "2018"\n    sources: [ouest-2018]\n  fixes', 'date: "2018"\n'),
    Planted("W61", "cities/nantes.yaml", "sources: [collectif-2020]", "sources: [ouest-2018]", "collectif-2020:"),
    Planted("W62", "cities/nantes.yaml", "  fixes-2018:", '  cameras-2017:\n    text: En 2017, Nantes compte 9 caméras.\n    theme: cameras\n    figure: {indicator: cameras, value: 9, unit: caméras, as_of: "2017"}\n    sources: [ouest-2018]\n  fixes-2018:', "value: 97"),
    Planted("W63", "cities/nantes.yaml", "90 des caméras de Nantes étaient fixes en avril 2018.\n    theme: cameras\n    figure: {indicator: cameras-fixes, value: 90", "98 des caméras de Nantes étaient fixes en avril 2018.\n    theme: cameras\n    figure: {indicator: cameras-fixes, value: 98", "value: 98"),
    Planted("W64", "cities/nantes.yaml", '"2018-02"', '"2019-02"', '"2019-02"'),
    Planted("W65", EVENT, 'start: "2026-12-01T18:30"\nend: "2026-12-01T20:00"', 'start: "2026-12-01"', "start"),
    Planted("W71", EVENT, 'end: "2026-12-01T20:00"', 'end: "2027-03-28T02:30"', "end"),
    Planted("W66", EVENT, "place: Salle Vasse\n", "", "cities"),
    Planted("W67", "cities/nantes.yaml", "Le conseil municipal de Nantes vote l'achat du logiciel de Visio en février 2018.", "En avril 2018, Nantes compte 97 caméras.", "theme: politique"),
    Planted("W68", "cities/nantes.yaml", "https://collectif.example/releve", "https://ouest.example/2018", "url: https://ouest.example/2018\n\nfacts"),
    Planted("W69", "cities/nantes.yaml", "    about: [visio]\n", "", "text: Le conseil"),
    Planted("W70", "cities/nantes.yaml", "    about: [visio]\n", "    about: [visio]\n    accepted: {W62: Les deux comptes sont justes.}\n", "accepted"),
]  # fmt: skip


def plant(fault: Planted) -> tuple[str, int]:
    """The broken text, and the line of its fault."""
    sound = FILES[fault.file]
    assert fault.old in sound
    broken = sound.replace(fault.old, fault.new, 1)
    line = broken[: broken.index(fault.at)].count("\n") + 1
    # The sentence said twice stands on the line before its theme.
    return broken, line - (fault.code == "W67")
