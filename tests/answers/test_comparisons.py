import pytest

from bot.answers.answering import Answering
from bot.answers.comparisons import ROWS
from bot.answers.model import Comparison
from bot.places.communes import Communes
from bot.presentation.cards import present
from bot.presentation.message import visible
from tests.small_base import VOCABULARY, answering, base, city, figure, paris

NOW = paris("2026-06-21T12:00")
COUNTED = {
    "roubaix": ("Roubaix", "59512", 500),
    "lille": ("Lille", "59350", 140),
    "lens": ("Lens", "62498", 60),
    "calais": ("Calais", "62193", 250),
    "nantes": ("Nantes", "44109", 134),
    "reze": ("Rezé", "44143", 12),
    "rouen": ("Rouen", "76540", 80),
}


@pytest.fixture(scope="module")
def small(communes: Communes) -> Answering:
    cities = {
        id_: city(name, insee, {"c": figure(count, "2022")})
        for id_, (name, insee, count) in COUNTED.items()
    }
    cities["lille"] = city(
        "Lille", "59350", {"c-2019": figure(100, "2019"), "c-2022": figure(140, "2022")}
    )
    cities["paris"] = city("Paris", "75056", {"d": figure(3_000_000, "2022", "depense")})
    return answering(base(cities), communes)


def asked(small: Answering, question: str) -> Comparison:
    answer, _ = small.reply(question, NOW)
    assert isinstance(answer, Comparison), answer
    return answer


def shown(answer: Comparison) -> str:
    return visible(present(answer, VOCABULARY)).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_ranking_shows_the_highest_and_says_among_how_many(small: Answering) -> None:
    ranking = asked(small, "quelle ville a le plus de caméras ?")
    assert [row.territory.id for row in ranking.rows] == [
        "roubaix", "calais", "lille", "nantes", "rouen",
    ]  # fmt: skip
    assert len(ranking.rows) == ROWS
    assert ranking.total == len(COUNTED)
    assert f"Parmi les {len(COUNTED)} territoires" in shown(ranking)
    assert shown(ranking).index("1. Roubaix") < shown(ranking).index("5. Rouen")


def test_a_ranking_from_below_starts_with_the_least(small: Answering) -> None:
    ranking = asked(small, "quelle ville a le moins de caméras ?")
    assert [row.territory.id for row in ranking.rows][:2] == ["reze", "lens"]


def test_each_line_of_a_ranking_has_its_date_and_its_source(small: Answering) -> None:
    ranking = asked(small, "quelle ville a le plus de caméras ?")
    assert ranking.citations[0].id == "roubaix/c"
    assert shown(ranking).count("2022. Le Journal (presse, ") == ROWS


def test_a_ratio_is_computed_from_both_of_its_inputs_and_shows_them(small: Answering) -> None:
    ratio = asked(small, "combien de caméras par habitant à Lens ?")
    (row,) = ratio.rows
    assert row.territory.population
    assert row.per_thousand == pytest.approx(60 * 1000 / row.territory.population)
    people = f"{row.territory.population:,}".replace(",", " ")
    assert f"60 caméras pour {people} habitant·es, 2022" in shown(ratio)
    assert f"{row.per_thousand:.2f}".replace(".", ",").rstrip("0") in shown(ratio)


def test_ratios_are_sorted_and_counted(small: Answering) -> None:
    ratio = asked(small, "combien de caméras par habitant ?")
    assert ratio.shape == "per inhabitant"
    values = [row.per_thousand or 0 for row in ratio.rows]
    assert values == sorted(values, reverse=True)
    assert ratio.total == len(COUNTED)


def test_ratios_of_the_towns_asked_are_not_said_to_be_all_that_the_base_has(
    small: Answering,
) -> None:
    ratio = asked(small, "combien de caméras par habitant à Lens et à Calais ?")
    assert {row.territory.id for row in ratio.rows} == {"lens", "calais"}
    assert "eux seuls" not in shown(ratio)


def test_a_town_without_the_figure_of_a_ratio_is_said_to_have_none(
    published_answering: Answering,
) -> None:
    asked = "combien de caméras par habitant à Lens et à Lille ?"
    ratio, _ = published_answering.reply(asked, NOW)
    assert isinstance(ratio, Comparison)
    assert [(row.territory.id, row.is_told) for row in ratio.rows] == [
        ("lille", True),
        ("lens", False),
    ]


def test_two_cities_are_put_side_by_side_in_the_order_said(small: Answering) -> None:
    compared = asked(small, "compare les caméras de Lens et de Calais")
    assert [row.territory.id for row in compared.rows] == ["lens", "calais"]
    assert "Lens : 60" in shown(compared)
    assert "Calais : 250" in shown(compared)


def test_a_city_without_the_figure_is_said_to_have_none(small: Answering) -> None:
    compared = asked(small, "compare les caméras de Lens et de Paris")
    assert [row.citation is None for row in compared.rows] == [False, True]
    assert "Paris : chiffre non noté" in shown(compared)
    assert [citation.id for citation in compared.citations] == ["lens/c"]


def test_cameras_that_are_there_are_compared_rather_than_those_planned(
    published_answering: Answering,
) -> None:
    compared, _ = published_answering.reply("compare les caméras de Lens et de Paris", NOW)
    assert isinstance(compared, Comparison)
    assert compared.indicator == "cameras-police"


def test_two_years_of_one_city_give_the_change_between_them(small: Answering) -> None:
    compared = asked(small, "compare les caméras de Lille en 2022 et 2019")
    assert [row.citation.id for row in compared.rows if row.citation] == [
        "lille/c-2022",
        "lille/c-2019",
    ]
    assert "+40 % entre 2019 et 2022" in shown(compared)


def test_an_evolution_says_first_from_what_to_what(small: Answering) -> None:
    answer, _ = small.reply("évolution du nombre de caméras à Lille", NOW)
    told = visible(present(answer, VOCABULARY)).replace("\u202f", " ").replace("\u00a0", " ")
    assert told.splitlines()[1] == "De 100 à 140 : +40 % entre 2019 et 2022."


@pytest.mark.parametrize(
    ("question", "departement"),
    [
        ("quelle ville du Nord a le plus de caméras ?", "59"),
        ("classement des villes des Bouches-du-Rhône par nombre de caméras", "13"),
        ("quelle ville du 59 a le plus de caméras", "59"),
        ("classement des villes du nord", "59"),
        ("quelle ville du Nord a le plus de caméras par habitant ?", "59"),
        ("ratio de caméras par habitant dans le nord", "59"),
        ("93 ville avec le + de cam svp", "93"),
    ],
)
def test_the_towns_of_a_departement_are_ranked_among_themselves(
    published_answering: Answering, question: str, departement: str
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Comparison)
    assert {territory.departement for territory in answer.territories} == {departement}
    assert answer.within == "departement"


@pytest.mark.parametrize(
    ("question", "first", "total"),
    [
        ("En Bretagne, quelle est la ville la plus vidéosurveillée ?", "rennes", 3),
        ("quelle ville de Bretagne a le plus de caméras ?", "rennes", 3),
        ("quelle ville d'Auvergne-Rhône-Alpes a le plus de caméras", "lyon", 8),
        ("quelle ville a le moins de caméras en PACA", "istres", 7),
    ],
)
def test_the_towns_of_a_region_are_ranked_among_themselves(
    published_answering: Answering, question: str, first: str, total: int
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Comparison)
    assert (answer.rows[0].territory.id, answer.total) == (first, total)
    assert answer.within == "region"


@pytest.mark.parametrize(
    "question",
    [
        "quelle ville du nord de la France a le plus de caméras ?",
        "les 10 villes les plus filmées",
        "10 villes les plus filmées",
        "villes les plus filmées, top 10",
    ],
)
def test_no_departement_is_named_by_a_direction_or_by_a_count(
    published_answering: Answering, question: str
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Comparison)
    assert not answer.within


@pytest.mark.parametrize(
    "question",
    [
        "quelle ville de Lozère a le plus de caméras ?",
        "quelle ville de Lozère a le plus de caméras par habitant ?",
    ],
)
def test_a_departement_without_figures_has_no_ranking(
    published_answering: Answering, question: str
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert answer.kind == "unknown"


def test_of_several_towns_of_one_name_the_neighbour_of_the_others_is_meant(
    published_answering: Answering,
) -> None:
    answer, _ = published_answering.reply("calais vs dunkerque vs boulogne nb cams", NOW)
    assert [territory.id for territory in answer.territories] == [
        "calais",
        "dunkerque",
        "boulogne-sur-mer",
    ]


def test_another_departement_is_ranked_when_it_is_asked_next(
    published_answering: Answering,
) -> None:
    _, before = published_answering.reply("Quelle ville du Gard a le plus de caméras ?", NOW)
    answer, _ = published_answering.reply("et dans l'Hérault ?", NOW, before)
    assert isinstance(answer, Comparison)
    assert {territory.departement for territory in answer.territories} == {"34"}


def test_of_the_ratios_that_facts_say_the_latest_is_told(published_answering: Answering) -> None:
    question = "Cannes, une caméra pour combien d'habitants au juste ?"
    answer, _ = published_answering.reply(question, NOW)
    assert answer.citations[0].id == "cannes/cameras-2026"


def test_years_of_what_would_be_told_are_compared(published_answering: Answering) -> None:
    question = "Entre 2017 et 2022, combien de caméras de rue en plus à Strasbourg ?"
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Comparison)
    assert answer.indicator == "cameras-agglomeration"
