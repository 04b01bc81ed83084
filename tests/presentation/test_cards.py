"""Every message that the published base can give, held to Telegram's limits and to French."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.answers.answering import Answering
from bot.answers.model import Answer
from bot.knowledge.model import Knowledge
from bot.presentation.cards import SCREEN, present
from bot.presentation.conversation import COMMANDS, Conversation
from bot.presentation.message import Message, visible
from bot.presentation.notices import broken, no_such_command, only_text, stale, too_fast
from bot.presentation.typography import NARROW, WIDE
from tests.double.markup import MOST_ENTITIES, parse_html, utf16_length
from tests.questions.judging import NOW

OFFERED = "combien de drones possède la police nationale ?"
"""What no card answers, though it names a topic."""
MOMENTS = (NOW, datetime(2022, 1, 1, tzinfo=NOW.tzinfo), NOW + timedelta(days=3650))
QUESTIONS = (
    "combien de caméras à {}",
    "combien ça coûte à {}",
    "des drones à {} ?",
    "évolution des caméras à {}",
    "et à {} ?",
    "c'est légal à {} ?",
)


def answers(answering: Answering, knowledge: Knowledge) -> Iterator[tuple[str, Answer]]:
    """Every page of every city, topic and agenda, and some questions on every city."""
    for territory in answering.gazetteer.all_covered():
        for now in MOMENTS:
            card = answering.cities.about(territory, now)
            yield f"{territory.id} at {now:%Y}", card
        for section in answering.cities.sections(territory.id or ""):
            pages = answering.section(territory, section, 0, NOW)
            for page in range(getattr(pages, "pages", 1)):
                name = f"{territory.id} {section} {page}"
                yield name, answering.section(territory, section, page, NOW)
        for question in QUESTIONS:
            asked = question.format(territory.name)
            yield asked, answering.reply(asked, NOW)[0]
        yield f"agenda {territory.id}", answering.agenda(territory.name, MOMENTS[1])
    for id_ in knowledge.topics:
        for page in range(answering.topics.about(id_).pages):
            yield f"topic {id_} {page}", answering.topics.about(id_, page)
    for page in range(answering.calendar.agenda(MOMENTS[1]).pages):
        yield f"agenda {page}", answering.calendar.agenda(MOMENTS[1], page=page)
    for asked in ("saint-denis", "wasquehal", "ajaccio", "quelle ville a le plus de caméras ?", "?",
                  "où habite mon voisin", "merci", "ça coûte combien", "caméras par habitant",
                  "comment agir", "qui vend la vsa", OFFERED):  # fmt: skip
        yield asked, answering.reply(asked, NOW)[0]
    yield "menu", answering.topics.menu()
    yield "help", answering.help(is_welcome=True)


@pytest.fixture(scope="module")
def messages(published: Knowledge, published_answering: Answering) -> dict[str, Message]:
    """What can be said, by what it answers."""
    shown = {
        name: present(answer, published.vocabulary)
        for name, answer in answers(published_answering, published)
    }
    notices = (broken, no_such_command, only_text, stale, too_fast)
    return shown | {notice.__name__: notice() for notice in notices}


def wrong(messages: dict[str, Message], fault: str) -> dict[str, str]:
    """Where the texts that people see match `fault`, with what stands around it."""
    found = {}
    for name, message in messages.items():
        text = re.sub(r"https?://\S+", "", visible(message))
        for shown in (text, *(button.label for button in message.buttons)):
            match = re.search(fault, shown)
            if match:
                found[name] = shown[max(0, match.start() - 20) : match.end() + 20]
    return found


def test_telegram_reads_every_message_and_shows_all_of_it(messages: dict[str, Message]) -> None:
    for name, message in messages.items():
        parsed = parse_html(message.html)
        assert parsed.text == visible(message).strip(), name
        assert 1 <= utf16_length(parsed.text) <= 4096, name
        assert len(parsed.entities) <= MOST_ENTITIES, name
        assert {entity.type for entity in parsed.entities} <= {"bold", "italic", "text_link"}, name


def test_every_button_has_a_label_and_leads_somewhere(
    messages: dict[str, Message], conversation: Conversation
) -> None:
    pressed = {button.data: button for message in messages.values() for button in message.buttons}
    for data, button in pressed.items():
        assert button.label.strip(), data
        assert 1 <= len(data.encode()) <= 64, data
        shown = conversation.presses(data, 1, NOW)
        assert shown != stale(), data


def test_the_card_of_a_topic_that_does_not_answer_is_behind_a_button(
    messages: dict[str, Message],
) -> None:
    shown = messages[OFFERED]
    assert "la base n’en dit rien" in visible(shown)
    assert [button.label for button in shown.buttons] == ["Drones policiers"]


def test_a_message_never_has_more_buttons_than_telegram_takes(
    messages: dict[str, Message],
) -> None:
    assert all(len(message.buttons) <= 100 for message in messages.values())
    assert all(len(row) <= 8 for message in messages.values() for row in message.rows)


def test_a_card_fits_on_a_phone_screen(messages: dict[str, Message], published: Knowledge) -> None:
    long = {
        name: len(visible(messages[name]))
        for city in published.cities
        if len(visible(messages[name := f"{city} at {NOW:%Y}"])) > SCREEN
    }
    assert long == {}


@pytest.mark.parametrize(
    "fault",
    [
        rf"[^\s?!{NARROW}][?!;](?=\s|$)",
        r"[ \u00a0\n][?!;]",
        rf"[^\s{WIDE}]:(?=\s|$)",
        r"[ \u202f\n]:",
        rf"«(?!{WIDE})|(?<!{WIDE})»",
        r"\d[ \u00a0]\d{3}(?!\d)",
        r"\w'\w",
        r"\d [%€]",
        r"  ",
    ],
)
def test_no_break_spaces_and_apostrophes_are_where_french_wants_them(
    messages: dict[str, Message], fault: str
) -> None:
    assert wrong(messages, fault) == {}


def test_no_word_of_the_code_is_shown(messages: dict[str, Message]) -> None:
    assert wrong(messages, r"\bNone\b|\bTrue\b|\{|\}|<|>|Traceback") == {}


def test_the_descriptions_of_commands_obey_the_limits_of_menus() -> None:
    for command in COMMANDS:
        assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in command.names)
        assert 1 <= len(command.description) <= 256
