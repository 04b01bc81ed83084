"""`/agenda` over the published communes: what comes, or what comes around."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answers.answering import Answering
from bot.answers.model import Agenda
from bot.knowledge.checking import read_knowledge
from bot.knowledge.model import Event, Knowledge
from bot.places.communes import Communes
from bot.places.resolving import Places
from bot.presentation.conversation import Conversation
from bot.presentation.message import visible
from tests.events import event, paris

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
NOW = paris("2026-06-17T12:00")

Ask = Callable[..., Agenda]


@pytest.fixture(scope="module")
def published() -> Knowledge:
    knowledge, problems = read_knowledge(KNOWLEDGE, date(2026, 6, 17))
    assert knowledge is not None, problems
    return knowledge


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places(Communes.load(KNOWLEDGE, tmp_path_factory.mktemp("cache")))


@pytest.fixture
def having(published: Knowledge, places: Places) -> Callable[..., Answering]:
    def answering(**events: Event) -> Answering:
        return Answering(replace(published, events=events), places)

    return answering


def agenda(answering: Answering, text: str) -> Agenda:
    answer = answering.agenda(text, NOW)
    assert isinstance(answer, Agenda), answer
    return answer


def ids(answer: Agenda) -> list[str]:
    return [one.id for one in answer.upcoming]


def test_an_event_that_recurs_comes_several_times(having: Callable[..., Answering]) -> None:
    weekly = event("2026-06-09T19:00", "lille", recurrence="FREQ=WEEKLY;COUNT=4")
    found = agenda(having(w=weekly), "lille")
    assert [f"{one.start:%m-%d %H:%M}" for one in found.upcoming] == ["06-23 19:00", "06-30 19:00"]


def test_a_city_without_events_shows_those_of_its_epci(having: Callable[..., Answering]) -> None:
    found = agenda(
        having(
            near=event("2026-06-20T19:00", "lille"),
            mel=event("2026-06-21T19:00", "metropole-europeenne-de-lille"),
            far=event("2026-06-19T19:00", "calais"),
        ),
        "roubaix",
    )
    assert (ids(found), found.around) == (["near", "mel"], "epci")


def test_then_those_of_its_departement(having: Callable[..., Answering]) -> None:
    known = having(
        around=event("2026-06-20T19:00", "calais"), far=event("2026-06-19T19:00", "nantes")
    )
    for name in ("arras", "Lens (62)"):
        found = agenda(known, name)
        assert (ids(found), found.around) == (["around"], "departement")


def test_an_epci_shows_what_comes_in_its_cities(having: Callable[..., Answering]) -> None:
    known = having(
        lille=event("2026-06-20T19:00", "lille"), nantes=event("2026-06-19T19:00", "nantes")
    )
    assert ids(agenda(known, "MEL")) == ["lille"]
    assert ids(agenda(known, "Nantes Métropole")) == ["nantes"]


@pytest.mark.parametrize("name", ["Nord", "59", "le nord"])
def test_a_departement_shows_what_comes_in_its_cities(
    having: Callable[..., Answering], name: str
) -> None:
    known = having(
        lille=event("2026-06-20T19:00", "lille"), nantes=event("2026-06-19T19:00", "nantes")
    )
    found = agenda(known, name)
    assert ids(found) == ["lille"]
    assert [(one.name, one.departement) for one in found.territories] == [("Nord", "59")]


def test_days_and_themes_narrow_and_are_let_go_when_nothing_comes(
    having: Callable[..., Answering],
) -> None:
    known = having(
        saturday=event("2026-06-20T19:00", "lille", themes=("drones",)),
        july=event("2026-07-02T19:00", "lille", themes=("vsa",)),
    )
    assert ids(agenda(known, "ce week-end")) == ["saturday"]
    assert ids(agenda(known, "lille en juillet")) == ["july"]
    assert ids(agenda(known, "drones")) == ["saturday"]
    friday = agenda(known, "lille vendredi")
    assert (ids(friday), friday.missed) == (["saturday", "july"], ("days",))
    none_of_it = agenda(known, "lille reconnaissance faciale")
    assert (ids(none_of_it), none_of_it.missed) == (["saturday", "july"], ("theme",))


def test_when_nothing_is_to_come_the_last_ones_are_said_to_be_past(
    having: Callable[..., Answering], published: Knowledge
) -> None:
    known = having(past=event("2026-06-01T19:00", "roubaix", title="Une soirée"))
    answer = agenda(known, "roubaix")
    assert [one.id for one in answer.past] == ["past"]
    conversation = Conversation(published, known)
    told = visible(conversation.shown(answer))
    assert told.startswith("Rien d’annoncé pour le moment (Roubaix).")
    assert "Pour mémoire, ce qui a déjà eu lieu" in told
    assert "Vous organisez une rencontre" in told


@pytest.mark.parametrize(
    ("question", "count"),
    [("", 12), ("lille", 9), ("drones", 6), ("lille en juin", 9), ("Lens (62)", 3)],
)
def test_pages_turn_within_the_same_question(
    question: str, count: int, having: Callable[..., Answering], published: Knowledge
) -> None:
    many = {
        f"e{number:02d}": event(
            f"2026-06-{number + 18}", "lille" if number < 9 else "calais",
            themes=("drones",) if number % 2 else (),
        )
        for number in range(12)
    }  # fmt: skip
    conversation = Conversation(published, having(**many))
    message = conversation.command("agenda", question, 1, NOW)
    assert message is not None
    shown = [visible(message)]
    while nexts := [button for button in message.buttons if button.label == "Suite ›"]:
        assert len(nexts[0].data.encode()) <= 64
        message = conversation.presses(nexts[0].data, 1, NOW)
        shown.append(visible(message))
    expected = agenda(having(**many), question)
    assert len(shown) == expected.pages
    days = [line for page in shown for line in page.splitlines() if line.endswith("juin 2026")]
    assert len(days) == len(set(days))
    assert len(days) == count


@pytest.mark.parametrize(
    "data",
    ["agenda:x:figures:0", "agenda:,,:figures:0", "agenda:lille,,2026-x:figures:0",
     "agenda:nulle-part,,:figures:0", "agenda:lille,,20260640-20260601:figures:0"],
)  # fmt: skip
def test_a_button_that_nobody_made_breaks_nothing(
    data: str, having: Callable[..., Answering], published: Knowledge
) -> None:
    assert visible(Conversation(published, having()).presses(data, 1, NOW))
