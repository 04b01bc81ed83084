"""What one file is enough to judge: names, sentences, sources, dates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bot.knowledge.model import Article, City, Event, Fact, Source, Sourced, Topic, Vocabulary
from bot.knowledge.problems import Finding
from bot.knowledge.problems import Path as TreePath
from bot.knowledge.rules_of_events import findings_of_event
from bot.language.dates import Period, parse_period
from bot.language.folding import slug
from bot.language.numbers import numbers_in

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
_SAYS_THE_HOUR_IS_MISSING = re.compile(r"\b(?:heures?|horaires?)\b", re.IGNORECASE)
_SAYS_THE_PLACE_IS_MISSING = re.compile(r"\b(?:lieux?|départ|adresse)\b", re.IGNORECASE)

Entry = Vocabulary | City | Topic | Event | Article


def findings_alone(entry: Entry, file: str) -> Iterator[Finding]:
    """What is wrong with an entry whatever the rest of the base; `file` is its name, bare."""
    match entry:
        case Vocabulary():
            yield from _in_vocabulary(entry)
        case City():
            yield from _in_city(entry, file)
            yield from _cited(entry, {*_keys(entry.facts.values())})
        case Topic():
            yield from _in_topic(entry, file)
            told: list[Fact | Sourced] = [*entry.facts.values(), entry.summary, *entry.steps]
            yield from _cited(entry, {*_keys(told)})
        case Event():
            yield from _in_event(entry, file)
        case Article():
            if not file.startswith(entry.date or "sans-date-"):
                sentence = f"le fichier s'appelle {file}, et ne commence pas par cette date"
                yield Finding("E21", ("date",), sentence)


def _in_vocabulary(vocabulary: Vocabulary) -> Iterator[Finding]:
    for tag, indicator in vocabulary.indicators.items():
        path: TreePath = ("indicators", tag)
        if indicator.theme not in vocabulary.themes:
            sentence = f"le thème « {indicator.theme} » n'existe pas"
            yield Finding("E11", (*path, "theme"), sentence)
        for field, other in (("part_of", indicator.part_of), ("shows", indicator.shows)):
            whole = vocabulary.indicators.get(other or tag)
            if whole is None:
                sentence = f"l'indicateur « {other} » n'existe pas"
                yield Finding("E11", (*path, field), sentence)
            elif whole.unit != indicator.unit:
                sentence = f"les deux indicateurs n'ont pas la même unité (« {whole.unit} »)"
                yield Finding("E22", (*path, field), sentence)
        if indicator.planned and indicator.lifetime_months is not None:
            sentence = "une prévision n'a pas de durée de vie"
            yield Finding("E22", (*path, "lifetime_months"), sentence)


def _in_city(city: City, file: str) -> Iterator[Finding]:
    named = slug(city.name)
    departement = city.insee[:3] if city.insee and city.insee > "97" else (city.insee or "")[:2]
    if file not in (named, f"{named}-{departement}".lower()):
        sentence = f"le fichier s'appelle {file}, ce nom donnerait {named}"
        yield Finding("E21", ("name",), sentence)
    if city.kind == "commune" and (city.insee is None or city.siren is not None):
        sentence = "une commune a un code « insee », et pas de « siren »"
        yield Finding("E22", ("insee",), sentence)
    if city.kind != "commune" and city.insee is not None:
        yield Finding("E22", ("insee",), "seule une commune a un code « insee »")
    if city.kind == "epci" and city.siren is None:
        yield Finding("E22", ("kind",), "une intercommunalité a un numéro « siren »")
    yield from _facts(city.facts, city.sources)


def _in_topic(topic: Topic, file: str) -> Iterator[Finding]:
    if file not in map(slug, (topic.name, *topic.also)):
        sentence = f"le fichier s'appelle {file}, ce qui n'est ni « name » ni dans « also »"
        yield Finding("E21", ("name",), sentence)
    yield from _sourced(topic.summary, ("summary",), topic.sources)
    for index, step in enumerate(topic.steps):
        yield from _sourced(step, ("steps", index), topic.sources)
    yield from _facts(topic.facts, topic.sources)
    if topic.steps and topic.kind != "guide":
        yield Finding("E22", ("steps",), "seul un guide a des étapes")
    if topic.kind == "resource" and topic.url is None:
        yield Finding("E22", ("kind",), "une ressource a une adresse « url »")


def _in_event(event: Event, file: str) -> Iterator[Finding]:
    yield from (Finding(*told) for told in findings_of_event(event, file))
    yield from _same_page(event.sources)
    note = event.note or ""
    lasts_days = event.end is not None and event.end[:10] != event.start[:10]
    if "T" not in event.start and not lasts_days and not _SAYS_THE_HOUR_IS_MISSING.search(note):
        sentence = "il manque l'heure : trouvez-la, ou dites dans « note » qu'elle n'est pas connue"
        yield Finding("W65", ("start",), sentence)
    has_place = bool(event.place or event.address or event.online)
    if event.cities and not has_place and not _SAYS_THE_PLACE_IS_MISSING.search(note):
        sentence = "il manque le lieu : trouvez-le, ou dites dans « note » qu'il n'est pas connu"
        yield Finding("W66", ("cities",), sentence)


def _facts(facts: Mapping[str, Fact], sources: Mapping[str, Source]) -> Iterator[Finding]:
    for key, fact in facts.items():
        path: TreePath = ("facts", key)
        yield from _sourced(fact, path, sources)
        if fact.figure is not None:
            yield from _said(fact, sources, path)
            if fact.date is not None:
                sentence = "la date d'un chiffre est son « as_of » : retirez « date »"
                yield Finding("E45", (*path, "date"), sentence)
        elif fact.date is not None and days_of(fact.date) is None:
            yield Finding("E42", (*path, "date"), no_such_day(fact.date))


def _said(fact: Fact, sources: Mapping[str, Source], path: TreePath) -> Iterator[Finding]:
    assert fact.figure is not None
    if float(fact.figure.value) not in numbers_in(fact.text):
        sentence = f"la phrase ne dit pas le chiffre {fact.figure.value}"
        yield Finding("E33", (*path, "text"), sentence)
    kinds = [sources[key].kind for key in fact.sources if key in sources]
    alone = kinds and all(kind in _SPEAK_FOR_THEMSELVES for kind in kinds)
    if alone and not _ATTRIBUTED.search(fact.text):
        sentence = "ce chiffre n'engage que sa source : commencez par « Selon … »"
        yield Finding("E34", (*path, "text"), sentence)


def _sourced(
    said: Fact | Sourced, path: TreePath, sources: Mapping[str, Source]
) -> Iterator[Finding]:
    if not said.sources:
        yield Finding("E14", (*path, "sources"), "il faut au moins une source")
    for index, key in enumerate(said.sources):
        if key not in sources:
            sentence = f"la source « {key} » n'est pas dans ce fichier"
            yield Finding("E13", (*path, "sources", index), sentence)
    if _LEANS_ON_ANOTHER_SENTENCE.match(said.text):
        word = said.text.split()[0]
        sentence = f"« {word} » renvoie à une autre phrase : nommez de quoi il s'agit"
        yield Finding("E31", (*path, "text"), sentence)
    if said.text[-1] not in ".!?»…":
        yield Finding("E32", (*path, "text"), "la phrase finit par un point")


def _keys(told: Iterable[Fact | Sourced]) -> Iterator[str]:
    for one in told:
        yield from one.sources


def _cited(entry: City | Topic, cited: set[str]) -> Iterator[Finding]:
    for key in entry.sources:
        if key not in cited:
            sentence = f"rien ne cite la source « {key} » : citez-la ou retirez-la"
            yield Finding("W61", ("sources", key), sentence)
    yield from _same_page(entry.sources)


def _same_page(sources: Mapping[str, Source]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for key, source in sources.items():
        if source.url is not None and first.setdefault(source.url, key) != key:
            sentence = f"cette page est déjà la source « {first[source.url]} »"
            yield Finding("W68", ("sources", key, "url"), sentence)


@lru_cache(maxsize=4096)
def days_of(text: str) -> Period | None:
    """The days that a date of the base covers; None when no calendar has them."""
    try:
        return parse_period(text)
    except ValueError:
        return None


def no_such_day(text: str) -> str:
    """The sentence for a date that `days_of` refuses."""
    if "/" in text and all(days_of(part) for part in text.split("/", 1)):
        return f"« {text} » finit avant de commencer"
    return f"« {text} » n'existe dans aucun calendrier"
