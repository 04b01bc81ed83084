"""What a question leaves to the one before it: its place, its subject, or all."""

from typing import TypeGuard

from bot.answers.context import Context
from bot.answers.model import Answer, FactAnswer, Territory
from bot.answers.question import Question

SHORT_SEQUEL = 5
"""Words of « et c’était en quelle année ? », which asks nothing besides."""
_WHICH = frozenset(("laquelle", "lequel", "deux"))
_AROUND_A_NAME = frozenset(("a", "au", "aux", "de", "du", "la", "le", "les", "ville", "sur", "d"))


def picks_among_towns(question: Question, before: Context) -> bool:
    """Whether it asks which of the towns asked about has the most: « laquelle en a le plus ? »."""
    picks = not _WHICH.isdisjoint(question.reading.words)
    names_none = not (question.territories or question.doubtful or question.area)
    return picks and names_none and question.asks("ranking", "compare") and len(before.towns) > 1


def says_nothing(question: Question) -> bool:
    """Whether it adds nothing to what was said before: a number, a stray word."""
    words = question.reading.words
    return (
        question.is_bare
        and not (question.territories or question.doubtful or question.years or question.days)
        and all(word.isdigit() for word in words)
    )


def asks_only_source(question: Question) -> bool:
    concepts = question.reading.concepts
    return question.asks("source") and not question.territories and not concepts


def asks_only_date(question: Question) -> bool:
    """Whether it asks when what was told took place, not since when: « c'était quand ? »."""
    asked = set(question.reading.intents) - {"yes-no"}
    leaves_out = not (question.territories or question.reading.units or question.years)
    is_short = len(question.reading.words) <= SHORT_SEQUEL
    return asked == {"when"} and leaves_out and is_short and "depuis" not in question.reading.words


def is_dated(answer: Answer) -> TypeGuard[FactAnswer]:
    told = answer.citations[:1] if isinstance(answer, FactAnswer) else ()
    return any(citation.period is not None for citation in told)


def names_what_was_asked(question: Question, before: Context) -> bool:
    """Whether a place alone answers « dans quelle ville ? »."""
    is_open = before.answer.kind == "choice" and not before.question.is_bare
    is_dated = question.years or question.days
    return is_open and question.is_bare and not is_dated and len(question.territories) == 1


def was_offered(territory: Territory, before: Context) -> bool:
    """Whether a question was left open for a place, or answered for another of its name."""
    is_open = before.answer.kind == "choice" or territory in before.answer.choices
    return is_open and not before.question.is_bare


def follows(question: Question, text: str) -> bool:
    """Whether a question leaves out what the one before said: its place, or its subject.

    A name alone is a new question, unless it is asked: « toulouse ? ».
    """
    if (question.territories or question.doubtful) and question.reading.units:
        return question.is_following and question.asks("compare") and not question.reading.concepts
    if question.asks("lawful") and question.implies_cameras:
        return False  # « mon voisin filme la rue, a-t-il le droit ? » says all
    if question.territories and question.asks("upcoming") and not question.is_following:
        return False  # « prochain conseil municipal à Lille » says all
    if question.territories:
        says_more = "?" in text or set(question.reading.words) - _AROUND_A_NAME
        return bool(says_more) and not question.is_elsewhere
    if question.is_of_them and not question.asks("act"):
        return True
    of_topic = question.tags("topic") or not question.asks("who")
    defines = question.asks("definition") and of_topic and _names_only_topics(question)
    if not question.is_following and (defines or question.asks("ranking", "act", "upcoming")):
        return question.points_back and not question.reading.units
    return True


def _names_only_topics(question: Question) -> bool:
    """Whether it says all by itself: « c'est quoi la VSA ? », but not « c'est quoi le prix ? »."""
    return all(
        any(concept.kind == "topic" for concept in unit.concepts) or not unit.concepts
        for unit in question.reading.units
    )
