import numpy as np

from bot.search.meanings import Meant
from tests.questions.examples import Example
from tests.questions.finding_meanings import fit
from tests.questions.judging import Asked

TOLD = {
    "cout": {"euro", "million"},
    "autre-cout": {"euro", "budget"},
    "drones": {"volant", "helic"},
    "autres-drones": {"volant", "vol"},
}


def example(words: tuple[str, ...], ids: tuple[str, ...], *right: bool) -> Example:
    """A question among these documents and a refusal, which score alike by themselves."""
    asked = Asked(turns=(" ".join(words),), style="plain", intent="cost", kinds=("fact",))
    scores = np.zeros(len(right), np.float32)
    features = ((0,),) * len(right)
    is_right = np.array(right, np.float32)
    return Example("lille", asked, words, words, ids, features, scores, is_right)


def test_words_that_are_asked_alike_are_close_to_what_they_lead_to() -> None:
    known = [
        example(("raquer", "ville"), ("cout", "drones"), True, False, False),
        example(("casquer", "ville"), ("autre-cout", "autres-drones"), True, False, False),
        example(("engin", "ciel"), ("cout", "drones"), False, True, False),
        example(("engin", "vole"), ("autre-cout", "autres-drones"), False, True, False),
        example(("meteo", "ville"), ("cout", "drones"), False, False, True),
    ] * 20
    meanings = fit(known, [1.0] * len(known), TOLD)
    none = meanings.asked.directions([])
    told = [Meant(meanings.told.of(TOLD[id_]), none) for id_ in ("cout", "drones")]
    cost, drones, _ = meanings.closeness(["casquer"], [], told).told
    assert cost > drones, "though « casquer » was asked of another cost"
    cost, drones, refusal = meanings.closeness(["meteo"], [], told).told
    assert refusal > max(cost, drones)
    cost, drones, refusal = meanings.closeness(["engin"], [], told).told
    assert drones > max(cost, refusal)
