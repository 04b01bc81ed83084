"""Whatever people write, they get a message that Telegram takes; nothing raises."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.answering import Answering
from bot.knowledge.model import Knowledge
from bot.presentation.conversation import COMMANDS, Conversation
from bot.presentation.message import Message
from tests.double.markup import parse_html, utf16_length
from tests.questions.judging import NOW


@pytest.fixture(scope="module")
def talking(published: Knowledge, published_answering: Answering) -> Conversation:
    """One conversation for all examples, so that contexts are part of what is tried."""
    return Conversation(published, published_answering)


TYPED = """
combien caméras caméra drones coût budget à a de Nantes Lille MEL roubai st denis saint-denis et y
là-bas 2019 2022 entre compare plus moins par habitant agenda demain le 31 juin samedi quelle ville
c'est quoi la vsa briefcam ta source merci salut pourquoi où qui 59100 59 Paris 13e arrondissement
l' d' œ ? ! ... 😀 <b> & ' " / @ #
"""
WORDS = st.sampled_from([*TYPED.split(), "\x00", "\u202e", ""])
SENTENCES = st.lists(WORDS, max_size=25).map(" ".join)
TEXTS = st.one_of(
    st.text(max_size=4096), SENTENCES, st.text(alphabet=WORDS.map(lambda w: w[:1] or " "))
)


def is_taken_by_telegram(message: Message) -> bool:
    parsed = parse_html(message.html)
    return 1 <= utf16_length(parsed.text) <= 4096 and all(
        1 <= len(button.data.encode()) <= 64 for button in message.buttons
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, chat=st.integers(0, 3))
def test_no_text_makes_the_conversation_raise(talking: Conversation, text: str, chat: int) -> None:
    assert is_taken_by_telegram(talking.says(text, chat, NOW))


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from([name for command in COMMANDS for name in command.names]), rest=TEXTS)
def test_no_text_after_a_command_makes_it_raise(
    talking: Conversation, name: str, rest: str
) -> None:
    message = talking.command(name, rest, 1, NOW)
    assert message is not None
    assert is_taken_by_telegram(message)


@pytest.mark.parametrize(
    "text",
    ["a" * 4096, "caméra " * 585, "œ" * 4096, "😀" * 2048, "saint " * 600, "\u0301" * 4096,
     "1" * 4096, "le 31 juin 0000 " * 200, "roubaix, " * 400, "\ufdfa" * 4096, "[" * 4096],
    ids=lambda text: f"{text[:12]} × {len(text)}",
)  # fmt: skip
def test_no_long_text_makes_the_conversation_raise(talking: Conversation, text: str) -> None:
    assert is_taken_by_telegram(talking.says(text, 9, NOW))
