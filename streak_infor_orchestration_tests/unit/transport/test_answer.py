"""What an answer's text becomes: nothing in it that a database, a log, a table or a request could not hold."""

from decimal import Decimal

import pytest

from streak_infor_orchestration.transport.answer import Answer


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (rb'"12 \ud83d"', "12 \ufffd"),  # half an emoji, as JSON writes it
        (rb'"\uDE00x"', "\ufffdx"),
        (b'"12 \xed\xa0\xbd"', "12 \ufffd\ufffd\ufffd"),  # and as bytes
        (rb'"12 \u0000"', "12 \ufffd"),
        (b'"12 \x00"', "12 \ufffd"),
        (rb'"\u001b[31mred"', "\x1b[31mred"),
        (b'"bell\x07"', "bell\x07"),
        (b'"caf\xe9"', "caf\ufffd"),  # no UTF-8
        (rb'"\ud83d\ude00"', "\U0001f600"),  # a whole emoji
        (rb'"a\tb\r\nc"', "a\tb\r\nc"),
        (b'"a\tb\nc"', "a\tb\nc"),
        (b'\xef\xbb\xbf"marked"', "marked"),
        ("\u00e9".join('""').encode("utf-16"), "\u00e9"),
        (
            rb'{"na\u0000me": ["\ud83d", {"x": "\uDFFF"}], "n": 1.10}',
            {"na\ufffdme": ["\ufffd", {"x": "\ufffd"}], "n": Decimal("1.10")},
        ),
        (rb'"C:\\u0000"', "C:\\u0000"),  # a backslash, not NUL
        (b"  ", None),
    ],
)
def test_every_text_of_a_body_can_be_stored_and_sent(sent: bytes, read: object) -> None:
    body = Answer(200, {}, sent).body
    assert body == read
    str(body).encode()


@pytest.mark.parametrize("sent", ["1e999999999", "-1.5e401", "1e-999999999", "0.1e-402"])
def test_a_number_that_would_fill_the_memory_when_it_is_written_out_is_none(sent: str) -> None:
    (number, beside) = Answer(200, {}, f"[{sent}, 1e20]".encode()).body
    assert number.is_nan()
    assert beside == Decimal("1e20")


@pytest.mark.parametrize("sent", [b"{", b"NaN", b"[1e5, Infinity]", b"[" * 50_000, b"<html>", b"\x00"])
def test_what_is_no_json_is_none(sent: bytes) -> None:
    answer = Answer(200, {}, sent)
    assert not answer.is_json
    with pytest.raises(ValueError):  # any: it means "not what was promised"
        _ = answer.body
