from pathlib import Path

import numpy as np

from bot.search.second_look import read
from tests.questions.looking_again import Look, fit, write

LEFT, RIGHT = (4.0, 0.0), (0.0, 4.0)
BOTH, NEITHER = (3.0, 3.0), (0.0, 0.0)


def look(right: tuple[float, float], *wrong: tuple[float, float]) -> Look:
    """Documents of two parts, of which the first score says nothing; one is right."""
    inputs = np.array([right, *wrong], np.float32)
    is_right = np.array([True, *[False] * len(wrong)], np.float32)
    return Look(inputs, np.zeros(len(inputs), np.float32), is_right, 1.0)


def test_what_goes_together_is_learnt_where_no_sum_of_parts_tells_it(tmp_path: Path) -> None:
    # Either part alone is better than nothing, and both at once are worse.
    looks = [look(LEFT, BOTH, NEITHER), look(RIGHT, BOTH, NEITHER)] * 400
    write(fit(looks), tmp_path / "second_look.json")
    fitted = read(tmp_path / "second_look.json")
    left, right, both, neither = fitted.worths([LEFT, RIGHT, BOTH, NEITHER])
    assert min(left, right) > max(both, neither)


def test_a_question_without_a_right_answer_teaches_nothing() -> None:
    unanswered = look(LEFT, BOTH)
    unanswered.is_right[:] = False
    looks = [look(RIGHT, LEFT)] * 50
    both = zip(fit([*looks, unanswered]), fit(looks), strict=True)
    assert all(np.array_equal(one, other) for one, other in both)
