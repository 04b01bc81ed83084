"""What a question takes over from the one before it, for what it leaves out."""

from dataclasses import replace

from bot.answers import cues
from bot.answers.model import Territory
from bot.answers.question import ALL_CAMERAS, COMMON, COST, PLANNED, Question
from bot.search.lexicon import CAMERAS, Concept, Unit

_PERSONNEL, _CSU = Concept("theme", "personnel"), Concept("theme", "csu")
_BEFORE = frozenset(("avant", "before", "auparavant"))


def following(question: Question, before: Question) -> Question:
    """`question` with what `before` said."""
    reading = question.reading
    units = tuple(unit._replace(is_recalled=True) for unit in before.reading.units)
    own = tuple(unit for unit in reading.units if unit.stems != cues.OWN_HOME)
    if _asks_former_count(question, before):
        units, own = (ALL_CAMERAS,), ()
    elif reading.concepts and not (question.is_vague and question.years):
        goes_on = _is_of_staff(question, before) or bool(reading.concepts - COMMON)
        units = (*own, *_besides(question, units)) if goes_on else own
    else:
        own = tuple(unit for unit in own if unit.is_required or not question.is_vague)
        units = tuple(dict.fromkeys((*(_cameras_meant(question, before) or units), *own)))
    intents = reading.intents or before.reading.intents
    hints = reading.hints
    if not (hints or reading.concepts):
        hints = before.reading.hints
    if not reading.units and reading.intents == ("yes-no",):
        intents = before.reading.intents
    words = reading.words
    if before.asks("upcoming") and not reading.concepts:
        # « c'était où ? » is of the event that was asked
        intents = tuple(dict.fromkeys((*intents, "upcoming")))
        words = before.reading.words + words
    return replace(
        question,
        territories=_beside(question, before),
        reading=replace(reading, words=words, units=units, intents=intents, hints=hints),
        smalltalk=None,
    )


def among(question: Question, before: Question, towns: tuple[Territory, ...]) -> Question:
    """`question`, which follows `before`, of which of these towns has the most."""
    sequel = following(question, before)
    intents = sequel.reading.intents
    if "ratio" in intents:  # a line for each is what is asked, not the first ones of all
        intents = tuple(intent for intent in intents if intent != "ranking")
    return replace(sequel, territories=towns, reading=replace(sequel.reading, intents=intents))


def _besides(question: Question, recalled: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """What is recalled beside other subjects: « Et le CSU ? » after a cost asks what this one
    costs, « et les drones ? » after the body cameras no more of these, and « combien d'agents y
    travaillent » after a cost no price."""
    names_topic = bool(question.tags("topic"))
    prices = frozenset((COST,)) if question.counts_things else frozenset[Concept]()
    return tuple(
        unit
        for unit in recalled
        if unit.concepts - COMMON
        and unit.concepts.isdisjoint(prices)
        and CAMERAS not in unit.concepts
        and not (names_topic and any(concept.kind == "topic" for concept in unit.concepts))
    )


def _is_of_staff(question: Question, before: Question) -> bool:
    return question.about(_PERSONNEL) and before.about(_CSU)


def _asks_former_count(question: Question, before: Question) -> bool:
    """Whether « c'était combien avant ? » is of cameras that were counted, not of a price."""
    is_earlier = not _BEFORE.isdisjoint(question.reading.words)
    counts = question.is_vague and question.asks("how-many", "evolution")
    return counts and is_earlier and before.is_count_of_cameras


def _cameras_meant(question: Question, before: Question) -> tuple[Unit, ...]:
    """Which cameras it is of, after others: « et prévues ? », « il y en a combien »."""
    planned = question.reading.hints & PLANNED
    if planned and question.is_following and before.is_of_cameras:
        return (ALL_CAMERAS._replace(concepts=planned | {CAMERAS}),)
    counts_all = "en" in question.reading.words and question.asks("how-many")
    is_of_them = before.is_of_cameras or (before.about(CAMERAS) and before.about(COST))
    return (ALL_CAMERAS,) if counts_all and is_of_them else ()


def _beside(question: Question, before: Question) -> tuple[Territory, ...]:
    """Its places, after those of the question before when it compares with these."""
    if not question.territories:
        return () if question.doubtful else before.territories
    is_more = question.is_following and not cues.COMPARATIVES.isdisjoint(question.reading.words)
    if (question.asks("compare") or is_more) and len(question.territories) == 1:
        return tuple(dict.fromkeys((*before.territories, *question.territories)))
    return question.territories
