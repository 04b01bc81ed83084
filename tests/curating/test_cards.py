"""Every card of the published base as a phone would show it."""

import html
import re
from datetime import datetime

import pytest

from bot.answers.model import CityCard
from bot.assembly import build_conversation, load_base
from bot.curating.preview import Screen, find, screens
from bot.language.dates import PARIS
from bot.presentation.cards import SCREEN
from bot.presentation.conversation import Conversation
from bot.presentation.message import visible
from bot.presentation.notices import stale
from bot.presentation.typography import typeset
from bot.settings import Settings
from tests.double.markup import parse_html

NOW = datetime(2026, 11, 22, 12, tzinfo=PARIS)
SETTINGS = Settings()
BASE = load_base(SETTINGS, NOW.date())
NAMES = [*BASE.cities, *BASE.topics]

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SOURCE = re.compile(r"\. (?:<a href=\"https?://[^\"]+\">[^<]+</a>|[^<(]+) \([^)]+\)$")


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    return build_conversation(SETTINGS, NOW.date())


@pytest.fixture(scope="module")
def shown(conversation: Conversation) -> dict[str, list[Screen]]:
    found = {}
    for name in NAMES:
        data = find(BASE, name)
        assert data is not None
        found[name] = list(screens(conversation, data, NOW))
    return found


def test_the_base_has_the_territories_that_are_promised() -> None:
    assert len(BASE.cities) >= 92


@pytest.mark.parametrize("name", NAMES)
def test_a_card_and_its_pages_hold_what_telegram_and_a_phone_ask(
    name: str, shown: dict[str, list[Screen]]
) -> None:
    card = shown[name][0]
    # A guide is all its steps, and was asked for.
    if name in BASE.cities or BASE.topics[name].kind != "guide":
        assert card.length <= SCREEN
    for screen in shown[name]:
        parsed = parse_html(screen.message.html)
        assert parsed.text.strip() == visible(screen.message).strip()
        assert screen.utf16_units <= 4_096
        for button in screen.message.buttons:
            assert 1 <= len(button.data.encode()) <= 64
            assert button.label.strip()


@pytest.mark.parametrize("name", BASE.cities)
def test_each_figure_of_a_card_has_its_date_and_its_source(
    name: str, conversation: Conversation, shown: dict[str, list[Screen]]
) -> None:
    answer = conversation.answer(BASE.cities[name].name, None, NOW)[0]
    lines = shown[name][0].message.html.split("\n")
    figures = [line for line in lines if line.startswith("• <b>")]
    for line in figures:
        assert _YEAR.search(re.sub(r"<[^>]+>", "", line)), line
        assert _SOURCE.search(line), line
    if isinstance(answer, CityCard) and answer.territories[0].id == name:
        assert len(figures) == len(answer.key_series)


@pytest.mark.parametrize("name", BASE.cities)
def test_each_sentence_of_a_page_is_followed_by_its_source(
    name: str, shown: dict[str, list[Screen]]
) -> None:
    sentences = {typeset(fact.text) for fact in BASE.cities[name].facts.values()}
    told = [line for screen in shown[name] for line in screen.message.html.split("\n")]
    for line in told:
        text = html.unescape(re.sub(r"<[^>]+>", "", line)).removeprefix("• ")
        held = next((one for one in sentences if text.startswith(one)), None)
        if held is not None:
            assert re.fullmatch(r" .+ \(.+\)", text.removeprefix(held)), line


def test_no_button_of_a_card_leads_nowhere(
    conversation: Conversation, shown: dict[str, list[Screen]]
) -> None:
    pressed = {
        button.data for found in shown.values() for one in found for button in one.message.buttons
    }
    assert len(pressed) > 500
    for data in pressed:
        assert conversation.presses(data, 1, NOW) != stale(), data
