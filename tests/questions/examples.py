"""Questions as what is learnt from: what each may pick from, and what is right."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from bot.answers.answering import Answering
from bot.answers.facts import wish_of
from bot.answers.question import Question
from bot.assembly import load_base, load_places
from bot.knowledge.citations import Card, Citation
from bot.knowledge.model import Knowledge
from bot.places.resolving import Places
from bot.presentation.conversation import Conversation
from bot.search.features import AGENDA, REFUSAL, of_meaning, words_of
from bot.search.index import Document
from bot.search.learning import Learning
from bot.search.learnt import Learnt
from bot.search.lexicon import SMALL_WORDS
from bot.search.phrases import Stems
from bot.search.ranking import OF_EVENTS, features_asked, rank
from bot.settings import read_settings
from tests.questions.descending import Floats
from tests.questions.judging import NOW, Asked, question_of, shown_text, wrong_in

WEIGHED = 60
"""Documents of which one is to be picked: more than are weighed once it is learnt how these were
asked for."""
TOLD = {"fact", "topic"}
"""The kinds of answers that documents give."""


class Numbers(dict[str, int]):
    """Numbers every feature that it is asked for."""

    def __contains__(self, feature: object) -> bool:
        return True

    def __missing__(self, feature: str) -> int:
        self[feature] = len(self)
        return self[feature]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what it may be answered with: the documents of its town, the agenda where
    it speaks of events, then a refusal."""

    town: str
    asked: Asked
    words: Stems
    features: tuple[str, ...]
    ids: tuple[str, ...]
    """Those of the documents."""
    documents: tuple[tuple[int, ...], ...]
    """The features of each, by number."""
    scores: Floats
    is_right: Floats

    @property
    def file(self) -> str:
        """What stands for the file of the town asked, else of what answers."""
        right = (id_ for id_, is_right in zip(self.ids, self.is_right, strict=False) if is_right)
        return self.town or next(right, self.asked.turns[-1]).partition("/")[0]


class Examples:
    """Turns questions into examples, from one state of the base."""

    def __init__(self, knowledge: Knowledge, places: Places) -> None:
        self.numbers = Numbers()
        self._refusal = (self.numbers[REFUSAL],)
        self._agenda = (self.numbers[AGENDA],)
        learning = Learning(Learnt(self.numbers, {}))
        self._answering = Answering(knowledge, places, learning)
        self._conversation = Conversation(knowledge, self._answering)
        cards = {id_: self._answering.topics.about(id_) for id_ in knowledge.topics}
        self.told: dict[str, frozenset[str]] = {}
        """What tells the meaning of each document that an example may pick, by its id."""
        self._cards = {id_: shown_text(self._conversation, card) for id_, card in cards.items()}

    def of(self, questions: Sequence[Asked]) -> list[Example]:
        """An example for each question on one covered town that a fact of its own may answer."""
        return [example for asked in questions if (example := self._of(asked)) is not None]

    def _of(self, asked: Asked) -> Example | None:
        kinds = set(asked.kinds)
        is_refused = kinds <= {"unknown", "choice", "help", "smalltalk"}
        tells = (
            "agenda" in kinds
            or asked.answers
            or (kinds & TOLD and (asked.contains or asked.contains_any))
        )
        if not (is_refused or tells):
            return None
        question = question_of(self._conversation, asked.turns)
        if question is None or not is_ranked(question):
            return None
        index, wish = self._answering.index, wish_of(question)
        town = question.territories[0].id if question.territories else None
        if town is not None and kinds == {"choice"}:
            return None
        documents = self._answering.anywhere.candidates(question)
        meant = (index.by_id[id_] for id_ in asked.answers if id_ in index.by_id)
        documents = list(dict.fromkeys((*documents, *meant)))
        ranked = rank(documents, question.reading, index, wish, WEIGHED, math.inf)
        right = [not is_refused and self.is_right(one.document, asked) for one in ranked]
        others = [(self._refusal, 0.0, is_refused)]
        if question.speaks_of_events:
            others.insert(0, (self._agenda, OF_EVENTS, "agenda" in kinds))
        if not (any(right) or any(is_right for *_, is_right in others)):
            return None
        words = words_of(question.reading, index.lexicon)
        for one in ranked:
            of_one = of_meaning(one.document.stems, one.document.assigned)
            self.told[one.document.item.id] = frozenset(of_one)
        return Example(
            town or "",
            asked,
            tuple(dict.fromkeys(word for word in words if word not in SMALL_WORDS)),
            tuple(features_asked(question.reading, words, wish)),
            tuple(one.document.item.id for one in ranked),
            (
                *(tuple(one.document.features.tolist()) for one in ranked),
                *(features for features, *_ in others),
            ),
            np.array([*(one.score for one in ranked), *(o[1] for o in others)], np.float32),
            np.array([*right, *(is_right for *_, is_right in others)], np.float32),
        )

    def is_right(self, document: Document, asked: Asked) -> bool:
        """Whether it is a document that answers."""
        item = document.item
        if asked.answers:
            return item.id in asked.answers
        if isinstance(item, Card):
            return "topic" in asked.kinds and not wrong_in(self._cards[item.id], asked)
        text = item.fact.text if isinstance(item, Citation) else item.article.summary
        return "fact" in asked.kinds and not wrong_in(text, asked)


def is_ranked(question: Question) -> bool:
    """Whether documents are ranked for it: those of one town, or of none."""
    territories = question.territories
    return (
        (not territories or (len(territories) == 1 and territories[0].id is not None))
        and bool(question.reading.units)
        and question.refused is None
        and not (question.doubtful or question.is_elsewhere)
        and not question.asks("ranking", "ratio")
        and not any(year.first > NOW.date() for year in question.years)
    )


@cache
def base_and_places() -> tuple[Knowledge, Places]:
    settings = read_settings({})
    knowledge = load_base(settings, NOW.date())
    return knowledge, load_places(settings, knowledge)
