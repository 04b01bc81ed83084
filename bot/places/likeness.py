"""How likely it is that somebody who typed one spelling meant another.

A noisy channel: each way of slipping has a cost, small for what French spelling and an AZERTY
keyboard make easy, and the cost of a misspelling is that of its cheapest explanation.
"""

from functools import cache

_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_ALIKE = {  # letters that stand for close sounds
    frozenset(pair): cost
    for cost, pairs in (
        (0.35, "iy ck kq cq sz sc gj vw"),
        (0.55, "mn xs xc xz tz"),
        (0.65, "ao ae eo ei eu ou oa ai fv bp dt ln gk rl"),
    )
    for pair in pairs.split()
}
_NEIGHBOUR = 0.7
_STRANGER = 1.0
_SWAP = 0.6
_LOST = {"h": 0.35, "e": 0.6, "s": 0.65, "t": 0.7, "x": 0.6, "d": 0.75, "z": 0.6}
_LOST_OTHERWISE = 0.85
_ADDED = {"h": 0.4, "e": 0.6, "s": 0.7, "t": 0.75}
_ADDED_OTHERWISE = 0.9
_DOUBLE = 0.3
_FIRST = 0.25  # the first letter is seldom wrong


def _neighbours() -> frozenset[str]:
    near: set[str] = set()
    for number, row in enumerate(_ROWS):
        for column, letter in enumerate(row):
            around = row[column + 1 : column + 2]
            if number + 1 < len(_ROWS):
                around += _ROWS[number + 1][column : column + 1]
            for other in around:
                near.update((letter + other, other + letter))
    return frozenset(near)


_NEIGHBOURS = _neighbours()


@cache
def _substitution(a: str, b: str) -> float:
    alike = _ALIKE.get(frozenset((a, b)), _STRANGER)
    return min(alike, _NEIGHBOUR) if a + b in _NEIGHBOURS else alike


def slip_cost(typed: str, meant: str, limit: float) -> float:
    """The cost of typing `typed` for `meant`: 0 when equal, about 1 a plain slip.

    Above `limit` the exact figure does not matter and the search may stop early.
    """
    start, shortest = 0, min(len(typed), len(meant))
    while start < shortest and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < shortest - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    first = start == 0
    before = typed[start - 1] if start else ""
    after = typed[len(typed) - end] if end else ""
    a, b = typed[start : len(typed) - end], meant[start : len(meant) - end]
    if not a and not b:
        return 0.0
    cost = _aligned(a, b, before, after, limit)
    return cost + _FIRST if first else cost


def _aligned(a: str, b: str, before: str, after: str, limit: float) -> float:
    """Weighted optimal string alignment of what remains between equal ends."""
    lost = [_loss(b, j, before, after) for j in range(len(b))]
    previous: list[float] = [0.0]
    for cost in lost:
        previous.append(previous[-1] + cost)
    older: list[float] = []
    for i, letter in enumerate(a):
        added = _addition(a, i, before, after)
        row = [previous[0] + added]
        best = row[0]
        for j, wanted in enumerate(b):
            if letter == wanted:
                cost = previous[j]
            else:
                cost = previous[j] + _substitution(letter, wanted)
                if i and j and letter == b[j - 1] and a[i - 1] == wanted:
                    cost = min(cost, older[j - 1] + _SWAP)
            cost = min(cost, previous[j + 1] + added, row[j] + lost[j])
            row.append(cost)
            if cost < best:
                best = cost
        if best > limit:
            return best
        older, previous = previous, row
    return previous[-1]


def _loss(text: str, at: int, before: str, after: str) -> float:
    """The cost of leaving out the letter `at` of the name."""
    letter = text[at]
    neighbour = text[at - 1] if at else before
    following = text[at + 1] if at + 1 < len(text) else after
    if letter in (neighbour, following):
        return _DOUBLE
    return _LOST.get(letter, _LOST_OTHERWISE)


def _addition(text: str, at: int, before: str, after: str) -> float:
    """The cost of having struck the letter `at` of what was typed."""
    letter = text[at]
    neighbour = text[at - 1] if at else before
    following = text[at + 1] if at + 1 < len(text) else after
    if letter in (neighbour, following):
        return _DOUBLE
    if neighbour + letter in _NEIGHBOURS or letter + following in _NEIGHBOURS:
        return _NEIGHBOUR
    return _ADDED.get(letter, _ADDED_OTHERWISE)
