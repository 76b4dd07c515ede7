"""Markup, explicit entities and trimming against what Telegram makes of them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import format_text
from bot.sandbox.refusals import Refusal


def entity(kind: str, offset: int, length: int, **details: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **details}


HTML = [
    ("<b>a</b>", "a", [entity("bold", 0, 1)]),
    ("<b>a<i>😀b</i></b>", "a😀b", [entity("bold", 0, 4), entity("italic", 1, 3)]),
    ("<strong>a</strong><em>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
    ("<ins>u</ins><del>s</del>", "us", [entity("underline", 0, 1), entity("strikethrough", 1, 1)]),
    ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
    ('<a href="example.com">x</a>', "x", [entity("text_link", 0, 1, url="http://example.com/")]),
    ("<a href='https://a.b/?x=1&amp;y=2'>x</a>", "x", [entity("text_link", 0, 1, url="https://a.b/?x=1&y=2")]),
    ('<a href="not a link">x</a>', "x", []),
    ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
    ('<pre><code class="language-py">x</code></pre>', "x", [entity("pre", 0, 1, language="py")]),
    ('<code class="language-py">x</code>', "x", [entity("code", 0, 1)]),
    ("<blockquote expandable>q</blockquote>", "q", [entity("expandable_blockquote", 0, 1)]),
    ("<blockquote>q</blockquote>", "q", [entity("blockquote", 0, 1)]),
    ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍",
     [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")]),
    ("a &lt;b&gt; &amp;amp; &quot; &nbsp; &#128512;", 'a <b> &amp; " &nbsp; 😀', []),
    ("1 > 0 & 2", "1 > 0 & 2", []),
    ("<B>up</B>", "up", [entity("bold", 0, 2)]),
    ("<b></b>x", "x", []),
    ("  <b> a </b>  ", "a", [entity("bold", 0, 1)]),
]  # fmt: skip

HTML_ERRORS = [
    ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
    ("я<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
    ("<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<tg-emoji emoji-id="9999999999999999999">x</tg-emoji>', "Invalid custom emoji identifier specified"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
]

MARKDOWN = [
    ("*b _i __u__ i_*", "b i u i", [entity("bold", 0, 7), entity("italic", 2, 5), entity("underline", 4, 1)]),
    ("~s~ ||p||", "s p", [entity("strikethrough", 0, 1), entity("spoiler", 2, 1)]),
    ("`a.b!`", "a.b!", [entity("code", 0, 4)]),
    ("```py\nx=1\n```", "x=1", [entity("pre", 0, 3, language="py")]),
    ("```\nx```", "x", [entity("pre", 0, 1)]),
    ("[t](https://a.b/c)", "t", [entity("text_link", 0, 1, url="https://a.b/c")]),
    (r"[t](https://a.b/\))", "t", [entity("text_link", 0, 1, url="https://a.b/)")]),
    (r"1\.5 \- \!", "1.5 - !", []),
    (">q1\n>q2", "q1\nq2", [entity("blockquote", 0, 5)]),
    (">q1\n>q2||", "q1\nq2", [entity("expandable_blockquote", 0, 5)]),
    ("![👍](tg://emoji?id=5368324170671202286)", "👍",
     [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")]),
    ("[me](tg://user?id=5)", "me",
     [entity("text_mention", 0, 2, user={"id": 5, "is_bot": False, "first_name": "User"})]),
]  # fmt: skip

MARKDOWN_ERRORS = [
    ("*unclosed", "Can't find end of Bold entity at byte offset 0"),
    (r"*bold _italic\_*", "Can't find end of Bold entity at byte offset 15"),
    ("__x_", "Can't find end of Italic entity at byte offset 3"),
    ("```py\nx", "Can't find end of PreCode entity at byte offset 0"),
    ("[t](https://a.b", "Can't find end of a URL at byte offset 4"),
    ("![x]", "Custom emoji entity must contain a tg://emoji URL"),
    *(
        (f"a{character}b", f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        for character in ")>#+-=|{}.!("
    ),
]


@pytest.mark.parametrize(("source", "text", "entities"), HTML)
def test_html(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert format_text(source, "HTML", None) == (text, entities)


@pytest.mark.parametrize(("source", "text", "entities"), MARKDOWN)
def test_markdown(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert format_text(source, "MarkdownV2", None) == (text, entities)


@pytest.mark.parametrize(
    ("mode", "source", "reason"),
    [("HTML", *case) for case in HTML_ERRORS] + [("MarkdownV2", *case) for case in MARKDOWN_ERRORS],
)
def test_broken_markup_is_refused_in_telegrams_words(mode: str, source: str, reason: str) -> None:
    with pytest.raises(Refusal) as error:
        format_text(source, mode, None)
    assert error.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (entity("bold", 100, 1), "entity begins after the end of the text at UTF-16 offset 100"),
        (
            entity("bold", 0, 100),
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
        ),
        (entity("bold", -1, 1), "receive an entity with incorrect offset -1"),
        (entity("bold", 0, -1), "receive an entity with incorrect length -1"),
        (entity("bold", 1, 1), "entity begins in a middle of a UTF-16 symbol at UTF-16 offset 1"),
        (entity("invalid", 0, 1), "can't parse MessageEntity: Unsupported type specified"),
        (entity("text_link", 0, 2), "can't parse MessageEntity: Can't find field \"url\""),
        (entity("text_link", 0, 2, url="not-a-url"), "entity URL 'not-a-url' is invalid: Wrong HTTP URL"),
        ({"type": "bold", "offset": 0}, "can't parse MessageEntity: Can't find field \"length\""),
        ("bold", "can't parse MessageEntity: Expected an Object"),
    ],
)
def test_wrong_entities_are_refused(given: Any, reason: str) -> None:
    with pytest.raises(Refusal) as error:
        format_text("😀hello", None, [given])
    assert error.value.description == f"Bad Request: {reason}"


def test_given_entities_move_with_the_trimmed_text() -> None:
    text, entities = format_text("\n  😀 hello  ", None, [entity("bold", 6, 5), entity("italic", 0, 3)])
    assert text == "😀 hello"
    assert entities == [entity("bold", 3, 5)]


def test_links_mentions_commands_and_tags_are_found() -> None:
    text, entities = format_text("go https://x.ru/a. /start@bot_x #тег @nexus a@b.com", None, None)
    found = [(one["type"], text[one["offset"] : one["offset"] + one["length"]]) for one in entities]
    assert found == [
        ("url", "https://x.ru/a"),
        ("bot_command", "/start@bot_x"),
        ("hashtag", "#тег"),
        ("mention", "@nexus"),
        ("email", "a@b.com"),
    ]


def test_an_amount_of_money_is_no_cashtag() -> None:
    text = "$2.00 / $10.00, $20 $TON $1INCH"
    found = [text[one["offset"] : one["offset"] + one["length"]] for one in format_text(text, None, None)[1]]
    assert found == ["$TON", "$1INCH"]


def test_nothing_is_found_inside_code() -> None:
    assert format_text("<code>#tag @name x.com</code>", "HTML", None)[1] == [entity("code", 0, 16)]


def test_unknown_parse_mode_and_broken_unicode() -> None:
    for text, mode, reason in (
        ("x", "INVALID", "unsupported parse_mode"),
        ("\ud83d", None, "strings must be encoded in UTF-8"),
    ):
        with pytest.raises(Refusal) as error:
            format_text(text, mode, None)
        assert error.value.description == f"Bad Request: {reason}"


PIECES = st.sampled_from(
    ["<b>", "</b>", "<a href='x.com'>", "</a>", "<pre>", "</pre>", "<", ">", "&lt;", "&", "*", "_", "__", "~", "||", "`", "```",
     "[", "](x.com)", "!", "\\", "\n", "\n>", "😀", "я", " ", "a", "https://x.ru", "@nexus", "#tag", "/go"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(["HTML", "MarkdownV2", None]))
def test_any_text_is_parsed_or_refused_and_entities_fit(source: str, mode: str | None) -> None:
    try:
        text, entities = format_text(source, mode, None)
    except Refusal:
        return
    for one in entities:
        assert 0 <= one["offset"] < one["offset"] + one["length"] <= len(text.encode("utf-16-le")) // 2
    assert text == text.strip(" \n")
