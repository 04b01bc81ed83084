"""Reminders, corrections and the agenda of the week, as people read them."""

import re
from datetime import date

import pytest

from bot.knowledge.occurrences import occurrences
from bot.presentation.message import Message, visible
from bot.presentation.reminders import (
    MOST_IN_A_DIGEST,
    cancellation,
    correction,
    reminder,
    upheld,
    weekly,
)
from tests.events import event, paris, when

EVENING = when("2026-06-24T19:00", place="Salle 13", address="27 rue Jean-Bart, Lille")


def spoken(message: Message | None) -> str:
    """What is shown, with ordinary spaces."""
    assert message is not None
    assert set(re.findall(r"</?(\w+)", message.html)) <= {"b", "i", "a"}
    return re.sub(r"[\u00a0\u202f]", " ", visible(message))


def test_a_reminder_says_what_when_where_and_why() -> None:
    message = reminder(EVENING, paris("2026-06-23T18:00"), ["Lille"])
    assert spoken(message).splitlines() == [
        "Demain : Réunion publique",
        "mercredi 24 juin 2026 à 19 h",
        "Lieu : Salle 13, 27 rue Jean-Bart, Lille",
        "Vous recevez ceci parce que cette discussion suit Lille. /rappels pour régler.",
    ]
    assert '<a href="https://c.example/a">Réunion publique</a>' in message.html


@pytest.mark.parametrize(
    ("now", "ahead"),
    [
        ("2026-06-17T19:00", "Dans une semaine"),
        ("2026-06-19T12:00", "Dans 5 jours"),
        ("2026-06-22T23:59", "Après-demain"),
        ("2026-06-24T09:00", "Aujourd’hui"),
        ("2026-06-24T18:00", "Dans une heure"),
        ("2026-06-24T18:35", "Dans 25 minutes"),
        ("2026-06-24T18:59:50", "Dans 1 minute"),
    ],
)
def test_a_late_reminder_says_how_far_ahead_it_still_is(now: str, ahead: str) -> None:
    assert spoken(reminder(EVENING, paris(now), [])).startswith(f"{ahead} : ")


def test_a_whole_day_is_reminded_of_without_an_hour() -> None:
    told = spoken(reminder(when("2026-06-24"), paris("2026-06-24T09:00"), []))
    assert told.startswith("Aujourd’hui : Réunion publique\nmercredi 24 juin 2026\n")


def test_a_moved_event_says_that_it_has_moved_and_links_to_where_to_follow() -> None:
    moved = when("2026-06-24T19:00", status="moved", online="https://visio.example/x?a=1&b=2")
    message = reminder(moved, paris("2026-06-23T18:00"), [])
    assert "Attention : la date ou le lieu ont changé." in spoken(message)
    assert 'href="https://visio.example/x?a=1&amp;b=2"' in message.html


def test_a_correction_says_the_former_date_and_the_new_one() -> None:
    told = spoken(correction(EVENING, paris("2026-06-22T18:30"), ["Lille"]))
    assert told.startswith("Nouvelle date : Réunion publique\n")
    assert "Ce n’est plus lundi 22 juin 2026 à 18 h 30, mais mercredi 24 juin 2026 à 19 h." in told
    assert "plus lundi 22 juin 2026, mais" in spoken(correction(EVENING, date(2026, 6, 22), []))


def test_a_correction_of_the_place_says_the_new_one() -> None:
    told = spoken(correction(EVENING, paris("2026-06-24T19:00"), []))
    assert told.startswith("Nouveau lieu : Réunion publique\nmercredi 24 juin 2026 à 19 h\nLieu : ")
    repeated = when("2026-10-25T02:30", place="Salle B")
    assert spoken(correction(repeated, paris("2026-10-25T02:30"), [])).startswith("Nouveau lieu")


def test_a_cancellation_says_what_does_not_take_place() -> None:
    off = when("2026-06-24T19:00", status="cancelled")
    told = spoken(cancellation(off, paris("2026-06-24T19:00"), []))
    assert told.startswith(
        "Annulé : Réunion publique\n"
        "La rencontre prévue mercredi 24 juin 2026 à 19 h n’aura pas lieu.\nVous"
    )


def test_a_cancelled_date_of_several_says_the_next_one() -> None:
    weekly_event = event("2026-06-24T19:00", recurrence="FREQ=WEEKLY;COUNT=2")
    following = list(occurrences("e", weekly_event))[1]
    told = spoken(cancellation(following, paris("2026-06-24T19:00"), []))
    assert "Prochaine date : mercredi 1ᵉʳ juillet 2026 à 19 h." in told


def test_a_cancellation_taken_back_is_said() -> None:
    assert spoken(upheld(EVENING, [])).startswith("Finalement maintenu : Réunion publique\n")


def test_the_agenda_of_the_week_is_short_and_says_what_it_leaves_out() -> None:
    coming = [when(f"2026-06-{day}T19:00", id_=str(day)) for day in range(10, 21)]
    told = spoken(weekly(coming, ["Lille"]))
    assert told.count("•") == MOST_IN_A_DIGEST
    assert "… et 3 autres : /agenda" in told
    assert weekly([], ["Lille"]) is None


def test_what_curators_write_cannot_become_tags() -> None:
    nasty = when(title='<b>a</b> & "b"', place="<i>", note="<a href='x'>")
    for message in (
        reminder(nasty, paris("2026-06-24T09:00"), ["<u>"]),
        correction(nasty, date(2026, 6, 1), ["<u>"]),
        cancellation(nasty, date(2026, 6, 1), ["<u>"]),
        weekly([nasty], ["<u>"]),
    ):
        assert message is not None
        assert "<b>a" not in message.html
        assert "<u>" not in message.html
        spoken(message)
