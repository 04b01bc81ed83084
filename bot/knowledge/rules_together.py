"""What must hold between the files of the base: known tags, known cities, one file for each."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.knowledge.model import Article, City, Event, Fact, Knowledge, Source, Topic, Vocabulary
from bot.knowledge.problems import Finding
from bot.knowledge.problems import Path as TreePath
from bot.knowledge.rules_alone import Entry, days_of, no_such_day
from bot.knowledge.rules_of_figures import findings_in_figures


class Together:
    """Judges each file in the light of all the others. `today` is the last day of the past."""

    def __init__(self, known: Knowledge, today: date) -> None:
        self._known = known
        self._today = today
        self._first_with_insee = _firsts((c.insee, id_) for id_, c in known.cities.items())
        self._first_with_url = _firsts((a.url, id_) for id_, a in known.articles.items())
        self._first_to_say = _firsts(
            (fact.text, f"{id_}/{key}")
            for owners in (known.cities, known.topics)
            for id_, owner in owners.items()
            for key, fact in owner.facts.items()
        )
        vendors = {t.name.lower(): id_ for id_, t in known.topics.items() if t.kind == "vendor"}
        self._vendors = vendors
        self._names_a_vendor = re.compile(
            rf"\b(?:{'|'.join(map(re.escape, vendors)) or '(?!)'})\b", re.IGNORECASE
        )

    def findings(self, entry: Entry, file: str) -> Iterator[Finding]:
        """What is wrong with an entry beside the others; `file` is its name, bare."""
        match entry:
            case City():
                if self._first_with_insee.get(entry.insee, file) != file:
                    other = self._first_with_insee[entry.insee]
                    sentence = f"cities/{other}.yaml a déjà ce code"
                    yield Finding("E23", ("insee",), sentence)
                yield from self._sources(entry.sources)
                yield from self._facts(entry.facts, file)
                yield from findings_in_figures(entry, self._known.vocabulary)
            case Topic():
                yield from self._in_topic(entry, file)
            case Event():
                yield from self._sources(entry.sources)
                yield from self._listed(entry)
            case Article():
                if self._first_with_url.get(entry.url, file) != file:
                    other = self._first_with_url[entry.url]
                    sentence = f"cette page est déjà articles/{other}.yaml"
                    yield Finding("W68", ("url",), sentence)
                yield from self._source_kind(entry.kind, ("kind",))
                if entry.date is not None:
                    yield from self._past(entry.date, ("date",))
                yield from self._listed(entry)
            case Vocabulary():
                pass

    def _in_topic(self, topic: Topic, file: str) -> Iterator[Finding]:
        if file in self._known.cities:
            sentence = f"cities/{file}.yaml porte le même nom : un fait serait de l'un ou l'autre"
            yield Finding("E23", ("name",), sentence)
        yield from self._sources(topic.sources)
        yield from self._facts(topic.facts, file)
        yield from self._cities(topic.cities)
        if topic.vendor is not None and self._kind_of(topic.vendor) != "vendor":
            sentence = f"« {topic.vendor} » n'est pas une entreprise de topics/"
            yield Finding("E12", ("vendor",), sentence)
        for index, guide in enumerate(topic.act):
            if self._kind_of(guide) != "guide":
                yield Finding("E12", ("act", index), f"« {guide} » n'est pas un guide de topics/")

    def _sources(self, sources: Mapping[str, Source]) -> Iterator[Finding]:
        for key, source in sources.items():
            yield from self._source_kind(source.kind, ("sources", key, "kind"))
            if source.date is not None:
                yield from self._past(source.date, ("sources", key, "date"))

    def _facts(self, facts: Mapping[str, Fact], file: str) -> Iterator[Finding]:
        for key, fact in facts.items():
            path: TreePath = ("facts", key)
            yield from self._theme(fact.theme, (*path, "theme"))
            yield from self._topics(fact.about, (*path, "about"))
            if fact.figure is not None:
                yield from self._figure(fact, (*path, "figure"))
            first = self._first_to_say[fact.text]
            if first != f"{file}/{key}":
                yield Finding("W67", (*path, "text"), f"cette phrase est déjà celle de {first}")
            for match in self._names_a_vendor.finditer(fact.text):
                vendor = self._vendors[match.group().lower()]
                if vendor != file and vendor not in fact.about:
                    sentence = f"la phrase nomme {match.group()} : ajoutez {vendor} à « about »"
                    yield Finding("W69", (*path, "text"), sentence)

    def _figure(self, fact: Fact, path: TreePath) -> Iterator[Finding]:
        figure = fact.figure
        assert figure is not None
        indicator = self._known.vocabulary.indicators.get(figure.indicator)
        if indicator is None:
            sentence = f"l'indicateur « {figure.indicator} » n'existe pas"
            yield Finding("E11", (*path, "indicator"), sentence)
            return
        if figure.unit != indicator.unit:
            sentence = f"l'unité de « {figure.indicator} » est « {indicator.unit} »"
            yield Finding("E41", (*path, "unit"), sentence)
        if not indicator.planned:
            yield from self._past(figure.as_of, (*path, "as_of"))
        elif days_of(figure.as_of) is None:
            yield Finding("E42", (*path, "as_of"), no_such_day(figure.as_of))

    def _listed(self, entry: Event | Article) -> Iterator[Finding]:
        yield from self._cities(entry.cities)
        for index, theme in enumerate(entry.themes):
            yield from self._theme(theme, ("themes", index))
        yield from self._topics(entry.topics, ("topics",))

    def _cities(self, cities: Iterable[str]) -> Iterator[Finding]:
        for index, city in enumerate(cities):
            if city not in self._known.cities:
                yield Finding("E12", ("cities", index), f"« {city} » n'est pas dans cities/")

    def _topics(self, topics: Iterable[str], path: TreePath) -> Iterator[Finding]:
        for index, topic in enumerate(topics):
            if topic not in self._known.topics:
                yield Finding("E12", (*path, index), f"« {topic} » n'est pas dans topics/")

    def _theme(self, tag: str, path: TreePath) -> Iterator[Finding]:
        if tag not in self._known.vocabulary.themes:
            yield Finding("E11", path, f"le thème « {tag} » n'existe pas")

    def _source_kind(self, tag: str, path: TreePath) -> Iterator[Finding]:
        if tag not in self._known.vocabulary.source_kinds:
            yield Finding("E11", path, f"la nature de source « {tag} » n'existe pas")

    def _past(self, text: str, path: TreePath) -> Iterator[Finding]:
        period = days_of(text)
        if period is None:
            yield Finding("E42", path, no_such_day(text))
        elif period.first > self._today:
            yield Finding("E43", path, f"« {text} » est dans le futur")

    def _kind_of(self, topic: str) -> str | None:
        found = self._known.topics.get(topic)
        return found.kind if found else None


def _firsts(pairs: Iterable[tuple[str | None, str]]) -> dict[str | None, str]:
    """For each value, the first file or fact that holds it."""
    found: dict[str | None, str] = {}
    for value, id_ in pairs:
        if value is not None:
            found.setdefault(value, id_)
    return found
