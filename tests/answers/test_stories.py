"""What is only told around a question requires nothing of its answer."""

import pytest

from bot.answers.model import FactAnswer
from bot.assembly import build_conversation
from bot.presentation.conversation import Conversation
from bot.settings import read_settings
from tests.questions.judging import NOW


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    return build_conversation(read_settings({}), NOW.date())


@pytest.mark.parametrize(
    "told",
    [
        "Mon médecin m'a dit que Lille avait presque 200 caméras, c'est exact ?",
        "Mon chien a peur des drones. Y en a à Rennes ?",
        "En sortant du cinéma je me suis demandé combien de caméras on a à Rennes",
    ],
)
def test_what_is_told_around_is_left_out(conversation: Conversation, told: str) -> None:
    assert conversation.answer(told, None, NOW)[0].kind == "fact"


@pytest.mark.parametrize(
    "told",
    [
        "je viens d'ouvrir une fromagerie à Annecy, y a combien de cameras ici",
        "hi im an erasmus student in rennes, how many cctv cameras are there in the streets?",
        "ma fille, institutrice à Rezé, dit qu'il n'y a pas de caméras. Combien y en a-t-il ?",
        "Ma fille entre au collège à Aniche. La commune a-t-elle des caméras, et combien ?",
    ],
)
def test_nothing_is_refused_for_a_word_of_the_story(conversation: Conversation, told: str) -> None:
    assert conversation.answer(told, None, NOW)[0].kind == "fact"


@pytest.mark.parametrize(
    "told",
    [
        "Je suis agent territorial. Comment le nombre de caméras a-t-il évolué à Nantes ?",
        "on milite a montpellier, vous avez la courbe des cameras depuis dix ans ?",
    ],
)
def test_who_asks_says_nothing_of_what_is_asked(conversation: Conversation, told: str) -> None:
    answer, _ = conversation.answer(told, None, NOW)
    assert isinstance(answer, FactAnswer)
    assert answer.series is not None
    assert answer.series.indicator == "cameras"


@pytest.mark.parametrize(
    "asked",
    [
        "De quelle couleur sont les caméras de Lille ?",
        "Je cherche la marque des caméras de Lille. Vous pouvez m'aider ?",
        "La marque des caméras de Lille, je veux savoir",
    ],
)
def test_what_is_asked_stays_required(conversation: Conversation, asked: str) -> None:
    assert conversation.answer(asked, None, NOW)[0].kind == "unknown"
