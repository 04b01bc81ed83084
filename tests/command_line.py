"""`python -m bot` as people run it: a process of its own, in a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import REPOSITORY


@dataclass(frozen=True)
class CommandLine:
    """Runs commands from `folder`, with caches of its own."""

    folder: Path
    cache_home: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONWARNINGS": "error",
            "XDG_CACHE_HOME": str(self.cache_home),
            # As on a terminal set to French: bytes that are not UTF-8 are an error by default.
            "PYTHONIOENCODING": "utf-8:strict",
            **self.variables,
        }

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`python …`"""
        return self._run([sys.executable, *arguments])

    def __call__(
        self, *arguments: str | bytes, typed: str | bytes = ""
    ) -> subprocess.CompletedProcess[str]:
        """`python -m bot …`, with `typed` on its standard input."""
        return self._run([sys.executable, "-m", "bot", *arguments], typed)

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """`python -m bot …`, its streams being pipes."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
        )

    def _run(
        self, command: Sequence[str | bytes], typed: str | bytes = ""
    ) -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            input=typed.encode() if isinstance(typed, str) else typed,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return subprocess.CompletedProcess(
            command, ended.returncode, ended.stdout.decode(), ended.stderr.decode()
        )
