"""New cities, facts, events and articles: asks, then writes the right file."""

from collections.abc import Container
from pathlib import Path, PurePath
from typing import Any

import yaml

from bot.curating.asking import Asker, a_date, a_moment, a_number, an_address, number_of
from bot.curating.formatting import canonical
from bot.curating.writing import Writer
from bot.knowledge.model import Fact, Knowledge, Source
from bot.knowledge.problems import Path as TreePath
from bot.knowledge.problems import Problem, errors_among
from bot.knowledge.reading import FOLDERS, read_document
from bot.knowledge.rules_alone import findings_alone
from bot.language.folding import slug
from bot.places.communes import Commune, label
from bot.places.resolving import Places

Tree = dict[str, Any]


class Adding:
    """Asks for one thing at a time, and writes it in `folder`. Methods raise StoppedError."""

    def __init__(self, asker: Asker, folder: Path, knowledge: Knowledge) -> None:
        self._asker = asker
        self._folder = folder
        self._known = knowledge
        self._vocabulary = knowledge.vocabulary

    def city(self, places: Places) -> PurePath | None:
        """A new file of cities/ with its first fact; None when the commune has one already."""
        commune = self._commune(places)
        held = next((i for i, c in self._known.cities.items() if c.insee == commune.insee), None)
        if held is not None:
            self._asker.tell(f"cities/{held}.yaml existe déjà : python -m bot new fact")
            return None
        name = slug(commune.name)
        if name in self._known.cities or name in self._known.topics:
            name = f"{name}-{commune.departement.lower()}"
        tree: Tree = {"name": commune.name, "insee": commune.insee, "sources": {}, "facts": {}}
        self._asker.tell("Le premier fait :")
        key, source = self._source(())
        tree["sources"][key] = source
        fact_key, fact = self._fact(commune.name, [key], ())
        tree["facts"][fact_key] = fact
        return self._write(PurePath("cities", f"{name}.yaml"), tree)

    def fact(self) -> PurePath:
        """A fact, and its source when it is new, in the file of a city or a topic."""
        file = self._file_of_owner()
        path = self._folder / file
        owner = (self._known.cities if file.parts[0] == "cities" else self._known.topics)[file.stem]
        text = path.read_text(encoding="utf-8")
        self._asker.tell("Les sources de ce fichier :")
        listed = {key: f"{one.publisher} : {one.title}" for key, one in owner.sources.items()}
        chosen = self._asker.choose("Source (ou « nouvelle »)", {**listed, "nouvelle": "…"})
        if chosen == "nouvelle":
            chosen, source = self._source(owner.sources)
            text = inserted(text, ("sources", chosen), source)
        key, fact = self._fact(owner.name, [chosen], owner.facts)
        before = self._wrong_with(text, file)
        while True:
            written = canonical(inserted(text, ("facts", key), fact), file)
            wrong = [p for p in errors_among(self._wrong_with(written, file)) if p not in before]
            if not wrong:
                break
            self._asker.complain(wrong)
            fact["text"] = self._asker.ask("La phrase, corrigée", default=fact["text"])
        path.write_text(written, encoding="utf-8")
        return file

    def event(self) -> PurePath:
        """A new file of events/."""
        ask = self._asker
        tree: Tree = {"title": ask.ask("Ce qui est annoncé")}
        tree["start"] = ask.ask("Début (AAAA-MM-JJ ou AAAA-MM-JJTHH:MM)", a_moment)
        tree["end"] = ask.optional("Fin, écrite de même", a_moment)
        tree["cities"] = self._cities("Villes")
        tree["place"] = ask.optional("Lieu, avec la salle et l'étage")
        tree["address"] = ask.optional("Adresse postale")
        tree["organisers"] = _parts(ask.optional("Qui organise, séparés par des virgules"))
        tree["themes"] = self._themes()
        tree["note"] = ask.optional("Une précaution (heure ou lieu non connus, inscription…)")
        key, source = self._source(())
        tree["sources"] = {key: source}
        where = tree["cities"][0] if tree["cities"] else "en-ligne"
        what = slug(" ".join(tree["title"].split()[:3]))
        name = ask.ask("Nom du fichier", default=f"{tree['start'][:10]}-{where}-{what}")
        return self._write(PurePath("events", f"{slug(name)}.yaml"), tree)

    def article(self) -> PurePath:
        """A new file of articles/."""
        ask = self._asker
        source = self._page()
        tree: Tree = {**source, "date": source.get("date") or ask.ask("Date", a_date)}
        tree["summary"] = ask.ask("Ce que l'article apporte, en une phrase")
        tree["cities"] = self._cities("Villes (aucune : toute la France)")
        tree["themes"] = self._themes()
        where = tree["cities"][0] if tree["cities"] else "france"
        name = f"{tree['date']}-{slug(tree['publisher'])}-{where}"
        return self._write(PurePath("articles", f"{name}.yaml"), tree)

    def _commune(self, places: Places) -> Commune:
        while True:
            resolved = places.resolve(self._asker.ask("Quelle commune"))
            if resolved.commune is not None:
                if self._asker.agrees(f"{label(resolved.commune)}, {resolved.commune.insee} ?"):
                    return resolved.commune
            elif resolved.choices:
                by_code = {commune.insee: commune for commune in resolved.choices}
                labels = {insee: label(commune) for insee, commune in by_code.items()}
                return by_code[self._asker.choose("Son code", labels)]
            else:
                self._asker.tell("  Aucune commune ne se reconnaît là.")

    def _file_of_owner(self) -> PurePath:
        def judged(answer: str) -> str | None:
            known = self._owner(answer)
            return None if known else "ni une ville de cities/ ni un sujet de topics/"

        name = self._asker.ask("Quelle ville, ou quel sujet", judged)
        file = self._owner(name)
        assert file is not None
        return file

    def _owner(self, name: str) -> PurePath | None:
        for folder, entries in (("cities", self._known.cities), ("topics", self._known.topics)):
            for id_, entry in entries.items():
                if slug(name) in (id_, slug(entry.name)):
                    return PurePath(folder, f"{id_}.yaml")
        return None

    def _source(self, taken: Container[str]) -> tuple[str, Tree]:
        page = self._page()
        year_month = (page.get("date") or "")[:7]
        return _free(slug(f"{page['publisher']} {year_month}"), taken), page

    def _page(self) -> Tree:
        ask = self._asker
        kinds = {tag: kind.definition for tag, kind in self._vocabulary.source_kinds.items()}
        page: Tree = {
            "title": ask.ask("Titre de la page"),
            "publisher": ask.ask("Qui publie"),
            "kind": ask.choose("Nature de qui publie", kinds),
            "url": ask.ask("Adresse", an_address),
            "date": ask.optional("Date de publication", a_date),
        }
        return {key: value for key, value in page.items() if value is not None}

    def _fact(self, owner: str, sources: list[str], taken: Container[str]) -> tuple[str, Tree]:
        ask = self._asker
        fact: Tree = {"text": ask.ask(f"Une phrase qui se comprend seule (elle nomme {owner})")}
        themes = {tag: theme.label for tag, theme in self._vocabulary.themes.items()}
        fact["theme"] = ask.choose("Thème", themes)
        named = fact["theme"]
        if ask.agrees("La phrase donne un chiffre daté ?"):
            indicators = {t: i.definition for t, i in self._vocabulary.indicators.items()}
            named = ask.choose("Ce qui est compté", indicators)
            fact["figure"] = {
                "indicator": named,
                "value": number_of(ask.ask("Valeur", a_number)),
                "unit": self._vocabulary.indicators[named].unit,
                "as_of": ask.ask("Quand ce chiffre était vrai", a_date),
            }
            year = fact["figure"]["as_of"][:4]
        else:
            fact["date"] = ask.optional("Quand c'est arrivé", a_date)
            year = (fact["date"] or "")[:4]
        topics = {id_: topic.name for id_, topic in self._known.topics.items()}
        fact["about"] = ask.choose_some("Sujets de topics/", topics, shown=False)
        fact["contested"] = ask.agrees("La légalité, l'efficacité ou le chiffre est disputé ?")
        fact["sources"] = sources
        fact["note"] = ask.optional("Une précaution pour qui lit")
        return _free(slug(f"{named} {year}"), taken), _without_blanks(fact)

    def _cities(self, question: str) -> list[str]:
        names = {id_: city.name for id_, city in self._known.cities.items()}
        return self._asker.choose_some(question, names, shown=False)

    def _themes(self) -> list[str]:
        labels = {tag: theme.label for tag, theme in self._vocabulary.themes.items()}
        return self._asker.choose_some("Thèmes", labels, shown=True)

    def _write(self, file: PurePath, tree: Tree) -> PurePath:
        kind = FOLDERS[file.parts[0]]
        lines = Writer().mapping(_without_blanks(tree), kind)
        written = canonical("\n".join(lines) + "\n", file)
        path = self._folder / file
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as out:
            out.write(written)
        self._asker.complain(self._wrong_with(written, file))
        return file

    def _wrong_with(self, text: str, file: PurePath) -> list[Problem]:
        entry, places, problems = read_document(text, file, FOLDERS[file.parts[0]])
        if entry is None:
            return problems
        return [places.problem(finding) for finding in findings_alone(entry, file.stem)]


def inserted(text: str, path: TreePath, value: Tree) -> str:
    """`text` with `value` as the last one of its block: `("facts", "cameras-2026")`.

    Every other line stays as it is. The block must be there.
    """
    block, key = str(path[0]), str(path[1])
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert isinstance(root, yaml.MappingNode)
    held = next(node for name, node in root.value if name.value == block)
    lines = text.splitlines()
    kind = Source if block == "sources" else Fact
    added = Writer().entry(key, value, kind, path)
    if not held.value:
        at = held.start_mark.line
        lines[at : at + 1] = [f"{block}:", *added]
    else:
        at = _last_line(held) + 1
        lines[at:at] = added
    return "\n".join(lines) + "\n"


def _last_line(node: yaml.Node) -> int:
    """The line of the last value under a node, whatever blank lines and comments follow."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return int(node.end_mark.line)


def _free(key: str, taken: Container[str]) -> str:
    number = 2
    free = key
    while free in taken:
        free = f"{key}-{number}"
        number += 1
    return free


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _without_blanks(tree: Tree) -> Tree:
    return {key: value for key, value in tree.items() if value not in (None, [], False)}
