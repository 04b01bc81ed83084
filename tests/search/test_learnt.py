from pathlib import Path

import pytest

from bot.assembly import load_base
from bot.search.features import ALWAYS, REFUSAL
from bot.search.learnt import NOTHING, read, side_by_side, sums
from bot.settings import read_settings
from tests.questions.judging import NOW


@pytest.fixture
def written(tmp_path: Path) -> Path:
    file = tmp_path / "learnt.tsv"
    file.write_text("*\trefusal\t4\nraquer\ttheme:cout\t1.5\nraquer\tfigure\t0.5\n", "utf-8")
    return file


def test_the_weights_of_the_features_of_a_question_add_up(written: Path) -> None:
    learnt = read(written)
    worths = learnt.worths([ALWAYS, "raquer", "mot inconnu"])
    cost, shown = learnt.numbered(["theme:cout", "jamais vu", "figure"])
    assert (worths[cost], worths[shown]) == (1.5, 0.5)
    assert learnt.refusal(worths) == 4


def test_what_suits_a_document_adds_up_and_is_nothing_where_nothing_of_it_is_known(
    written: Path,
) -> None:
    learnt = read(written)
    worths = learnt.worths(["raquer"])
    both, none = learnt.numbered(["theme:cout", "figure"]), learnt.numbered(["jamais vu"])
    assert sums(worths, side_by_side([both, none, both[:1]])) == [2.0, 0.0, 1.5]
    assert sums(worths, side_by_side([])) == []


def test_who_has_learnt_nothing_refuses_nothing() -> None:
    assert NOTHING.refusal(NOTHING.worths([ALWAYS])) == float("-inf")


def test_what_was_learnt_speaks_of_what_the_base_holds() -> None:
    knowledge = load_base(read_settings({}), NOW.date())
    vocabulary = knowledge.vocabulary
    held = {
        *(f"theme:{tag}" for tag in vocabulary.themes),
        *(f"indicator:{tag}" for tag in vocabulary.indicators),
        *(f"topic:{id_}" for id_ in knowledge.topics),
    }
    tagged = {feature for feature in read().numbers if ":" in feature}
    assert tagged <= held, "run « make learn » again"
    assert REFUSAL in read().numbers
