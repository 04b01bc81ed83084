"""What a question leaves to the one before it."""

import pytest

from bot.answers.answering import Answering
from bot.answers.model import Answer, Comparison, TopicCard
from tests.small_base import paris

NOW = paris("2026-11-22T12:00")


def last(answering: Answering, *turns: str) -> Answer:
    """The answer to the last of these, each following the one before."""
    context = None
    for turn in turns:
        answer, context = answering.reply(turn, NOW, context)
    return answer


def test_what_has_just_been_told_gives_way_to_something_else(
    published_answering: Answering,
) -> None:
    cost = "Le nouveau centre de supervision de Roanne, il a coûté combien ?"
    then = last(published_answering, cost, "et qui a mis la main à la poche à part la ville ?")
    assert then.citations[0].id == "roanne/subvention-etat-2022"


def test_how_many_there_are_after_a_cost_counts_the_cameras(
    published_answering: Answering,
) -> None:
    cost = "Combien la ville de Nîmes a-t-elle dépensé pour ses caméras ?"
    answer = last(published_answering, cost, "Et combien y en a-t-il donc ?")
    assert answer.citations[0].fact.figure is not None
    assert answer.citations[0].fact.figure.indicator == "cameras"


def test_more_or_less_compares_with_the_town_before(published_answering: Answering) -> None:
    answer = last(published_answering, "ya cb de cam a lille", "et a nantes c plus ou moins ?")
    assert isinstance(answer, Comparison)
    assert [row.territory.id for row in answer.rows] == ["lille", "nantes"]


def test_elsewhere_leaves_the_town_before(published_answering: Answering) -> None:
    answer = last(published_answering, "Il y a des drones à Lyon ?", "et ailleurs ?")
    assert isinstance(answer, TopicCard)
    assert answer.leads_with_cities


def test_what_a_judge_said_of_the_town_comes_before_the_law_of_all(
    published_answering: Answering,
) -> None:
    answer = last(published_answering, "micros orléans", "c'est légal ?")
    assert [territory.id for territory in answer.territories] == ["orleans"]
    general = last(published_answering, "cannes vsa", "c légal ça ?")
    assert not general.territories


@pytest.mark.parametrize("source", ["d'où vous tenez ça ?", "vous sortez ça d'où ?"])
def test_where_it_was_read_is_asked_in_many_ways(
    published_answering: Answering, source: str
) -> None:
    first = last(published_answering, "annecy nombre caméras")
    answer = last(published_answering, "annecy nombre caméras", source)
    assert answer.citations[0] == first.citations[0]
