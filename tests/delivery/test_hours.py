from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.hours import next_digest, quiet_until
from bot.storage.chats import Chat
from bot.storage.gathering import DigestTime

PARIS = ZoneInfo("Europe/Paris")
NIGHT = Chat(7, quiet_from=22 * 60, quiet_until=8 * 60)


def paris(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS, fold=fold)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-02T21:59", None),
        ("2026-03-02T22:00", "2026-03-03T08:00"),
        ("2026-03-03T03:00", "2026-03-03T08:00"),
        ("2026-03-03T08:00", None),
        ("2026-03-28T23:00", "2026-03-29T08:00"),  # summer time begins in that night
        ("2026-10-24T23:00", "2026-10-25T08:00"),  # and ends in that one
    ],
)
def test_quiet_hours_over_midnight_are_wall_time(now: str, until: str | None) -> None:
    expected = paris(until) if until else None
    assert quiet_until(NIGHT, paris(now).astimezone(UTC)) == expected


def test_quiet_hours_within_a_day_and_none() -> None:
    lunch = Chat(7, quiet_from=12 * 60, quiet_until=14 * 60)
    assert quiet_until(lunch, paris("2026-03-02T13:00")) == paris("2026-03-02T14:00")
    assert quiet_until(lunch, paris("2026-03-02T11:59")) is None
    assert quiet_until(Chat(7), paris("2026-03-02T13:00")) is None
    assert quiet_until(Chat(7, quiet_from=60, quiet_until=60), paris("2026-03-02T01:00")) is None


def test_quiet_hours_are_those_of_where_the_chat_lives() -> None:
    far = Chat(7, quiet_from=22 * 60, quiet_until=8 * 60, zone="Indian/Reunion")
    assert quiet_until(far, datetime(2026, 3, 2, 18, 30, tzinfo=UTC)) is not None
    assert quiet_until(NIGHT, datetime(2026, 3, 2, 18, 30, tzinfo=UTC)) is None


def test_quiet_hours_that_end_in_a_skipped_hour_end_once() -> None:
    chat = Chat(7, quiet_from=22 * 60, quiet_until=2 * 60 + 30)  # 02:30 does not exist
    assert quiet_until(chat, paris("2026-03-29T01:59")) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert quiet_until(chat, paris("2026-03-29T03:30")) is None


def test_quiet_hours_that_end_in_a_repeated_hour_end_at_the_first() -> None:
    chat = Chat(7, quiet_from=22 * 60, quiet_until=2 * 60 + 30)
    first_end = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert quiet_until(chat, paris("2026-10-25T02:10")) == first_end
    assert quiet_until(chat, paris("2026-10-25T02:10", fold=1)) is None


@pytest.mark.parametrize(
    ("frequency", "now", "at"),
    [
        ("daily", "2026-03-02T17:59", "2026-03-02T18:00"),
        ("daily", "2026-03-02T18:00", "2026-03-03T18:00"),
        ("daily", "2026-03-28T19:00", "2026-03-29T18:00"),
        ("weekly", "2026-03-02T12:00", "2026-03-06T18:00"),
        ("weekly", "2026-03-06T18:00", "2026-03-13T18:00"),
    ],
)
def test_a_digest_comes_at_the_hour_that_was_chosen(frequency: str, now: str, at: str) -> None:
    chosen = DigestTime(frequency, digest_weekday=4, digest_hour=18, zone="Europe/Paris")
    assert next_digest(chosen, paris(now).astimezone(UTC)) == paris(at)


def test_a_digest_hour_that_is_skipped_comes_once() -> None:
    chosen = DigestTime("daily", 0, 2, "Europe/Paris")
    at = next_digest(chosen, paris("2026-03-28T12:00"))
    assert at == datetime(2026, 3, 29, 1, tzinfo=UTC)  # 03:00 in Paris
    assert next_digest(chosen, at) == paris("2026-03-30T02:00")
