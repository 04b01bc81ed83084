import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.folding import fold, glue, slug


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("  ROUBAIX !! ", "roubaix"),
        ("Œuilly", "oeuilly"),
        ("Sète (34)", "sete 34"),
        ("snake_case", "snake case"),
        ("Besançon", "besancon"),
    ],
)
def test_accents_case_and_punctuation_do_not_matter(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_gluing_forgets_hyphens_and_a_slug_keeps_them() -> None:
    assert glue("Villeneuve-d'Ascq") == "villeneuvedascq"
    assert slug("Villeneuve-d'Ascq") == "villeneuve-d-ascq"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x2100)))
def test_the_quick_way_folds_as_the_thorough_one(text: str) -> None:
    # A letter of another script sends the whole text the thorough way.
    assert fold(text) == fold(f"{text} ж").removesuffix("ж").strip()
