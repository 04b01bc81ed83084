"""Which figures have grown old, the most overdue first: a list of things to look up."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from bot.knowledge.citations import Citation, cite, figure_of, series_of
from bot.knowledge.model import Knowledge


class Overdue(NamedTuple):
    """The latest figure of a series, past the lifetime of its indicator."""

    citation: Citation
    age_months: int
    lifetime_months: int

    @property
    def ratio(self) -> float:
        """How many lifetimes old the figure is: above 1."""
        return self.age_months / self.lifetime_months


def overdue(knowledge: Knowledge, today: date) -> list[Overdue]:
    """The figures to refresh, the most lifetimes old first.

    Only the latest of each indicator in each territory, and only of indicators with a lifetime:
    what happened once does not grow old. Age counts from the end of the figure's date.
    """
    found = [
        one
        for id_, city in knowledge.cities.items()
        for series in series_of(cite(id_, city)).values()
        for one in _judged(series.latest, knowledge, today)
    ]
    return sorted(found, key=lambda one: (-one.ratio, one.citation.id))


def _judged(latest: Citation, knowledge: Knowledge, today: date) -> Iterator[Overdue]:
    lifetime = knowledge.vocabulary.indicators[figure_of(latest).indicator].lifetime_months
    period = latest.period
    assert period is not None
    age = 12 * (today.year - period.last.year) + today.month - period.last.month
    if lifetime is not None and age > lifetime:
        yield Overdue(latest, age, lifetime)


def as_json(found: list[Overdue]) -> list[dict[str, Any]]:
    """One object for each figure to refresh."""
    return [
        {
            "fact": one.citation.id,
            "indicator": figure_of(one.citation).indicator,
            "value": figure_of(one.citation).value,
            "as_of": figure_of(one.citation).as_of,
            "age_months": one.age_months,
            "lifetime_months": one.lifetime_months,
            "sources": [source.url for source in one.citation.sources if source.url],
        }
        for one in found
    ]


def as_lines(found: list[Overdue], knowledge: Knowledge) -> Iterator[str]:
    """The same for people: what to look up, and where it was read last."""
    yield f"{len(found)} chiffres à rafraîchir, les plus en retard d'abord."
    for one in found:
        figure = figure_of(one.citation)
        label = knowledge.vocabulary.indicators[figure.indicator].label
        yield ""
        yield f"{one.citation.owner.name} : {label}"
        yield (
            f"  {figure.value} {figure.unit} ({figure.as_of}), soit {one.age_months} mois ; "
            f"à revoir tous les {one.lifetime_months} mois"
        )
        yield f"  {one.citation.id}"
        yield from (f"  {source.url}" for source in one.citation.sources if source.url)
