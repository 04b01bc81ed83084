"""Every fault that `check` knows, planted and found at its line; the published base without any."""

import re
from datetime import date
from pathlib import Path, PurePath

import pytest

from bot.knowledge.checking import read_knowledge
from bot.knowledge.problems import CODES
from tests.knowledge.faults import ARTICLE, FAULTS, Planted, plant
from tests.knowledge.sound_base import FILES, TODAY, lay

REPOSITORY = Path(__file__).parents[2]


def test_the_small_base_has_no_problem(tmp_path: Path) -> None:
    knowledge, problems = read_knowledge(lay(tmp_path), TODAY)
    assert problems == []
    assert knowledge is not None
    assert len(knowledge.cities) == 2


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.code}-{f.new.split(chr(10))[0][:24]}")
def test_a_planted_fault_is_named_at_its_line(fault: Planted, tmp_path: Path) -> None:
    broken, line = plant(fault)
    knowledge, problems = read_knowledge(lay(tmp_path, {fault.file: broken}), TODAY)
    found = [(str(p.file), p.place.line, p.code) for p in problems]
    assert (fault.file, line, fault.code) in found, found
    assert (knowledge is None) == any(problem.level == "error" for problem in problems)


def test_all_the_faults_in_one_folder_are_told_at_once_each_at_its_line(tmp_path: Path) -> None:
    changed: dict[str, str] = {}
    planted = set()
    faults = [fault for fault in FAULTS if fault.file != "vocabulary.yaml"]
    for number, fault in enumerate(faults):
        broken, line = plant(fault)
        file = PurePath(fault.file)
        letters = chr(ord("a") + number // 26) + chr(ord("a") + number % 26)
        own = f"ville{letters}" if file.parts[0] == "cities" else f"{file.stem}-{letters}"
        file = file.with_stem(own)
        changed[str(file)] = broken.replace("Nantes", f"Ville{letters}")
        planted.add((str(file), line, fault.code))
    _, problems = read_knowledge(lay(tmp_path, changed), TODAY)
    assert len(planted) == len(faults) > 20
    assert planted - {(str(p.file), p.place.line, p.code) for p in problems} == set()
    assert problems == sorted(problems)


def test_every_code_is_planted_at_least_once() -> None:
    assert {fault.code for fault in FAULTS} == set(CODES)


def test_an_accepted_warning_is_silent_and_its_base_is_used(tmp_path: Path) -> None:
    text = FILES["cities/nantes.yaml"].replace(
        '"2018-02"', '"2019-02"\n    accepted: {W64: La page a été complétée depuis.}'
    )
    knowledge, problems = read_knowledge(lay(tmp_path, {"cities/nantes.yaml": text}), TODAY)
    assert problems == []
    assert knowledge is not None


def test_an_error_cannot_be_accepted(tmp_path: Path) -> None:
    text = (
        FILES["cities/nantes.yaml"]
        .replace("value: 97", "value: 98")
        .replace("  fixes-2018:", "    accepted: {E33: Si.}\n  fixes-2018:")
    )
    _, problems = read_knowledge(lay(tmp_path, {"cities/nantes.yaml": text}), TODAY)
    assert "E04" in {problem.code for problem in problems}


def test_a_folder_without_vocabulary_says_so(tmp_path: Path) -> None:
    knowledge, problems = read_knowledge(tmp_path, TODAY)
    assert knowledge is None
    assert [str(problem) for problem in problems] == [
        "vocabulary.yaml:1:1: le fichier ne se lit pas (FileNotFoundError) [E01]"
    ]


def test_a_city_and_a_topic_of_one_name_are_told_apart(tmp_path: Path) -> None:
    topic = FILES["topics/visio.yaml"].replace("name: Visio", "name: Lille")
    _, problems = read_knowledge(lay(tmp_path, {"topics/lille.yaml": topic}), TODAY)
    assert ("topics/lille.yaml", "E23") in {(str(p.file), p.code) for p in problems}


def test_the_same_article_twice_is_a_warning(tmp_path: Path) -> None:
    twice = {"articles/2026-03-02-autre.yaml": FILES[ARTICLE]}
    knowledge, problems = read_knowledge(lay(tmp_path, twice), TODAY)
    assert [problem.code for problem in problems] == ["W68"]
    assert knowledge is not None


def test_the_published_base_is_clean_to_the_last_warning() -> None:
    knowledge, problems = read_knowledge(REPOSITORY / "knowledge", date.today())  # noqa: DTZ011 # the base is of today
    assert [str(problem) for problem in problems] == []
    assert knowledge is not None
    parts = (knowledge.cities, knowledge.topics, knowledge.events, knowledge.articles)
    files = list((REPOSITORY / "knowledge").glob("*/*.yaml"))
    assert sum(map(len, parts)) == len(files)


def test_a_line_reads_as_file_line_column_sentence_code(tmp_path: Path) -> None:
    fault = next(fault for fault in FAULTS if fault.code == "W64")
    text = FILES[fault.file].replace(fault.old, fault.new)
    _, problems = read_knowledge(lay(tmp_path, {fault.file: text}), TODAY)
    assert re.fullmatch(r"cities/nantes\.yaml:\d+:\d+: .+ \[W64\]", str(problems[0]))
