"""What plays a transaction: the books and the checked fields in, records out, or NOK."""

from collections.abc import Callable, Iterable, Mapping

from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row

Handler = Callable[[Books, Sent], Iterable[Row]]

Program = Mapping[str, Handler]
"""Handlers by the transaction's name."""
