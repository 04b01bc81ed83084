"""Whatever people type, the bot replies."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assembly import build_conversation
from bot.presentation.conversation import Conversation
from bot.presentation.message import Message, visible
from bot.settings import read_settings
from tests.questions.judging import NOW, load_part

LONGEST = 4_096
"""Characters of one Telegram message."""

WORDS = sorted(
    {word for asked in load_part("build") for turn in asked.turns for word in turn.split()}
)
anything = st.text(st.characters(), max_size=LONGEST)  # any code point, lone surrogates too
scraps = st.one_of(st.sampled_from(WORDS), st.text(st.characters(), max_size=12))
nearly_questions = st.lists(scraps, max_size=80).map(lambda found: " ".join(found)[:LONGEST])
repetitions = st.builds(
    lambda scrap, times: (scrap * times)[:LONGEST], scraps, st.integers(1, LONGEST)
)
texts = st.one_of(nearly_questions, anything, repetitions)
many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    return build_conversation(read_settings({}), NOW.date())


def can_be_shown(message: Message) -> bool:
    """Whether Telegram takes it: not empty, not too long, every tag closed."""
    shown = visible(message)
    closed = all(message.html.count(f"<{tag}>") == message.html.count(f"</{tag}>") for tag in "bi")
    return bool(shown.strip()) and len(shown.encode("utf-16-le")) // 2 <= LONGEST and closed


@many
@given(text=texts)
def test_any_text_gets_a_reply_that_can_be_shown(conversation: Conversation, text: str) -> None:
    assert can_be_shown(conversation.says(text, 1, NOW))


@many
@given(turns=st.lists(texts, min_size=2, max_size=4))
def test_any_conversation_gets_replies(conversation: Conversation, turns: list[str]) -> None:
    for turn in turns:
        assert can_be_shown(conversation.says(turn, 2, NOW))
