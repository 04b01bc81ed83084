import pytest

from bot.language.numbers import numbers_in


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Nantes compte 2 459 dossiers.", 2459),
        ("Nantes compte 2\u202f459 dossiers.", 2459),
        ("Cela coûte 1,4 million d'euros.", 1_400_000),
        ("Cela coûte deux millions d'euros.", 2_000_000),
        ("Une quinzaine d'agents.", 15),
        ("Les cinquante premières caméras.", 50),
        ("Dix-neuf opérateurs y travaillent.", 19),
        ("Il y en a 86 597,56 exactement.", 86597.56),
    ],
)
def test_a_number_is_found_in_digits_and_in_words(sentence: str, number: float) -> None:
    assert number in numbers_in(sentence)


def test_a_number_that_is_not_said_is_not_found() -> None:
    assert 300 not in numbers_in("Le nombre de caméras est passé de 50 à 450.")
