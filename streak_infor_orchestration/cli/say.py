"""Lines, whatever the stream's encoding: to a terminal, a pipe or a journal.

What people and both systems have typed is shown and never obeyed (`domain.shown`); what the encoding cannot write is
written in a way that can be read.
"""

import codecs
import json
import sys
import unicodedata

from streak_infor_orchestration.domain.shown import visible, written_out

_READABLE = "streak-infor-readable"
_SIGNS = (
    '✓ + ✗ x → -> · - … ... • * × x € EUR £ GBP ¥ JPY – - — - − - “ " ” " „ " « " » " ‘ \' ’ \' ‚ \' '
    "ß ss æ ae Æ AE œ oe Œ OE ø o Ø O ł l Ł L đ d Đ D ı i þ th Þ TH ð d"
).split()
_INSTEAD = dict(zip(_SIGNS[::2], _SIGNS[1::2], strict=True))


def write_readably() -> None:
    """Both streams of this process, from now on: no character ends a command."""
    codecs.register_error(_READABLE, _replaced)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_READABLE)


def _replaced(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError), "nothing is read with it"
    return "".join(map(_instead, error.object[error.start : error.end])), error.end


def _instead(character: str) -> str:
    """In ASCII: a sign like it, a letter without its marks, else its number."""
    if character in _INSTEAD:
        return _INSTEAD[character]
    if "\u2800" <= character <= "\u28ff":  # what turns while one waits
        return "*"
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain or written_out(character)


def say(text: str = "", *, err: bool = False) -> None:
    """A line."""
    print(visible(text), file=sys.stderr if err else sys.stdout, flush=True)


def say_json(document: object) -> None:
    """For programs: the same data in every encoding."""
    can_all = (sys.stdout.encoding or "ascii").lower().startswith("utf")
    say(json.dumps(document, indent=2, ensure_ascii=not can_all))
