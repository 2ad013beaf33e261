"""SQRY searches: an index that lags behind. Their grammar is not published; this is a small part. Contract, B.9."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.table import Row


def search(books: Books, rows: Iterable[Row], query: str) -> Iterator[Row]:
    """``FIELD:value`` and plain words, all of which must be found; ``*`` stands for anything."""
    words = [word for word in query.split() if word != "AND"]
    for row in rows:
        if books.is_indexed(row) and all(_found(row, word) for word in words):
            yield row


def _found(row: Row, word: str) -> bool:
    name, colon, wanted = word.partition(":")
    if colon:
        return fnmatchcase(row.get(name, "").casefold(), wanted.strip('"').casefold())
    return any(word.casefold() in value.casefold() for key, value in row.items() if key[0] != "_")
