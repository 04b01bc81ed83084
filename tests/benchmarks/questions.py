"""Which fact a question is about: ours and four searches, side by side in one run.

    python -m tests.benchmarks.questions

Each method runs in a process of its own on each size of base. All get the same questions and the
same judge, on the first 300 characters of what would be sent. The searches have every fact, every
article and every topic's card to choose from, and get a conversation as one text; what they find
counts as an answer of any kind that tells something. Each is counted twice: never refusing, and
refusing under the score that is best for the questions to build with, on that very base. Of the
questions kept aside, only counts leave this program.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from bot.answers.answering import Answering
from bot.answers.model import Answer, FactAnswer
from bot.assembly import load_base, load_places, settle
from bot.knowledge.citations import DatedArticle, cite_all
from bot.knowledge.model import Knowledge
from bot.language.folding import slug
from bot.presentation.cards import present
from bot.presentation.conversation import Conversation
from bot.presentation.message import plain
from bot.settings import read_settings
from tests.benchmarks.fact_searches import SEARCHES
from tests.benchmarks.questions_report import write_report
from tests.benchmarks.synthetic import grown
from tests.questions.judging import NOW, Asked, judge, load_part, wrong_in

OURS = "Sousveille"
SIZES = (0, 20_000, 100_000)
"""Synthetic facts added to the real base."""
HALVES = ("build", "kept_aside")
BUILT_WITH = 500
"""How many of the questions to build with are drawn: there are thousands."""
PASSES = 3
REFUSAL = "Je ne trouve rien."

Right = list[tuple[Asked, bool]]
Done = TypeVar("Done")


class Timed(NamedTuple):
    """Milliseconds of this process for each question: other work on the machine is not counted."""

    first: list[float]
    """Asked for the first time in this process, after one other question."""
    best: list[float]
    """The best of `PASSES`."""


class Candidate(NamedTuple):
    """What a search may reply: the text it searches, the cities it is about, the answer."""

    text: str
    cities: frozenset[str]
    answer: Answer


def base_of(size: int) -> tuple[Knowledge, Answering]:
    """The real base with `size` synthetic facts, and what answers from it."""
    settings = read_settings({})
    knowledge = load_base(settings, NOW.date())
    places = load_places(settings, knowledge)
    answering = Answering(knowledge, places)
    if size:
        meant = set(slug_of_places(answering))
        knowledge = grown(knowledge, places.communes, size, meant)
    return knowledge, answering


def slug_of_places(answering: Answering) -> Iterator[str]:
    """The names that the questions may mean, as slugs."""
    for asked in (asked for half in HALVES for asked in load_part(half)):
        for turn in asked.turns:
            for named in (answering.gazetteer.find_in(turn), answering.gazetteer.find(turn)):
                yield from (slug(place.name) for place in (*named.sure, *named.doubtful))


def candidates(knowledge: Knowledge, answering: Answering) -> list[Candidate]:
    """Facts, articles and topics as a search sees them, with the owner's name in the text."""
    found = []
    for citation in cite_all(knowledge):
        insee = getattr(citation.owner, "insee", None)
        found.append(
            Candidate(
                f"{citation.owner.name}. {citation.fact.text}",
                frozenset((insee,) if insee else ()),
                FactAnswer(citations=(citation,)),
            )
        )
    for id_, article in knowledge.articles.items():
        owners = [knowledge.cities[city] for city in article.cities]
        found.append(
            Candidate(
                " ".join((article.title, article.summary, *(owner.name for owner in owners))),
                frozenset(owner.insee for owner in owners if owner.insee),
                FactAnswer(articles=(DatedArticle(id_, article),)),
            )
        )
    for id_, topic in knowledge.topics.items():
        steps = (step.text for step in topic.steps)
        text = " ".join((topic.name, *topic.also, topic.summary.text, *steps))
        found.append(Candidate(text, frozenset(), answering.topics.about(id_)))
    return found


def is_right(asked: Asked, candidate: Candidate | None, text: str) -> bool:
    """The judge of tests/questions for a search: strict on the text, lenient on the kind."""
    kinds = {"unknown", "choice"} if candidate is None else _TELLING
    if kinds.isdisjoint(asked.kinds) or wrong_in(text, asked):
        return False
    if candidate is None or asked.city is None:
        return True
    wanted = {asked.city} if isinstance(asked.city, str) else set(asked.city)
    return not wanted.isdisjoint(candidate.cities)


_TELLING = {"fact", "city", "topic", "agenda", "comparison"}


def drawn(half: str) -> list[Asked]:
    """The questions of one half: all that are kept aside, some of those to build with."""
    asked = load_part(half)
    return asked if half == "kept_aside" else random.Random(1).sample(asked, BUILT_WITH)


def timed(acts: Sequence[Callable[[], Done]], passes: int) -> tuple[Timed, list[Done]]:
    """What each act takes and gives, in the order given, once one was done to load what is lazy."""
    acts[len(acts) // 2]()
    rounds = []
    for _ in range(passes):
        taken, done = [], []
        for act in acts:
            started = time.process_time()
            done.append(act())
            taken.append(1_000 * (time.process_time() - started))
        rounds.append(taken)
    return Timed(rounds[0], [min(times) for times in zip(*rounds, strict=True)]), done


def measure_ours(size: int) -> dict[str, Any]:
    knowledge, _ = base_of(size)
    places = load_places(read_settings({}), knowledge)
    started = time.process_time()
    conversation = Conversation(knowledge, Answering(knowledge, places))
    settle()  # as the bot does
    ready = time.process_time() - started
    halves = {half: drawn(half) for half in HALVES}
    acts = [last_turn(conversation, asked) for half in halves.values() for asked in half]
    times, _ = timed(acts, PASSES)
    rights = {
        half: [(asked, not judge(asked, conversation).faults) for asked in questions]
        for half, questions in halves.items()
    }
    replies = [partial(conversation.says, text, 0, NOW) for text in hostile_texts()]
    hostile, _ = timed(replies, PASSES)
    return {
        "right": {OURS: {half: counted(right) for half, right in rights.items()}},
        "times": summed(times),
        "worst_hostile_ms": max(hostile.best),
        "ready_s": ready,
    }


def last_turn(conversation: Conversation, asked: Asked) -> Callable[[], object]:
    """Understanding the last turn, answering it and composing the message."""
    context = None
    for turn in asked.turns[:-1]:
        _, context = conversation.answer(turn, context, NOW)

    def act() -> object:
        answer, _ = conversation.answer(asked.turns[-1], context, NOW)
        return conversation.shown(answer)

    return act


def hostile_texts() -> list[str]:
    """4,096 characters each: what no person types, and words that nearly all mean something."""
    chance = random.Random(7)
    words = [word for asked in load_part("build") for turn in asked.turns for word in turn.split()]
    texts = [" ".join(chance.choices(words, k=900)) for _ in range(10)]
    texts += ["".join(chance.sample(word, len(word))) + " " for word in chance.choices(words, k=10)]
    texts += [
        "a",
        "à ",
        "zx ",
        "saint ",
        "\u0301",
        "9 ",
        "roubai xyz qwert ",
        "é",
        "? ",
        "le ",
        "😀",
    ]
    return [(text * (4_096 // len(text) + 1))[:4_096] for text in texts]


def measure_search(name: str, size: int) -> dict[str, Any]:
    knowledge, answering = base_of(size)
    vocabulary = knowledge.vocabulary
    all_candidates = candidates(knowledge, answering)
    texts = [candidate.text for candidate in all_candidates]
    started = time.process_time()
    search = SEARCHES[name](texts, vocabulary)
    ready = time.process_time() - started

    def act(text: str) -> tuple[Candidate, str, float] | None:
        found = search(text)
        if found is None:
            return None
        candidate = all_candidates[found[0]]
        return candidate, plain(present(candidate.answer, vocabulary)), found[1]

    halves = {half: drawn(half) for half in HALVES}
    acts = [partial(act, " ".join(asked.turns)) for half in halves.values() for asked in half]
    times, found = timed(acts, 1)
    replies = iter(found)
    judged = {
        half: [judged_search(asked, next(replies)) for asked in questions]
        for half, questions in halves.items()
    }
    threshold = best_threshold(judged["build"])
    return {
        "right": {
            f"{name}{manner}": {
                half: counted([(one.asked, one.right_above(limit)) for one in ones])
                for half, ones in judged.items()
            }
            for manner, limit in ((", never refuses", 0.0), (", may refuse", threshold))
        },
        "times": summed(times),
        "ready_s": ready,
    }


class Judged(NamedTuple):
    """One question to a search: what it scored, and whether telling or refusing is right."""

    asked: Asked
    score: float
    told: bool
    refused: bool

    def right_above(self, threshold: float) -> bool:
        return self.told if self.score and self.score >= threshold else self.refused


def judged_search(asked: Asked, found: tuple[Candidate, str, float] | None) -> Judged:
    refused = is_right(asked, None, REFUSAL)
    if found is None:
        return Judged(asked, 0.0, False, refused)
    candidate, text, score = found
    return Judged(asked, score, is_right(asked, candidate, text), refused)


def best_threshold(judged: Sequence[Judged]) -> float:
    """The score under which refusing gets the most questions right."""
    scores = sorted({one.score for one in judged})
    return max(scores, key=lambda score: sum(one.right_above(score) for one in judged))


def counted(right: Right) -> dict[str, dict[str, tuple[int, int]]]:
    """Right ones and all, by part, style and intent."""
    table: dict[str, dict[str, tuple[int, int]]] = {"part": {}, "style": {}, "intent": {}}
    for asked, is_good in right:
        for by, key in (("part", asked.part), ("style", asked.style), ("intent", asked.intent)):
            good, total = table[by].get(key, (0, 0))
            table[by][key] = (good + is_good, total + 1)
    return table


def summed(times: Timed) -> dict[str, list[float]]:
    """p50, p99 and worst, in milliseconds."""
    return {name: _spread(values) for name, values in times._asdict().items()}


def _spread(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    return [ordered[len(ordered) // 2], ordered[int(0.99 * len(ordered))], ordered[-1]]


def run(method: str, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.questions", "--method", method]
    done = subprocess.run([*command, "--size", str(size)], check=True, stdout=subprocess.PIPE)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--method", help="only this one, as JSON")
    parser.add_argument("--size", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.method:
        ours = chosen.method == OURS
        measured = measure_ours(chosen.size) if ours else measure_search(chosen.method, chosen.size)
        sys.stdout.write(json.dumps(measured))
        return
    results = {method: {size: run(method, size) for size in SIZES} for method in (OURS, *SEARCHES)}
    sys.stdout.write(write_report(results))


if __name__ == "__main__":
    main()
