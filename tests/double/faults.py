"""What can go wrong between a bot and Telegram, as values that a test hands to the double."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

Deed = Literal["answer", "cut", "reset", "hang"]


@dataclass(frozen=True)
class Fault:
    """`takes_effect`: whether Telegram did what it was asked before things went wrong."""

    name: str
    deed: Deed = "answer"
    takes_effect: bool = False
    status: int = 200
    body: str = ""
    content_type: str = "application/json"


def _refused(name: str, code: int, description: str, **parameters: int) -> Fault:
    said: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        said["parameters"] = parameters
    return Fault(name, status=code, body=json.dumps(said))


def too_many_requests(retry_after: int) -> Fault:
    description = f"Too Many Requests: retry after {retry_after}"
    return _refused("429", 429, description, retry_after=retry_after)


def forbidden(why: str = "bot was blocked by the user") -> Fault:
    """Others: `user is deactivated`, `bot was kicked from the group chat`, `bot can't initiate
    conversation with a user`, `bot is not a member of the channel chat`."""
    return _refused("403", 403, f"Forbidden: {why}")


def bad_request(why: str) -> Fault:
    return _refused("400", 400, f"Bad Request: {why}")


def migrated(new_chat_id: int) -> Fault:
    why = "Bad Request: group chat was upgraded to a supergroup chat"
    return _refused("migrated", 400, why, migrate_to_chat_id=new_chat_id)


def unauthorized() -> Fault:
    return _refused("401", 401, "Unauthorized")


def not_found() -> Fault:
    return _refused("404", 404, "Not Found")


def conflict() -> Fault:
    why = "terminated by other getUpdates request; make sure that only one bot instance is running"
    return _refused("409", 409, f"Conflict: {why}")


def server_error(status: int = 500) -> Fault:
    return _refused(str(status), status, "Internal Server Error")


def html_page(status: int = 502) -> Fault:
    body = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
    return Fault("html", status=status, body=body, content_type="text/html")


def truncated_json() -> Fault:
    """The call takes effect, and half of its answer arrives."""
    return Fault("truncated", deed="cut", takes_effect=True)


def reset(after_effect: bool = False) -> Fault:
    return Fault("reset", deed="reset", takes_effect=after_effect)


def hang(after_effect: bool = False) -> Fault:
    """Silence until the client gives up."""
    return Fault("hang", deed="hang", takes_effect=after_effect)


@dataclass
class _Scripted:
    fault: Fault
    method: str | None
    chat_id: int | None
    times_left: int | None


@dataclass
class Script:
    """Faults in the order in which they were scripted; each call takes the first that fits."""

    scripted: list[_Scripted] = field(default_factory=list)

    def add(self, fault: Fault, method: str | None, chat_id: int | None, times: int | None) -> None:
        self.scripted.append(_Scripted(fault, method, chat_id, times))

    def next_for(self, method: str, chat_id: object) -> Fault | None:
        for entry in self.scripted:
            if entry.method in (None, method) and entry.chat_id in (None, chat_id):
                if entry.times_left is not None:
                    entry.times_left -= 1
                    if entry.times_left == 0:
                        self.scripted.remove(entry)
                return entry.fault
        return None
