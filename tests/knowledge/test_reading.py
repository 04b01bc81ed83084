"""From YAML to values: every problem of form is a French sentence at its place."""

from pathlib import Path, PurePath

import pytest

from bot.knowledge.model import Article, City, Event, Topic, Vocabulary
from bot.knowledge.reading import assemble, list_files, read_document, read_documents
from bot.knowledge.rules_alone import Entry
from tests.conftest import PUBLISHED

CITY = """\
name: Lille
insee: "59350"
sources:
  journal: {title: Un titre, publisher: Le Journal, kind: presse}
facts:
  cameras-2020:
    text: Lille compte 120 caméras en 2020.
    theme: cameras
    sources: [journal]
    figure: {indicator: cameras, value: 120, unit: caméras, as_of: "2020"}
"""


def told(text: str, kind: type[Entry] = City) -> list[str]:
    entry, _, problems = read_document(text, PurePath("cities/lille.yaml"), kind)
    assert entry is None or not problems
    return [f"{p.place.line}:{p.place.column}: {p.sentence}" for p in problems]


def test_a_file_becomes_a_value_of_its_kind() -> None:
    entry, _, problems = read_document(CITY, PurePath("cities/lille.yaml"), City)
    assert problems == []
    assert isinstance(entry, City)
    assert entry.kind == "commune"
    fact = entry.facts["cameras-2020"]
    assert fact.sources == ("journal",)
    assert fact.figure is not None
    assert (fact.figure.value, type(fact.figure.value)) == (120, int)


@pytest.mark.parametrize(
    ("written", "instead", "expected"),
    [
        ('insee: "59350"', "insee: 59350", "2:1: « insee » attend du texte : mettez des"),
        ('insee: "59350"', 'insee: "5935"', "2:1: « insee » doit être : cinq caractères"),
        ("name: Lille", 'name: " Lille"', "1:1: « name » doit être : une ligne de texte"),
        ("name: Lille\n", "", "1:1: il manque « name »"),
        ("theme: cameras", "thème: cameras", "8:5: la clé « thème » n'existe pas ici"),
        ("name: Lille", "name: [Lille]", "1:1: « name » attend du texte"),
        ("value: 120", 'value: "120"', "10:34: « value » attend un nombre, sans guillemets"),
        ('as_of: "2020"', 'as_of: "20-02"', "10:61: « as_of » doit être : une date AAAA"),
        ("sources: [journal]", "sources: journal", "9:5: « sources » attend une liste"),
        ("  cameras-2020:", "  Caméras 2020:", "6:3: la clé « Caméras 2020 » doit être : des"),
        ("theme: cameras", "theme: cameras\n    contested: oui", "9:5: « contested » attend true"),
        ("publisher: Le Journal, ", "", "4:3: il manque « publisher »"),
        ("name: Lille", "kind: village\nname: Lille", "1:1: « kind » doit être l'un de : commune"),
    ],
)  # fmt: skip
def test_a_fault_of_form_is_told_where_it_stands(written: str, instead: str, expected: str) -> None:
    assert written in CITY
    told_all = told(CITY.replace(written, instead, 1))
    assert any(sentence.startswith(expected) for sentence in told_all)


def test_all_faults_of_a_file_are_told_at_once_and_each_once() -> None:
    wrong = CITY.replace("name: Lille", "nom: Lille").replace("value: 120", "value: douze")
    assert sorted(told(wrong)) == [
        "10:34: « value » attend un nombre, sans guillemets ni espaces",
        "1:1: il manque « name »",
        "1:1: la clé « nom » n'existe pas ici",
    ]


def test_a_value_that_yaml_misreads_is_told_once() -> None:
    (sentence,) = told(CITY.replace("value: 120", "value: 18:30"))
    assert sentence.startswith('10:34: mettez des guillemets : "18:30"')


@pytest.mark.parametrize("text", ["- une\n- liste\n", "un mot", "12"])
def test_a_file_that_holds_no_keys_is_told_so(text: str) -> None:
    (sentence,) = told(text)
    assert sentence.endswith("attend des clés et des valeurs")


@pytest.mark.parametrize("kind", [City, Topic, Event, Article, Vocabulary])
def test_an_empty_mapping_lacks_what_every_kind_needs(kind: type[Entry]) -> None:
    assert all("il manque « " in sentence for sentence in told("{}", kind))
    assert told("{}", kind)


def test_files_that_cannot_be_read_are_problems_among_the_others(tmp_path: Path) -> None:
    (tmp_path / "cities").mkdir()
    (tmp_path / "cities" / "lille.yaml").write_text(CITY, encoding="utf-8")
    (tmp_path / "cities" / "lens.yaml").write_bytes(b"name: L\xe9ns\n")
    (tmp_path / "cities" / "notes.txt").write_text("ignored", encoding="utf-8")
    documents, problems = read_documents(tmp_path)
    assert [document.file for document in documents] == [PurePath("cities/lille.yaml")]
    assert [str(problem) for problem in problems] == [
        "vocabulary.yaml:1:1: le fichier ne se lit pas (FileNotFoundError) [E01]",
        "cities/lens.yaml:1:1: le fichier ne se lit pas (UnicodeDecodeError) [E01]",
    ]


def test_every_file_of_the_published_base_is_part_of_it() -> None:
    documents, problems = read_documents(PUBLISHED)
    assert problems == []
    assert len(documents) == len(list(list_files(PUBLISHED)))
    knowledge = assemble(documents)
    assert knowledge.cities["roubaix"].insee == "59512"
    assert knowledge.topics["briefcam"].kind == "vendor"
    assert "2022-06-22-roubaix-caravane" in knowledge.events
