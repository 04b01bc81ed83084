"""The checked base kept ready on disk, so that a command starts without reading any YAML."""

import hashlib
import os
import pickle
import tempfile
from datetime import date
from pathlib import Path

from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem

_CODE = Path(__file__).parent
_FOLDERS = ("cities", "topics", "events", "articles")
_SEAL_BYTES = 16


def load_knowledge(
    folder: Path, cache: Path, today: date
) -> tuple[Knowledge | None, list[Problem]]:
    """The base in `folder`, or None with its problems; from `cache` when no file has changed.

    What is kept proves its own freshness: it is named by a digest of every file of the base
    and of the code that reads them, and sealed by one of its content. `cache` must be writable
    by this user alone, for it is unpickled.
    """
    path = cache / f"knowledge-{digest(folder)}.pickle"
    kept = _kept(path)
    if kept is not None:
        return kept, []
    # Imported here: pydantic takes longer to import than everything else together.
    from bot.knowledge.checking import read_knowledge

    read, problems = read_knowledge(folder, today)
    if read is not None:
        _keep(path, read)
    return read, problems


def digest(folder: Path) -> str:
    """What changes when any file of the base, or the code that reads it, changes."""
    sign = hashlib.blake2b(digest_size=16)
    files = [folder / "vocabulary.yaml", *sorted(_CODE.glob("*.py"))]
    for name in _FOLDERS:
        files += sorted((folder / name).glob("*.yaml"))
    for file in files:
        try:
            content = file.read_bytes()
        except OSError:
            content = b"?"
        sign.update(f"{file.parent.name}/{file.name} {len(content)}\n".encode())
        sign.update(content)
    return sign.hexdigest()


def _kept(path: Path) -> Knowledge | None:
    """What was kept; None when there is nothing, or when it is damaged."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    seal, pickled = content[:_SEAL_BYTES], content[_SEAL_BYTES:]
    if _seal(pickled) != seal:
        return None
    knowledge: Knowledge = pickle.loads(pickled)  # noqa: S301 # our own file, sealed by us
    return knowledge


def _seal(pickled: bytes) -> bytes:
    return hashlib.blake2b(pickled, digest_size=_SEAL_BYTES).digest()


def _keep(path: Path, knowledge: Knowledge) -> None:
    """Whole or not at all; the former ones go. A cache that cannot be written is done without."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for former in path.parent.glob("knowledge-*.pickle"):
            former.unlink(missing_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=path.parent)
        pickled = pickle.dumps(knowledge, protocol=pickle.HIGHEST_PROTOCOL)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_seal(pickled) + pickled)
        Path(draft).replace(path)
    except OSError:
        return
