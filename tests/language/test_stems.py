import pytest

from bot.language.stems import stem, stems


@pytest.mark.parametrize(
    "words",
    [
        ("caméras", "camera", "CAMÉRA", "Caméra"),
        ("coût", "couts", "COÛTS"),
        ("drone", "drones"),
        ("logiciel", "logiciels"),
        ("surveillance", "surveillances"),
        ("installée", "installées"),
    ],
)
def test_the_endings_of_a_word_do_not_matter(words: tuple[str, ...]) -> None:
    assert len({stems(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("police", "policier"), ("lens", "lentille"), ("nice", "niche"), ("parents", "par")],
)
def test_words_that_mean_something_else_stay_apart(one: str, other: str) -> None:
    assert stems(one) != stems(other)


@pytest.mark.parametrize("word", ["vsa", "csu", "pas", "a"])
def test_a_short_word_stays_whole(word: str) -> None:
    assert stem(word) == word


def test_a_sentence_gives_its_words_in_order() -> None:
    assert stems("L'œil, des CAMÉRAS !") == ("l", stem("oeil"), "des", stem("camera"))
    assert stems(" ?! ") == ()
