from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answering import Answering
from bot.answers.model import Agenda, Section
from bot.knowledge.model import Knowledge
from bot.presentation import buttons
from bot.presentation.buttons import Press, in_rows, parse_press
from bot.presentation.conversation import Conversation
from bot.presentation.message import Button
from tests.questions.judging import NOW


def say_the_same(button: Button, press: Press) -> bool:
    return parse_press(button.data) == press and 1 <= len(button.data.encode()) <= 64


def test_every_button_of_the_published_base_says_all_that_it_needs_within_64_bytes(
    published: Knowledge, published_answering: Answering
) -> None:
    for territory in published_answering.gazetteer.all_covered():
        assert territory.id is not None
        assert say_the_same(buttons.to_card(territory), Press("card", territory.id))
        target = territory.insee or territory.id
        assert say_the_same(buttons.to_place(territory), Press("place", target))
        agenda = Agenda(territories=(territory,), upcoming=(), past=())
        turn = buttons.to_agenda(agenda, 12, "x")
        assert turn is not None
        assert say_the_same(turn, Press("agenda", f"{territory.id},,", page=12))
        for section in get_args(Section):
            press = Press("section", territory.id, section, 123)
            assert say_the_same(buttons.to_section(territory, section, 123), press)
    for id_, topic in published.topics.items():
        assert say_the_same(buttons.to_topic(id_, topic), Press("topic", id_))
        card = published_answering.topics.about(id_)
        assert say_the_same(buttons.to_topic_page(card, 12, "x"), Press("topic", id_, page=12))


@given(
    st.sampled_from(["place", "card", "section", "topic", "agenda"]),
    st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True).filter(lambda id_: len(id_) <= 36),
    st.sampled_from(get_args(Section)),
    st.integers(0, 9999),
)
def test_a_press_comes_back_as_it_left(
    action: str, target: str, section: Section, page: int
) -> None:
    press = Press(action, target, section, page)
    assert parse_press(press.data()) == press


@pytest.mark.parametrize(
    "data",
    ["", "x", "card:lille", "card:lille:figures:-1", "card:lille:figures:99999",
     "card:lille:danse:0", "card:lille:figures:0:0", "card:lille:figures:²", "::", "\x00" * 64],
)  # fmt: skip
def test_what_no_button_of_ours_says_is_not_understood(data: str) -> None:
    assert parse_press(data) is None


@given(st.one_of(st.text(max_size=64), st.from_regex(r"[a-z]*:[a-z0-9-]*:figures:\d{1,4}")))
def test_nothing_that_comes_back_makes_pressing_raise(
    published_conversation: Conversation, data: str
) -> None:
    assert published_conversation.presses(data, 1, NOW).html


@pytest.fixture(scope="module")
def published_conversation(published: Knowledge, published_answering: Answering) -> Conversation:
    return Conversation(published, published_answering)


@pytest.mark.parametrize(
    "data",
    ["card:atlantide:figures:0", "section:atlantide:costs:0", "topic:atlantide:figures:0",
     "agenda:atlantide:figures:0", "place:00000:figures:0", "danse:lille:figures:0"],
)  # fmt: skip
def test_a_button_that_leads_nowhere_any_more_says_so(
    published_conversation: Conversation, data: str
) -> None:
    assert "Ce bouton n’est plus valable" in published_conversation.presses(data, 1, NOW).html


def test_buttons_stand_in_rows_in_their_order() -> None:
    row = [Button(str(n), str(n)) for n in range(7)]
    assert [len(one) for one in in_rows(row)] == [3, 3, 1]
    assert [button for one in in_rows(row, 2) for button in one] == row
    assert in_rows([]) == ()
