"""Questions in English, read as the same ones in French."""

import pytest

from bot.knowledge.speech import English
from bot.search.english import Translation

ENGLISH = English(
    marks=("the", "of", "how", "what", "is"),
    opening=("is", "does"),
    words={
        "combien": ("how many", "number of"),
        "caméra": ("camera", "cctv camera"),
        "centre de supervision": ("control room",),
        "prix": ("price",),
        "voiture": ("car",),
        "carte": ("map",),
        "détruire": ("vandalise",),
        "utile": ("useful",),
        "utiliser": ("use",),
    },
)
FRENCH = frozenset(("la", "ville", "car", "camera", "de", "une"))
translation = Translation(ENGLISH, ["Map Revelation"], FRENCH.__contains__)


@pytest.mark.parametrize(
    ("sentence", "french"),
    [
        ("how many cctv cameras", "combien camera"),
        ("what of the control room", "what of the centre de supervision"),
        ("the cameras vandalised", "the camera detruire"),
        ("the useful use", "the utile utiliser"),
    ],
)
def test_the_longest_phrase_is_translated_whatever_its_endings(sentence: str, french: str) -> None:
    assert translation.translated(sentence.split()) == french.split()


def test_a_french_sentence_keeps_its_own_words() -> None:
    assert translation.translated(["une", "camera", "car", "la", "ville"]) == [
        *["une", "camera", "car", "la", "ville"]
    ]


def test_an_english_word_in_a_french_sentence_is_understood() -> None:
    assert translation.translated(["price", "de", "la", "camera"]) == ["prix", "de", "la", "camera"]


def test_an_opening_verb_asks_for_yes_or_no() -> None:
    assert translation.translated(["does", "the", "car"])[:3] == ["est", "ce", "que"]


def test_the_name_of_a_software_is_never_translated() -> None:
    assert translation.translated(["is", "the", "map", "revelation"])[-2:] == ["map", "revelation"]
    assert translation.translated(["the", "map"]) == ["the", "carte"]
