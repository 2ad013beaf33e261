"""Texts that anybody may have typed (names of deals and customers, products, what a system answers) as they are shown:
on a screen, in a page, a log, a comment or Dagster's metadata.

A terminal obeys escape sequences, and every program that shows text obeys the marks that turn its direction: a name
could hide a line, or make one look like another. Whatever would be obeyed instead of being seen is written out here, as
JSON writes it.
"""

import re

_OBEYED = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, of which a line's end and a tab are left
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\u2028\u2029"  # ends of lines for some
    "\ud800-\udfff"  # half of a character: nothing can write it
    "\U000e0000-\U000e007f"  # invisible copies of the letters
    "]"
)


def visible(text: str) -> str:
    """`text` with nothing in it that would be obeyed; its lines stay."""
    return _OBEYED.sub(lambda found: written_out(found[0]), text) if text else text


def on_one_line(text: str) -> str:
    """The same where a line is one thing: what stands in several becomes one."""
    return visible(" ".join(text.split()))


def written_out(character: str) -> str:
    """As JSON escapes it: `\\u001b`, above the first plane as two."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
