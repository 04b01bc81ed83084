"""What a bot asked for, when, and what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.double.specification import Upload

WAITING, ABANDONED, OK = "waiting", "abandoned", "ok"


@dataclass(eq=False)
class Call:
    """`at_seconds`: when it was received, by `time.monotonic()`. `outcome`: `waiting`, `ok`,
    `abandoned` (the bot hung up first), the code of a refusal (`400`) or the name of a fault
    (`hang`). `took_effect` can be true although the bot got no answer."""

    method: str
    at_seconds: float
    params: Mapping[str, Any] = field(default_factory=dict)
    outcome: str = WAITING
    description: str = ""
    took_effect: bool = False

    @property
    def chat_id(self) -> int | str | None:
        return self.params.get("chat_id")


def windows(calls: Iterable[Call], seconds: float) -> int:
    """The highest number of calls received within any span of that many seconds."""
    times = sorted(call.at_seconds for call in calls)
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


async def read_call(request: web.Request) -> tuple[dict[str, object], dict[str, Upload]]:
    """Fields as they came, and files. Raises ValueError for a body that is not what it says."""
    given: dict[str, object] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        body = await request.json()
        if not isinstance(body, dict):
            raise ValueError("the body is no JSON object")
        return given | body, files
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            with value.file as file:
                files[name] = Upload(value.filename, value.content_type, file.read())
        else:
            given[name] = value if isinstance(value, str) else bytes(value).decode()
    return given, files
