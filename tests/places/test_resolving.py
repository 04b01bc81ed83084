from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.folding import fold
from bot.places.asking import find_city, find_city_json
from bot.places.communes import Communes
from bot.places.mentions import find_in, without
from bot.places.resolving import Places

DATA = Path(__file__).parent / "data"
TRAPS = ("roubai", "st", "ste", "d", "l", "59", "93", "s", "à", "(34)", "é", "½", "100", "xiv")
SURE = yaml.safe_load((DATA / "sure.yaml").read_text("utf-8"))
NOTHING = yaml.safe_load((DATA / "nothing.yaml").read_text("utf-8"))
SENTENCES = yaml.safe_load((DATA / "sentences.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("typed", "insee"), SURE.items())
def test_a_place_is_known_however_it_is_typed(places: Places, typed: str, insee: str) -> None:
    commune = places.resolve(typed).commune
    assert commune is not None
    assert commune.insee == insee


@pytest.mark.parametrize("typed", NOTHING)
def test_what_is_no_place_is_met_with_silence(places: Places, typed: str) -> None:
    assert not find_city(places, typed)


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_the_place_in_a_sentence_is_found(
    places: Places, sentence: str, expected: dict[str, str]
) -> None:
    found = {
        sentence[mention.start : mention.end]: mention.resolved.candidates[0].commune.insee
        for mention in find_in(places, sentence)
    }
    assert found == expected


def test_the_rest_of_the_sentence_is_left_to_the_question(places: Places) -> None:
    sentence = "combien de caméras à Nantes en 2020 ?"
    assert without(sentence, find_in(places, sentence)) == "combien de caméras à en 2020 ?"


def test_homonyms_are_a_choice_the_most_populous_first(places: Places) -> None:
    resolved = places.resolve("st denis")
    assert resolved.commune is None
    assert [c.departement for c in resolved.choices[:2]] == ["974", "93"]
    populations = [c.population for c in resolved.choices if c.name == "Saint-Denis"]
    assert populations == sorted(populations, reverse=True)


@pytest.mark.parametrize(
    "sentence", ["Comparer Vienne et Roanne", "roanne ou vienne, laquelle filme le plus"]
)
def test_a_city_of_the_name_of_a_word_is_meant_beside_another(
    places: Places, sentence: str
) -> None:
    found = {mention.resolved.candidates[0].commune.insee for mention in find_in(places, sentence)}
    assert found == {"38544", "42187"}


def test_everyday_words_that_somebody_has_are_no_place(places: Places) -> None:
    assert not find_in(places, "notre petit bourg est filmé")
    assert find_in(places, "les caméras de Petit-Bourg")


def test_a_number_is_no_nickname_unless_it_is_told_as_one(places: Places) -> None:
    assert not find_in(places, "On est à peine 4000 ici")
    (mention,) = find_in(places, "les caméras des 4000")
    assert mention.resolved.candidates[0].commune.insee == "93027"


@pytest.mark.parametrize("typed", ["la vienne", "l'indre", "la creuse", "l'ain"])
def test_a_departement_with_its_article_is_at_most_a_question(places: Places, typed: str) -> None:
    assert places.resolve(typed).commune is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sainté", "Saint-Étienne"),
        ("st é", "Saint-Étienne"),
        ("civray Cher", "Civray"),
        ("rémois", "Reims"),
        ("stnazare", "Saint-Nazaire"),
        ("sth nazaire", "Saint-Nazaire"),
    ],
)
def test_what_may_be_several_places_starts_with_the_likeliest(
    places: Places, typed: str, name: str
) -> None:
    assert places.resolve(typed).candidates[0].commune.name == name


def test_a_near_tie_offers_three_names(places: Places) -> None:
    resolved = places.resolve("prcey")
    assert resolved.commune is None
    assert {"Percey", "Parcey"} <= {choice.name for choice in resolved.choices}


@pytest.mark.parametrize(
    ("typed", "name", "other"),
    [("Poisy", "Poisy", "Poissy"), ("lourde", "Lourde", "Lourdes"), ("Rodès", "Rodès", "Rodez")],
)
def test_beside_a_village_the_city_of_a_close_name_is_told(
    places: Places, typed: str, name: str, other: str
) -> None:
    resolved = places.resolve(typed)
    assert resolved.commune is not None
    assert resolved.commune.name == name
    assert other in [commune.name for commune in resolved.others]
    assert len(resolved.others) <= 2


@pytest.mark.parametrize("typed", ["Lens", "Paris", "Lomme", "roubai", "59100"])
def test_beside_a_city_nothing_is_told(places: Places, typed: str) -> None:
    assert places.resolve(typed).others == ()


@pytest.mark.parametrize(
    ("typed", "name"),
    [("villettes", "Les Villettes"), ("la barr", "La Barre"), ("louze", "Louzes")],
)
def test_beside_a_small_place_what_was_meant_all_the_same_is_told(
    places: Places, typed: str, name: str
) -> None:
    resolved = places.resolve(typed)
    assert resolved.commune is not None
    assert name in [commune.name for commune in resolved.others]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cambré", "Cambrai"),
        ("roubé", "Roubaix"),
        ("buzill", "Buzy"),
        ("doué", "Douai"),
        ("dakse", "Dax"),
        ("rinse", "Reims"),
        ("nevert", "Nevers"),
        ("orléant", "Orléans"),
        ("ponto combo", "Pontault-Combault"),
        ("baillonne", "Bayonne"),
        ("sthrasbourg", "Strasbourg"),
    ],
)
def test_a_name_spelled_as_it_sounds_is_heard(places: Places, typed: str, name: str) -> None:
    assert places.resolve(typed).candidates[0].commune.name == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [("bqy", "Bay"), ("portz", "Porta"), ("cailles", "Chailles")],
)
def test_what_is_too_far_to_be_sure_is_a_question_when_it_is_a_whole_text(
    places: Places, typed: str, name: str
) -> None:
    resolved = places.resolve(typed)
    assert resolved.commune is None
    assert any(choice.name.startswith(name) for choice in resolved.choices)
    assert not find_in(places, f"combien de {typed} ?")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("6 four les plages", "Six-Fours-les-Plages"),
        ("fort 2 france", "Fort-de-France"),
        ("les 2 alpes", "Les Deux Alpes"),
        ("tassin la 1/2 lune", "Tassin-la-Demi-Lune"),
    ],
)
def test_numbers_may_be_words_of_a_name(places: Places, typed: str, name: str) -> None:
    commune = places.resolve(typed).commune
    assert commune is not None
    assert commune.name == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("charlevil", "Charleville-Mézières"),
        ("asniere", "Asnières-sur-Seine"),
        ("chalon en champ", "Châlons-en-Champagne"),
        ("hosegor", "Soorts-Hossegor"),
    ],
)
def test_a_city_is_known_by_the_beginning_of_its_name(
    places: Places, typed: str, name: str
) -> None:
    assert places.resolve(typed).candidates[0].commune.name == name


def test_a_choice_is_filled_with_farther_names(places: Places) -> None:
    assert {"Thizy", "Thuy"} <= {choice.name for choice in places.resolve("thiy").choices}


def test_a_commune_that_only_bore_the_name_is_offered_last(places: Places) -> None:
    names = [choice.name for choice in places.resolve("suville").choices]
    assert names.index("Sauville") < names.index("La Haye")


@pytest.mark.parametrize(("typed", "name"), [("lion", "Lyon"), ("pris", "Paris")])
def test_a_word_alone_one_slip_from_a_city_is_a_question(
    places: Places, typed: str, name: str
) -> None:
    resolved = places.resolve(typed)
    assert resolved.commune is None
    assert [choice.name for choice in resolved.choices] == [name]
    assert not find_in(places, f"mon {typed}")


def test_the_larger_of_near_names_comes_first(places: Places) -> None:
    assert places.resolve("dauville").candidates[0].commune.name == "Deauville"


def test_covered_homonyms_are_offered_first(communes: Communes) -> None:
    places = Places(communes, covered={"93066"})
    assert places.resolve("saint-denis").choices[0].insee == "93066"


def test_a_present_name_and_the_former_name_of_a_city_are_a_choice(places: Places) -> None:
    assert {c.departement for c in places.resolve("Évry").choices[:2]} == {"89", "91"}


def test_every_present_name_is_the_first_candidate(places: Places, communes: Communes) -> None:
    for commune in communes:
        first = places.resolve(commune.name).candidates[0].commune
        assert fold(first.name).replace(" ", "") == fold(commune.name).replace(" ", "")


def test_find_city_answers_as_documented(places: Places) -> None:
    answer = find_city_json(places, "roubai")
    assert answer["elapsed_us"] >= 0
    del answer["elapsed_us"]
    assert answer == {"query": "roubai", "commune": "59512", "choices": []}
    beside = find_city_json(places, "poisy")
    assert (beside["commune"], beside["choices"]) == ("74213", ["78498"])
    asked = find_city_json(places, "st denis")
    assert asked["commune"] is None
    assert asked["choices"][:2] == ["97411", "93066"]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=4096))
def test_no_text_is_an_obstacle(places: Places, text: str) -> None:
    for mention in find_in(places, text):
        assert 0 <= mention.start < mention.end <= len(text)
    for candidate in find_city(places, text).candidates:
        assert 0.0 <= candidate.score <= 1.0


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TRAPS)))
def test_no_order_of_words_is_an_obstacle(places: Places, words: list[str]) -> None:
    find_city(places, " ".join(words))
