import bisect
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import MESSAGES_A_SECOND, MOST_IN_A_SECOND, Pace

CHATS = st.sampled_from([1, 2, 3, -1, -2])


def run(pace: Pace, wanted: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Each message leaves as soon as it may, after the one before."""
    left = []
    now = 0.0
    for gap, chat in wanted:
        now = max(now + gap, pace.opens(), pace.chat_opens(chat))
        pace.let_pass(chat, now)
        pace.arrive(now)
        left.append((now, chat))
    return left


def most_within(times: list[float], seconds: float) -> int:
    return max(
        (
            sum(start <= time < start + seconds for time in times[first:])
            for first, start in enumerate(times)
        ),
        default=0,
    )


@given(st.lists(st.tuples(st.floats(0, 70), CHATS), max_size=80))
def test_no_limit_is_passed_whatever_is_wanted_when(wanted: list[tuple[float, int]]) -> None:
    left = run(Pace(), wanted)
    assert most_within([at for at, _ in left], 1) <= 30
    for chat in {chat for _, chat in left}:
        times = [at for at, to in left if to == chat]
        assert most_within(times, 1) <= 2
        assert most_within(times, 10) <= 12
        if chat < 0:
            assert most_within(times, 60) <= 20


def test_a_push_to_many_is_evenly_spaced_and_as_fast_as_allowed() -> None:
    times = [at for at, _ in run(Pace(), [(0.0, chat) for chat in range(1, 501)])]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert most_within(times, 0.5) <= 17
    assert all(abs(gap - 1 / MESSAGES_A_SECOND) < 1e-9 for gap in gaps[200:])


def test_a_late_timer_does_not_slow_the_stream_down() -> None:
    pace = Pace()
    now = 0.0
    for chat in range(1, 281):
        now = max(now, pace.opens()) + 0.03
        pace.let_pass(chat, now)
        pace.arrive(now)
    assert 279 / now > 27.9


@given(st.lists(st.tuples(st.floats(0, 2), st.floats(0, 1)), min_size=35, max_size=120))
def test_a_second_holds_thirty_however_messages_are_held_up(
    journeys: list[tuple[float, float]],
) -> None:
    """Each message is answered after some time, and reaches Telegram at any moment before."""
    pace = Pace()
    now = 0.0
    reached: list[float] = []
    answers: list[float] = []
    for chat, (journey, when) in enumerate(journeys, 1):
        while (opens := pace.opens()) > now or (answers and answers[0] <= now):
            if answers and answers[0] <= max(now, opens):
                now = max(now, answers.pop(0))
                pace.arrive(now)
            else:
                now = opens
        pace.let_pass(chat, now)
        reached.append(now + when * journey)
        bisect.insort(answers, now + journey)
    assert most_within(sorted(reached), 1) <= MOST_IN_A_SECOND


def test_a_chat_gets_two_at_once_and_then_one_a_second() -> None:
    left = run(Pace(), [(0.0, 7)] * 4)
    assert [round(at, 1) for at, _ in left] == [0.0, 0.0, 1.1, 2.1]


def test_a_group_gets_twenty_a_minute() -> None:
    left = run(Pace(), [(0.0, -7)] * 41)
    assert left[19][0] < 20
    assert left[20][0] >= 60
    assert left[40][0] >= 120


def test_one_slow_group_holds_nobody_else_up() -> None:
    pace = Pace()
    run(pace, [(0.0, -7)] * 20)
    assert pace.chat_opens(8) < 0
    assert pace.held_back(21.0) == [-7]


def test_nothing_leaves_during_a_pause() -> None:
    pace = Pace()
    pace.pause(30.0)
    pace.pause(10.0)
    assert run(pace, [(0.0, 7)]) == [(30.0, 7)]


def test_the_past_of_a_hundred_thousand_chats_is_forgotten() -> None:
    pace = Pace()
    run(pace, [(0.0, chat) for chat in range(1, 100_001)])
    assert len(pace._chats) <= 1_001
