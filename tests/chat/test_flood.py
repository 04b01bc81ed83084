"""Who writes too fast is told so once; the clock is passed in."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.flood import CHATS, MESSAGES, SILENCE_SECONDS, WITHIN_SECONDS, FloodGate, Verdict

ANSWER, WARN, PASS_OVER = Verdict.ANSWER, Verdict.WARN, Verdict.PASS_OVER


def flooded(gate: FloodGate, chat: int, at_seconds: float) -> None:
    verdicts = [gate.admit(chat, at_seconds) for _ in range(MESSAGES + 1)]
    assert verdicts == [ANSWER] * MESSAGES + [WARN]


def test_the_message_too_many_is_warned_once_then_silence() -> None:
    gate = FloodGate()
    flooded(gate, 1, 100.0)
    assert {gate.admit(1, 100.0 + second) for second in range(int(SILENCE_SECONDS))} == {PASS_OVER}


def test_after_a_minute_the_chat_is_answered_again() -> None:
    gate = FloodGate()
    flooded(gate, 1, 100.0)
    assert gate.admit(1, 100.0 + SILENCE_SECONDS) is ANSWER
    flooded_again = [gate.admit(1, 161.0) for _ in range(MESSAGES)]
    assert flooded_again == [ANSWER] * (MESSAGES - 1) + [WARN]


def test_writing_during_the_silence_does_not_make_it_longer() -> None:
    gate = FloodGate()
    flooded(gate, 1, 0.0)
    for second in range(int(SILENCE_SECONDS)):
        gate.admit(1, float(second))
    assert gate.admit(1, SILENCE_SECONDS) is ANSWER


def test_others_notice_nothing() -> None:
    gate = FloodGate()
    flooded(gate, 1, 0.0)
    assert gate.admit(2, 0.0) is ANSWER


def test_somebody_who_writes_steadily_is_always_answered() -> None:
    gate = FloodGate()
    pace = 1.01 * WITHIN_SECONDS / MESSAGES
    assert {gate.admit(1, number * pace) for number in range(500)} == {ANSWER}


def test_who_flooded_long_ago_is_forgotten_with_many_others() -> None:
    gate = FloodGate()
    flooded(gate, 0, 0.0)
    for chat in range(1, CHATS + 1):
        gate.admit(chat, 1.0)
    assert gate.admit(0, 2.0) is ANSWER


@given(st.lists(st.floats(0, 5), max_size=200))
def test_never_more_than_the_limit_is_answered_within_the_window(gaps: list[float]) -> None:
    gate, now, answered = FloodGate(), 0.0, list[float]()
    for gap in gaps:
        now += gap
        if gate.admit(1, now) is ANSWER:
            answered.append(now)
    for last, first in zip(answered[MESSAGES:], answered, strict=False):
        assert last - first >= WITHIN_SECONDS
