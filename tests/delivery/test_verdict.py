from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.verdict import Drop, Expire, Go, Later, backoff, verdict
from bot.storage.chats import Chat
from bot.storage.claims import Due
from bot.storage.outbox import Priority

NOW = datetime(2026, 3, 2, 23, tzinfo=UTC)
MORNING = datetime(2026, 3, 3, 7, tzinfo=UTC)
"""Eight o'clock in Paris, eight hours later."""
QUIET = Chat(7, quiet_from=22 * 60, quiet_until=8 * 60)
DUE = Due(1, "article:a", 7, Priority.ORDINARY, 0, None, Chat(7))


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (DUE, Go()),
        (replace(DUE, chat=None), Go()),
        (replace(DUE, expires_at=NOW), Expire()),
        (replace(DUE, expires_at=NOW + timedelta(seconds=1)), Go()),
        (replace(DUE, chat=Chat(7, paused=True)), Drop("paused")),
        (replace(DUE, chat=Chat(7, unreachable="blocked")), Drop("blocked")),
        (replace(DUE, chat=QUIET), Later(MORNING)),
        (replace(DUE, chat=QUIET, expires_at=NOW + timedelta(hours=8, minutes=1)), Later(MORNING)),
        (replace(DUE, chat=QUIET, expires_at=NOW + timedelta(hours=8)), Go(silently=True)),
        (replace(DUE, chat=QUIET, priority=Priority.URGENT), Go()),
    ],
)
def test_what_becomes_of_a_row(due: Due, expected: object) -> None:
    assert verdict(due, NOW) == expected


def test_waits_double_up_to_a_minute_and_are_spread() -> None:
    assert [backoff(n, 0).total_seconds() for n in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert backoff(3, 1).total_seconds() == pytest.approx(4.8)
    assert backoff(10_000, 0).total_seconds() == 60
