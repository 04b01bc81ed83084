import asyncio
import sys

import pytest
from sqlalchemy import text

from bot.storage.engine import Storage, open_storage
from bot.storage.errors import LeaseLostError, LeaseTakenError
from bot.storage.lease import hold_lease

HOLD = """
import asyncio, sys
from bot.storage.engine import open_storage
from bot.storage.lease import hold_lease
async def main():
    async with open_storage(sys.argv[1]) as storage, hold_lease(storage):
        print("held", flush=True)
        await asyncio.sleep(3600)
asyncio.run(main())
"""


async def test_a_killed_holder_lets_go_of_the_lease(database_url: str) -> None:
    async with open_storage(database_url) as storage:
        holder = await asyncio.create_subprocess_exec(
            sys.executable, "-c", HOLD, database_url, stdout=asyncio.subprocess.PIPE
        )
        assert holder.stdout
        assert await holder.stdout.readline() == b"held\n"
        with pytest.raises(LeaseTakenError):
            async with hold_lease(storage, wait=False):
                pass
        holder.kill()
        await holder.wait()
        async with asyncio.timeout(10), hold_lease(storage) as still_held:
            await still_held()


async def test_the_second_waits_for_the_first(storage: Storage) -> None:
    order = []

    async def take(name: str) -> None:
        async with hold_lease(storage):
            order.append(f"{name} in")
            await asyncio.sleep(0.05)
            order.append(f"{name} out")

    await asyncio.gather(take("a"), take("b"))
    assert [step.split()[1] for step in order] == ["in", "out", "in", "out"]


async def test_a_lease_that_went_with_its_connection_is_lost(storage: Storage) -> None:
    if storage.file:
        pytest.skip("a file lock cannot be lost while its process lives")
    async with hold_lease(storage) as still_held:
        await still_held()
        async with storage.engine.connect() as other:
            await other.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                    " AND database = (SELECT oid FROM pg_database"
                    " WHERE datname = current_database())"
                )
            )
        with pytest.raises(LeaseLostError):
            await still_held()
