"""How likely it is that somebody who typed one spelling meant another.

A noisy channel: each way of slipping has a cost, small for what French spelling and an AZERTY
keyboard make easy, and the cost of a misspelling is that of its cheapest explanation.
"""

from bot.places.slips import SLIPS

_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_ALIKE = ("iy", "ck", "cq", "kq", "cs", "sz", "gj", "vw", "mn", "sx", "cx", "xz", "tz")
_ALIKE_FIRST = frozenset(("ck", "cq", "kq", "cs", "sz", "gj", "vw", "iy"))
_VOWELS, _CLOSE = "ao ae eo ei eu ou ao ai", "fv bp dt ln gk lr"
# What is typed for what is meant, where one letter for one letter does not tell it.
_RESPELLED = """
    o:eau o:au o:eaux o:ault o:aud o:ot o:os au:o au:eau eau:au eau:o aut:ault eu:oeu
    e:ai e:er e:ez ei:ai ai:e ai:ei ai:ay ay:ai er:e er:ez ez:e ez:er ai:es ai:et eil:eille
    an:en an:am am:an am:en am:em en:an en:em em:en em:an in:ain in:ein in:un in:im im:in
    in:en ain:en ain:in ein:in un:in un:ain om:on on:om oa:oi oua:oi wa:oi gw:gu u:ou oo:ou
    w:ou ou:w k:qu k:ch qu:k qu:c c:qu f:ph f:ff ph:f s:ss ss:s ss:c c:ss z:ss ks:x s:x
    ill:y y:ill il:ill y:ll il:ll ll:l j:g gu:g g:gu ni:gn gn:ni t:th th:t sh:ch ch:sh
"""
_MUTE = frozenset("stdxzp")  # letters that end a name unheard
MUTE = 0.85  # the slip of typing one, or an e, where there is none, or another one
KEPT = 1  # letters of the equal ends that a respelling may still need


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


def _substitutions() -> dict[str, dict[str, str]]:
    """The slip that types each letter for each other one; strangers are left out."""
    slips: dict[str, dict[str, str]] = {letter: {} for row in _ROWS for letter in row}

    def name(pair: str, slip: str) -> None:
        slips[pair[0]][pair[1]] = slips[pair[1]][pair[0]] = slip

    for pair in _VOWELS.split():
        name(pair, "vowel")
    for pair in _CLOSE.split():
        name(pair, "close")
    for pair in _NEIGHBOURS:
        name(pair, "neighbour")
    for pair in _ALIKE:
        name(pair, pair)
    return slips


def _respellings() -> dict[str, dict[str, list[tuple[str, str]]]]:
    """What is typed and what is meant, by the last letter of each."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for rule in _RESPELLED.split():
        typed, meant = rule.split(":")
        found.setdefault(typed[-1], {}).setdefault(meant[-1], []).append((typed, meant))
    return found


SUBSTITUTIONS = _substitutions()
RESPELLINGS = _respellings()
_COSTS = {
    letter: {other: SLIPS[slip] for other, slip in slips.items()}
    for letter, slips in SUBSTITUTIONS.items()
}
_NONE: dict[str, float] = {}
_NORULES: dict[str, list[tuple[str, str]]] = {}
_SWAPPED, _STRANGER, _RESPELT = SLIPS["swapped"], SLIPS["stranger"], SLIPS["respelled"]
_DOUBLE, _FIRST = SLIPS["lost double"], SLIPS["first"]
RULES = frozenset(
    rule for ends in RESPELLINGS.values() for rules in ends.values() for rule in rules
)
_BACK = max(len(typed) for typed, _ in RULES)  # letters, the most that a respelling types
_FORTH = max(len(meant) for _, meant in RULES)
_SEVERAL = float("inf")  # no single slip tells it
_LOST = {letter: f"lost {letter}" for letter in "ehstxdz"} | dict.fromkeys("aiouy", "lost vowel")
_LOST_COST = {letter: SLIPS[slip] for letter, slip in _LOST.items()}
_LOST_OTHERWISE = SLIPS["lost consonant"]
_ADDED = {letter: f"added {letter}" for letter in "ehst"}


def lost(before: str, letter: str, after: str) -> str:
    """The slip of leaving out a letter of the name, between its neighbours there."""
    if letter in (before, after):
        return "lost double"
    return _LOST.get(letter, "lost consonant")


def added(before: str, letter: str, after: str) -> str:
    """The slip of having struck a letter too many, between its neighbours as typed."""
    if letter in (before, after):
        return "added double"
    if before + letter in _NEIGHBOURS:
        return "added neighbour"
    if letter + after in _NEIGHBOURS:
        return "added before"
    return _ADDED.get(letter, "added")


def middles(typed: str, meant: str) -> tuple[int, int]:
    """How many letters are equal at the start and at the end, none counted twice."""
    start, shortest = 0, min(len(typed), len(meant))
    while start < shortest and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < shortest - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    return start, end


def is_first_right(typed: str, meant: str) -> bool:
    """Whether both start alike, or sound so: « kolmar », « agnicourt » for Hagnicourt."""
    a, b = typed[:1], meant[:1]
    if a == b or a + b in _ALIKE_FIRST or b + a in _ALIKE_FIRST:
        return True
    return (b == "h" and a == meant[1:2]) or (a == "h" and b == typed[1:2])


def slip_cost(typed: str, meant: str, limit: float) -> float:
    """The cost of typing `typed` for `meant`: 0 when equal, about 1 a plain slip.

    Above `limit` the exact figure does not matter and the search may stop early.
    """
    if typed == meant:
        return 0.0
    cost = _cost(typed, meant, limit)
    if cost > MUTE and len(meant) > 2 and typed[-1:] != meant[-1:]:
        last = typed[-1:]
        if last in _MUTE and meant[-1] in _MUTE:
            cost = min(cost, MUTE + _cost(typed[:-1], meant[:-1], limit - MUTE))
        if last in _MUTE or last == "e":
            cost = min(cost, MUTE + _cost(typed[:-1], meant, limit - MUTE))
    return cost


def _cost(typed: str, meant: str, limit: float) -> float:
    """The cost as `slip_cost` tells it, unheard ends aside."""
    if typed == meant:
        return 0.0
    start, end = middles(typed, meant)
    first = 0.0 if is_first_right(typed, meant) else _FIRST
    a, b = typed[start : len(typed) - end], meant[start : len(meant) - end]
    cost = _one_slip(a, b, typed, meant, start)
    if cost > _RESPELT and _is_respelt(a, b, typed[start - 1 : start], typed[len(typed) - end :]):
        cost = _RESPELT
    if cost == _SEVERAL:
        start, end = max(0, start - KEPT), max(0, end - KEPT)
        before = typed[start - 1] if start else ""
        after = typed[len(typed) - end] if end else ""
        a, b = typed[start : len(typed) - end], meant[start : len(meant) - end]
        cost = _aligned(a, b, before, after, limit - first)
    return cost + first


def _one_slip(a: str, b: str, typed: str, meant: str, start: int) -> float:
    """The cost of typing `a` for `b` where one letter tells all; infinite otherwise."""
    if len(b) == 1:
        if not a:
            return SLIPS[lost(meant[start - 1 : start], b, meant[start + 1 : start + 2])]
        if len(a) == 1:
            return _COSTS.get(a, _NONE).get(b, _STRANGER)
    elif len(b) == 2:
        if a == b[::-1]:
            return _SWAPPED
    elif not b and len(a) == 1:
        return SLIPS[added(typed[start - 1 : start], a, typed[start + 1 : start + 2])]
    return _SEVERAL


def _is_respelt(a: str, b: str, before: str, after: str) -> bool:
    """Whether one respelling tells all, with the equal letters around it that it may need."""
    if len(b) > _FORTH or len(a) > _BACK:
        return False
    after = after[:1]
    return (
        (a, b) in RULES
        or (before + a, before + b) in RULES
        or (a + after, b + after) in RULES
        or (before + a + after, before + b + after) in RULES
    )


def _aligned(a: str, b: str, before: str, after: str, limit: float) -> float:
    """Weighted optimal string alignment of what remains between equal ends."""
    framed = f"{before or ' '}{b}{after} "
    cell = 0.0
    previous, losses = [cell], []
    for j, letter in enumerate(b):
        if letter in (framed[j], framed[j + 2]):
            cost = _DOUBLE
        else:
            cost = _LOST_COST.get(letter, _LOST_OTHERWISE)
        cell += cost
        losses.append(cost)
        previous.append(cell)
    rows, bests = [previous], [0.0] * _BACK
    framed = f"{before or ' '}{a}{after} "
    last = ""
    for i, letter in enumerate(a):
        addition = SLIPS[added(framed[i], letter, framed[i + 2])]
        costs = _COSTS.get(letter, _NONE)
        rules = RESPELLINGS.get(letter, _NORULES)
        cell = best = previous[0] + addition
        row = [cell]
        wanted_before = ""
        for j, wanted in enumerate(b):
            cell += losses[j]
            cost = previous[j]
            if letter != wanted:
                cost += costs.get(wanted, _STRANGER)
                if letter == wanted_before and last == wanted:
                    cost = min(cost, rows[-2][j - 1] + _SWAPPED)
            if cost < cell:
                cell = cost
            cost = previous[j + 1] + addition
            if cost < cell:
                cell = cost
            if wanted in rules:
                for typed, meant in rules[wanted]:
                    back, left = i + 1 - len(typed), j + 1 - len(meant)
                    if (
                        back >= 0 <= left
                        and rows[back][left] + _RESPELT < cell
                        and a.startswith(typed, back)
                        and b.startswith(meant, left)
                    ):
                        cell = rows[back][left] + _RESPELT
            row.append(cell)
            if cell < best:
                best = cell
            wanted_before = wanted
        bests.append(best)
        if best > limit and min(bests[-_BACK:]) + _RESPELT > limit:
            return best
        rows.append(row)
        previous, last = row, letter
    return previous[-1]
