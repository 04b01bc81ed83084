"""How long things are kept."""

from datetime import datetime, timedelta

from bot.storage import alerts, outbox, updates
from bot.storage.engine import Storage

NOTICES = timedelta(days=365)
"""What was sent to whom: a correction reaches those who were told."""
UPDATES = timedelta(days=2)
"""Telegram hands an update over for a day."""
ALERTS = timedelta(days=30)


async def forget_old(storage: Storage, now: datetime) -> None:
    """Erases what is past its time."""
    async with storage.writing() as connection:
        await outbox.forget_settled(connection, now - NOTICES)
        await updates.forget_before(connection, now - UPDATES)
        await alerts.forget_before(connection, now - ALERTS)
