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


def test_another_technology_takes_the_place_of_the_one_before(
    published_answering: Answering,
) -> None:
    answer = last(
        published_answering, "rennes la police municipale a des caméras piétons ?", "et des drones"
    )
    assert answer.citations[0].fact.theme == "drones"
    assert [territory.id for territory in answer.territories] == ["rennes"]


def test_a_price_asked_by_what_it_is_is_that_of_the_town_before(
    published_answering: Answering,
) -> None:
    answer = last(published_answering, "Lille caméras", "c'est quoi le prix ?")
    assert [territory.id for territory in answer.territories] == ["lille"]
    assert answer.citations[0].fact.theme == "cout"


def test_what_was_told_of_a_town_that_nobody_named_is_asked_on(
    published_answering: Answering,
) -> None:
    asked = "Quelle ville a signé pour douze ans avec Bouygues, Suez, Capgemini et Citelum ?"
    assert last(published_answering, asked).territories[0].id == "dijon"
    then = last(published_answering, asked, "et combien de caméras ?")
    assert [territory.id for territory in then.territories] == ["dijon"]


def test_the_council_to_come_is_asked_of_another_town(published_answering: Answering) -> None:
    answer = last(
        published_answering, "c'est quand le prochain conseil municipal à Roubaix", "et à Lille ?"
    )
    assert answer.kind == "agenda"
    assert [territory.id for territory in answer.territories] == ["lille"]


def test_a_meeting_asked_for_with_its_town_owes_nothing_to_what_was_asked_before(
    published_answering: Answering,
) -> None:
    answer = last(
        published_answering, "les drones à Lille ?", "prochain conseil municipal à Nantes"
    )
    assert answer.kind == "agenda"


@pytest.mark.parametrize("asked", ["laquelle en a le plus ?", "des deux, laquelle en a le plus ?"])
def test_which_of_them_is_of_the_towns_asked_about(
    published_answering: Answering, asked: str
) -> None:
    answer = last(published_answering, "combien de caméras à Lille", "et à Roubaix ?", asked)
    assert isinstance(answer, Comparison)
    assert {row.territory.id for row in answer.rows} == {"lille", "roubaix"}


def test_which_of_them_per_inhabitant_has_a_line_for_each(published_answering: Answering) -> None:
    asked = "et laquelle en a le plus par habitant ?"
    answer = last(published_answering, "combien de caméras à Lille", "et à Roubaix ?", asked)
    assert isinstance(answer, Comparison)
    assert [row.territory.id for row in answer.rows] == ["roubaix", "lille"]
    assert all(row.per_thousand is not None for row in answer.rows)


def test_which_has_the_most_after_one_town_alone_is_asked_of_all(
    published_answering: Answering,
) -> None:
    answer = last(published_answering, "combien de caméras à Lille", "laquelle en a le plus ?")
    assert not isinstance(answer, Comparison) or len(answer.rows) > 2


def test_how_many_work_there_is_no_price(published_answering: Answering) -> None:
    cost = "combien a coûté le csu de nîmes"
    answer = last(published_answering, cost, "et combien d'agents y travaillent ?")
    assert answer.citations[0].fact.figure is not None
    assert answer.citations[0].fact.figure.indicator == "operateurs"


def test_how_many_before_is_of_the_cameras_that_were_counted(
    published_answering: Answering,
) -> None:
    answer = last(published_answering, "combien de caméras à Nantes", "c'était combien avant ?")
    assert answer.citations[0].fact.figure is not None
    assert answer.citations[0].fact.figure.indicator == "cameras"


def test_home_is_the_town_that_is_named_with_it(published_answering: Answering) -> None:
    answer = last(published_answering, "combien de caméras à Lille", "et chez moi, à Roubaix ?")
    assert [territory.id for territory in answer.territories] == ["roubaix"]
    assert answer.citations[0].fact.theme == "cameras"
