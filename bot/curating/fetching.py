"""Fetching one page as a polite visitor, and naming what came of it."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import httpx

Outcome = Literal["ok", "moved", "paywall", "blocked", "gone", "failing", "unreachable", "slow"]

OUTCOMES: dict[Outcome, str] = {
    "gone": "la page n'existe plus (404, 410, ou renvoi vers l'accueil)",
    "unreachable": "le site ne répond pas : nom inconnu, connexion refusée, certificat",
    "failing": "le site est en panne (5xx, ou des renvois sans fin)",
    "slow": "la page n'est pas venue à temps",
    "moved": "la page a déménagé pour de bon : corrigez l'adresse",
    "blocked": "le site refuse les robots : à ouvrir dans un navigateur",
    "paywall": "la page est réservée aux abonné·es",
    "ok": "la page est là",
}
"""What each outcome means, the worst first."""

USER_AGENT = "sousveille-links/1.0 (verification de liens, une page a la fois)"
MOST_REDIRECTS = 8
MOST_BYTES = 300_000
"""What is read of a page to tell whether it is behind a paywall."""

_PAYWALLED = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
_REFUSALS = (401, 403, 406, 418, 429, 451, 999)
_CHALLENGE = re.compile(rb"cf-challenge|cf_chl_opt|captcha-delivery|Just a moment\.\.\.")


@dataclass(frozen=True)
class Fetched:
    """What came of fetching one address."""

    outcome: Outcome
    status: int | None = None
    """The last HTTP status, None when no answer came."""
    location: str | None = None
    """Where a page that moved for good is now."""
    detail: str = ""


@dataclass(frozen=True)
class Manners:
    """How to visit. Times in seconds."""

    pause: float = 2.0
    """Between two requests to one host."""
    timeout: float = 30.0
    """For one page, redirects included, however slowly its bytes drip."""
    tries: int = 3
    """For what may pass: no connection, no answer in time, 429, 5xx."""
    longest_wait: float = 60.0
    """The longest `Retry-After` that is honoured; a longer one counts as a refusal."""


async def fetch(
    client: httpx.AsyncClient,
    url: str,
    manners: Manners,
    sleep: Callable[[float], Any] = asyncio.sleep,
) -> Fetched:
    """What came of `url`, tried again while that may help. Raises nothing for a bad page.

    `sleep` waits between tries. The client must not follow redirects by itself.
    """
    fetched = Fetched("unreachable")
    for attempt in range(manners.tries):
        wait = manners.pause * 2**attempt
        try:
            # httpx times out between two bytes only: a slow drip would last for ever.
            async with asyncio.timeout(manners.timeout):
                fetched, retry_after = await _visit(client, url)
        except TimeoutError:
            fetched, retry_after = Fetched("slow", detail=f"{manners.timeout:g} s"), None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            fetched, retry_after = Fetched("unreachable", detail=type(error).__name__), None
        may_pass = fetched.outcome in ("failing", "slow", "unreachable") or fetched.status == 429
        if not may_pass or attempt == manners.tries - 1:
            break
        if retry_after is not None:
            if retry_after > manners.longest_wait:
                break
            wait = max(wait, retry_after)
        await sleep(wait)
    return fetched


async def _visit(client: httpx.AsyncClient, url: str) -> tuple[Fetched, float | None]:
    """One try: what came, and the `Retry-After` in seconds when there is one."""
    here, is_for_good = url, True
    for _ in range(MOST_REDIRECTS):
        async with client.stream("GET", here) as response:
            if response.is_redirect:
                is_for_good = is_for_good and response.status_code in (301, 308)
                here = urljoin(here, response.headers["location"])
                continue
            body = await _start_of(response)
        return _judged(url, here, is_for_good, response, body), _retry_after(response)
    return Fetched("failing", detail="des renvois sans fin"), None


async def _start_of(response: httpx.Response) -> bytes:
    if not response.headers.get("content-type", "text/html").startswith("text/"):
        return b""
    body = b""
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) >= MOST_BYTES:
            break
    return body


def _judged(
    asked: str, here: str, is_for_good: bool, response: httpx.Response, body: bytes
) -> Fetched:
    status = response.status_code
    if "cf-mitigated" in response.headers or (status >= 400 and _CHALLENGE.search(body)):
        return Fetched("blocked", status, detail="un contrôle anti-robots")
    if status in (404, 410):
        return Fetched("gone", status)
    if status == 402 or (status < 400 and _PAYWALLED.search(body)):
        return Fetched("paywall", status)
    if status in _REFUSALS:
        return Fetched("blocked", status)
    if status >= 500:
        return Fetched("failing", status)
    if status >= 400:
        return Fetched("blocked", status, detail="refus sans motif connu")
    if _is_home(here) and not _is_home(asked):
        return Fetched("gone", status, here, "renvoi vers l'accueil")
    if here != asked and is_for_good and not _same_page(asked, here):
        return Fetched("moved", status, here)
    return Fetched("ok", status)


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/", "/fr", "/fr/") and not parts.query


def _same_page(one: str, other: str) -> bool:
    """Whether two addresses differ by nothing that is worth a correction: a final slash."""
    return one.rstrip("/") == other.rstrip("/")


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("retry-after", "")
    return float(text) if text.isdecimal() else None
