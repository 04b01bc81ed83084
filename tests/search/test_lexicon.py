from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.speech import English
from bot.language.stems import stems
from bot.search.lexicon import LONGEST_SENTENCE, Concept, Lexicon
from tests.small_base import base

LEXICON = Lexicon(base({}), stems("le commissariat central"), {"moulin"}.__contains__)


def concepts(sentence: str) -> set[Concept]:
    return set(LEXICON.read(sentence).concepts)


CAMERAS = {Concept("theme", "cameras"), Concept("indicator", "cameras")}


def test_words_stand_for_what_the_vocabulary_says() -> None:
    assert concepts("des caméras") == CAMERAS
    assert concepts("la dépense") == {Concept("theme", "cout"), Concept("indicator", "depense")}
    assert concepts("la VSA") == {Concept("topic", "vsa")}


@pytest.mark.parametrize(
    "typed", ["caméars", "cméras", "xaméras", "caméraz", "vidéosurveilance", "vidosurveillance"]
)
def test_a_slip_of_the_finger_is_repaired(typed: str) -> None:
    assert Concept("theme", "cameras") in concepts(typed)


@pytest.mark.parametrize("typed", ["comissariat central", "caravanes", "cm", "zzzz", "camaraderie"])
def test_what_is_no_slip_is_left_as_it_is(typed: str) -> None:
    assert concepts(typed) == set()


def test_a_word_of_the_facts_needs_no_repair() -> None:
    assert LEXICON.knows("commissariat")
    assert LEXICON.knows("12")
    assert not LEXICON.knows("comissaria")


def test_what_is_written_fast_is_spelled_out() -> None:
    reading = LEXICON.read("cb de drones")
    assert reading.words == ("combien", "de", "drones")
    assert reading.intents == ("how-many",)


def test_words_that_carry_nothing_are_left_out() -> None:
    assert LEXICON.read("il y a des à la le").units == ()
    (unit,) = LEXICON.read("il y a des drones à la gare".replace("gare", "le")).units
    assert unit.concepts == {Concept("theme", "drones")}


@pytest.mark.parametrize("sentence", ["un drone ou une caméra", "un drone ou une camera"])
def test_one_or_the_other_asks_for_no_place(sentence: str) -> None:
    assert "where" not in LEXICON.read(sentence).intents


def test_a_word_that_nobody_knows_still_carries_something() -> None:
    (unit,) = LEXICON.read("le moulin").units
    assert (unit.stems, unit.concepts) == (stems("moulin"), frozenset())


def test_intents_come_in_the_order_of_the_vocabulary_not_of_the_sentence() -> None:
    assert LEXICON.read("combien par habitant").intents == ("ratio", "how-many")
    assert LEXICON.read("par habitant combien").intents == ("ratio", "how-many")


@given(st.text(max_size=4096))
def test_any_text_is_read_up_to_a_bounded_number_of_words(text: str) -> None:
    assert len(LEXICON.read(text).words) <= LONGEST_SENTENCE


def test_a_curated_sentence_gives_the_concepts_that_it_names() -> None:
    assert LEXICON.told(stems("Le budget des drones."))[1] == {
        Concept("theme", "cout"),
        Concept("theme", "drones"),
    }


SAME = Lexicon(
    replace(
        base({}),
        vocabulary=replace(
            base({}).vocabulary,
            synonyms=(("panne", "hors service"), ("dépense", "peau des fesses")),
        ),
    ),
    (),
    set().__contains__,
)


def test_several_words_stand_for_one() -> None:
    (unit,) = SAME.read("hors service").units
    assert unit.stems == stems("panne")
    assert [unit.stems for unit in SAME.read("le service").units] == [stems("service")]
    assert "pann" in SAME.told(stems("trois sont hors service"))[0]


def test_several_words_stand_for_what_their_synonym_stands_for() -> None:
    (unit,) = SAME.read("la peau des fesses").units
    assert Concept("theme", "cout") in unit.concepts


def test_a_word_of_the_facts_is_not_taken_for_english() -> None:
    english = English(marks=("the",), words={"refuser": ("deny", "denied")})
    vocabulary = replace(base({}).vocabulary, english=english)
    lexicon = Lexicon(replace(base({}), vocabulary=vocabulary), stems("Denis"), set().__contains__)
    assert lexicon.read("la place denis").words[-1] == "denis"
    assert lexicon.read("the council denied").words[-1] == "refuser"
