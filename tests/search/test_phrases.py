from itertools import pairwise

from bot.language.stems import stems
from bot.search.phrases import Match, Phrases

PHRASES = Phrases(
    [
        ("caméra", "thing"),
        ("caméra piéton", "bodycam"),
        ("caméras", "again"),
        ("piéton", "walker"),
        ("centre de supervision", "csu"),
        ("...", "nothing"),
    ]
)


def find(sentence: str) -> list[Match[str]]:
    return PHRASES.find(stems(sentence))


def test_a_phrase_is_found_whatever_its_endings() -> None:
    assert find("des CAMERAS !") == [Match(1, 2, ("thing", "again"))]


def test_the_longest_phrase_wins_where_several_start() -> None:
    assert [match.meanings for match in find("caméras-piétons et piétons")] == [
        ("bodycam",),
        ("walker",),
    ]


def test_phrases_do_not_overlap_and_come_in_order() -> None:
    found = find("un piéton, une caméra, le centre de supervision")
    assert [match.meanings[0] for match in found] == ["walker", "thing", "csu"]
    assert all(one.end <= other.first for one, other in pairwise(found))


def test_a_phrase_cut_short_is_not_found() -> None:
    assert find("le centre de la ville") == []
    assert find("") == []


def test_a_phrase_without_words_means_nothing() -> None:
    assert stems("...") not in PHRASES
    assert stems("caméra piéton") in PHRASES
