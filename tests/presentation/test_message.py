from hypothesis import given
from hypothesis import strategies as st

from bot.presentation.message import Button, Message, escape, plain, visible
from tests.double.markup import parse_html

MARKUP = st.text(alphabet=st.sampled_from("ab<>&\"'#;/=x27lgtampquo \né😀"))


@given(st.one_of(st.text(), MARKUP))
def test_telegram_reads_back_any_text_that_was_escaped(text: str) -> None:
    assert parse_html(escape(text)).text == text.strip()


@given(st.one_of(st.text(), MARKUP))
def test_what_is_visible_of_an_escaped_text_is_that_text(text: str) -> None:
    assert visible(Message(f"<b>{escape(text)}</b>")) == text


def test_an_address_stays_the_same_address_in_a_link() -> None:
    url = "https://journal.example/un-article?a=1&b=2#suite"
    (link,) = parse_html(f'<a href="{escape(url)}">lire</a>').entities
    assert link.url == url
    url = "https://journal.example/l'article"
    assert plain(Message(f'<a href="{escape(url)}">lire</a>')) == f"lire\n\nlire → {url}"


def test_a_plain_message_gives_each_address_once_below_the_text() -> None:
    link = '<a href="https://a.example/?x=1&amp;y=2">A &amp; B</a>'
    told = plain(Message(f"<b>Un</b> {link}, {link}."))
    assert told == "Un A & B, A & B.\n\nA & B → https://a.example/?x=1&y=2"
    assert plain(Message("<b>Un</b>")) == "Un"


def test_the_buttons_of_a_message_are_counted_row_after_row() -> None:
    one, two, three = (Button(label, label) for label in "123")
    assert Message("x", ((one, two), (three,))).buttons == (one, two, three)
