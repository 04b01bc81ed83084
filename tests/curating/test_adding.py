"""Answering the questions of `new`, and what is written."""

import io
from pathlib import Path

import pytest

from bot.assembly import load_places
from bot.curating.adding import Adding
from bot.curating.asking import Asker, StoppedError
from bot.knowledge.checking import read_knowledge
from bot.settings import Settings
from tests.knowledge.sound_base import FILES, TODAY, lay

PAGE = ["Le budget 2026", "Ouest-France", "presse", "https://ouest.example/budget", "2026-02"]


def adding(folder: Path, answers: list[str]) -> tuple[Adding, io.StringIO]:
    knowledge, problems = read_knowledge(folder, TODAY)
    assert knowledge is not None, problems
    out = io.StringIO()
    return Adding(Asker(iter(f"{answer}\n" for answer in answers), out), folder, knowledge), out


def problems_of(folder: Path) -> list[str]:
    return [str(problem) for problem in read_knowledge(folder, TODAY)[1]]


def test_a_new_fact_goes_in_its_file_and_every_other_line_stays(tmp_path: Path) -> None:
    file = lay(tmp_path) / "cities/nantes.yaml"
    file.write_text(FILES["cities/nantes.yaml"] + "# à suivre\n", encoding="utf-8")
    answers = ["nantes", "nouvelle", *PAGE]
    answers += ["En 2026, Nantes compte 150 caméras.", "cameras", "o", "cameras", "150", "2026-01"]
    answers += ["", "n", "Selon le budget."]
    room, _ = adding(tmp_path, answers)
    assert str(room.fact()) == "cities/nantes.yaml"
    written = file.read_text(encoding="utf-8")
    assert problems_of(tmp_path) == []
    before = FILES["cities/nantes.yaml"].splitlines()
    assert [line for line in before if line not in written.splitlines()] == []
    assert written.endswith("# à suivre\n")
    knowledge, _ = read_knowledge(tmp_path, TODAY)
    assert knowledge is not None
    fact = knowledge.cities["nantes"].facts["cameras-2026"]
    assert fact.figure is not None
    assert (fact.figure.value, fact.figure.unit, fact.sources) == (
        150,
        "caméras",
        ("ouest-france-2026-02",),
    )


def test_an_answer_that_cannot_be_used_is_asked_again(tmp_path: Path) -> None:
    lay(tmp_path)
    answers = ["atlantis", "lille", "voix", "voix-2019", "", "Lille vote.", "rien", "politique"]
    answers += ["n", "hier", "2026-05", "inconnu", "visio", "", ""]
    room, out = adding(tmp_path, answers)
    room.fact()
    said = out.getvalue()
    assert "ni une ville de cities/ ni un sujet de topics/" in said
    assert "il faut une réponse" in said
    assert "une date s'écrit 2026" in said
    assert "inconnu : inconnu" in said
    knowledge, _ = read_knowledge(tmp_path, TODAY)
    assert knowledge is not None
    fact = knowledge.cities["lille"].facts["politique-2026"]
    assert (fact.date, fact.about) == ("2026-05", ("visio",))


def test_a_sentence_that_check_refuses_is_asked_again(tmp_path: Path) -> None:
    lay(tmp_path)
    answers = ["lille", "voix-2019", "Elle compte 40 caméras", "cameras", "o", "cameras", "40"]
    answers += ["2019", "", "n", "", "En 2019, Lille compte 40 caméras."]
    room, out = adding(tmp_path, answers)
    room.fact()
    assert "[E31]" in out.getvalue()
    assert problems_of(tmp_path) == []


def test_stopping_half_way_writes_nothing(tmp_path: Path) -> None:
    lay(tmp_path)
    room, _ = adding(tmp_path, ["nantes", "ouest-2018", "Nantes vote."])
    with pytest.raises(StoppedError):
        room.fact()
    assert (tmp_path / "cities/nantes.yaml").read_text("utf-8") == FILES["cities/nantes.yaml"]


def test_a_new_city_is_the_commune_that_was_meant(tmp_path: Path) -> None:
    lay(tmp_path)
    answers = ["roubaix", "o", *PAGE, "En 2026, Roubaix vote.", "politique", "n", "2026", "", "n"]
    room, _ = adding(tmp_path, [*answers, ""])
    assert str(room.city(load_places(Settings()))) == "cities/roubaix.yaml"
    assert problems_of(tmp_path) == []
    knowledge, _ = read_knowledge(tmp_path, TODAY)
    assert knowledge is not None
    assert knowledge.cities["roubaix"].insee == "59512"


def test_a_city_that_is_there_already_is_not_written_twice(tmp_path: Path) -> None:
    lay(tmp_path)
    room, out = adding(tmp_path, ["nantes", "o"])
    assert room.city(load_places(Settings())) is None
    assert "existe déjà" in out.getvalue()


def test_a_new_event_and_a_new_article_pass_check(tmp_path: Path) -> None:
    lay(tmp_path)
    answers = ["Débat public", "2027-01-10T18:30", "", "Nantes", "Salle Vasse", "", "LDH, ATTAC"]
    answers += ["cameras", "", *PAGE, ""]
    event, _ = adding(tmp_path, answers)
    assert str(event.event()) == "events/2027-01-10-nantes-debat-public.yaml"
    article, _ = adding(tmp_path, [*PAGE, "Le budget des caméras.", "nantes, lille", "cameras"])
    assert str(article.article()) == "articles/2026-02-ouest-france-nantes.yaml"
    assert problems_of(tmp_path) == []
    knowledge, _ = read_knowledge(tmp_path, TODAY)
    assert knowledge is not None
    told = knowledge.events["2027-01-10-nantes-debat-public"]
    assert told.organisers == ("LDH", "ATTAC")
