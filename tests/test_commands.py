"""Every command as people and scripts run it: a real process, its status and what it writes."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.settings import REPOSITORY
from tests.command_line import CommandLine
from tests.conftest import PUBLISHED

ANSWER = {
    "question": str,
    "kind": str,
    "text": str,
    "html": str,
    "city": (str, list, type(None)),
    "facts": list,
    "choices": list,
    "elapsed_us": int,
}
KINDS = {
    "city", "fact", "topic", "agenda", "comparison", "choice", "unknown", "help", "smalltalk",
}  # fmt: skip
COMMUNE = {"query": str, "commune": (str, type(None)), "choices": list, "elapsed_us": int}


def objects(output: str, form: dict[str, Any]) -> list[dict[str, Any]]:
    """The JSON objects of an output, one a line, each with exactly the keys and types of `form`."""
    found = [json.loads(line) for line in output.splitlines()]
    for one in found:
        assert one.keys() == form.keys()
        assert all(isinstance(one[key], kind) for key, kind in form.items()), one
    return found


def test_ask_answers_as_a_person_would_read_it(sousveille: CommandLine) -> None:
    answered = sousveille("ask", "combien", "de", "caméras", "à", "nantes", "?")
    assert answered.returncode == 0
    assert answered.stderr == ""
    assert "Nantes" in answered.stdout
    assert "caméras" in answered.stdout
    assert "https://" in answered.stdout
    assert "<" not in answered.stdout


def test_ask_json_gives_one_object_with_the_keys_of_the_surface(sousveille: CommandLine) -> None:
    (answer,) = objects(sousveille("ask", "--json", "cb de cam a nantes").stdout, ANSWER)
    assert answer["question"] == "cb de cam a nantes"
    assert answer["kind"] == "fact"
    assert answer["city"] == "44109"
    assert answer["facts"][0].startswith("nantes/")
    assert answer["choices"] == []
    assert "<b>" in answer["html"]
    assert "<b>" not in answer["text"]
    assert answer["elapsed_us"] > 0


def test_a_question_about_several_cities_has_several_codes(sousveille: CommandLine) -> None:
    asked = "compare les caméras de nantes et de lille"
    (answer,) = objects(sousveille("ask", "--json", asked).stdout, ANSWER)
    assert answer["kind"] == "comparison"
    assert sorted(answer["city"]) == ["44109", "59350"]


def test_a_batch_gives_one_object_for_each_question(sousveille: CommandLine) -> None:
    asked = "roubaix\n\n\nmerci\ncomment va la lune\n"
    answered = sousveille("ask", "--batch", "-", typed=asked)
    answers = objects(answered.stdout, ANSWER)
    assert [answer["question"] for answer in answers] == ["roubaix", "merci", "comment va la lune"]
    assert {answer["kind"] for answer in answers} <= KINDS
    assert answered.returncode == 0


def test_in_a_batch_an_array_is_a_conversation_whose_last_message_is_answered(
    sousveille: CommandLine,
) -> None:
    asked = '["combien de caméras à nantes ?", "et à lille ?"]\n["roubaix"]\net à lille ?\n'
    told, alone, after = objects(sousveille("ask", "--batch", "-", typed=asked).stdout, ANSWER)
    assert (told["question"], told["kind"], told["city"]) == ("et à lille ?", "fact", "59350")
    assert (alone["question"], alone["kind"], alone["city"]) == ("roubaix", "city", "59512")
    assert after["kind"] == "city", "a conversation is not continued by the next line"


@pytest.mark.parametrize("line", ["[", '["a", 1]', "[]", "{}", '[["a"]]'])
def test_in_a_batch_what_is_no_conversation_is_a_question(
    sousveille: CommandLine, line: str
) -> None:
    (answer,) = objects(sousveille("ask", "--batch", "-", typed=line).stdout, ANSWER)
    assert answer["question"] == line


def test_a_batch_is_read_from_a_file(sousveille: CommandLine) -> None:
    (sousveille.folder / "questions.txt").write_text("roubaix\n", encoding="utf-8")
    assert len(objects(sousveille("ask", "--batch", "questions.txt").stdout, ANSWER)) == 1


@pytest.mark.parametrize("command", ["ask", "find-city"])
@pytest.mark.parametrize("name", ["absent.txt", "."])
def test_a_file_that_cannot_be_read_is_named_in_a_sentence(
    sousveille: CommandLine, command: str, name: str
) -> None:
    answered = sousveille(command, "--batch", name)
    assert answered.returncode == 2
    assert answered.stdout == ""
    assert answered.stderr.startswith(f"Le fichier ne se lit pas : {name} (")
    assert answered.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["ask", "find-city"])
def test_bytes_that_are_no_text_do_not_stop_a_batch(sousveille: CommandLine, command: str) -> None:
    typed = "Nîmes\nroubaix\n".encode("latin-1")
    (sousveille.folder / "latin.txt").write_bytes(typed)
    for answered in (
        sousveille(command, "--batch", "-", typed=typed),
        sousveille(command, "--batch", "latin.txt"),
        sousveille(command, "--json", b"N\xeemes"),
    ):
        assert (answered.returncode, answered.stderr) == (0, "")
        assert all(json.loads(line) for line in answered.stdout.splitlines())


@pytest.mark.parametrize("command", [("ask",), ("ask", "--json", " "), ("find-city",)])
def test_a_command_without_its_text_says_so(
    sousveille: CommandLine, command: tuple[str, ...]
) -> None:
    answered = sousveille(*command)
    assert (answered.returncode, answered.stdout) == (2, "")
    assert answered.stderr.startswith("Il manque le texte")


def test_find_city_names_the_commune_with_its_code(sousveille: CommandLine) -> None:
    assert sousveille("find-city", "roubaix").stdout == "Roubaix (59), code INSEE 59512\n"


def test_find_city_offers_homonyms_and_admits_that_it_knows_none(sousveille: CommandLine) -> None:
    assert "Saint-Denis (93), code INSEE 93066" in sousveille("find-city", "saint-denis").stdout
    assert sousveille("find-city", "qsdfghjklm").stdout == "Aucune commune ne se reconnaît là.\n"


def test_find_city_offers_first_what_the_base_covers_even_one_with_problems_is_no_obstacle(
    sousveille: CommandLine, tmp_path: Path
) -> None:
    def first_choice(commands: CommandLine) -> str:
        (found,) = objects(commands("find-city", "--json", "saint-denis").stdout, COMMUNE)
        return str(found["choices"][0])

    assert first_choice(sousveille) == "93066"
    shutil.copytree(PUBLISHED, tmp_path / "knowledge")
    (tmp_path / "knowledge/cities/nantes.yaml").write_text("name: [", encoding="utf-8")
    elsewhere = replace(sousveille, variables={"KNOWLEDGE_DIR": str(tmp_path / "knowledge")})
    assert first_choice(elsewhere) == "97411"


def test_find_city_json_has_the_keys_of_the_surface(sousveille: CommandLine) -> None:
    (sure,) = objects(sousveille("find-city", "--json", "roubai").stdout, COMMUNE)
    assert (sure["query"], sure["commune"], sure["choices"]) == ("roubai", "59512", [])
    (asking,) = objects(sousveille("find-city", "--json", "saint-denis").stdout, COMMUNE)
    assert asking["commune"] is None
    assert "93066" in asking["choices"]


def test_find_city_reads_a_batch(sousveille: CommandLine) -> None:
    typed = "roubaix\n\nqsdfghjklm\n"
    found = objects(sousveille("find-city", "--batch", "-", typed=typed).stdout, COMMUNE)
    assert [(one["query"], one["commune"]) for one in found] == [
        ("roubaix", "59512"),
        ("qsdfghjklm", None),
    ]


def test_the_published_base_has_no_problem(sousveille: CommandLine) -> None:
    checked = sousveille("check")
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def broken_base(folder: Path) -> CommandLine:
    """A base with the published vocabulary and two faults in one city."""
    (folder / "base" / "cities").mkdir(parents=True)
    vocabulary = (PUBLISHED / "vocabulary.yaml").read_text(encoding="utf-8")
    (folder / "base" / "vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
    (folder / "base" / "cities" / "lille.yaml").write_text(
        "name: Lille\ninsee: 59350\nsources: {}\nfacts: {}\nname: Lille\n", encoding="utf-8"
    )
    return CommandLine(folder, folder / "cache", {"KNOWLEDGE_DIR": str(folder / "base")})


def test_check_tells_every_problem_with_its_line_at_once(tmp_path: Path) -> None:
    checked = broken_base(tmp_path)("check")
    assert checked.returncode == 1
    told = checked.stdout.splitlines()
    assert [line.rpartition(": ")[0].split(": ")[0] for line in told] == [
        "base/cities/lille.yaml:2:1",
        "base/cities/lille.yaml:5:1",
    ]


@pytest.mark.parametrize("command", [("ask", "lille"), ("ask", "--batch", "-"), ("chat",)])
def test_a_base_with_a_problem_answers_nothing_and_says_why(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    answered = broken_base(tmp_path)(*command)
    assert (answered.returncode, answered.stdout) == (1, "")
    assert "cities/lille.yaml:2:1: " in answered.stderr


FOLDERS = {"city": "cities", "topic": "topics", "event": "events", "article": "articles"}


@pytest.mark.parametrize("kind", [*FOLDERS, "vocabulary"])
def test_the_published_files_obey_the_schema_of_their_kind(
    sousveille: CommandLine, kind: str
) -> None:
    printed = sousveille("schema", kind)
    assert printed.returncode == 0
    schema = json.loads(printed.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    folder = FOLDERS.get(kind)
    files = (PUBLISHED / folder).glob("*.yaml") if folder else [PUBLISHED / "vocabulary.yaml"]
    for file in sorted(files)[:15]:
        read = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        assert [error.message for error in validator.iter_errors(read)] == [], file.name
        assert not validator.is_valid({**read, "unknown": 1})


def test_the_schema_of_a_city_closes_the_lists_of_the_vocabulary(sousveille: CommandLine) -> None:
    schema = json.loads(sousveille("schema", "city").stdout)
    vocabulary = yaml.safe_load((PUBLISHED / "vocabulary.yaml").read_text(encoding="utf-8"))
    facts, figures = schema["$defs"]["Fact"], schema["$defs"]["Figure"]
    assert facts["properties"]["theme"]["enum"] == list(vocabulary["themes"])
    assert figures["properties"]["indicator"]["enum"] == list(vocabulary["indicators"])
    assert "La phrase" not in json.dumps(schema) or "description" in facts["properties"]["text"]


def test_run_without_a_token_names_the_way_to_try_without(sousveille: CommandLine) -> None:
    ran = sousveille("run")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "TELEGRAM_TOKEN" in ran.stderr
    assert "python -m bot chat" in ran.stderr


def test_a_bad_setting_ends_any_command_with_its_sentence(tmp_path: Path) -> None:
    ran = CommandLine(tmp_path, tmp_path, {"LOG_LEVEL": "bavard"})("ask", "roubaix")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "LOG_LEVEL vaut « BAVARD » : attendu DEBUG, INFO, WARNING ou ERROR.\n"


@pytest.mark.parametrize("arguments", [(), ("danse",), ("schema", "danse"), ("ask", "--danse")])
def test_an_unknown_command_is_refused_with_what_is_known(
    sousveille: CommandLine, arguments: tuple[str, ...]
) -> None:
    ran = sousveille(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "usage: sousveille" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "command", [("ask", "roubaix"), ("find-city", "roubaix"), ("schema", "city")]
)
def test_a_reader_that_has_left_is_no_failure_to_complain_of(
    sousveille: CommandLine, command: tuple[str, ...]
) -> None:
    process = sousveille.start(*command)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (1, b"")


@pytest.mark.parametrize(
    "command", [("ask", "--batch", "-"), ("find-city", "--batch", "-"), ("chat",)]
)
def test_a_batch_or_a_chat_ends_when_its_reader_leaves(
    sousveille: CommandLine, command: tuple[str, ...]
) -> None:
    process = sousveille.start(*command)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"roubaix\n")
    process.stdin.flush()
    assert process.stdout.readline()
    process.stdout.close()
    process.stdout = None
    _, complaints = process.communicate(b"roubaix\n" * 1000, timeout=30)
    assert (process.returncode, complaints) == (1, b"")


def test_the_installed_command_is_the_same() -> None:
    import tomllib

    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"sousveille": "bot.__main__:main"}
