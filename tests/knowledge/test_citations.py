from bot.knowledge.citations import Citation, Series, cite, cite_all, series_of
from tests.small_base import SOURCES, base, city, fact, figure

LILLE = city(
    "Lille",
    "59350",
    {
        "c-2018": figure(100, "2018"),
        "c-2022": figure(140, "2022"),
        "c-2022-bis": figure(180, "2022", source="collectif"),
        "c-2022-ter": figure(140, "2022"),
        "c-2020": figure(120, "2020-02/2020-03"),
        "cout": figure(3_000_000, "2021", "depense"),
        "dit": fact("On y parle de drones.", "drones", date="2023"),
    },
)


def cameras() -> Series:
    return series_of(cite("lille", LILLE))["cameras"]


def keys(citations: tuple[Citation, ...]) -> list[str]:
    return [citation.id for citation in citations]


def test_a_fact_is_cited_with_its_place_its_owner_and_its_sources() -> None:
    first = next(cite("lille", LILLE))
    assert (first.id, first.owner_id, first.owner) == ("lille/c-2018", "lille", LILLE)
    assert first.sources == (SOURCES["journal"],)


def test_every_fact_of_cities_and_topics_is_cited() -> None:
    cited = keys(tuple(cite_all(base({"lille": LILLE}))))
    assert len(cited) == len(set(cited)) == 8
    assert cited[-1] == "vsa/autorisee"


def test_two_citations_are_equal_when_their_ids_are() -> None:
    one, other = next(cite("lille", LILLE)), next(cite("lille", LILLE))
    assert one == other
    assert len({one, other}) == 1


def test_a_figure_holds_at_its_date_a_sentence_at_its_own_or_at_none() -> None:
    by_id = {citation.id: citation for citation in cite("lille", LILLE)}
    assert by_id["lille/c-2018"].period is not None
    assert by_id["lille/c-2018"].period.year == 2018
    dit = by_id["lille/dit"].period
    assert dit is not None
    assert dit.year == 2023
    undated = city("Lens", "62498", {"un": fact("On y parle de caméras.")})
    assert next(cite("lens", undated)).period is None


def test_figures_make_one_series_for_each_indicator_latest_first() -> None:
    series = series_of(cite("lille", LILLE))
    assert list(series) == ["cameras", "depense"]
    assert keys(series["cameras"].points)[-2:] == ["lille/c-2020", "lille/c-2018"]
    assert series["cameras"].latest.id.startswith("lille/c-2022")
    assert len(series["depense"].points) == 1


def test_figures_that_differ_on_the_date_of_the_latest_contradict_it() -> None:
    series = cameras()
    figures = {series.latest.id, *keys(series.contradictions)}
    values = {c.fact.figure.value for c in (series.latest, *series.contradictions) if c.fact.figure}
    assert values == {140, 180}
    assert "lille/c-2022-bis" in figures


def test_what_was_true_before_is_earlier_and_no_contradiction() -> None:
    series = cameras()
    assert keys(series.earlier) == ["lille/c-2020", "lille/c-2018"]
    assert not set(keys(series.earlier)) & set(keys(series.contradictions))


def test_a_figure_alone_has_neither() -> None:
    alone = series_of(cite("lille", LILLE))["depense"]
    assert (alone.contradictions, alone.earlier) == ((), ())
