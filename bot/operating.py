"""What the operator does with the database: a look, a copy, a return to a copy."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

from sqlalchemy.exc import SQLAlchemyError

from bot.language.dates import PARIS
from bot.settings import Settings
from bot.storage import copies
from bot.storage.engine import Storage, open_storage
from bot.storage.errors import BackupError, LeaseTakenError, StorageError
from bot.storage.status import read_status


class OperationError(Exception):
    """What was asked cannot be done; the message says why in a French sentence."""


async def status(settings: Settings, now: datetime, out: TextIO) -> None:
    """Writes the counters, a line each."""
    async with _opened(settings) as storage, storage.reading() as connection:
        found = await read_status(connection, now)
    waiting = f"{found.oldest_wait.total_seconds():.0f} s" if found.oldest_wait else "rien n'attend"
    pause = found.paused_until.astimezone(PARIS) if found.paused_until else None
    lines = {
        "conversations": f"{found.chats} (dont {found.unreachable_chats} injoignables)",
        "abonnements": found.subscriptions,
        **{f"envois « {state} »": count for state, count in sorted(found.rows.items())},
        "attente la plus longue": waiting,
        "pause demandée par Telegram": f"jusqu'à {pause:%H:%M:%S}" if pause else "aucune",
    }
    out.writelines(f"{name} : {value}\n" for name, value in lines.items())


async def backup(settings: Settings, file: Path, out: TextIO) -> None:
    """Copies the database to `file`, which must not exist; the bot may go on."""
    async with _opened(settings) as storage:
        await copies.backup(storage, file)
    out.write(f"Copie faite : {file}\n")


async def restore(settings: Settings, file: Path, now: datetime, out: TextIO) -> None:
    """Puts the copy in `file` in place of everything; the bot must be stopped."""
    async with _opened(settings) as storage:
        expired = await copies.restore(storage, file, now)
    out.write(f"Copie reprise : {file}. En retard, donc pas envoyés : {expired}\n")


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Storage]:
    try:
        async with open_storage(settings.database_url) as storage:
            yield storage
    except BackupError:
        raise OperationError("Ce fichier existe déjà, ou n'est pas une copie.") from None
    except LeaseTakenError:
        raise OperationError("Le bot tourne sur cette base : arrêtez-le d'abord.") from None
    except (StorageError, SQLAlchemyError, OSError) as error:
        told = f"La base de données ne s'ouvre pas ({type(error).__name__})."
        raise OperationError(told) from None
