"""The newspapers that people name, whose titles may hold the name of a place."""

import re
from collections.abc import Iterator

from bot.knowledge.model import Knowledge
from bot.language.folding import fold
from bot.search.phrases import Phrases

_WORD = re.compile(r"[^\W_]+")


class Press:
    """The newspapers that the base cites."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._titles = Phrases(((title, True) for title in _titles(knowledge)), _words)

    def spans(self, sentence: str) -> list[tuple[int, int]]:
        """Where their titles begin and end, those of several words: « Le Parisien »."""
        spans = list(_WORD.finditer(sentence))
        words = tuple(fold(span.group()).replace(" ", "") for span in spans)
        return [
            (spans[match.first].start(), spans[match.end - 1].end())
            for match in self._titles.find(words)
        ]


def _titles(knowledge: Knowledge) -> Iterator[str]:
    articles = ((article.kind, article.publisher) for article in knowledge.articles.values())
    sources = (
        (source.kind, source.publisher)
        for owners in (knowledge.cities.values(), knowledge.topics.values())
        for owner in owners
        for source in owner.sources.values()
    )
    for kind, publisher in (*articles, *sources):
        if kind == "presse" and len(_words(publisher)) > 1:
            yield publisher


def _words(title: str) -> tuple[str, ...]:
    return tuple(fold(title).split())
