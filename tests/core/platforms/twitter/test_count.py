"""Is a text as long as X counts it? The numbers are twitter-text's own (its third configuration)."""

import pytest

from core.platforms.twitter.count import weighted

# What the reference implementation answers; written as escapes, because some of it cannot be told apart by eye.
VECTORS = [
    ("", 0),
    ("a", 1),
    ("\u041f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440", 10),
    ("\u041f\u0440\u0438\u0432\u0435\u0442 https://e.org/abc", 30),
    (
        "https://example.com/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        23,
    ),
    ("http://e.org.", 24),
    ("(https://e.org/a_(b))", 25),
    ("file.py", 23),
    ("\u0441\u043c. example.com \u0438 e.org/\u043f\u0443\u0442\u044c", 53),
    ("test@example.com", 16),
    ("@user hi", 8),
    ("#\u0442\u0435\u0433", 4),
    ("\u4f60\u597d\u4e16\u754c", 8),
    ("\u3053\u3093\u306b\u3061\u306f", 10),
    ("\ud55c\uad6d\uc5b4", 6),
    ("\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", 2),
    ("\U0001f1f7\U0001f1fa", 2),
    ("\U0001f44d\U0001f3fd", 2),
    ("\u2764\ufe0f", 2),
    ("\u2764", 2),
    ("\u263a\ufe0f\u263a", 4),
    ("1\ufe0f\u20e3", 2),
    ("\xa9 \xae \u2122", 8),
    ("\u201c\u043a\u0430\u0432\u044b\u0447\u043a\u0438\u201d \u2014 \u0442\u0438\u0440\u0435\u2026", 18),
    ("a\u200bb", 3),
    ("caf\xe9", 4),
    ("cafe\u0301", 4),
    ("https://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/a", 23),
    ("example.com.", 24),
    ("foo.bar", 23),
    ("foo.notatld", 11),
    ("http://localhost/", 17),
    ("https://1.2.3.4/", 16),
    ("http://a", 8),
    ("a.b.c.co.uk/x?y=1#z", 23),
    ("www.example.com", 23),
    ("HTTP://EXAMPLE.COM/A", 23),
    ("text,https://t.co/abcdefghij next", 33),
    ("https://e.org https://f.org", 47),
    ("\U0001f389\U0001f389 https://e.org/a \U0001f389", 31),
    ("\U0001f468\u200d\U0001f4bb", 2),
    ("e.org,f.org", 47),
    ("\xabhttps://e.org\xbb", 25),
    ("https://e.org/a?b=c&d=e!", 24),
    ("$AAPL", 5),
    ("a\u2026b", 4),
    ("\u20ac \xa3 \u20bd \u2116", 10),
    ("\n\n", 2),
    ("https://e.org/\u043f\u0443\u0442\u044c/\u043a", 23),
    ("line\nline", 9),
    ("\u2139\ufe0f", 2),
    ("\U0001f1f7", 2),
    ("v1.2.3", 6),
    ("\u0442.\u0435. \u0438 \u0442.\u0434.", 11),
    ("google.com/search", 23),
    ("a-b.com", 23),
    ("a_b.com", 7),
    ("-a.com", 6),
    ("http://user:pw@e.org", 20),
    ("https://e.org:8080/x", 23),
]


@pytest.mark.parametrize(("text", "length"), VECTORS)
def test_the_count(text: str, length: int) -> None:
    assert weighted(text) == length


def test_a_long_link_counts_as_any_other() -> None:
    assert weighted("https://example.com/" + "x" * 500) == 23
    assert weighted("x" * 300) == 300
