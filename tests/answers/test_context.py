from datetime import timedelta

from bot.answers.context import CONVERSATIONS, LIFETIME, Context, Conversations
from bot.answers.model import Help, Territory
from bot.answers.question import Question
from bot.places.communes import Communes
from bot.presentation.conversation import Conversation
from bot.search.lexicon import Reading
from tests.small_base import answering, base, city, figure, paris

NOW = paris("2026-06-21T12:00")


def context(name: str) -> Context:
    territory = Territory(name, name, None)
    asked = Question(
        territories=(territory,),
        doubtful=(),
        reading=Reading((), (), ()),
        years=(),
        days=None,
        smalltalk=None,
        is_elsewhere=False,
        is_national=False,
        is_following=False,
        points_back=False,
    )
    return Context(asked, Help())


def test_a_context_is_recalled_in_its_own_chat_only() -> None:
    latest = Conversations()
    latest.remember(1, context("lille"), NOW)
    assert latest.recall(1, NOW) == context("lille")
    assert latest.recall(2, NOW) is None


def test_a_context_is_forgotten_after_ten_minutes() -> None:
    latest = Conversations()
    latest.remember(1, context("lille"), NOW)
    assert timedelta(minutes=10) == LIFETIME
    assert latest.recall(1, NOW + LIFETIME) is not None
    assert latest.recall(1, NOW + LIFETIME + timedelta(seconds=1)) is None
    assert latest.recall(1, NOW) is None, "once forgotten, it is not held any more"


def test_the_last_context_replaces_the_one_before_and_none_forgets_it() -> None:
    latest = Conversations()
    latest.remember(1, context("lille"), NOW)
    latest.remember(1, context("lens"), NOW)
    assert latest.recall(1, NOW) == context("lens")
    latest.remember(1, None, NOW)
    assert latest.recall(1, NOW) is None


def test_only_the_latest_conversations_are_held() -> None:
    latest = Conversations()
    for chat in range(CONVERSATIONS + 5):
        latest.remember(chat, context("lille"), NOW)
    held = [chat for chat in range(CONVERSATIONS + 5) if latest.recall(chat, NOW)]
    assert held == list(range(5, CONVERSATIONS + 5))


def conversation(communes: Communes) -> Conversation:
    knowledge = base(
        {
            "lille": city("Lille", "59350", {"c": figure(140, "2022")}),
            "lens": city("Lens", "62498", {"c": figure(60, "2021")}),
        }
    )
    return Conversation(knowledge, answering(knowledge, communes))


def test_a_follow_up_is_understood_from_what_was_said(communes: Communes) -> None:
    speaking = conversation(communes)
    speaking.says("combien de caméras à Lille ?", 1, NOW)
    assert "60" in speaking.says("et à Lens ?", 1, NOW + timedelta(minutes=9)).html


def test_ten_minutes_later_a_follow_up_follows_nothing(communes: Communes) -> None:
    speaking = conversation(communes)
    speaking.says("à Lille ?", 1, NOW)
    assert "140" in speaking.says("combien de caméras ?", 1, NOW + timedelta(minutes=10)).html
    speaking.says("à Lille ?", 2, NOW)
    later = speaking.says("combien de caméras ?", 2, NOW + timedelta(minutes=11))
    assert "140" not in later.html


def test_what_one_chat_said_is_unknown_to_another(communes: Communes) -> None:
    speaking = conversation(communes)
    speaking.says("à Lille ?", 1, NOW)
    assert "140" not in speaking.says("combien de caméras ?", 2, NOW).html


def test_asking_for_the_source_cites_what_was_just_told(communes: Communes) -> None:
    speaking = conversation(communes)
    speaking.says("combien de caméras à Lille ?", 1, NOW)
    assert "Les caméras de la ville" in speaking.says("ta source ?", 1, NOW).html


def test_a_command_leaves_a_context_too(communes: Communes) -> None:
    speaking = conversation(communes)
    speaking.command("ville", "lille", 1, NOW)
    assert "140" in speaking.says("combien de caméras ?", 1, NOW).html
