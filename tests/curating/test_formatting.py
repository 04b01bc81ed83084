"""One way to write each file: comments kept, meaning kept, nothing changed twice."""

from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curating.adding import inserted
from bot.curating.formatting import FormatError, canonical, format_base
from bot.curating.writing import WIDTH, flow, scalar
from bot.knowledge.reading import list_files
from bot.knowledge.yaml_tree import read_tree
from tests.knowledge.sound_base import FILES, lay

BASE = Path(__file__).parents[2] / "knowledge"
NANTES = PurePath("cities/nantes.yaml")

UNTIDY = """\
# Relu en mars.
insee:   '44109'
name: Nantes   # la ville
sources:
  # le plus ancien
  ouest-2018: {kind: presse, title: 'Des caméras : pourquoi ?', publisher: 20 Minutes}


facts:
  cameras-2018:
    sources: [ouest-2018,
      ouest-2018]
    # à recouper
    text: "En avril 2018, Nantes compte 97 caméras."
    theme: cameras
    figure:
      as_of: "2018-04"
      value: 97
# fin
"""

TIDY = """\
# yaml-language-server: $schema=../schemas/city.json
# Relu en mars.
name: Nantes  # la ville
insee: "44109"

sources:
  # le plus ancien
  ouest-2018:
    title: "Des caméras : pourquoi ?"
    publisher: 20 Minutes
    kind: presse

facts:
  cameras-2018:
    # à recouper
    text: En avril 2018, Nantes compte 97 caméras.
    theme: cameras
    figure: {value: 97, as_of: "2018-04"}
    sources: [ouest-2018, ouest-2018]
# fin
"""


def test_the_published_base_is_in_form() -> None:
    assert list(format_base(BASE, write=False)) == []


def test_an_untidy_file_is_put_in_form_and_keeps_its_comments() -> None:
    # A comment stays by the key that it stood before, and keys follow the model's order.
    written = canonical(UNTIDY, NANTES)
    assert written.replace("# Relu en mars.\n", "", 1) == TIDY.replace("# Relu en mars.\n", "", 1)
    assert "# Relu en mars.\n" in written


@pytest.mark.parametrize("text", [UNTIDY, *(FILES[name] for name in FILES if "cities" in name)])
def test_putting_in_form_twice_changes_nothing_more(text: str) -> None:
    once = canonical(text, NANTES)
    assert canonical(once, NANTES) == once


def test_a_file_that_changes_is_written_only_when_asked(tmp_path: Path) -> None:
    lay(tmp_path)
    before = (tmp_path / NANTES).read_text(encoding="utf-8")
    assert NANTES in format_base(tmp_path, write=False)
    assert (tmp_path / NANTES).read_text(encoding="utf-8") == before
    assert len(list(format_base(tmp_path, write=True))) == len(FILES)
    assert list(format_base(tmp_path, write=False)) == []


def test_a_comment_that_would_be_lost_keeps_the_file_as_it_is() -> None:
    with pytest.raises(FormatError, match="coupe"):
        canonical("name: Nantes\nalso: [Naoned, # en breton\n  Nant]\n", NANTES)
    with pytest.raises(FormatError, match="identique"):
        canonical(UNTIDY.replace("value: 97", "value: 97  # sic"), NANTES)


def test_a_text_with_problems_is_not_put_in_form() -> None:
    with pytest.raises(FormatError, match="check"):
        canonical("name: [", NANTES)


def test_long_lists_are_folded_and_sentences_are_not() -> None:
    names = [f"une façon de dire {number}" for number in range(20)]
    text = f"name: {'Nantes ' * 30}fin\nalso: {flow(names)}\n"
    lines = canonical(text, NANTES).splitlines()
    assert max(len(line) for line in lines if not line.startswith("name")) <= WIDTH
    assert len(lines) > 4


def test_a_list_of_lists_is_one_list_a_line() -> None:
    text = "groups:\n  - [ouvrir, ouvert]\n  - [acheter, achat]\n"
    assert canonical(text, PurePath("vocabulary.yaml")).endswith(text)


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@given(TEXTS)
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    for written in (f"key: {scalar(text)}", f"key: [{scalar(text, in_list=True)}]"):
        tree, _, problems = read_tree(written + "\n", NANTES)
        assert problems == []
        assert tree["key"] in (text, [text])


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(TEXTS, max_size=3), max_size=3))
def test_every_flow_is_read_back_as_it_was(value: dict[str, list[str]]) -> None:
    tree, _, problems = read_tree(f"key: {flow(value)}\n", NANTES)
    assert problems == []
    assert tree["key"] == value


def test_a_fact_is_added_without_touching_another_line() -> None:
    for name in ("cities/nantes.yaml", "cities/lille.yaml"):
        text = FILES[name] + "# la fin\n"
        added = inserted(text, ("facts", "neuf"), {"theme": "cameras", "text": "Neuf."})
        new = [line for line in added.splitlines() if line not in text.splitlines()]
        assert new == ["  neuf:", "    text: Neuf."]
        kept = [line for line in added.splitlines() if line not in new]
        assert [line for line in text.splitlines() if line not in kept] == []
        assert added.endswith("# la fin\n")


def test_every_file_of_the_published_base_says_its_schema() -> None:
    for file, _ in list_files(BASE):
        first, _, _ = (BASE / file).read_text(encoding="utf-8").partition("\n")
        assert first.startswith("# yaml-language-server: $schema="), file
        schema = (BASE / file).parent / first.partition("=")[2]
        assert schema.is_file(), file
