"""Fits what each slip costs, and how much a population weighs, on the building seeds.

    python -m tests.benchmarks.fitting

The generator's misspellings, drawn half by population and half uniformly, are each compared with
the names that the net catches. A conditional logit (the chance of a name is the exponential of
minus its cost, over the sum) finds the costs under which the name meant is likeliest; a prior
draws them towards costs set by hand, so that slips the generator does not make stay dear. The
alignments are those of the costs at hand: two rounds are enough. Rewrites `bot/places/slips.py`.
"""

import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from bot.places.candidates import net
from bot.places.communes import Communes
from bot.places.index import Kind
from bot.places.likeness import (
    KEPT,
    RESPELLINGS,
    SUBSTITUTIONS,
    added,
    is_first_right,
    lost,
    middles,
)
from bot.places.resolving import Places
from bot.places.slips import NATS, SLIPS
from tests.benchmarks.places import BUILDING_SEED, HERE, KNOWLEDGE, drawn, key_of

PRIOR = {  # set by hand, in slips
    "respelled": 0.5,
    "swapped": 0.5,
    "neighbour": 0.8,
    "stranger": 1.3,
    "first": 0.25,
    "vowel": 0.85,
    "close": 0.85,
}
PRIOR_OTHERWISE = {"lost": 0.55, "adde": 0.85}
ALIKE = 0.4
TRUST = 4.0  # in the prior: how many clear examples it takes to be outweighed
RIVALS = 20
SLIPS_FILE = Path(__file__).parents[2] / "bot" / "places" / "slips.py"
NAMES = [*SLIPS, "population"]


def slips_between(typed: str, meant: str, costs: dict[str, float]) -> Counter[str]:
    """The slips of the cheapest explanation."""
    start, end = (max(0, equal - KEPT) for equal in middles(typed, meant))
    a, b = typed[start : len(typed) - end], meant[start : len(meant) - end]
    around_a = typed[start - 1 : start] + a + typed[len(typed) - end :][:1]
    around_b = meant[start - 1 : start] + b + meant[len(meant) - end :][:1]
    shift = bool(start)

    def beside(text: str, at: int) -> tuple[str, str, str]:
        at += shift
        return text[at - 1 : at] if at else "", text[at], text[at + 1 : at + 2]

    best: dict[tuple[int, int], tuple[float, tuple[int, int], str]] = {(0, 0): (0, (0, 0), "")}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            ways: list[tuple[int, int, str]] = []
            if i:
                ways.append((i - 1, j, added(*beside(around_a, i - 1))))
            if j:
                ways.append((i, j - 1, lost(*beside(around_b, j - 1))))
            if i and j:
                x, y = a[i - 1], b[j - 1]
                slip = "" if x == y else SUBSTITUTIONS.get(x, {}).get(y, "stranger")
                ways.append((i - 1, j - 1, slip))
                if x != y and i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                    ways.append((i - 2, j - 2, "swapped"))
                for short, long in RESPELLINGS.get(x, {}).get(y, ()):
                    if a[:i].endswith(short) and b[:j].endswith(long):
                        ways.append((i - len(short), j - len(long), "respelled"))
            if ways:
                best[i, j] = min(
                    (best[p, q][0] + (costs[slip] if slip else 0), (p, q), slip)
                    for p, q, slip in ways
                )
    counted: Counter[str] = Counter()
    place = (len(a), len(b))
    while place != (0, 0):
        _, place, slip = best[place]
        if slip:
            counted[slip] += 1
    if not is_first_right(typed, meant):
        counted["first"] += 1
    return counted


def examples(places: Places, seeds: range) -> list[tuple[str, list[int], int]]:
    """What was typed, the spellings it may stand for, and which of them was meant."""
    communes, index = places.communes, places.communes.index
    found = []
    for seed in seeds:
        for by_population in (True, False):
            for text, (key,) in drawn(communes, seed, by_population=by_population):
                typed = key_of(text)
                meant = index.find(key)
                if not index.hits(typed) and meant >= 0:
                    rivals = _rivals(places, typed)
                    if meant in rivals:
                        found.append((typed, rivals, rivals.index(meant)))
    return found


def _rivals(places: Places, typed: str) -> list[int]:
    """The closest spellings of present names: few people mean former ones."""
    from rapidfuzz.distance import OSA

    index = places.communes.index
    present = [s for s in net(index, typed) if index.hits_of(s)[0][0] == Kind.CURRENT]
    present.sort(key=lambda s: OSA.distance(typed, index.keys[s]) - index.populations[s] / 200)
    return present[:RIVALS]


def fitted(features: Any, meant: Any, real: Any, start: Any) -> Any:
    """The weights, in nats, by Newton's method on the penalised likelihood."""
    weights = start.copy()
    for _ in range(12):
        scores = np.where(real, -(features @ weights), -np.inf)
        chances = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        mean = np.einsum("nc,nck->nk", chances, features)
        chosen = features[np.arange(len(features)), meant]
        gradient = (chosen - mean).sum(0) + TRUST * (weights - start)
        second = np.einsum("nc,nck,ncl->kl", chances, features, features, optimize=True)
        hessian = second - mean.T @ mean + TRUST * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if abs(step).max() < 0.01:
            break
    return weights


def prior(name: str) -> float:
    if name == "population":
        return -0.2
    return PRIOR.get(name, PRIOR_OTHERWISE.get(name[:4], ALIKE))


def main() -> None:
    places = Places(Communes.load(KNOWLEDGE, HERE / ".cache"))
    index = places.communes.index
    found = examples(places, range(BUILDING_SEED, BUILDING_SEED + 8, 2))
    random.Random(BUILDING_SEED).shuffle(found)
    start = NATS * np.array([prior(name) for name in NAMES])
    costs = dict(SLIPS)
    column = {name: number for number, name in enumerate(NAMES)}
    meant = np.array([at for _, _, at in found])
    for _ in range(2):
        features = np.zeros((len(found), RIVALS, len(NAMES)))
        real = np.zeros((len(found), RIVALS), bool)
        for row, (typed, rivals, _) in enumerate(found):
            for number, spelling in enumerate(rivals):
                real[row, number] = True
                features[row, number, -1] = index.populations[spelling] / 40
                for slip, times in slips_between(typed, index.keys[spelling], costs).items():
                    features[row, number, column[slip]] = times
        half = len(found) * 3 // 4
        weights = fitted(features[:half], meant[:half], real[:half], start)
        scores = np.where(real, features @ weights, np.inf)
        right = scores.argmin(1) == meant
        sys.stdout.write(
            f"right: {right[:half].mean():.4f} fitted, {right[half:].mean():.4f} not\n"
        )
        costs = {name: max(0.05, w / NATS) for name, w in zip(SLIPS, weights, strict=False)}
    doc = SLIPS_FILE.read_text("utf-8").partition("SLIPS = {")[0]
    lines = "".join(f'    "{name}": {cost:.2f},\n' for name, cost in costs.items())
    body = f"{doc}SLIPS = {{\n{lines}}}\nPOPULATION = {-weights[-1] / NATS:.3f}\n"
    SLIPS_FILE.write_text(body, "utf-8")
    sys.stdout.write(body)


if __name__ == "__main__":
    main()
