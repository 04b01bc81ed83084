from pathlib import Path

import numpy as np

from bot.search.learnt import read
from tests.questions.examples import Example, Numbers
from tests.questions.judging import Asked
from tests.questions.learning import FEWEST, learn, write

COST, DRONES, REFUSED = 0, 1, 2
NUMBERS = Numbers({"theme:cout": COST, "theme:drones": DRONES, "refusal": REFUSED})


def example(word: str, *right: bool) -> Example:
    """A question that one word asks, among a cost, a drone and a refusal that score alike."""
    asked = Asked(turns=(word,), style="plain", intent="cost", kinds=("fact",))
    documents = ((COST,), (DRONES,), (REFUSED,))
    scores = np.zeros(3, np.float32)
    return Example(
        "lille", asked, (word,), (word,), ("cout", "drones"), documents, scores, np.array(right)
    )


def test_a_word_that_leads_to_the_cost_is_learnt_and_comes_back_from_the_file(
    tmp_path: Path,
) -> None:
    known = [example("raquer", True, False, False), example("météo", False, False, True)] * FEWEST
    learnt = learn(known, NUMBERS)
    paid, weather = learnt.worths(["raquer"]), learnt.worths(["météo"])
    assert paid[COST] > max(paid[DRONES], paid[REFUSED])
    assert weather[REFUSED] > max(weather[COST], weather[DRONES])
    write(learnt, tmp_path / "learnt.tsv")
    again = read(tmp_path / "learnt.tsv")
    assert again.worths(["raquer"])[again.numbers["theme:cout"]] == paid[COST]


def test_a_word_that_few_questions_use_teaches_nothing() -> None:
    learnt = learn([example("rare", True, False, False)] * (FEWEST - 1), NUMBERS)
    assert not any(learnt.worths(["rare"]))
