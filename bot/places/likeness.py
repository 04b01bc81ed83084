"""How likely it is that somebody who typed one spelling meant another.

A noisy channel: each way of slipping has a cost, small for what French spelling and an AZERTY
keyboard make easy, and the cost of a misspelling is that of its cheapest explanation.
"""

_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_ALIKE = {  # letters that stand for close sounds
    frozenset(pair): cost
    for cost, pairs in (
        (0.35, "iy ck kq cq sz sc gj vw"),
        (0.55, "mn xs xc xz tz"),
        (0.85, "ao ae eo ei eu ou oa ai fv bp dt ln gk rl"),
    )
    for pair in pairs.split()
}
_NEIGHBOUR = 0.8
_STRANGER = 1.25
_SWAP = 0.55
_LOST = {"h": 0.35, "e": 0.5, "s": 0.55, "t": 0.6, "x": 0.5, "d": 0.65, "z": 0.5}
_LOST_OTHERWISE = 0.62
_ADDED = {"h": 0.4, "e": 0.6, "s": 0.7, "t": 0.75}
_ADDED_OTHERWISE = 0.9
_DOUBLE = 0.45
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


def _substitutions() -> dict[str, dict[str, float]]:
    """The cost of each letter typed for each other one; strangers are left out."""
    costs: dict[str, dict[str, float]] = {letter: {} for row in _ROWS for letter in row}
    for pair in _NEIGHBOURS:
        costs[pair[0]][pair[1]] = _NEIGHBOUR
    for letters, cost in _ALIKE.items():
        a, b = sorted(letters)
        costs[a][b] = min(cost, costs[a].get(b, cost))
        costs[b][a] = min(cost, costs[b].get(a, cost))
    return costs


_SUBSTITUTIONS = _substitutions()
_NONE: dict[str, float] = {}


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
    cell = 0.0
    previous = [cell]
    for cost in lost:
        cell += cost
        previous.append(cell)
    older = previous
    last = ""
    for i, letter in enumerate(a):
        added = _addition(a, i, before, after)
        costs = _SUBSTITUTIONS.get(letter, _NONE)
        cell = best = previous[0] + added
        row = [cell]
        wanted_before = ""
        for j, wanted in enumerate(b):
            cost = previous[j]
            if letter != wanted:
                cost += costs.get(wanted, _STRANGER)
                if letter == wanted_before and last == wanted and older[j - 1] + _SWAP < cost:
                    cost = older[j - 1] + _SWAP
            if previous[j + 1] + added < cost:
                cost = previous[j + 1] + added
            cell += lost[j]
            if cost < cell:
                cell = cost
            row.append(cell)
            if cell < best:
                best = cell
            wanted_before = wanted
        if best > limit:
            return best
        older, previous, last = previous, row, letter
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
