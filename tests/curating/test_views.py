"""What curators are shown: old figures, holes, differences, screens."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from bot.curating import coverage, difference, preview, stale
from bot.knowledge.checking import read_knowledge
from bot.knowledge.model import Knowledge
from tests.knowledge.sound_base import FILES, TODAY, lay


def base(folder: Path, changed: dict[str, str] | None = None) -> Knowledge:
    knowledge, problems = read_knowledge(lay(folder, changed), TODAY)
    assert knowledge is not None, problems
    return knowledge


def test_the_latest_figure_past_its_lifetime_is_to_refresh_and_a_promise_is_not(
    tmp_path: Path,
) -> None:
    found = stale.overdue(base(tmp_path), TODAY)
    # 2018-04 to 2026-11: 103 months, for a lifetime of 24; lille/prevues-2030 is a promise.
    assert [(one.citation.id, one.age_months, one.lifetime_months) for one in found] == [
        ("nantes/cameras-2018", 103, 24),
        ("nantes/fixes-2018", 103, 24),
    ]
    assert found[0].ratio > 4


def test_a_newer_figure_takes_the_older_one_off_the_list(tmp_path: Path) -> None:
    text = FILES["cities/nantes.yaml"].replace(
        "  fixes-2018:",
        "  cameras-2026:\n    text: En 2026, Nantes compte 150 caméras.\n    theme: cameras\n"
        '    figure: {indicator: cameras, value: 150, unit: caméras, as_of: "2026"}\n'
        "    sources: [ouest-2018]\n    accepted: {W64: Un essai.}\n  fixes-2018:",
    )
    found = stale.overdue(base(tmp_path, {"cities/nantes.yaml": text}), TODAY)
    assert [one.citation.id for one in found] == ["nantes/fixes-2018"]


def test_a_figure_is_not_late_before_its_lifetime_is_over(tmp_path: Path) -> None:
    assert stale.overdue(base(tmp_path), date(2020, 4, 30)) == []
    assert len(stale.overdue(base(tmp_path), date(2020, 5, 1))) == 2


def test_the_list_of_old_figures_says_where_each_was_read(tmp_path: Path) -> None:
    knowledge = base(tmp_path)
    found = stale.overdue(knowledge, TODAY)
    assert stale.as_json(found)[0]["sources"] == ["https://ouest.example/2018"]
    told = "\n".join(stale.as_lines(found, knowledge))
    assert "https://ouest.example/2018" in told
    assert "103 mois" in told


def test_holes_come_first(tmp_path: Path) -> None:
    knowledge = base(tmp_path)
    found = coverage.coverage(knowledge)
    assert list(found.facts) == ["lille", "nantes"]
    assert found.missing("lille") == ["politique"]
    assert found.lacking("politique") == ["lille"]
    told = coverage.as_json(found, knowledge)
    assert told["themes"][0] == {"theme": "politique", "missing": ["lille"]}
    assert told["cities"][1]["facts"] == {"cameras": 2, "politique": 1}
    lines = list(coverage.as_lines(found, knowledge))
    assert lines[1].split() == ["1", "sur", "2", "Décisions"]


def test_what_changed_for_readers_is_told_by_kind(tmp_path: Path) -> None:
    before = base(tmp_path / "before")
    text = (
        FILES["cities/nantes.yaml"]
        .replace("97", "98")
        .replace("  fixes-2018:", "  fixes-avril:")
        .replace("vote l'achat", "décide l'achat")
    )
    moved = FILES["events/2026-12-01-nantes-reunion.yaml"].replace("Salle Vasse", "Mairie")
    changed = {
        "cities/nantes.yaml": text,
        "events/2026-12-01-nantes-reunion.yaml": moved,
        "articles/2026-03-02-ouest-france-nantes.yaml": "",
    }
    found = difference.difference(before, base(tmp_path / "after", changed))
    assert [change.id for change in found.facts_added] == ["nantes/fixes-avril"]
    assert [change.id for change in found.facts_removed] == ["nantes/fixes-2018"]
    assert [(change.before, change.after) for change in found.figures_changed] == [
        ("cameras : 97 caméras (2018-04)", "cameras : 98 caméras (2018-04)")
    ]
    assert [change.id for change in found.facts_reworded] == [
        "nantes/cameras-2018",
        "nantes/vote-2018",
    ]
    assert [(change.before is None, change.after is None) for change in found.articles] == [
        (False, True)
    ]
    assert "Mairie" in (found.events[0].after or "")
    assert found.cities == found.topics == []
    told = list(difference.as_lines(found))
    assert "Faits retirés : leurs identifiants ne mènent plus à rien (1)" in told
    assert set(difference.as_json(found)) >= {"facts_removed", "events"}


def test_the_same_base_twice_has_no_difference(tmp_path: Path) -> None:
    knowledge = base(tmp_path)
    found = difference.difference(knowledge, knowledge)
    assert list(difference.as_lines(found)) == ["Rien n'a changé pour qui lit."]


def test_a_former_state_is_read_from_git_even_with_files_that_no_longer_pass(
    tmp_path: Path,
) -> None:
    folder = lay(tmp_path / "knowledge", {"cities/lens.yaml": "name: Lens\n"})

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "first")
    (folder / "cities/lens.yaml").unlink()
    (folder / "cities/lille.yaml").unlink()
    former = difference.base_at("HEAD", folder)
    assert set(former.cities) == {"nantes", "lille"}
    with pytest.raises(difference.RevisionError, match="nowhere"):
        difference.base_at("nowhere", folder)


def test_a_name_a_file_and_an_alias_open_the_same_thing(tmp_path: Path) -> None:
    knowledge = base(tmp_path)
    assert preview.find(knowledge, "nantes") == preview.find(knowledge, "Nantes")
    assert preview.find(knowledge, "VISIO") == "topic:visio:figures:0"
    assert preview.find(knowledge, "Atlantis") is None
