from pathlib import Path

import pytest

from bot.search.index import Index
from bot.search.learning import NOTHING
from bot.search.ranking import Wish, rank
from bot.search.wordings import Wordings, likeness, read, worth
from tests.small_base import base, city, fact

KNOWN = 2 * [
    (("lille/cout",), ("raquer", "cam", "lill")),
    (("lille/cout",), ("budget", "cam")),
    (("lille/drones", "lille/police"), ("avion", "polic")),
    (("lille/drones",), ("engin", "volant")),
    (("lens/csu",), ("ecran",)),
]
KNOWN += [(("lens/autre",), (f"mot{number}",)) for number in range(10)]
"""Enough for none of their words to be a common one."""


@pytest.fixture
def wordings() -> Wordings:
    return Wordings(KNOWN)


def test_a_wording_is_as_alike_as_the_words_that_it_shares(wordings: Wordings) -> None:
    same = wordings.alike(wordings.weights(("avion", "polic")), "lille/drones")
    near = wordings.alike(wordings.weights(("avion", "inconnu", "budget")), "lille/drones")
    assert max(same) == pytest.approx(1.0)
    assert 0 < max(near) < 1
    assert wordings.alike(wordings.weights(("budget",)), "lille/drones") == []


def test_what_nobody_asked_for_has_no_wording(wordings: Wordings) -> None:
    assert wordings.alike(wordings.weights(("avion",)), "lille/jamais-demande") == []
    assert worth(wordings.likeness(wordings.weights(("avion",)), "lille/jamais-demande")) == 0.0
    assert not wordings.weights(("inconnu",))


def test_more_wordings_that_are_alike_are_worth_more() -> None:
    same, one_same, near = (worth(likeness(alike, 2)) for alike in ([1.0, 1.0], [1.0], [0.5]))
    assert same > one_same > near > 0


def test_words_lead_to_the_documents_that_were_asked_for_with_most_of_them(
    wordings: Wordings,
) -> None:
    weights = wordings.weights(("avion", "inconnu", "engin", "ecran"))
    assert wordings.closest(weights, 1) == ["lille/drones"]
    assert set(wordings.closest(weights, 9)) == {"lille/drones", "lille/police", "lens/csu"}


def test_a_fact_is_found_by_a_word_that_it_does_not_hold_once_it_was_asked_for_so() -> None:
    held = {"a": fact("Des engins sont loués.", "drones"), "b": fact("Des phares.", "drones")}
    knowledge = base({"lens": city("Lens", "62498", held)})

    def first(asked_for: str) -> str:
        wordings = Wordings([((asked_for,), ("lumier", "nuit")), *KNOWN])
        index = Index(
            knowledge, {"lumiere", "nuit"}.__contains__, NOTHING._replace(wordings=wordings)
        )
        reading = index.lexicon.read("la lumière la nuit")
        return rank(index.by_owner["lens"], reading, index, Wish())[0].document.item.id

    assert first("lens/a") == "lens/a"
    assert first("lens/b") == "lens/b"


def test_the_file_names_documents_then_words(tmp_path: Path) -> None:
    file = tmp_path / "wordings.tsv"
    file.write_text("lille/a lille/b\tavion polic\n" + "lens/c\tautre mot\n" * 20, "utf-8")
    weights = read(file).weights(("avion",))
    assert max(read(file).alike(weights, "lille/b")) > 0
