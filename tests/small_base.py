"""A base small enough to be read at a glance, made of values instead of files."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.answers.answering import Answering
from bot.knowledge.model import (
    Article,
    City,
    Event,
    Fact,
    Figure,
    Indicator,
    Intent,
    IntentTag,
    Knowledge,
    Source,
    Sourced,
    Tag,
    Theme,
    Topic,
    Vocabulary,
)
from bot.knowledge.speech import SmallTalk
from bot.language.dates import PARIS
from bot.places.communes import Communes
from bot.places.resolving import Places
from bot.search.learning import Learning
from bot.search.learnt import read as read_learnt

SOURCES = {
    "journal": Source(
        title="Les caméras de la ville",
        publisher="Le Journal",
        kind="presse",
        url="https://journal.example/cameras",
        date="2024-05-01",
    ),
    "collectif": Source(title="Notre comptage", publisher="Le Collectif", kind="militant"),
}

_INTENTS: Mapping[Intent, list[str]] = {
    "act": ["comment agir"],
    "source": ["ta source"],
    "ratio": ["par habitant"],
    "ranking": ["quelle ville a le plus", "quelle ville a le moins"],
    "evolution": ["évolution"],
    "compare": ["compare"],
    "definition": ["c'est quoi"],
    "upcoming": ["rencontre"],
    "how-many": ["combien"],
}

VOCABULARY = Vocabulary(
    themes={
        "cameras": Theme(
            label="Caméras",
            definition="Ce qui filme.",
            words=("caméra", "vidéosurveillance", "vidéo surveillance"),
            section="figures",
        ),
        "cout": Theme(
            label="Coûts",
            definition="Ce que cela coûte.",
            words=("coût", "budget", "dépense"),
            section="costs",
        ),
        "drones": Theme(
            label="Drones", definition="Ce qui vole.", words=("drone",), section="technologies"
        ),
    },
    indicators={
        "cameras": Indicator(
            label="caméras en service",
            definition="Celles qui filment.",
            words=("nombre de caméras", "caméra"),
            theme="cameras",
            unit="caméras",
            key=True,
        ),
        "depense": Indicator(
            label="dépense",
            definition="Ce qui est payé.",
            words=("dépense",),
            theme="cout",
            unit="euros",
        ),
    },
    source_kinds={
        "presse": Tag(label="presse", definition="Un journal."),
        "militant": Tag(label="collectif", definition="Un collectif."),
    },
    intents={
        intent: IntentTag(label=intent, definition=intent, words=tuple(words))
        for intent, words in _INTENTS.items()
    },
    spellings={"cb": "combien"},
    fillers=(
        "à",
        "de",
        "des",
        "du",
        "le",
        "la",
        "les",
        "en",
        "et",
        "y",
        "il",
        "a",
        "t",
        "habitant",
    ),
    synonyms=(),
    unheld=(),
    smalltalk={"merci": SmallTalk(words=("merci",), reply="Avec plaisir !")},
)


def fact(text: str, theme: str = "cameras", source: str = "journal", **more: object) -> Fact:
    """A fact without a figure."""
    return Fact(text=text, theme=theme, sources=(source,), **more)  # type: ignore[arg-type] # the fields of Fact


def figure(
    value: float, as_of: str, indicator: str = "cameras", source: str = "journal", **more: object
) -> Fact:
    """A fact with a figure, whose sentence says it."""
    known = VOCABULARY.indicators[indicator]
    counted = Figure(indicator=indicator, value=value, unit=known.unit, as_of=as_of)
    text = f"On y compte {value:g} {known.unit} en {as_of}."
    return fact(text, known.theme, source, figure=counted, **more)


def city(name: str, insee: str, facts: Mapping[str, Fact]) -> City:
    """A commune that cites `SOURCES`."""
    return City(name=name, insee=insee, sources=SOURCES, facts=facts)


def event(title: str, start: str, *cities: str, **more: object) -> Event:
    """A meeting announced by `SOURCES`."""
    return Event(title=title, start=start, cities=cities, sources=SOURCES, **more)  # type: ignore[arg-type] # the fields of Event


TOPICS = {
    "vsa": Topic(
        name="Vidéosurveillance algorithmique",
        also=("VSA",),
        kind="technology",
        summary=Sourced(text="Un logiciel regarde les images.", sources=("journal",)),
        sources=SOURCES,
        facts={"autorisee": fact("La VSA a été autorisée à titre expérimental.", date="2023")},
    )
}


def base(
    cities: Mapping[str, City],
    events: Mapping[str, Event] | None = None,
    articles: Mapping[str, Article] | None = None,
) -> Knowledge:
    """These files, the small vocabulary and the one topic."""
    return Knowledge(
        vocabulary=VOCABULARY,
        cities=cities,
        topics=TOPICS,
        events=events or {},
        articles=articles or {},
    )


def answering(knowledge: Knowledge, communes: Communes) -> Answering:
    """What answers from `knowledge`, all the communes of France being known.

    Words weigh what was learnt; how scores go together in the published base, and how its facts
    are asked for, tells nothing of a few others.
    """
    places = Places(communes, _codes(knowledge.cities.values()))
    return Answering(knowledge, places, Learning(read_learnt()))


def paris(text: str) -> datetime:
    """`2026-06-21T18:00` as an aware datetime in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def _codes(cities: Iterable[City]) -> set[str]:
    return {city.insee for city in cities if city.insee}
