"""The words of the real base: each is of use, and none undoes another."""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from bot.language.folding import fold
from bot.language.stems import stem

VOCABULARY: Any = yaml.safe_load(
    (Path(__file__).parents[2] / "knowledge" / "vocabulary.yaml").read_text()
)


def test_a_word_is_the_synonym_of_one_group_only() -> None:
    groups = [
        {stem(word) for word in map(fold, group) if " " not in word}
        for group in VOCABULARY["synonyms"]
    ]
    assert [word for word, uses in Counter(w for g in groups for w in g).items() if uses > 1] == []


def test_the_first_synonym_is_one_word() -> None:
    assert [group[0] for group in VOCABULARY["synonyms"] if " " in fold(group[0])] == []


def test_what_is_written_fast_is_one_word() -> None:
    assert [typed for typed in VOCABULARY["spellings"] if " " in fold(str(typed))] == []


def test_no_french_sentence_has_a_mark_of_english() -> None:
    """« t'as » and « s'il » hold the t and the s of « don't » and « it's »."""
    marks = {word for mark in VOCABULARY["english"]["marks"] for word in fold(mark).split()}
    assert {mark for mark in marks if len(mark) == 1} <= {"i"}
