"""Visiting pages, on a local server that behaves as badly as the web does."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.curating.fetching import OUTCOMES, Fetched, Manners
from bot.curating.links import Link, LinksError, as_json, as_lines, links_of, read_exceptions, visit
from bot.knowledge.checking import read_knowledge
from tests.knowledge.sound_base import TODAY, lay

QUICK = Manners(pause=0.05, timeout=0.5, tries=3, longest_wait=1)


class Site:
    """A site on loopback, and when each of its pages was asked for."""

    def __init__(self) -> None:
        self.root = ""
        self.asked: dict[str, list[float]] = defaultdict(list)
        self.at_once = self.most_at_once = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        self.asked[request.path].append(time.monotonic())
        try:
            return await self._page(request)
        finally:
            self.at_once -= 1

    async def _page(self, request: web.Request) -> web.StreamResponse:
        times = len(self.asked[request.path])
        match request.path.strip("/").split("/"):
            case ["status", code]:
                return web.Response(status=int(code), text="…")
            case ["twice-down"]:
                return web.Response(status=200 if times > 2 else 503)
            case ["calm-down"]:
                return web.Response(status=200 if times > 1 else 429, headers={"Retry-After": "1"})
            case ["come-back-tomorrow"]:
                return web.Response(status=429, headers={"Retry-After": "86400"})
            case ["moved"]:
                raise web.HTTPMovedPermanently("/here")
            case ["elsewhere-today"]:
                raise web.HTTPFound("/here")
            case ["swept-away"]:
                raise web.HTTPMovedPermanently("/")
            case ["round-and-round"]:
                raise web.HTTPFound("/round-and-round")
            case ["subscribers"]:
                text = '<script>{"isAccessibleForFree": false}</script>'
                return web.Response(text=text, content_type="text/html")
            case ["robots-no"]:
                return web.Response(status=403, headers={"cf-mitigated": "challenge"})
            case ["drip"]:
                response = web.StreamResponse(headers={"Content-Type": "text/html"})
                await response.prepare(request)
                for _ in range(200):
                    await response.write(b".")
                    await asyncio.sleep(0.05)
                return response
            case ["cut"]:
                assert request.transport is not None
                request.transport.close()
                return web.Response()
            case _:
                return web.Response(text="<p>Bonjour")


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,127.0.0.2")
    site = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", site.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 0).start()  # noqa: S104 # two loopback hosts
    site.root = f":{runner.addresses[0][1]}"
    yield site
    await runner.cleanup()


async def fetched(urls: list[str], manners: Manners = QUICK) -> dict[str, Fetched]:
    found: dict[str, Fetched] = {}

    def on_fetched(link: Link, one: Fetched) -> None:
        found[link.url] = one

    links = [Link(url, ("cities/nantes.yaml",), None) for url in urls]
    await visit(links, on_fetched, manners)
    return found


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/here", "ok"),
        ("/status/404", "gone"),
        ("/status/410", "gone"),
        ("/swept-away", "gone"),
        ("/moved", "moved"),
        ("/elsewhere-today", "ok"),
        ("/status/402", "paywall"),
        ("/subscribers", "paywall"),
        ("/status/401", "blocked"),
        ("/status/403", "blocked"),
        ("/status/451", "blocked"),
        ("/robots-no", "blocked"),
        ("/come-back-tomorrow", "blocked"),
        ("/status/500", "failing"),
        ("/round-and-round", "failing"),
        ("/cut", "unreachable"),
        ("/drip", "slow"),
    ],
)
async def test_each_way_of_going_wrong_has_its_own_name(
    path: str, outcome: str, site: Site
) -> None:
    url = f"http://127.0.0.1{site.root}{path}"
    assert (await fetched([url]))[url].outcome == outcome


async def test_a_slow_drip_of_bytes_ends_in_time(site: Site) -> None:
    url = f"http://127.0.0.1{site.root}/drip"
    started = time.monotonic()
    found = await fetched([url], Manners(pause=0.01, timeout=0.3, tries=1))
    assert found[url].outcome == "slow"
    assert time.monotonic() - started < 5  # the drip itself lasts ten seconds


async def test_a_passing_fault_is_tried_again_and_a_lasting_one_is_not(site: Site) -> None:
    root = f"http://127.0.0.1{site.root}"
    found = await fetched([f"{root}/twice-down", f"{root}/status/404", f"{root}/status/403"])
    assert found[f"{root}/twice-down"].outcome == "ok"
    assert [len(site.asked[path]) for path in ("/twice-down", "/status/404", "/status/403")] == [
        3,
        1,
        1,
    ]


async def test_retry_after_is_waited_for(site: Site) -> None:
    url = f"http://127.0.0.1{site.root}/calm-down"
    assert (await fetched([url]))[url].outcome == "ok"
    first, second = site.asked["/calm-down"]
    assert second - first >= 1


async def test_where_a_page_has_moved_is_told(site: Site) -> None:
    url = f"http://127.0.0.1{site.root}/moved"
    assert (await fetched([url]))[url].location == f"http://127.0.0.1{site.root}/here"


async def test_one_page_at_a_time_of_a_host_with_a_pause_while_others_go_on(site: Site) -> None:
    one, other = (f"http://127.0.0.{n}{site.root}" for n in (1, 2))
    await fetched([f"{host}/{page}" for host in (one, other) for page in ("a", "b", "c")])
    pages = sorted(site.asked["/a"] + site.asked["/b"] + site.asked["/c"])
    assert len(pages) == 6
    assert site.most_at_once <= 2
    # Each host is asked three times, with two pauses between.
    assert pages[-1] - pages[0] >= 2 * QUICK.pause


async def test_a_host_that_does_not_exist_is_unreachable() -> None:
    url = "http://127.0.0.1:1/"
    assert (await fetched([url]))[url].outcome == "unreachable"


def test_each_address_of_the_base_is_listed_once_with_its_files(tmp_path: Path) -> None:
    knowledge, _ = read_knowledge(lay(tmp_path), TODAY)
    assert knowledge is not None
    links = {link.url: link for link in links_of(knowledge)}
    assert len(links) == 7
    cited = links["https://ouest.example/2018"]
    assert cited.cited_by == ("cities/nantes.yaml",)
    assert cited.archive == "https://web.archive.org/web/201804/https://ouest.example/2018"


def test_exceptions_have_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "links.yaml"
    assert read_exceptions(tmp_path) == {}
    file.write_text('exceptions:\n  "https://a.example/": Refuse les robots.\n', encoding="utf-8")
    assert read_exceptions(tmp_path) == {"https://a.example/": "Refuse les robots."}
    file.write_text('exceptions:\n  "https://a.example/": " "\n', encoding="utf-8")
    with pytest.raises(LinksError, match="raison"):
        read_exceptions(tmp_path)


def test_the_report_says_the_worst_first_and_where_to_look_for_an_archive() -> None:
    gone = Link("https://a.example/x", ("cities/nantes.yaml",), "2020-02-03")
    here = Link("https://a.example/y", ("cities/nantes.yaml",), None)
    found = {here: Fetched("ok", 200), gone: Fetched("gone", 404)}
    lines = list(as_lines(found, {"https://b.example/": "Robots."}, ["https://c.example/"]))
    assert lines[0].startswith("gone (1)")
    assert "web.archive.org/web/20200203/https://a.example/x" in lines[3]
    assert lines[-1].startswith("links.yaml")
    told = as_json(found, {}, [])["links"]
    assert [(one["outcome"], bool(one["archive"])) for one in told] == [
        ("gone", True),
        ("ok", False),
    ]


def test_every_outcome_is_explained() -> None:
    assert all(meaning for meaning in OUTCOMES.values())
