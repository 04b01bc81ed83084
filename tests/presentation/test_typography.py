import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.presentation.typography import NARROW, WIDE, typeset


def visible(text: str) -> str:
    """`text` with its no-break spaces as signs that an eye can tell apart."""
    return text.replace(NARROW, "¦").replace(WIDE, "_")


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("l'eau", "l’eau"),
        ("jusqu'« ici »", "jusqu’«_ici_»"),
        ("Quoi ?", "Quoi¦?"),
        ("Quoi?", "Quoi¦?"),
        ("Quoi ??", "Quoi¦??"),
        ("Quoi ?!", "Quoi¦?!"),
        ("Non ! Si ; oui", "Non¦! Si¦; oui"),
        ("Quoi ?\nRien :\n- un", "Quoi¦?\nRien_:\n- un"),
        ("[Un titre ?]", "[Un titre¦?]"),
        (" :", "_:"),
        ("etc. : un", "etc._: un"),
        ("(Vraiment ?)", "(Vraiment¦?)"),
        ("Lieu : Lille", "Lieu_: Lille"),
        ("Lieu: Lille", "Lieu_: Lille"),
        ("« ici » : là", "«_ici_»_: là"),
        ("«ici»", "«_ici_»"),
        ("2 459 dossiers", "2¦459 dossiers"),
        ("1 234 567 euros", "1¦234¦567_euros"),
        ("12 caméras", "12_caméras"),
        ("3 millions", "3_millions"),
        ("30 %", "30¦%"),
        ("30 €", "30¦€"),
        ("https://a.example/?a=b;c", "https://a.example/?a=b;c"),
        ("18:30", "18:30"),
        ("", ""),
    ],
)
def test_spaces_and_apostrophes_are_french(typed: str, set_: str) -> None:
    assert visible(typeset(typed)) == set_


FRAGMENTS = st.sampled_from([*"a1'?!;:«»“ .,)(%€0\n", NARROW, WIDE, "000", " 123", "euros"])


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=12).map("".join)))
def test_setting_a_text_twice_changes_nothing(text: str) -> None:
    assert typeset(typeset(text)) == typeset(text)


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
def test_setting_changes_spaces_and_apostrophes_only(text: str) -> None:
    def bare(text: str) -> str:
        return "".join(text.split()).replace("’", "'")

    assert bare(typeset(text)) == bare(text)
