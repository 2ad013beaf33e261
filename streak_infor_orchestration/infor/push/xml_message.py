"""An XML document as a message: of a BOD the nouns under its DataArea (Infor API contract E.5), else the whole.

A document type is refused: it is what makes XML dangerous to read, and no BOD has one.
"""

from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from streak_infor_orchestration.infor.push.message import NotUnderstood, PushMessage, Record

MOST_VALUES = 50_000
MOST_LEVELS = 60

_SEPARATOR = " "


def xml_message(content: bytes) -> PushMessage:
    """A record for each noun. Raises NotUnderstood."""
    reading = _Reading()
    parser = ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = reading.begin
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = _no_document_type
    try:
        parser.Parse(content, True)
    except (ExpatError, ValueError, LookupError):  # the last two: of an encoding that nobody knows
        raise NotUnderstood("no XML, though it begins like it") from None
    return PushMessage(reading.name, tuple(reading.records))


def _no_document_type(*_: object) -> NoReturn:
    raise NotUnderstood("XML with a document type")


class _Reading:
    def __init__(self) -> None:
        self.name = ""
        self.records: list[Record] = []
        self._open: list[str] = []
        self._begin = 1
        """So many of the open elements are around a record, not in it."""
        self._found: dict[str, list[str]] = {}
        self._text = ""
        self._values = 0
        self._is_leaf = False

    def begin(self, name: str, _attributes: object) -> None:
        local = name.rpartition(_SEPARATOR)[2]
        self._open.append(local)
        self._is_leaf, self._text = True, ""
        if len(self._open) > MOST_LEVELS:
            raise NotUnderstood("XML nested too deeply")
        if len(self._open) == 1:
            self.name = local
        elif len(self._open) == 2 and local == "DataArea":
            self._begin = 2

    def text(self, text: str) -> None:
        self._text += text

    def end(self, _name: str) -> None:
        level = len(self._open)
        if self._is_leaf and level > self._begin and self._text.strip():
            self._values += 1
            if self._values > MOST_VALUES:
                raise NotUnderstood(f"XML with more than {MOST_VALUES} values")
            path = "/".join(self._open[self._begin :]).lower()
            self._found.setdefault(path, []).append(self._text)
        self._is_leaf, self._text = False, ""
        local = self._open.pop()
        if level == 3 and self._begin == 2 and not _is_verb(local, self.name):
            self.name = local
            self._close_record()
        elif level == 1:
            self._close_record()

    def _close_record(self) -> None:
        if self._found:
            self.records.append({path: tuple(texts) for path, texts in self._found.items()})
        self._found = {}


def _is_verb(element: str, root: str) -> bool:
    """The DataArea of a SyncSalesOrder holds a Sync, then SalesOrders."""
    return root.startswith(element)
