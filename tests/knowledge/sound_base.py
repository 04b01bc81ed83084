"""A small base that is whole and clean, to be broken on purpose."""

from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 22)

VOCABULARY = """\
themes:
  cameras:
    label: Caméras
    definition: Les caméras de rue.
    section: figures
  politique:
    label: Décisions
    definition: Les votes.
    section: debates
indicators:
  cameras:
    label: caméras en service
    definition: Les caméras de la commune.
    theme: cameras
    unit: caméras
    key: true
    lifetime_months: 24
  cameras-fixes:
    label: caméras fixes
    definition: Les seules caméras fixes.
    theme: cameras
    unit: caméras
    lifetime_months: 24
    part_of: cameras
  cameras-prevues:
    label: caméras prévues
    definition: Ce qui est annoncé.
    theme: cameras
    unit: caméras
    planned: true
source_kinds:
  presse:
    label: presse
    definition: Un journal.
  militant:
    label: collectif
    definition: Un collectif.
intents: {}
spellings: {}
fillers: [le, la]
smalltalk: {}
"""

NANTES = """\
name: Nantes
insee: "44109"

sources:
  ouest-2018:
    title: Des caméras à Nantes
    publisher: Ouest-France
    kind: presse
    url: https://ouest.example/2018
    date: "2018-04"
  collectif-2020:
    title: Notre relevé
    publisher: Le collectif
    kind: militant
    url: https://collectif.example/releve

facts:
  cameras-2018:
    text: En avril 2018, Nantes compte 97 caméras.
    theme: cameras
    figure: {indicator: cameras, value: 97, unit: caméras, as_of: "2018-04"}
    sources: [ouest-2018]
  fixes-2018:
    text: Selon le collectif, 90 des caméras de Nantes étaient fixes en avril 2018.
    theme: cameras
    figure: {indicator: cameras-fixes, value: 90, unit: caméras, as_of: "2018-04"}
    sources: [collectif-2020]
  vote-2018:
    text: Le conseil municipal de Nantes vote l'achat du logiciel de Visio en février 2018.
    theme: politique
    date: "2018-02"
    about: [visio]
    sources: [ouest-2018]
"""

LILLE = """\
name: Lille
insee: "59350"
sources:
  voix-2019:
    title: Lille s'équipe
    publisher: La Voix du Nord
    kind: presse
    url: https://voix.example/2019
facts:
  prevues-2030:
    text: Lille prévoit 300 caméras en 2030.
    theme: cameras
    figure: {indicator: cameras-prevues, value: 300, unit: caméras, as_of: "2030"}
    sources: [voix-2019]
"""

VISIO = """\
name: Visio
kind: vendor
act: [agir]
summary:
  text: Visio est une entreprise qui vend un logiciel d'analyse d'images.
  sources: [site]
sources:
  site:
    title: Visio
    publisher: Visio
    kind: presse
    url: https://visio.example/
"""

AGIR = """\
name: Agir
kind: guide
summary:
  text: Toute personne peut demander un document.
  sources: [guide]
steps:
  - text: Écrivez à la mairie.
    sources: [guide]
sources:
  guide:
    title: Guide
    publisher: Le collectif
    kind: militant
    url: https://collectif.example/guide
"""

EVENT = """\
title: Réunion publique
start: "2026-12-01T18:30"
end: "2026-12-01T20:00"
cities: [nantes]
place: Salle Vasse
themes: [cameras]
sources:
  annonce:
    title: Annonce
    publisher: Le collectif
    kind: militant
    url: https://collectif.example/reunion
"""

ARTICLE = """\
title: Les caméras de Nantes
publisher: Ouest-France
kind: presse
url: https://ouest.example/article
date: "2026-03-02"
summary: Ouest-France compte les caméras de Nantes.
cities: [nantes]
themes: [cameras]
"""

FILES = {
    "vocabulary.yaml": VOCABULARY,
    "cities/nantes.yaml": NANTES,
    "cities/lille.yaml": LILLE,
    "topics/visio.yaml": VISIO,
    "topics/agir.yaml": AGIR,
    "events/2026-12-01-nantes-reunion.yaml": EVENT,
    "articles/2026-03-02-ouest-france-nantes.yaml": ARTICLE,
}


def lay(folder: Path, changed: dict[str, str] | None = None) -> Path:
    """Writes the small base, some files being other than they should; an empty text is no file."""
    for name, text in {**FILES, **(changed or {})}.items():
        if text:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder
