import math

import pytest

from bot.knowledge.citations import Citation
from bot.knowledge.model import Article
from bot.language.dates import parse_period
from bot.language.stems import stem
from bot.search.features import ALWAYS, REFUSAL
from bot.search.index import RARE, Index
from bot.search.learning import NOTHING, Learning
from bot.search.learnt import Learnt
from bot.search.lexicon import Concept
from bot.search.ranking import WEIGHED, Ranked, Wish, rank
from tests.small_base import base, city, fact, figure

KNOWLEDGE = base(
    {
        "lille": city(
            "Lille",
            "59350",
            {
                "c-2018": figure(100, "2018"),
                "c-2022": figure(140, "2022"),
                "promesse": fact("Des caméras sont promises près du moulin.", date="2021"),
                "drones": fact(
                    "La police emploie un drone.", "drones", date="2020", about=("vsa",)
                ),
                "cout": fact("Le budget des caméras a doublé.", "cout"),
            },
        ),
        "lens": city("Lens", "62498", {"drones": fact("Un drone a volé.", "drones")}),
    },
    articles={
        "2024-un-article": Article(
            title="Les drones de Lille",
            publisher="Le Journal",
            kind="presse",
            url="https://journal.example/drones",
            date="2024",
            summary="Une enquête.",
            cities=("lille",),
            themes=("drones",),
        )
    },
)
INDEX = Index(KNOWLEDGE, {"chateau"}.__contains__, NOTHING)


def ranked(question: str, *, wants_figure: bool = False, year: str | None = None) -> list[Ranked]:
    return rank(
        INDEX.by_owner["lille"],
        INDEX.lexicon.read(question),
        INDEX,
        Wish(figure=wants_figure, year=None if year is None else parse_period(year)),
    )


def ids(found: list[Ranked]) -> list[str]:
    return [one.document.item.id.removeprefix("lille/") for one in found]


def test_what_shares_something_with_the_question_comes_first() -> None:
    assert set(ids(ranked("des drones"))[:2]) == {"drones", "2024-un-article"}
    assert {one.coverage for one in ranked("le château")} == {0}


def test_what_curators_say_weighs_more_than_what_the_words_say() -> None:
    found = ids(ranked("le budget"))
    assert found[0] == "cout"
    assert ids(ranked("caméra")).index("c-2022") < ids(ranked("caméra")).index("cout")


def test_a_fact_comes_before_an_article_on_the_same_thing() -> None:
    assert ids(ranked("des drones"))[:2] == ["drones", "2024-un-article"]


def test_the_latest_of_two_equal_facts_comes_first() -> None:
    found = ids(ranked("nombre de caméras"))
    assert found.index("c-2022") < found.index("c-2018")


def test_the_year_that_is_asked_comes_first() -> None:
    assert ids(ranked("caméras", year="2018"))[0] == "c-2018"
    assert ids(ranked("caméras", year="2022"))[0] == "c-2022"


def test_a_figure_comes_first_when_one_is_wanted() -> None:
    found = ranked("caméras", wants_figure=True)
    best = found[0].document.item
    assert isinstance(best, Citation)
    assert best.fact.figure is not None


def test_coverage_is_the_share_of_the_question_that_a_fact_speaks_of() -> None:
    found = {one.document.item.id: one.coverage for one in ranked("les caméras du moulin")}
    assert found["lille/promesse"] == pytest.approx(1.0)
    assert 0 < found["lille/c-2022"] < 1
    assert ids(ranked("les caméras du moulin"))[0] == "promesse"


def test_a_question_that_says_nothing_ranks_everything_by_date() -> None:
    assert ids(ranked("il y a"))[:2] == ["c-2022", "promesse"]


def test_what_was_learnt_of_words_and_of_refusals_is_added_to_the_scores() -> None:
    learnt = Learnt(
        {"theme:cout": 0, REFUSAL: 1}, {stem("argent"): [(0, 9.0)], ALWAYS: [(1, 12.0)]}
    )
    index = Index(KNOWLEDGE, {"argent"}.__contains__, Learning(learnt))
    documents = index.by_owner["lille"]
    found = rank(documents, index.lexicon.read("l'argent des caméras"), index, Wish())
    assert ids(found)[0] == "cout"
    assert [one.answers for one in found] == [True, *[False] * (len(found) - 1)]


def test_of_many_documents_only_those_that_a_rough_look_finds_best_are_weighed() -> None:
    held = {f"rue-{n}": fact("Une rue.") for n in range(2 * WEIGHED)}
    held["moulin"] = fact("Un moulin est filmé.")
    index = Index(base({"lens": city("Lens", "62498", held)}), {"rue"}.__contains__, NOTHING)
    found = rank(index.by_owner["lens"], index.lexicon.read("le moulin"), index, Wish())
    assert len(found) == WEIGHED
    assert found[0].document.item.id == "lens/moulin"


def test_what_a_rough_look_finds_far_below_the_best_is_not_weighed() -> None:
    held = {f"rue-{n}": fact("Une rue.") for n in range(30)}
    held["moulin"] = fact("Le moulin du quai est filmé la nuit.")
    index = Index(
        base({"lens": city("Lens", "62498", held)}), {"quai", "nuit"}.__contains__, NOTHING
    )
    documents, reading = index.by_owner["lens"], index.lexicon.read("le moulin du quai la nuit")
    weighed = rank(documents, reading, index, Wish())
    assert [one.document.item.id for one in weighed] == ["lens/moulin"]
    assert len(rank(documents, reading, index, Wish(), within=math.inf)) == WEIGHED


@pytest.mark.parametrize(
    "question", ["drones", "budget des caméras", "le moulin en 2021", "zorglub"]
)
def test_the_documents_of_a_town_are_ranked_as_any_others_are(
    question: str,
) -> None:
    reading, documents = INDEX.lexicon.read(question), INDEX.of_town["lille"]
    kept, again = (rank(documents, reading, INDEX, Wish()) for _ in range(2))
    assert ids(kept) == ids(again) == ids(rank(list(documents), reading, INDEX, Wish()))
    assert [one.score for one in kept] == [one.score for one in again]


def test_scores_and_coverages_are_in_their_ranges() -> None:
    for question in ("drones", "budget des caméras", "moulin", ""):
        assert all(0 <= one.coverage <= 1 for one in ranked(question))


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert 0 < INDEX.rarity(stem("camera")) < INDEX.rarity("moulin") < INDEX.rarity("jamais") <= 1


def test_a_word_tells_as_much_in_a_base_that_holds_many_more_towns() -> None:
    def grown(towns: int) -> Index:
        facts = {"c": fact("Des caméras sont promises."), "m": fact("Un moulin.")}
        cities = {f"ville-{n}": city(f"Ville {n}", f"{n:05}", facts) for n in range(towns)}
        return Index(base(cities), {"chateau"}.__contains__, NOTHING)

    small, large = grown(RARE), grown(4 * RARE)
    assert small.rarity("moulin") == pytest.approx(large.rarity("moulin"), abs=0.01)
    assert small.rarity("jamais") == large.rarity("jamais") == 1


@pytest.mark.parametrize(
    ("place", "ids"),
    [
        ("Troyes", ["lens/troyes"]),
        ("Le Havre", ["lens/havre"]),
        ("Bayonne", []),
        ("Sens", []),
        ("L'Isle", ["lens/isle"]),
    ],
)
def test_a_place_is_named_as_it_is_written_and_not_inside_another(
    place: str, ids: list[str]
) -> None:
    texts = {
        "pres": "Les Noës-près-Troyes a des caméras.",
        "troyes": "À Troyes, on filme.",
        "havre": "Le centre du Havre filme.",
        "bayon": "Bayon filme.",
        "sens": "Un sens interdit est filmé.",
        "isle": "À L'Isle, on filme.",
    }
    held = {"lens": city("Lens", "62498", {id_: fact(text) for id_, text in texts.items()})}
    index = Index(base(held), {"chateau"}.__contains__, NOTHING)
    assert [document.item.id for document in index.naming(place, by_courts=False)] == ids


def test_a_court_names_its_town_only_to_those_who_ask_of_justice() -> None:
    held = {"lens": city("Lens", "62498", {"ta": fact("Le tribunal administratif de Caen juge.")})}
    index = Index(base(held), {"chateau"}.__contains__, NOTHING)
    assert index.naming("Caen", by_courts=False) == []
    assert [one.item.id for one in index.naming("Caen", by_courts=True)] == ["lens/ta"]


def test_the_index_knows_which_cities_hold_something_on_a_concept() -> None:
    assert INDEX.owners[Concept("theme", "drones")] == {"lille", "lens"}
    assert INDEX.owners[Concept("theme", "cout")] == {"lille"}
    assert Concept("topic", "absent") not in INDEX.owners


def test_what_too_many_documents_share_singles_none_out() -> None:
    reading = INDEX.lexicon.read("drones")
    assert len(INDEX.cities.sharing(reading, rarest=10)) == 3
    assert INDEX.cities.sharing(reading, rarest=1) == []
