"""The Bot API over HTTP on the loopback: what a bot's process talks to in place of Telegram."""

import asyncio
import json
import socket
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from aiohttp import web

from tests.double.calls import ABANDONED, OK, WAITING, Call, read_call
from tests.double.changes import Changes
from tests.double.faults import Fault, Script
from tests.double.methods import act
from tests.double.people import Group, PrivateChat, Room
from tests.double.rules import Rules, rules_in_force
from tests.double.specification import Upload, check_call
from tests.double.state import (
    Chat,
    InlineQuestion,
    Json,
    Message,
    Person,
    Press,
    RefusedError,
    State,
)

T = TypeVar("T")

TOKEN = f"1234567:{'double' * 6}"
MOST_BYTES = 60 * 1024 * 1024


class Double:
    """`async with Double() as double:` serves at `double.url`; with `away=True` its port is taken
    but refuses connections until `comes_back()`. `violations` are sentences."""

    def __init__(
        self,
        *,
        away: bool = False,
        token: str = TOKEN,
        rules: Rules | None = None,
        bot_username: str = "sousveille_bot",
        bot_reads_everything: bool = False,
    ) -> None:
        self.token = token
        self.rules = rules or rules_in_force()
        bot = Person(int(token.split(":")[0]), "Sousveille", username=bot_username, is_bot=True)
        self.state = State(bot, bot_reads_everything)
        self.changes = Changes()
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self._script = Script()
        self._away = away
        self._poller: object = None
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._socket = _bound(0)
        self._port: int = self._socket.getsockname()[1]

    async def __aenter__(self) -> Self:
        if not self._away:
            await self.comes_back()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.goes_away()
        self._socket.close()

    @property
    def url(self) -> str:
        """What goes into TELEGRAM_API_URL."""
        return f"http://127.0.0.1:{self._port}"

    # Telegram, there or away

    async def comes_back(self) -> None:
        self._closing.clear()
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_get("/file/bot{token}/documents/{file_id}", self._serve_file)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=1.0
        )
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket).start()

    async def goes_away(self) -> None:
        """Cuts every connection and refuses new ones, on the same port."""
        if self._runner is None:
            return
        self._closing.set()
        self.changes.tell()
        await self._runner.cleanup()
        self._runner = None
        self._socket = _bound(self._port)

    def fails(
        self,
        fault: Fault,
        method: str | None = None,
        *,
        chat: Room | None = None,
        times: int | None = 1,
    ) -> None:
        """The next calls that fit meet the fault; `times=None`: all of them. Without a method nor
        a chat, that is any call, getUpdates included."""
        self._script.add(fault, method, chat.id if chat else None, times)

    def recovers(self) -> None:
        """Forgets the faults that are left."""
        self._script.scripted.clear()

    # People and chats

    def person(
        self, first_name: str = "Camille", *, username: str = "", language_code: str = "fr"
    ) -> Person:
        found = Person(
            self.state.next_id(), first_name, username=username, language_code=language_code
        )
        self.state.people[found.id] = found
        return found

    def private_chat(self, person: Person | None = None, *, started: bool = True) -> PrivateChat:
        someone = person or self.person()
        chat = Chat(
            someone.id,
            "private",
            person=someone,
            bot_status="member" if started else "left",
        )
        return PrivateChat(self.state, self.changes, chat)

    def group(
        self,
        title: str,
        *members: Person,
        creator: Person | None = None,
        administrators: Sequence[Person] = (),
        kind: Literal["group", "supergroup", "channel"] = "supergroup",
        bot_status: str = "member",
        username: str = "",
    ) -> Group:
        number = self.state.next_id()
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number
        statuses = {person.id: "member" for person in members}
        statuses |= {person.id: "administrator" for person in administrators}
        if creator is not None:
            statuses[creator.id] = "creator"
        chat = Chat(chat_id, kind, title, username, bot_status=bot_status, statuses=statuses)
        return Group(self.state, self.changes, chat)

    def asks_inline(self, person: Person, query: str, offset: str = "") -> InlineQuestion:
        question = InlineQuestion(f"inline{self.state.next_id()}", person, query)
        self.state.inline_questions[question.id] = question
        said = {"id": question.id, "from": person.as_json(), "query": query, "offset": offset}
        self.state.updates.add("inline_query", said)
        self.changes.tell()
        return question

    def inject(self, update: object) -> None:
        """Any JSON value, as it is. See `next_update_id` for an update that can be confirmed."""
        self.state.updates.add_raw(update)
        self.changes.tell()

    def next_update_id(self) -> int:
        return self.state.updates.last_number + 1

    # What the bot did

    @property
    def sent(self) -> list[Message]:
        return self.state.sent

    @property
    def unanswered(self) -> list[Press]:
        return [press for press in self.state.presses.values() if not press.is_answered]

    def called(self, method: str, chat: Room | None = None) -> list[Call]:
        return [
            call
            for call in self.calls
            if call.method == method and (chat is None or call.chat_id == chat.id)
        ]

    def commands(self, scope: Json | None = None, language_code: str = "") -> list[Json]:
        key = json.dumps(scope or {"type": "default"}, sort_keys=True)
        return self.state.commands.get((key, language_code), [])

    async def wait_for(self, predicate: Callable[[], T], timeout_seconds: float = 10.0) -> T:
        """The first true value of the predicate, looked at after every call and every update."""
        try:
            return await self.changes.until(predicate, timeout_seconds)
        except TimeoutError:
            last = [f"{call.method}: {call.outcome} {call.description}" for call in self.calls[-5:]]
            raise TimeoutError(f"not within {timeout_seconds} s; last calls: {last}") from None

    async def all_confirmed(self, timeout_seconds: float = 10.0) -> None:
        """Until the bot has asked for what comes after every update. It may not have handled
        them: python-telegram-bot confirms what it has only queued."""
        await self.wait_for(lambda: not self.state.updates.waiting, timeout_seconds)

    # HTTP

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        call = Call(request.match_info["method"], time.monotonic())
        self.calls.append(call)
        try:
            return await self._answer(request, call)
        finally:
            if call.outcome == WAITING:
                call.outcome = ABANDONED
            self.changes.tell()

    async def _answer(self, request: web.Request, call: Call) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _refusal(call, RefusedError(401, "Unauthorized"))
        try:
            call.params, files = await read_call(request)
        except ValueError as error:
            self.violations.append(f"{call.method}: {error}")
            return _refusal(call, RefusedError(400, "Bad Request: can't parse the request"))
        try:
            self._hold_against_rules(call, files)
            refusal = None
        except RefusedError as caught:
            refusal = caught
        fault = self._script.next_for(call.method, call.chat_id)
        if fault is not None and not fault.takes_effect:
            return await self._fail(request, call, fault, fault.body)
        try:
            if refusal is not None:
                raise refusal
            result = await self._result(call)
        except RefusedError as caught:
            return _refusal(call, caught)
        if self._closing.is_set():
            _reset(request)
        call.took_effect = True
        body = json.dumps({"ok": True, "result": result})
        if fault is not None:
            return await self._fail(request, call, fault, body)
        call.outcome = OK
        return web.Response(text=body, content_type="application/json")

    def _hold_against_rules(self, call: Call, files: dict[str, Upload]) -> None:
        if call.method not in self.rules.methods:
            self.violations.append(f"{call.method} is no method ({self.rules.origin})")
            raise RefusedError(404, "Not Found")
        checked = check_call(self.rules, call.method, call.params, files)
        call.params = checked.values
        self.violations += [problem.sentence for problem in checked.problems]
        for problem in checked.problems:
            if problem.refused:
                raise RefusedError(400, problem.description)

    async def _result(self, call: Call) -> object:
        params = dict(call.params)
        if call.method == "getUpdates":
            return await self._poll(params)
        try:
            return act(self.state, call.method, params, self.rules.returns[call.method])
        except NotImplementedError as error:
            self.violations.append(str(error))
            raise RefusedError(400, f"Bad Request: {error}") from error

    async def _poll(self, params: dict[str, Any]) -> list[object]:
        if self.state.webhook:
            raise RefusedError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        updates, me = self.state.updates, object()
        self._poller = me
        if "allowed_updates" in params:
            updates.allowed = frozenset(params["allowed_updates"])
        updates.confirm(params.get("offset", 0))
        self.changes.tell()

        def over() -> bool:
            return bool(updates.waiting) or self._poller is not me or self._closing.is_set()

        try:
            await self.changes.until(over, params.get("timeout", 0))
        except TimeoutError:
            return []
        if self._poller is not me:
            raise RefusedError(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )
        return updates.first(params.get("limit", 100))

    async def _fail(
        self, request: web.Request, call: Call, fault: Fault, body: str
    ) -> web.StreamResponse:
        call.outcome = fault.name
        self.changes.tell()
        match fault.deed:
            case "answer":
                said = fault.body
                return web.Response(text=said, status=fault.status, content_type=fault.content_type)
            case "cut":
                return web.Response(text=body[: len(body) // 2], content_type=fault.content_type)
            case "hang":
                await self._closing.wait()
            case "reset":
                pass
        _reset(request)
        return web.Response()

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        file = self.state.files.get(request.match_info["file_id"])
        if file is None or request.match_info["token"] != self.token:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.content_type)


def _refusal(call: Call, refusal: RefusedError) -> web.Response:
    call.outcome, call.description = str(refusal.code), refusal.description
    said: Json = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        said["parameters"] = refusal.parameters
    return web.json_response(said, status=refusal.code)


def _bound(port: int) -> socket.socket:
    """Takes the port without listening: connections to it are refused."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind(("127.0.0.1", port))
    return taken


def _reset(request: web.Request) -> None:
    """Ends the connection with RST, as a crashed peer does."""
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"  # struct linger: on, 0 seconds
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()
