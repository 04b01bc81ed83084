"""How close in meaning questions and documents are."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.answers.answering import Answering
from bot.search.features import REFUSAL, of_meaning
from bot.search.meanings import NONE, Meanings, Meant, Vectors, read
from tests.questions.finding_meanings import FINEST, write

ASKED = Vectors(["raquer", "voir"], np.array([[3.0, 0.0], [0.0, 2.0]], np.float32))
TOLD = Vectors(["euro", "ecran", REFUSAL], np.array([[1, 0], [0, 1], [-1, -1]], np.float32))
MEANINGS = Meanings(ASKED, TOLD)


def meant(told: list[str], *asked: list[str]) -> Meant:
    return Meant(TOLD.of(told), ASKED.directions(asked))


def close(asked: list[str], *told: list[str]) -> Sequence[float]:
    return MEANINGS.closeness(asked, asked, [*map(meant, told)]).told


def test_what_goes_together_is_close_and_the_refusal_comes_last() -> None:
    assert close(["raquer"], ["euro"], ["ecran"]) == [3.0, 0.0, -3.0]
    assert close(["voir"], ["euro"], ["ecran"]) == [0.0, 2.0, -2.0]


def test_a_long_text_is_no_closer_for_being_long() -> None:
    one, both, _ = close(["raquer"], ["euro"], ["euro", "ecran"])
    assert both == pytest.approx(one / 2**0.5)


def test_words_that_nobody_knows_bring_nothing_close() -> None:
    assert close(["inconnu"], ["euro"], ["inconnu"]) == [0.0, 0.0, 0.0]
    assert close(["raquer", "inconnu"], ["euro"]) == [3.0, -3.0]
    nothing = Meant(NONE.told.of(["euro"]), NONE.asked.directions([["raquer"], []]))
    assert NONE.closeness(["raquer"], ["raquer"], [nothing]) == ([0.0, 0.0], [0.0], [0.0])


def test_a_question_is_as_close_to_a_document_as_to_the_nearest_that_asked_for_it() -> None:
    asked_for = meant([], ["voir"], ["raquer", "voir"], ["inconnu"])
    never = meant([])
    found = MEANINGS.closeness([], ["raquer"], [asked_for, never])
    assert found.nearest == pytest.approx([3 / 13**0.5, 0.0])
    assert found.average == pytest.approx([3 / 13**0.5 / 3, 0.0])


def test_the_order_of_words_changes_nothing() -> None:
    words = sorted(read().told.rows)[:40]
    assert np.array_equal(read().told.of(words), read().told.of(words[::-1]))


def test_vectors_come_back_from_their_file_nearly_as_they_were(tmp_path: Path) -> None:
    write(MEANINGS, tmp_path / "meanings.npz")
    again = read(tmp_path / "meanings.npz")
    assert (again.asked.rows, again.told.rows) == (ASKED.rows, TOLD.rows)
    assert np.abs(again.asked.values - ASKED.values).max() <= 3 / FINEST
    euro = Meant(again.told.of(["euro"]), again.asked.directions([]))
    assert again.closeness(["raquer"], [], [euro]).told == pytest.approx([3, -3], rel=0.02)


def test_what_was_learnt_knows_most_words_of_the_published_base(
    published_answering: Answering,
) -> None:
    known = read().told.rows.keys()
    documents = published_answering.index.by_id.values()
    words = [word for one in documents for word in of_meaning(one.stems, one.assigned)]
    assert sum(word in known for word in words) > 0.9 * len(words), "run « make learn » again"
