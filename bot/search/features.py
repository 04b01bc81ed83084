"""What of a question and of a document is weighed by what was learnt."""

from collections.abc import Collection, Iterable, Iterator

from bot.knowledge.citations import Card, Citation, DatedArticle
from bot.search.lexicon import SMALL_WORDS, Concept, Lexicon, Reading
from bot.search.phrases import Stems
from bot.search.telling import counted, precision, tells_number

ALWAYS = "*"
"""The feature of every question and of every document."""
REFUSAL = "refusal"
"""The feature of what is answered when no document answers."""
AGENDA = "agenda"
"""The feature of what is answered when events are asked for."""


def words_of(reading: Reading, lexicon: Lexicon) -> Stems:
    """The stems of a question, those recalled from the one before too, each as the first of its
    synonyms."""
    recalled = (word for unit in reading.units if unit.is_recalled for word in unit.stems)
    return (*lexicon.same(reading.stems), *recalled)


def of_question(
    reading: Reading, words: Stems, *, names_year: bool, names_town: bool
) -> Iterator[str]:
    """Its words, what it asks, what it names, and whether it names a year, or no town.

    `words` are those that `words_of` gives; their order tells nothing.
    """
    yield ALWAYS
    yield from of_words(words)
    yield from (f"{intent}?" for intent in reading.intents)
    yield from map(_named, reading.concepts)
    if names_year:
        yield "year"
    if not names_town:
        yield "no town"


def of_words(words: Stems) -> Iterable[str]:
    """The words of a question that tell, each once: any number is « # »."""
    return dict.fromkeys(
        "#" if word.isdigit() else word for word in words if word not in SMALL_WORDS
    )


def of_meaning(stems: Collection[str], assigned: Collection[Concept]) -> Iterator[str]:
    """What tells the meaning of a document: its stems and what it is about, in any order."""
    yield ALWAYS
    yield from stems
    yield from map(_named, assigned)


def of_document(
    item: Citation | DatedArticle | Card,
    words: Stems,
    assigned: Collection[Concept],
    latest: Collection[Citation],
    *,
    of_topic: bool,
) -> Iterator[str]:
    """What it is about, what it counts, and its form.

    `words` are its stems in order, each as the first of its synonyms; `latest` are the latest
    figures of each town and indicator; `of_topic`, whether a topic tells it.
    """
    yield ALWAYS
    if of_topic:
        yield "of a topic"
    yield from map(_named, assigned)
    yield from (f"counts {word}" for word in counted(words))
    if tells_number(words):
        yield "number"
    yield f"date to the {precision(words)}"
    if isinstance(item, Card):
        yield "card"
        yield f"card of a {item.topic.kind}"
        return
    if isinstance(item, DatedArticle):
        yield "article"
        return
    figure = item.fact.figure
    if figure is None:
        yield "no figure"
    else:
        yield "sum of money" if "euro" in figure.unit else "count"
        yield "latest" if item in latest else "superseded"
    yield "dated" if item.period else "undated"
    if item.fact.in_use is not None:
        yield "in use" if item.fact.in_use else "not in use"


def _named(concept: Concept) -> str:
    return f"{concept.kind}:{concept.tag}"
