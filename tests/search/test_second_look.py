import json
import math
from pathlib import Path

import numpy as np

from bot.search.features import ALWAYS, REFUSAL
from bot.search.index import Index
from bot.search.learning import Learning
from bot.search.learnt import Learnt
from bot.search.meanings import Closeness
from bot.search.ranking import Ranked, Wish, rank
from bot.search.second_look import FAR, FILE, MOST, NO_DOCUMENT, REACH, SecondLook, inputs_of, read
from tests.small_base import base, city, fact

HELD = {
    "lampes": fact("Des lampes éclairent le moulin du quai."),
    "quai": fact("Le quai est fermé."),
}
KNOWLEDGE = base({"lens": city("Lens", "62498", HELD)})
ONE = Closeness([0.0, 0.0], [0.0], [0.0])
WIDTH = len(inputs_of([NO_DOCUMENT], [0.0], 0.0, ONE, asked=1, among=1)[0])
SCORE, IS_REFUSAL = len(NO_DOCUMENT), len(NO_DOCUMENT) + 4


def weighing(at: int, weight: float) -> SecondLook:
    """A network that only adds one input, times a weight; nothing where that is negative."""
    weights = np.zeros((WIDTH, 1), np.float32)
    weights[at] = 1
    return SecondLook(np.zeros(1, np.float32), weights, np.array([weight], np.float32))


def told(question: str, look: SecondLook, refusal: float = 0.0) -> list[Ranked]:
    learnt = Learnt({REFUSAL: 0}, {ALWAYS: [(0, refusal)]})
    learning = Learning(learnt, second_look=look)
    index = Index(KNOWLEDGE, {"moulin", "quai"}.__contains__, learning)
    documents, reading = index.by_owner["lens"], index.lexicon.read(question)
    return rank(documents, reading, index, Wish(), within=math.inf)


def names(found: list[Ranked]) -> list[str]:
    return [one.document.item.id.removeprefix("lens/") for one in found]


def test_the_parts_of_a_score_sum_up_to_it_at_first() -> None:
    for one in told("le moulin du quai", weighing(SCORE, 0.0)):
        assert abs(sum(one.parts[:-3]) - one.score) < 1e-6


def test_another_look_turns_round_two_documents_that_answer_about_as_well() -> None:
    at_first = told("le quai", weighing(SCORE, 0.0))
    assert abs(at_first[0].score - at_first[1].score) < REACH
    again = told("le quai", weighing(SCORE + 2, -9.0))  # what is the first loses
    assert names(again) == names(at_first)[::-1]
    assert again[0].score == at_first[0].score


def test_what_is_added_to_the_refusal_makes_a_document_answer_no_more() -> None:
    first = told("le quai", weighing(IS_REFUSAL, 0.0))[0]
    assert first.lead > 0
    assert not told("le quai", weighing(IS_REFUSAL, first.lead + 1))[0].answers


def test_a_document_far_above_all_others_is_not_looked_at_again() -> None:
    clear = told("les lampes éclairent le moulin", weighing(IS_REFUSAL, 99.0), refusal=-9.0)
    assert clear[0].score - clear[1].score > REACH
    assert clear[0].answers


def test_what_is_not_looked_at_again_is_held_against_the_same_refusal() -> None:
    held = {f"quai-{n}": fact(f"Le quai {n} est fermé.") for n in range(MOST + 2)}
    learnt = Learnt({REFUSAL: 0}, {ALWAYS: [(0, 0.0)]})
    learning = Learning(learnt, second_look=weighing(IS_REFUSAL, 99.0))
    index = Index(base({"lens": city("Lens", "62498", held)}), {"quai"}.__contains__, learning)
    found = rank(index.by_owner["lens"], index.lexicon.read("le quai"), index, Wish())
    assert len(found) > MOST
    assert not any(one.answers for one in found)


def test_what_is_close_is_told_from_the_next_and_from_what_is_refused() -> None:
    close = Closeness([4.0, 7.0, 1.0, 5.0], [0.5, 0.5, 0.25], [0.25, 0.125, 0.0])
    *rows, refusal = inputs_of([NO_DOCUMENT] * 3, [3.0, 2.0, 1.0], 0.5, close, asked=1, among=9)
    assert [row[-7:-3] for row in rows] == [
        [-1.0, 4.0, 0.5, 0.25],
        [2.0, 7.0, 0.5, 0.125],
        [-4.0, 1.0, 0.25, 0.0],
    ]
    assert [row[-3:] for row in rows] == [
        [-3.0, 0.0, 0.125],
        [3.0, 0.0, -0.125],
        [-6.0, -0.25, -0.25],
    ]
    assert refusal[-7:] == [-2.0, 7.0, 0.5, 0.25, 0.0, 0.0, 0.0]


def test_what_is_alone_is_above_nothing() -> None:
    row, _ = inputs_of(
        [NO_DOCUMENT], [3.0], 0.5, Closeness([4.0, 5.0], [0.5], [0.25]), asked=1, among=1
    )
    assert row[-3:] == [FAR, 0.5, 0.25]


def test_what_was_fitted_knows_as_many_inputs_as_there_are(tmp_path: Path) -> None:
    written = read(FILE)
    assert written.weights.shape == (WIDTH, len(written.biases))
    assert len(written.biases) == len(written.outputs) > 0
    file = tmp_path / "second_look.json"
    file.write_text(json.dumps({"biases": [1], "weights": [[2], [0]], "outputs": [3]}), "utf-8")
    assert read(file).worths([[4.0, 5.0], [-4.0, 5.0]]) == [3 * (1 + 2 * 4), 0]
