"""Where a page of a load began and ended: XML that a client sends back as it came. Contract, C.2."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from streak_infor_orchestration.twins.syteline.refusals import Refusal

Texts = Sequence[str | None]


@dataclass(frozen=True)
class Bookmark:
    """``names`` and ``descending`` are what the page was ordered by; ``first`` and ``last`` its rows' values of it."""

    names: tuple[str, ...]
    descending: tuple[bool, ...]
    first: tuple[str | None, ...]
    last: tuple[str | None, ...]

    def text(self) -> str:
        """``<B><P><p>CoNum</p></P><D><f>false</f></D><F><v>   1001</v></F><L><v>   1001</v></L></B>``"""
        flags = [str(flag).lower() for flag in self.descending]
        parts = [
            _list("P", "p", self.names),
            _list("D", "f", flags),
            _list("F", "v", self.first),
            _list("L", "v", self.last),
        ]
        return f"<B>{''.join(parts)}</B>"


def read_bookmark(text: str) -> Bookmark:
    """Raises Refusal for what this server never gave."""
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - a simulator's own
        names, flags, first, last = (
            tuple(child.text for child in root.iterfind(f"{part}/*")) for part in "PDFL"
        )
    except ElementTree.ParseError as error:
        raise _not_ours() from error
    if root.tag != "B" or not names or len({len(names), len(flags), len(first), len(last)}) != 1:
        raise _not_ours()
    return Bookmark(tuple(name or "" for name in names), tuple(flag == "true" for flag in flags), first, last)


def _not_ours() -> Refusal:
    return Refusal("The bookmark is invalid", "bookmark")


def _list(outer: str, inner: str, values: Texts) -> str:
    items = "".join(
        f"<{inner}/>" if value is None else f"<{inner}>{escape(value)}</{inner}>" for value in values
    )
    return f"<{outer}>{items}</{outer}>"
