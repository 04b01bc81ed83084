"""`find-city`: which commune somebody means, as one JSON object."""

import time
from typing import Any

from bot.places.deciding import Resolved
from bot.places.mentions import find_in
from bot.places.resolving import Places


def find_city(places: Places, query: str) -> Resolved:
    """The commune that `query` names, alone or, failing that, the first inside a sentence."""
    resolved = places.resolve(query)
    if resolved:
        return resolved
    mentions = find_in(places, query)
    return mentions[0].resolved if mentions else Resolved()


def find_city_json(places: Places, query: str) -> dict[str, Any]:
    """The answer of `find-city --json`: query, commune or null, choices, elapsed_us.

    The choices beside a commune are what may have been meant all the same.
    """
    started = time.perf_counter_ns()
    resolved = find_city(places, query)
    commune = resolved.commune
    return {
        "query": query,
        "commune": commune.insee if commune else None,
        "choices": [choice.insee for choice in resolved.choices or resolved.others],
        "elapsed_us": (time.perf_counter_ns() - started) // 1_000,
    }
