"""What the base holds, territory by theme, and above all what it does not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.knowledge.model import Knowledge


@dataclass(frozen=True)
class Coverage:
    """`facts[city][theme]` counts facts; a theme without any is there with 0."""

    facts: dict[str, dict[str, int]]

    def missing(self, city: str) -> list[str]:
        """The themes on which nothing is known of a territory, in the vocabulary's order."""
        return [theme for theme, count in self.facts[city].items() if not count]

    def lacking(self, theme: str) -> list[str]:
        """The territories of which nothing is known on a theme."""
        return [city for city, counts in self.facts.items() if not counts[theme]]


def coverage(knowledge: Knowledge) -> Coverage:
    """How many facts the base holds on each theme in each territory, holes first.

    The territories with the fewest themes come first; those equal, with the fewest facts.
    """
    counted = {
        id_: Counter(fact.theme for fact in city.facts.values())
        for id_, city in knowledge.cities.items()
    }
    order = sorted(counted, key=lambda id_: (len(counted[id_]), counted[id_].total(), id_))
    themes = knowledge.vocabulary.themes
    return Coverage({id_: {theme: counted[id_][theme] for theme in themes} for id_ in order})


def as_json(found: Coverage, knowledge: Knowledge) -> dict[str, Any]:
    """The counts by territory, and by theme the territories that lack it."""
    themes = {theme: found.lacking(theme) for theme in knowledge.vocabulary.themes}
    return {
        "cities": [{"city": city, "facts": counts} for city, counts in found.facts.items()],
        "themes": [
            {"theme": theme, "missing": cities}
            for theme, cities in sorted(themes.items(), key=lambda pair: -len(pair[1]))
        ],
    }


def as_lines(found: Coverage, knowledge: Knowledge) -> Iterator[str]:
    """The same for people: themes by their holes, then territories by theirs."""
    themes = knowledge.vocabulary.themes
    total = len(found.facts)
    yield "Par thème : dans combien de territoires on ne sait rien."
    for theme in sorted(themes, key=lambda theme: -len(found.lacking(theme))):
        yield f"  {len(found.lacking(theme)):>4} sur {total}  {themes[theme].label}"
    yield ""
    yield "Par territoire : combien de faits, et sur quoi il n'y en a aucun."
    width = max(map(len, found.facts), default=0)
    for city, counts in found.facts.items():
        missing = found.missing(city)
        shown = "rien ne manque" if not missing else f"sans {', '.join(missing)}"
        yield f"  {city:<{width}} {sum(counts.values()):>4}  {shown}"
