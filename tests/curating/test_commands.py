"""The curators' commands as they are typed, in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.knowledge.sound_base import FILES, lay

REPOSITORY = Path(__file__).parents[2]


def bot(
    *arguments: str, folder: Path | None = None, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **({"KNOWLEDGE_DIR": str(folder)} if folder else {})}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=REPOSITORY,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_fails_for_an_error_and_only_tells_a_warning(tmp_path: Path) -> None:
    lay(tmp_path / "sound")
    assert bot("check", folder=tmp_path / "sound").returncode == 0
    late = FILES["cities/nantes.yaml"].replace('"2018-02"', '"2019-02"')
    warned = bot("check", folder=lay(tmp_path / "late", {"cities/nantes.yaml": late}))
    assert warned.returncode == 0
    assert warned.stdout.endswith("[W64]\n")
    wrong = FILES["cities/nantes.yaml"].replace("value: 97", "value: 98")
    refused = bot("check", folder=lay(tmp_path / "wrong", {"cities/nantes.yaml": wrong}))
    assert refused.returncode == 1
    assert refused.stdout.endswith("la phrase ne dit pas le chiffre 98 [E33]\n")


def test_stale_and_coverage_give_the_same_thing_to_people_and_to_programs() -> None:
    for command in ("stale", "coverage"):
        told, found = bot(command), bot(command, "--json")
        assert (told.returncode, found.returncode) == (0, 0)
        assert told.stdout.count("\n") > 50
        assert json.loads(found.stdout)


def test_preview_shows_the_card_and_its_length() -> None:
    found = bot("preview", "roubaix", "--json")
    screens = json.loads(found.stdout)
    assert screens[0]["text"].startswith("Roubaix (59)")
    assert screens[0]["length"] == len(screens[0]["text"])
    assert screens[0]["buttons"][0][0]["label"]
    assert "Roubaix (59)" in bot("preview", "roubaix").stdout
    unknown = bot("preview", "Atlantis")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "Atlantis" in unknown.stderr


def test_a_base_with_an_error_is_told_by_every_command(tmp_path: Path) -> None:
    lay(tmp_path, {"cities/nantes.yaml": "name: Nantes\n"})
    for command in (["stale"], ["coverage"], ["links"], ["preview", "lille"], ["new", "fact"]):
        refused = bot(*command, folder=tmp_path)
        assert refused.returncode == 1
        assert "cities/nantes.yaml:1:1: il manque" in refused.stderr


def test_format_says_what_it_would_change_then_changes_it(tmp_path: Path) -> None:
    lay(tmp_path)
    assert bot("format", "--check", folder=tmp_path).returncode == 1
    assert bot("format", folder=tmp_path).returncode == 0
    assert bot("format", "--check", folder=tmp_path).returncode == 0
    assert bot("check", folder=tmp_path).returncode == 0


def test_new_writes_nothing_when_it_is_left_half_way(tmp_path: Path) -> None:
    lay(tmp_path)
    left = bot("new", "article", folder=tmp_path, typed="Un titre\n")
    assert left.returncode == 1
    assert "rien n'a été écrit" in left.stderr
    assert len(list((tmp_path / "articles").iterdir())) == 1


def test_diff_refuses_a_revision_that_git_does_not_know() -> None:
    refused = bot("diff", "no-such-revision")
    assert refused.returncode == 1
    assert "no-such-revision" in refused.stderr


def test_the_published_base_does_not_differ_from_itself(tmp_path: Path) -> None:
    folder = lay(tmp_path / "knowledge")
    for arguments in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@x.org", "commit", "--quiet", "-m", "x"],
    ):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)
    same = bot("diff", "HEAD", folder=folder)
    assert same.stdout == "Rien n'a changé pour qui lit.\n"
    found = json.loads(bot("diff", "HEAD", "--json", folder=folder).stdout)
    assert all(changes == [] for changes in found.values())


def test_nothing_heavy_is_imported_to_answer_a_question(tmp_path: Path) -> None:
    code = (
        "import sys; from bot.__main__ import main; main(['ask', 'caméras à Lille']);"
        "print([m for m in ('pydantic', 'rich', 'httpx', 'watchfiles') if m in sys.modules])"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    run = [sys.executable, "-c", code]
    # Once to fill the cache of the base, once from it.
    for _ in range(2):
        ran = subprocess.run(
            run, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
        )
    assert ran.stdout.splitlines()[-1] == "[]"
