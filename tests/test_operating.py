"""The operator's commands, as processes on a real database file."""

from pathlib import Path

import pytest

from tests.command_line import CommandLine


@pytest.fixture
def operator(tmp_path: Path, cache_home: Path) -> CommandLine:
    database = f"sqlite:///{tmp_path}/bot.db"
    return CommandLine(tmp_path, cache_home, {"DATABASE_URL": database})


def test_status_tells_the_counters_of_a_new_database(operator: CommandLine) -> None:
    done = operator("status")
    assert done.returncode == 0
    assert "conversations : 0" in done.stdout
    assert "rien n'attend" in done.stdout


def test_a_backup_is_made_once_and_can_be_restored(operator: CommandLine, tmp_path: Path) -> None:
    copy = tmp_path / "copie.db"
    assert operator("backup", str(copy)).returncode == 0
    again = operator("backup", str(copy))
    assert again.returncode == 1
    assert "existe déjà" in again.stderr
    assert operator("restore", str(copy)).returncode == 0


def test_what_is_no_backup_is_refused(operator: CommandLine, tmp_path: Path) -> None:
    strange = tmp_path / "photo.jpg"
    strange.write_bytes(b"\xff\xd8\xff")
    refused = operator("restore", str(strange))
    assert refused.returncode == 1
    assert "copie" in refused.stderr


def test_a_database_out_of_reach_is_told_in_a_sentence(tmp_path: Path, cache_home: Path) -> None:
    nowhere = CommandLine(tmp_path, cache_home, {"DATABASE_URL": "sqlite:////nowhere/at/all.db"})
    done = nowhere("status")
    assert done.returncode == 1
    assert "ne s'ouvre pas" in done.stderr
    assert "Traceback" not in done.stderr
