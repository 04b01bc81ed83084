"""The cache proves its own freshness, and its loss costs nothing but time."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import checking
from bot.knowledge.keeping import digest, load_knowledge
from bot.knowledge.model import Knowledge
from tests.conftest import PUBLISHED

TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The published vocabulary and one city, « Lille »."""
    folder = tmp_path / "base"
    (folder / "cities").mkdir(parents=True)
    shutil.copy(PUBLISHED / "vocabulary.yaml", folder)
    write_city(folder, "Lille compte 120 caméras.")
    return folder


def write_city(folder: Path, text: str) -> None:
    (folder / "cities" / "lille.yaml").write_text(
        'name: Lille\ninsee: "59350"\nsources:\n'
        "  journal: {title: T, publisher: P, kind: presse}\n"
        f"facts:\n  un: {{text: {text}, theme: cameras, sources: [journal]}}\n",
        encoding="utf-8",
    )


def told(knowledge: Knowledge | None) -> str:
    assert knowledge is not None
    return knowledge.cities["lille"].facts["un"].text


def load(folder: Path, cache: Path) -> Knowledge | None:
    return load_knowledge(folder, cache, TODAY)[0]


def test_a_base_is_read_once_then_taken_from_the_cache(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(folder, tmp_path / "cache")
    monkeypatch.setattr(checking, "read_knowledge", None)
    assert load(folder, tmp_path / "cache") == first
    assert told(first) == "Lille compte 120 caméras."


def test_one_changed_byte_is_noticed_and_so_is_the_way_back(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for text in (
        "Lille compte 120 caméras.",
        "Lille compte 130 caméras.",
        "Lille compte 120 caméras.",
    ):
        write_city(folder, text)
        assert told(load(folder, cache)) == text


def test_a_file_added_moved_or_taken_away_is_noticed(folder: Path) -> None:
    digests = {digest(folder)}
    city = folder / "cities" / "lille.yaml"
    shutil.copy(city, folder / "cities" / "lens.yaml")
    digests.add(digest(folder))
    (folder / "topics").mkdir()
    (folder / "cities" / "lens.yaml").rename(folder / "topics" / "lens.yaml")
    digests.add(digest(folder))
    city.unlink()
    digests.add(digest(folder))
    (folder / "vocabulary.yaml").unlink()
    digests.add(digest(folder))
    assert len(digests) == 5


def test_only_the_latest_state_is_kept(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for number in range(3):
        write_city(folder, f"Lille compte {number} caméras.")
        load(folder, cache)
    (kept,) = cache.iterdir()
    assert kept.stat().st_mode & 0o077 == 0, "it is unpickled: nobody else may write it"


def test_a_base_with_a_problem_is_told_each_time_and_never_kept(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "cities" / "lille.yaml").write_text("name: Lille\n", encoding="utf-8")
    for _ in range(2):
        knowledge, problems = load_knowledge(folder, tmp_path / "cache", TODAY)
        assert knowledge is None
        assert problems
    assert not (tmp_path / "cache").exists()


@given(
    damage=st.sampled_from(["flipped", "cut", "emptied", "foreign"]),
    share=st.floats(0, 1, exclude_max=True),
    flip=st.integers(1, 255),
)
def test_a_damaged_cache_is_read_again_from_the_files(
    tmp_path_factory: pytest.TempPathFactory, damage: str, share: float, flip: int
) -> None:
    here = tmp_path_factory.getbasetemp() / "damaged"
    folder, cache = here / "base", here / "cache"
    if not folder.exists():
        (folder / "cities").mkdir(parents=True)
        shutil.copy(PUBLISHED / "vocabulary.yaml", folder)
        write_city(folder, "Lille compte 120 caméras.")
    sound = load(folder, cache)
    (kept,) = cache.iterdir()
    content = kept.read_bytes()
    at = int(share * len(content))
    flipped = content[:at] + bytes([content[at] ^ flip]) + content[at + 1 :]
    damages = {"flipped": flipped, "cut": content[:at], "emptied": b"", "foreign": b"I42\n."}
    kept.write_bytes(damages[damage])
    assert load(folder, cache) == sound
    assert load(folder, cache) == sound


@pytest.mark.parametrize("damage", ["a file for a folder", "a folder for the file"])
def test_a_cache_that_cannot_be_written_is_done_without(
    folder: Path, tmp_path: Path, damage: str
) -> None:
    cache = tmp_path / "cache"
    if damage == "a file for a folder":
        cache.write_text("in the way", encoding="utf-8")
    else:
        (cache / f"knowledge-{digest(folder)}.pickle").mkdir(parents=True)
    assert told(load(folder, cache)) == "Lille compte 120 caméras."
    assert told(load(folder, cache)) == "Lille compte 120 caméras."
