import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.double.markup import Entity, MarkupError, checked_link, parse_html, utf16_length


def test_tags_become_entities_counted_in_utf16_units() -> None:
    parsed = parse_html("😀 <b>gras <i>et penché</i></b> <code>x</code>")
    assert parsed.text == "😀 gras et penché x"
    assert parsed.entities == (
        Entity("bold", 3, 14),
        Entity("italic", 8, 9),
        Entity("code", 18, 1),
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;b&gt; &amp; &quot;x&quot;", '<b> & "x"'),
        ("&#233;&#xe9;", "éé"),
        ("&lt", "<"),
        ("&#0000065; &#00000065;", "A &#00000065;"),
        ("&nbsp;&apos;&eacute;", "&nbsp;&apos;&eacute;"),
        ("&#0; &#xd800; &#99999999;", "&#0; &#xd800; &#99999999;"),
        ("a & b > c", "a & b > c"),
        ("  \n bonjour \n ", "bonjour"),
    ],
)
def test_only_four_named_and_the_numeric_references_are_decoded(html: str, text: str) -> None:
    assert parse_html(html).text == text


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("3 < 4 caméras", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=a_b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_what_telegram_refuses_is_refused_in_its_words(html: str, sentence: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_html(html)
    assert str(caught.value) == sentence


def test_a_link_keeps_its_address_and_an_invalid_one_is_dropped_silently() -> None:
    assert parse_html('<a href="https://exemple.fr/a?b=1&amp;c">ici</a>').entities == (
        Entity("text_link", 0, 3, url="https://exemple.fr/a?b=1&c"),
    )
    assert parse_html("<a href='#ancre'>ici</a>").entities == ()
    assert parse_html("<a>exemple.fr</a>").entities[0].url == "http://exemple.fr"


@pytest.mark.parametrize(
    "address",
    ["localhost", "javascript:alert(1)", "ftp://exemple.fr", "https://", "a b.fr", "http://[x.fr"],
)
def test_addresses_that_telegram_does_not_link(address: str) -> None:
    assert checked_link(address) == ""


def test_code_has_a_language_only_inside_pre_and_nothing_bold_inside() -> None:
    html = '<pre><code class="language-python">x = 1</code></pre> <b>a<code>b</code>c</b>'
    assert parse_html(html).entities == (
        Entity("pre", 0, 5, language="python"),
        Entity("bold", 6, 1),
        Entity("code", 7, 1),
        Entity("bold", 8, 1),
    )


def test_other_tags_of_the_documentation() -> None:
    html = (
        '<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler><u>c</u><ins>d</ins>'
        "<s>e</s><strike>f</strike><del>g</del><strong>h</strong><em>i</em>"
        '<blockquote expandable>j</blockquote><tg-emoji emoji-id="5">k</tg-emoji>'
    )
    assert [entity.type for entity in parse_html(html).entities] == [
        *["spoiler"] * 2,
        *["underline"] * 2,
        *["strikethrough"] * 3,
        "bold",
        "italic",
        "expandable_blockquote",
        "custom_emoji",
    ]


@given(st.text())
def test_escaped_text_comes_back_as_it_was_but_trimmed(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(f"<b>{escaped}</b>").text == text.strip()


@given(st.text(alphabet="<>/ab =\"'&#x1;é😀 \n"))
def test_any_text_is_either_parsed_or_refused(html: str) -> None:
    try:
        parsed = parse_html(html)
    except MarkupError:
        return
    whole = utf16_length(parsed.text)
    assert all(0 <= e.offset < e.offset + e.length <= whole for e in parsed.entities)
