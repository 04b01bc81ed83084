"""What must hold between the parts of the base: known tags, cited sources, plausible dates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path, PurePath

from bot.knowledge.model import (
    Article,
    City,
    Event,
    Fact,
    Figure,
    Knowledge,
    Source,
    Sourced,
    Topic,
    Vocabulary,
)
from bot.knowledge.problems import Path as TreePath
from bot.knowledge.problems import Place, Problem
from bot.knowledge.reading import VOCABULARY, Document, assemble, read_documents
from bot.knowledge.rules_of_events import findings_of_event
from bot.language.dates import Period, parse_period
from bot.language.folding import slug
from bot.language.numbers import numbers_in

Finding = tuple[TreePath, str]

_LEANS_ON_ANOTHER_SENTENCE = re.compile(
    r"(?:Il|Elle|Ils|Elles|On|Ce|Cet|Cette|Ces|Cela|Ceci|Celui-ci|Celle-ci|C['’]est|Y)\b"
)
_ATTRIBUTED = re.compile(
    r"\b(?:selon|d['’]après|affirm\w+|estim\w+|assur\w+|revendiqu\w+|annonc\w+|déclar\w+"
    r"|chiffr\w+|évalu\w+|dénonc\w+|recens\w+|indiqu\w+|rapport\w+|critiqu\w+|reproch\w+|cit\w+"
    r"|compt\w+ par|dit|disent|écri\w+|présent\w+|signal\w+|propos\w+|demand\w+|promet\w*)\b",
    re.IGNORECASE,
)
_SPEAK_FOR_THEMSELVES = ("militant", "opposition", "entreprise", "politique", "syndicat")


def read_knowledge(folder: Path, today: date) -> tuple[Knowledge | None, list[Problem]]:
    """The base in `folder`, or None with everything that is wrong with it, sorted by file and line.

    `today` is the day after which a past figure cannot be dated.
    """
    documents, problems = read_documents(folder)
    if any(isinstance(document.entry, Vocabulary) for document in documents):
        problems += check(documents, today)
    elif not problems:
        problems.append(Problem(PurePath(VOCABULARY), Place(1, 1), "le fichier manque"))
    if problems:
        return None, sorted(problems)
    return assemble(documents), []


def check(documents: list[Document], today: date) -> list[Problem]:
    """The problems that single files cannot show, or that their form does not."""
    rules = _Rules(assemble(documents), today)
    return [
        document.places.problem(path, sentence)
        for document in documents
        for path, sentence in rules.findings(document)
    ]


class _Rules:
    def __init__(self, knowledge: Knowledge, today: date) -> None:
        self._known = knowledge
        self._vocabulary = knowledge.vocabulary
        self._today = today

    def findings(self, document: Document) -> Iterator[Finding]:
        name = document.file.stem
        match document.entry:
            case Vocabulary() as vocabulary:
                yield from self._in_vocabulary(vocabulary)
            case City() as city:
                yield from self._in_city(city, name)
            case Topic() as topic:
                yield from self._in_topic(topic, name)
            case Event() as event:
                yield from self._in_event(event, name)
            case Article() as article:
                yield from self._in_article(article, name)

    def _in_vocabulary(self, vocabulary: Vocabulary) -> Iterator[Finding]:
        for tag, indicator in vocabulary.indicators.items():
            yield from self._theme(indicator.theme, ("indicators", tag, "theme"))

    def _in_city(self, city: City, file: str) -> Iterator[Finding]:
        named = slug(city.name)
        departement = city.insee[:3] if city.insee and city.insee > "97" else (city.insee or "")[:2]
        if file not in (named, f"{named}-{departement}".lower()):
            yield ("name",), f"le fichier s'appelle {file}, ce nom donnerait {named}"
        if city.kind == "commune" and (city.insee is None or city.siren is not None):
            yield ("insee",), "une commune a un code « insee », et pas de « siren »"
        if city.kind != "commune" and city.insee is not None:
            yield ("insee",), "seule une commune a un code « insee »"
        if city.kind == "epci" and city.siren is None:
            yield ("kind",), "une intercommunalité a un numéro « siren »"
        yield from self._sources(city.sources)
        yield from self._facts(city.facts, city.sources)

    def _in_topic(self, topic: Topic, file: str) -> Iterator[Finding]:
        if file not in map(slug, (topic.name, *topic.also)):
            yield (
                ("name",),
                f"le fichier s'appelle {file}, ce qui n'est ni « name » ni dans « also »",
            )
        yield from self._sources(topic.sources)
        yield from self._sourced(topic.summary, ("summary",), topic.sources)
        for index, step in enumerate(topic.steps):
            yield from self._sourced(step, ("steps", index), topic.sources)
        yield from self._facts(topic.facts, topic.sources)
        yield from self._cities(topic.cities)
        if topic.vendor is not None and self._kind_of(topic.vendor) != "vendor":
            yield ("vendor",), f"« {topic.vendor} » n'est pas une entreprise de topics/"
        for index, guide in enumerate(topic.act):
            if self._kind_of(guide) != "guide":
                yield ("act", index), f"« {guide} » n'est pas un guide de topics/"
        if topic.steps and topic.kind != "guide":
            yield ("steps",), "seul un guide a des étapes"
        if topic.kind == "resource" and topic.url is None:
            yield ("kind",), "une ressource a une adresse « url »"

    def _in_event(self, event: Event, file: str) -> Iterator[Finding]:
        for _, path, sentence in findings_of_event(event, file):
            yield path, sentence
        yield from self._sources(event.sources)
        yield from self._listed(event.cities, event.themes, event.topics)

    def _in_article(self, article: Article, file: str) -> Iterator[Finding]:
        if not file.startswith(article.date):
            yield ("date",), f"le fichier s'appelle {file}, et ne commence pas par cette date"
        yield from self._source_kind(article.kind, ("kind",))
        yield from self._past(article.date, ("date",))
        yield from self._listed(article.cities, article.themes, article.topics)

    def _sources(self, sources: Mapping[str, Source]) -> Iterator[Finding]:
        for key, source in sources.items():
            yield from self._source_kind(source.kind, ("sources", key, "kind"))
            if source.date is not None:
                yield from self._past(source.date, ("sources", key, "date"))

    def _facts(self, facts: Mapping[str, Fact], sources: Mapping[str, Source]) -> Iterator[Finding]:
        for key, fact in facts.items():
            path: TreePath = ("facts", key)
            yield from self._sourced(fact, path, sources)
            yield from self._theme(fact.theme, (*path, "theme"))
            yield from self._topics(fact.about, (*path, "about"))
            if fact.figure is not None:
                yield from self._figure(fact.figure, (*path, "figure"))
                yield from self._said(fact, sources, path)
                if fact.date is not None:
                    yield (
                        (*path, "date"),
                        "la date d'un chiffre est son « as_of » : retirez « date »",
                    )
            elif fact.date is not None:
                yield from self._period(fact.date, (*path, "date"))

    def _figure(self, figure: Figure, path: TreePath) -> Iterator[Finding]:
        indicator = self._vocabulary.indicators.get(figure.indicator)
        if indicator is None:
            yield (*path, "indicator"), f"l'indicateur « {figure.indicator} » n'existe pas"
            return
        if figure.unit != indicator.unit:
            yield (*path, "unit"), f"l'unité de « {figure.indicator} » est « {indicator.unit} »"
        check_date = self._period if indicator.planned else self._past
        yield from check_date(figure.as_of, (*path, "as_of"))

    def _said(self, fact: Fact, sources: Mapping[str, Source], path: TreePath) -> Iterator[Finding]:
        assert fact.figure is not None
        if float(fact.figure.value) not in numbers_in(fact.text):
            yield (*path, "text"), f"la phrase ne dit pas le chiffre {fact.figure.value}"
        kinds = [sources[key].kind for key in fact.sources if key in sources]
        alone = kinds and all(kind in _SPEAK_FOR_THEMSELVES for kind in kinds)
        if alone and not _ATTRIBUTED.search(fact.text):
            yield (*path, "text"), "ce chiffre n'engage que sa source : commencez par « Selon … »"

    def _sourced(
        self, said: Fact | Sourced, path: TreePath, sources: Mapping[str, Source]
    ) -> Iterator[Finding]:
        if not said.sources:
            yield (*path, "sources"), "il faut au moins une source"
        for index, key in enumerate(said.sources):
            if key not in sources:
                yield (*path, "sources", index), f"la source « {key} » n'est pas dans ce fichier"
        if _LEANS_ON_ANOTHER_SENTENCE.match(said.text):
            word = said.text.split()[0]
            yield (
                (*path, "text"),
                f"« {word} » renvoie à une autre phrase : nommez de quoi il s'agit",
            )
        if said.text[-1] not in ".!?»…":
            yield (*path, "text"), "la phrase finit par un point"

    def _listed(
        self, cities: Iterable[str], themes: Iterable[str], topics: Iterable[str]
    ) -> Iterator[Finding]:
        yield from self._cities(cities)
        for index, theme in enumerate(themes):
            yield from self._theme(theme, ("themes", index))
        yield from self._topics(topics, ("topics",))

    def _cities(self, cities: Iterable[str]) -> Iterator[Finding]:
        for index, city in enumerate(cities):
            if city not in self._known.cities:
                yield ("cities", index), f"« {city} » n'est pas dans cities/"

    def _topics(self, topics: Iterable[str], path: TreePath) -> Iterator[Finding]:
        for index, topic in enumerate(topics):
            if topic not in self._known.topics:
                yield (*path, index), f"« {topic} » n'est pas dans topics/"

    def _theme(self, tag: str, path: TreePath) -> Iterator[Finding]:
        if tag not in self._vocabulary.themes:
            yield path, f"le thème « {tag} » n'existe pas"

    def _source_kind(self, tag: str, path: TreePath) -> Iterator[Finding]:
        if tag not in self._vocabulary.source_kinds:
            yield path, f"la nature de source « {tag} » n'existe pas"

    def _period(self, text: str, path: TreePath) -> Iterator[Finding]:
        if _days(text) is None:
            yield path, f"« {text} » n'existe dans aucun calendrier"

    def _past(self, text: str, path: TreePath) -> Iterator[Finding]:
        period = _days(text)
        if period is None:
            yield path, f"« {text} » n'existe dans aucun calendrier"
        elif period.first > self._today:
            yield path, f"« {text} » est dans le futur"

    def _kind_of(self, topic: str) -> str | None:
        found = self._known.topics.get(topic)
        return found.kind if found else None


def _days(text: str) -> Period | None:
    try:
        return parse_period(text)
    except ValueError:
        return None
