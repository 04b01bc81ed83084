import pytest

from bot.language.stems import stems
from bot.search.telling import counted, precision, tells_number


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("Lille compte 9 nouvelles patrouilles", ("nouvelles", "patrouilles")),
        ("Une centaine de lecteurs", ("lecteurs",)),
        ("Depuis 2019, des caméras filment", ()),
        ("Le 12 février 2020, la CNIL contrôle", ()),
        ("L'article L251 du code", ()),
    ],
)
def test_what_numbers_count_is_told_but_not_dates_nor_articles(
    text: str, things: tuple[str, ...]
) -> None:
    assert counted(stems(text)) == frozenset(stems(" ".join(things)))


def test_a_number_is_neither_a_date_nor_an_article_of_law() -> None:
    assert tells_number(stems("46 caméras"))
    assert tells_number(stems("gardées un mois au plus"))
    assert not tells_number(stems("le 3 mars 2024, article L251"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Le 3 mars 2024, Lille filme", "day"),
        ("En mars 2024, Lille filme", "month"),
        ("En 2024, Lille filme", "year"),
        ("Lille filme 12 rues", "none"),
    ],
)
def test_the_shortest_time_that_is_told(text: str, told: str) -> None:
    assert precision(stems(text)) == told
