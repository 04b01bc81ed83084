"""What YAML would guess in silence is a problem here, with its line and its column."""

from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.problems import Finding
from bot.knowledge.yaml_tree import read_tree

FILE = PurePath("cities/lille.yaml")


def told(text: str) -> list[str]:
    """Every problem of a text as `line:column: sentence`."""
    _, _, problems = read_tree(text, FILE)
    assert all(problem.file == FILE for problem in problems)
    return [f"{p.place.line}:{p.place.column}: {p.sentence}" for p in problems]


def values(text: str) -> Any:
    tree, _, problems = read_tree(text, FILE)
    assert problems == []
    return tree


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: Lille", "Lille"),
        ('a: "01004"', "01004"),
        ("a: 'no'", "no"),
        ("a: 2459", 2459),
        ("a: -3", -3),
        ("a: 1.5", 1.5),
        ("a: true", True),
        ("a: false", False),
        ("a: [x, 2]", ["x", 2]),
        ("a: {b: c}", {"b": "c"}),
        ("a: >\n  une\n  ligne\n", "une ligne\n"),
    ],
)
def test_what_is_written_is_what_is_read(text: str, value: object) -> None:
    found = values(text)["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "scalar",
    ["01004", "18:30", "no", "yes", "on", "Off", "True", "0x1F", "1_000", "1e3", ".5", "2022-06-21",
     "+33", "0o17", ".inf", ".nan"],
)  # fmt: skip
def test_a_value_that_yaml_would_read_as_another_asks_for_quotes(scalar: str) -> None:
    tree, _, problems = read_tree(f"name: Lille\ninsee: {scalar}\n", FILE)
    if tree["insee"] != scalar:
        ((file, place, sentence, _),) = problems
        assert (file, place) == (FILE, (2, 1))
        assert f'"{scalar}"' in sentence


@pytest.mark.parametrize("scalar", ["01004", "18:30", "no", "2022-06-21"])
def test_the_best_known_traps_are_refused(scalar: str) -> None:
    (sentence,) = told(f"a: {scalar}")
    assert sentence.startswith(f'1:1: mettez des guillemets : "{scalar}"')


@pytest.mark.parametrize("text", ["a:", "a: ~", "a: null"])
def test_an_empty_value_is_refused(text: str) -> None:
    assert told(text) == ["1:1: la valeur est vide : écrivez-la ou retirez la clé"]


def test_a_key_written_twice_names_the_line_of_the_first() -> None:
    assert told("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n") == [
        "4:3: la clé « c » est déjà à la ligne 3",
        "5:1: la clé « a » est déjà à la ligne 1",
    ]


def test_aliases_and_merges_are_refused() -> None:
    assert told("a: &x [1]\nb: *x\n") == [
        "2:1: les alias YAML (*nom) ne sont pas admis : répétez la valeur"
    ]
    assert told("a: {<<: {b: c}}") == ["1:5: les fusions YAML (<<) ne sont pas admises"]


def test_a_key_that_is_no_word_is_refused() -> None:
    assert told("? [a, b]\n: c\n") == ["1:3: une clé doit être un mot"]


def test_every_problem_of_a_file_is_told_at_once() -> None:
    assert [line.split(": ")[0] for line in told("a: 01\nb: no\nc:\n  - 18:30\n")] == [
        "1:1", "2:1", "4:5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\nb: [1\n", 3), ("a: 1\nb: c: d\n", 2), ("\tb: 1", 1), ("a: @b", 1)]
)
def test_what_is_no_yaml_says_on_which_line_it_stops_being_so(text: str, line: int) -> None:
    (sentence,) = told(text)
    assert sentence.startswith(f"{line}:")
    assert "ce n'est pas du YAML lisible" in sentence


@pytest.mark.parametrize("text", ["", "\n\n", "# rien\n"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    assert told(text) == ["1:1: le fichier est vide"]


def test_a_place_that_the_file_does_not_hold_is_told_at_the_nearest_above() -> None:
    _, places, _ = read_tree("a:\n  b:\n    c: 1\n", FILE)
    for path, place in ((("a", "b", "c"), "3:5"), (("a", "b", "absent", 0), "2:3"), ((), "1:1")):
        problem = places.problem(Finding("E01", path, "x"))
        assert str(problem) == f"cities/lille.yaml:{place}: x [E01]"


def test_a_file_nested_beyond_measure_is_a_problem_and_no_crash() -> None:
    for opening in ("[", "{a: ", "- ", "? "):
        (sentence,) = told(opening * 100_000)
        assert "ce n'est pas du YAML lisible" in sentence


@given(st.text(alphabet=st.sampled_from("a:-[]{}&*!|>'\"%@ \n\t#,?é0189.\x00\ufeff")))
def test_no_text_makes_reading_raise(text: str) -> None:
    tree, _, problems = read_tree(text, FILE)
    assert problems or tree is not None
    assert all(problem.place >= (1, 1) for problem in problems)
