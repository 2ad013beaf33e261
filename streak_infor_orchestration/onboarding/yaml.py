"""Names that anybody may have chosen, written so that YAML reads back the same."""

import re

_PLAIN = re.compile(r"[^\W\d_][\w./+-]*( [\w./+-]+)*")
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_COLUMN = 58


def quoted(text: str, *, always: bool = False) -> str:
    """As a scalar of a flow or block; in quotes only where it needs them, or `always`."""
    if not always and _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


def commented(line: str, why: str, note: str = "") -> str:
    """With a guess's reason behind it, or without one the note."""
    remark = f"GUESS: {why}" if why else note
    plain = commentable(remark)
    return f"{line.ljust(_COLUMN)} # {plain}" if plain else line


def commentable(text: str) -> str:
    """On the one line that a comment has."""
    return "".join(c if c.isprintable() else " " for c in text)
