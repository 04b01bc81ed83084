"""A base made larger with plausible facts of other towns.

The towns are real communes, the most populous first; what is said of them is invented, and never
leaves this program. A fact in three tells what a theme is about, with two of the vocabulary's
words; the others give a figure. Right answers to the questions stay right: a town that has the
name of a covered one, or that a question may mean, gets nothing, and a figure stays strictly
between the least and the most of the latest figures that the real base holds for its indicator, so
that the rankings keep their ends.
"""

import random
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

from bot.knowledge.citations import cite, figure_of, series_of
from bot.knowledge.model import City, Fact, Figure, Indicator, Knowledge, Source
from bot.language.folding import slug
from bot.places.communes import Commune, Communes
from bot.presentation.wording import amount

SEED = 2026
FACTS_OF_A_TOWN = (4, 16)
LARGE_TOWN = 200_000
"""The people of a town that may reach the highest figures of the base."""

_FIGURES = (
    "En {year}, {town} compte {amount} ({label}).",
    "À {town}, {label} : {amount} en {year}, selon la mairie.",
    "Le conseil municipal de {town} annonce en {year} {amount} ({label}).",
    "La presse locale donne pour {town}, en {year}, {amount} au titre de : {label}.",
)
_STATEMENTS = (
    "En {year}, la mairie de {town} évoque « {word} » et « {other} » en conseil municipal.",
    "À {town}, des habitant·es demandent en {year} ce qu'il en est : {word}, {other}.",
    "La presse locale revient en {year} sur {town} : {word}, mais aussi {other}.",
    "Un rapport de {year} consacre un chapitre à {town} ({word}, {other}).",
)


def grown(
    knowledge: Knowledge, communes: Communes, count: int, left_out: Container[str]
) -> Knowledge:
    """`knowledge` with `count` facts more, none on a commune whose name's slug is `left_out`."""
    chance = random.Random(SEED)
    known = {slug(name) for city in knowledge.cities.values() for name in (city.name, *city.also)}
    cities = dict(knowledge.cities)
    bounds = _bounds(knowledge)
    for commune in communes:
        if count <= 0:
            break
        name = slug(commune.name)
        if name in known or name in left_out:
            continue
        known.add(name)
        facts = min(count, chance.randint(*FACTS_OF_A_TOWN))
        count -= facts
        cities[name] = _town(commune, facts, knowledge, bounds, chance)
    assert count == 0, "too few communes"
    return replace(knowledge, cities=cities)


def _bounds(knowledge: Knowledge) -> Mapping[str, tuple[float, float]]:
    """The least and the most of the latest figures for each indicator, where they leave room."""
    held: dict[str, list[float]] = {}
    for id_, city in knowledge.cities.items():
        for indicator, series in series_of(cite(id_, city)).items():
            held.setdefault(indicator, []).append(figure_of(series.latest).value)
    bounds = {indicator: (min(values), max(values)) for indicator, values in held.items()}
    return {tag: (least, most) for tag, (least, most) in bounds.items() if most - least > 2}


def _town(
    commune: Commune,
    facts: int,
    knowledge: Knowledge,
    bounds: Mapping[str, tuple[float, float]],
    chance: random.Random,
) -> City:
    sources = {
        "mairie": Source(
            title=f"Délibérations de {commune.name}",
            publisher=f"Mairie de {commune.name}",
            kind="administration",
            url=f"https://example.org/{commune.insee}/mairie",
        ),
        "presse": Source(
            title=f"{commune.name} sous l'œil des caméras",
            publisher=f"La Gazette de {commune.departement_name}",
            kind="presse",
            url=f"https://example.org/{commune.insee}/presse",
            date="2025-03",
        ),
    }
    told = _facts(commune, facts, knowledge, bounds, chance)
    return City(
        name=commune.name,
        insee=commune.insee,
        sources=sources,
        facts={f"s{number}": fact for number, fact in enumerate(told)},
    )


def _facts(
    commune: Commune,
    facts: int,
    knowledge: Knowledge,
    bounds: Mapping[str, tuple[float, float]],
    chance: random.Random,
) -> Iterator[Fact]:
    indicators, themes = knowledge.vocabulary.indicators, knowledge.vocabulary.themes
    for _ in range(facts):
        year, source = str(chance.randint(2008, 2026)), (chance.choice(("mairie", "presse")),)
        if chance.random() < 1 / 3:
            theme, other = chance.sample(list(themes), 2)
            text = chance.choice(_STATEMENTS).format(
                year=year,
                town=commune.name,
                word=chance.choice(themes[theme].words),
                other=chance.choice(themes[other].words),
            )
            yield Fact(text=text, theme=theme, sources=source, date=year)
            continue
        tag = chance.choice(list(bounds))
        indicator = indicators[tag]
        figure = _figure(tag, indicator, year, bounds[tag], commune, chance)
        text = chance.choice(_FIGURES).format(
            year=year,
            town=commune.name,
            label=indicator.label,
            amount=amount(figure.value, figure.unit),
        )
        yield Fact(text=text, theme=indicator.theme, sources=source, figure=figure)


def _figure(
    tag: str,
    indicator: Indicator,
    year: str,
    bounds: tuple[float, float],
    commune: Commune,
    chance: random.Random,
) -> Figure:
    least, most = bounds
    reach = min(1.0, commune.population / LARGE_TOWN)
    value = least + 1 + int((most - least - 2) * reach * chance.random())
    return Figure(indicator=tag, value=value, unit=indicator.unit, as_of=year)
