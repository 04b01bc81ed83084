"""The communes named inside a sentence, and what the sentence says besides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bot.language.folding import fold
from bot.places.communes import Commune
from bot.places.deciding import Candidate, Resolved
from bot.places.index import Index, Kind
from bot.places.reading import PLACED_IN, announces
from bot.places.resolving import Places
from bot.places.spelling import ARTICLES, SMALL_WORDS, expand
from bot.places.tokens import LONGEST_NAME, Sentence, Token, is_unknown

LONGEST_SENTENCE = 1_000  # characters read; what follows is ignored
MOST_GUESSES = 4  # misspelled places looked for in one sentence, and names of several completed
CAUTION = 1.6  # how much more a slip weighs than in a text that is only a place
CLOSE = 0.9  # the score above which a longer, misspelled name is preferred to a short, exact one
TOWN, CITY = 5_000, 20_000  # people in a place that is hardly, or not at all, announced
LARGE_CITY = 100_000  # people in a place that a longer name begins with: « Paris-Bercy »
CAPITAL = 1_000_000  # people in a city that is meant though its name is a word: « lyon vs paris »
LONG = 6  # letters of a covered town that is no city to be known by when it is misspelled
GLUED = 4  # letters up to which a « d » belongs to a word
LONGEST_DEPARTEMENT = 6  # words, « dans » and « les » included
INTRODUCING = frozenset(("a", "au", "aux", "sur", "pour", "de", "d", "du", "vers", "chez", "et"))
_start = attrgetter("start")
_PREPOSITIONS = tuple([word] for word in INTRODUCING)
# Kinds under which few people mean a place: the capital of a first word does not show it.
_SECONDARY = frozenset((Kind.FORMER, Kind.REDUCED, Kind.SHORTENED))
_COUNTED = frozenset(("cam", "cams", "camera", "euro", "eur", "balle", "km", "habitant"))
_NEVER_COUNTED = frozenset(
    fold(
        "dans sans sous vers depuis mais plus alors puis vous nous elles leurs toujours jamais"
        " après près tous très moins avis"
    ).split()
)
_DETERMINERS = frozenset(
    ("les", "un", "une", "ces", "ses", "nos", "vos", "leurs", "mes", "tes", "deux", "trois", "des")
)
_OF_ONE = frozenset(("mon", "ton", "son", "notre", "votre", "leur", "ce"))
_BESIDE = frozenset(("et", "ou", "vs", "versus", "contre", "compare", "comparee"))
_OF = frozenset(("de", "d", "du", "des"))
_INSIDE = SMALL_WORDS.union(("saint", "sainte", "st", "ste", "fort", "bois", "mont", "val"))
_OPENING = frozenset(("saint", "sainte", "saints", "st", "ste", "sts", "le", "la", "les", "l"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a sentence, at `sentence[start:end]`."""

    resolved: Resolved
    start: int
    end: int


def find_in(places: Places, sentence: str) -> list[Mention]:
    """The places named in `sentence`, in the order they stand; none overlaps another.

    Exact names first, and covered towns that are misspelled by little. Without any, the words that
    are not French are tried as misspellings, with more caution than `Places.resolve` has. Reads
    the first 1,000 characters.
    """
    read = places.reader.read(sentence[:LONGEST_SENTENCE])
    tokens = read.tokens
    named = _exact(places, read)
    for familiar in _familiar(places, tokens, named):
        within = [mention for mention in named if _overlap(mention, familiar)]
        if all(mention.end - mention.start < familiar.end - familiar.start for mention in within):
            named = [*(mention for mention in named if mention not in within), familiar]
    return sorted(named, key=_start) or _misspelled(places, tokens)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _familiar(places: Places, tokens: list[Token], named: Sequence[Mention]) -> Iterator[Mention]:
    """The covered towns that are misspelled, where none is surely named."""
    sure = [mention for mention in named if mention.resolved.is_sure]
    free = [token for token in tokens if not any(m.start <= token.start < m.end for m in sure)]
    for commune, start, end in places.familiar.misspelled(free):
        resolved = Resolved((Candidate(commune, CLOSE),), True)
        yield Mention(resolved, free[start].start, free[end - 1].end)


def without(sentence: str, mentions: Sequence[Mention]) -> str:
    """What remains of the sentence when the mentions are taken out, single-spaced."""
    rest, last = [], 0
    for mention in mentions:
        rest.append(sentence[last : mention.start])
        last = mention.end
    return " ".join(" ".join((*rest, sentence[last:])).split())


def _exact(places: Places, sentence: Sentence) -> list[Mention]:
    mentions: list[Mention] = []
    position = 0
    tokens, ends = sentence
    index, words = places.communes.index, [token.folded for token in tokens]
    spelled = [token.spelled for token in tokens]
    holds_s, unsure = "s" in words, 0
    while position < len(tokens):
        last = ends[position]
        is_plain = True
        if holds_s:  # how it is spelled depends on the words around
            most = min(position + LONGEST_NAME, len(tokens))
            is_plain = "s" not in words[position:most]
            last = last if is_plain else most
        for end in range(last, position, -1):
            if end == position + 1 and spelled[position] == words[position]:
                hits = tokens[position].hits
            else:
                parts = spelled[position:end] if is_plain else expand(words[position:end])
                hits = index.hits("".join(parts))
            if not hits:
                continue
            if end > position + 1 and hits[0][0] in (Kind.DEPARTEMENT, Kind.FOREIGN):
                position = end  # « Seine-Saint-Denis », whose end is the name of a city
                break
            if hits[0][0] > Kind.INSEE:  # the first kind is the least
                continue
            if end > position + 1 and _are_numbers(tokens[position:end]):
                continue
            if end == position + 1 and _counts(index, tokens[position : position + 3]):
                continue
            following = tokens[end] if end < len(tokens) else None
            resolved = _named(places, tokens[position:end], tokens[:position], following, hits)
            if resolved:
                if not resolved.is_sure and unsure < MOST_GUESSES:
                    resolved, end = _completed(places, tokens, position, end, resolved)
                    unsure += 1
                mentions.append(Mention(resolved, tokens[position].start, tokens[end - 1].end))
                position = end
                break
        else:
            position += 1
    return mentions


def _are_numbers(window: Sequence[Token]) -> bool:
    """Whether numbers side by side are no postcode: « 2012 5 », where « 59 100 » is one."""
    sizes = [len(token.folded) for token in window if token.folded.isdigit()]
    return len(sizes) == len(window) and sizes != [2, 3]


def _counts(index: Index, window: Sequence[Token]) -> bool:
    """Whether a number of the length of a postcode counts what follows: « 10000 caméras »."""
    number, *after = window
    if len(number.folded) != 5 or not number.folded.isdigit():
        return False
    if after and after[0].folded in ("de", "d"):
        del after[0]
    if not after:
        return False
    word = after[0].folded
    if word in _COUNTED:
        return True
    is_plural = len(word) > 3 and word[-1] in "sx" and word not in _NEVER_COUNTED
    return is_plural and (after[0].is_word or not index.hits(word))


def _completed(
    places: Places, tokens: Sequence[Token], start: int, end: int, resolved: Resolved
) -> tuple[Resolved, int]:
    """A choice narrowed by what follows it: a département, a postcode, or a misspelled rest."""
    words = [token.folded for token in tokens]
    for last in range(min(len(tokens), end + LONGEST_DEPARTEMENT), end, -1):
        if _is_departement(places, words[end:last]):
            narrowed = places.resolve(" ".join(words[start:last]))
            if narrowed.commune is not None:
                return narrowed, last
    if words[end : end + 1] and words[end][0].isdigit():
        narrowed = places.resolve(" ".join(words[start : end + 1]))
        if narrowed:
            return narrowed, end + 1
    for last in range(min(len(tokens), end + 3), end, -1):
        if is_unknown(tokens[last - 1], shortest=2):
            longer = places.fuzzy(words[start:last], strictness=CAUTION)
            if longer and longer.candidates[0].score > CLOSE:
                whole = "".join(expand(fold(longer.candidates[0].commune.name).split()))
                if whole.startswith("".join(expand(words[start:end]))):
                    return longer, last
    return resolved, end


def _is_departement(places: Places, words: Sequence[str]) -> bool:
    """« en Seine-Saint-Denis », « dans le Nord »: a département, with or without its article."""
    start = next((at for at, word in enumerate(words) if word not in PLACED_IN), len(words))
    key = "".join(words[start:])
    return any(kind == Kind.DEPARTEMENT for kind, _ in places.communes.index.hits(key))


def _named(
    places: Places,
    window: Sequence[Token],
    before: Sequence[Token],
    following: Token | None,
    hits: Sequence[tuple[int, int]],
) -> Resolved:
    """What the window names exactly; everyday words need to be announced or capitalised.

    `hits` are those of its words, abbreviations written out; one is a commune.
    """
    words = [token.folded for token in window]
    kinds = {kind for kind, _ in hits if kind <= Kind.INSEE}
    resolved = places.exact(words)
    if not resolved:
        return resolved
    commune = _largest(resolved)
    if following and following.is_joined and commune.population < LARGE_CITY:
        return Resolved()  # « la Croix-Rousse » is no Croix
    is_of = following is not None and following.folded in _OF  # « le port de Calais »
    if len(words) == 1:
        (token,) = window
        if _is_part(token, before, following, commune):
            return Resolved()
        if is_of and token.is_word and not token.is_capital:
            return Resolved()
        if token.folded.isdigit() and kinds == {Kind.NICKNAME} and not _is_plural(before):
            return Resolved()  # « à peine 4000 », but « aux 4000 »
        if kinds == {Kind.INSEE} or (len(token.folded) < 3 and kinds - {Kind.NICKNAME}):
            return Resolved()
        guarded = commune.population < CAPITAL and (
            token.is_word
            or any(kind in (Kind.FOREIGN, Kind.FIRST_NAME, Kind.DEPARTEMENT) for kind, _ in hits)
        )
        if kinds == {Kind.NICKNAME} and token.is_accented:
            guarded = False  # « sainté »: the word is « sainte »
        if guarded and (kinds == {Kind.FORMER} or (kinds <= _SECONDARY and not token.is_capital)):
            return Resolved()  # « à Canon » is the company
        is_shown = _stands_out(token, before) or _is_announced(commune, before)
        if guarded and not (is_shown or _is_set_beside(token, before, following, commune)):
            return Resolved()
        stands = token.is_capital and (bool(before) or not kinds <= _SECONDARY)
        if commune.population < TOWN and not stands and not _is_introduced(before):
            return Resolved()
    elif (
        (
            any(token.is_word for token in window)
            and not (Kind.NICKNAME in kinds and places.communes.index.hits(" ".join(words)))
            and not _spells(resolved, words)
        )
        or (words[0] in SMALL_WORDS and kinds <= {Kind.REDUCED, Kind.SHORTENED, Kind.DEMONYM})
        or (_is_everyday(window) and (is_of or commune.population < CITY))
        or _is_common_noun(window, before)
        or (is_of and words[0] in ARTICLES and commune.population < TOWN)  # « la Côte d'Azur »
    ):
        return Resolved()
    return resolved


def _is_part(
    token: Token, before: Sequence[Token], following: Token | None, commune: Commune
) -> bool:
    """Whether a word belongs to another name: « Jean-Bart », « Martine Aubry », « Grand Nancy »;
    or to a group of words: « les tours »."""
    is_next = following is not None and following.start - token.end <= 1  # of one sentence
    if token.is_word and token.is_capital and is_next and following and following.is_capital:
        return True
    if not before:
        return False
    if _is_of_several(token, before):
        return True
    is_of_person = (Kind.FIRST_NAME, 0) in before[-1].hits and before[-1].is_capital
    is_named = is_of_person and token.is_capital and commune.population < TOWN
    return is_named or (token.is_joined and not _is_place(before[-1]))


def _is_of_several(token: Token, before: Sequence[Token]) -> bool:
    """Whether the name of a place is a noun here: « les tours »."""
    is_determined = bool(before) and before[-1].folded in _DETERMINERS
    return is_determined and not token.is_capital and _is_place(token)


def _is_place(token: Token) -> bool:
    return any(kind == Kind.CURRENT for kind, _ in token.hits)


def _is_everyday(window: Sequence[Token]) -> bool:
    """« la montagne », without a capital."""
    article, *others = window
    return (
        article.folded in ARTICLES
        and len(others) == 1
        and others[0].is_word
        and not others[0].is_capital
    )


def _is_common_noun(window: Sequence[Token], before: Sequence[Token]) -> bool:
    """« notre petit bourg », « ce petit bourg », without a capital."""
    is_everyday = all(token.is_word and not token.is_capital for token in window)
    return is_everyday and bool(before) and before[-1].folded in _OF_ONE


def _largest(resolved: Resolved) -> Commune:
    """The most populous of the closest: the first one may be a covered village."""
    best = max(candidate.score for candidate in resolved.candidates)
    closest = (c.commune for c in resolved.candidates if c.score == best)
    return max(closest, key=lambda commune: commune.population)


def _spells(resolved: Resolved, words: Sequence[str]) -> bool:
    """Whether a name of the first commune has these words: « a mangé » is not Amange."""
    commune = resolved.candidates[0].commune
    names = (commune.name, *commune.former_names)
    return any(expand(fold(name).split()) == expand(words) for name in names)


def _is_announced(commune: Commune, before: Sequence[Token]) -> bool:
    """« ville de … », or « à … » before a city: « au marché » is not La Marche."""
    words = [token.folded for token in before]
    return announces(words) and (words[-1][0] == "d" or commune.population >= CITY)


def _is_set_beside(
    token: Token, before: Sequence[Token], following: Token | None, commune: Commune
) -> bool:
    """Whether « et » or « vs » set a city beside another: « Vienne et Roanne », « roanne ou
    vienne »."""
    if before[-1:] and before[-1].folded in _BESIDE and before[-2:-1]:
        (other,) = before[-2:-1]
        if _is_place(other) and not other.is_word and commune.population >= CITY:
            return True
    is_bare = not before or before[-1].folded not in ARTICLES
    beside = (before[-1].folded if before else "", following.folded if following else "")
    is_beside = not _BESIDE.isdisjoint(beside)
    return token.is_capital and is_bare and is_beside and commune.population >= CITY


def _is_plural(before: Sequence[Token]) -> bool:
    return bool(before) and before[-1].folded in ("les", "aux", "des")


def _is_introduced(before: Sequence[Token]) -> bool:
    return bool(before) and before[-1].folded in INTRODUCING


def _stands_out(token: Token, before: Sequence[Token]) -> bool:
    """Whether a capital inside the sentence, after a preposition, marks a proper name."""
    return token.is_capital and _is_introduced(before)


def _misspelled(places: Places, tokens: Sequence[Token]) -> list[Mention]:
    """The closest misspelled place, a sure one first; the less announced, the larger it must be."""
    doubtful: list[Mention] = []
    for start, end in _unknown(tokens)[:MOST_GUESSES]:
        words = [token.folded for token in tokens[start:end]]
        if _is_glued(words[0]):
            rest = [words[0][1:], *words[1:]]
            resolved = places.exact(rest) or places.fuzzy(rest, strictness=CAUTION)
            if resolved.is_sure and _largest(resolved).population >= CITY:
                return [Mention(resolved, tokens[start].start, tokens[end - 1].end)]
        resolved = places.fuzzy(words, strictness=CAUTION)
        if resolved:
            before = [token.folded for token in tokens[:start]]
            smallest = 0 if announces(before) else TOWN if before[-1:] in _PREPOSITIONS else CITY
            is_covered = places.covers(resolved) and sum(map(len, words)) >= LONG
            if is_covered or _largest(resolved).population >= smallest:
                found = [Mention(resolved, tokens[start].start, tokens[end - 1].end)]
                if resolved.is_sure:
                    return found
                doubtful = doubtful or found
    return doubtful


def _is_glued(word: str) -> bool:
    """« danecy », « dorléans »: a name after an apostrophe that was forgotten."""
    return word[0] == "d" and word[1] in "aehiouy" and len(word) > GLUED


def _unknown(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Bounds of runs of up to four words that hold one no list knows, the longest first.

    A run neither starts nor ends with an everyday word, « saint » and articles excepted, nor
    inside what hyphens tie, nor holds another everyday word than those inside names.
    """
    runs: set[tuple[int, int]] = set()
    for position, token in enumerate(tokens):
        if not is_unknown(token) or _is_of_several(token, tokens[:position]):
            continue
        for start in range(max(0, position - 3), position + 1):
            for end in range(position + 1, min(len(tokens), start + 4) + 1):
                run = tokens[start:end]
                is_name = all(one.folded in _INSIDE or not one.is_word for one in run[1:-1])
                is_cut = run[0].is_joined or (end < len(tokens) and tokens[end].is_joined)
                if is_name and not is_cut and not (_opens_no_name(run[0]) or run[-1].is_word):
                    runs.add((start, end))
    return sorted(runs, key=lambda run: (run[0] - run[1], run))


def _opens_no_name(token: Token) -> bool:
    return token.is_word and token.folded not in _OPENING
