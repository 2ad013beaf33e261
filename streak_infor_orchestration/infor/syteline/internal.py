"""SyteLine's internal format: every value is a text, whatever it is (Infor API contract C.3)."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from streak_infor_orchestration.domain.money import plain

_DECIMAL = re.compile(r"[+-]?([0-9]{1,17}(\.[0-9]{0,12})?|\.[0-9]{1,12})")
_MOMENT = "%Y%m%d %H:%M:%S.%f"


def _text(value: Any) -> Any:
    return "" if value is None else value.strip() if isinstance(value, str) else value


def _amount(value: Any) -> Decimal:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value.strip()):
        raise ValueError('is no number as text, such as "12.50"')
    return Decimal(value.strip())


def moment_of(value: Any) -> datetime:
    """Raises ValueError, in words that follow the property's name."""
    if not isinstance(value, str):
        raise ValueError("is no time")
    try:
        return datetime.strptime(value.strip(), _MOMENT)  # noqa: DTZ007  # in the server's zone, which it does not say
    except ValueError:
        raise ValueError('is no time such as "20260302 09:00:00.000"') from None


def _flag(value: Any) -> Any:
    if value in ("0", "1", None, ""):
        return value == "1"
    raise ValueError('is neither "0" nor "1"')


Text = Annotated[str, BeforeValidator(_text)]
Key = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=250)]
Amount = Annotated[Decimal, BeforeValidator(_amount)]
OrZero = Annotated[Decimal, BeforeValidator(lambda value: _amount("0" if value in (None, "") else value))]
Perhaps = Annotated[Decimal | None, BeforeValidator(lambda v: None if v in (None, "") else _amount(v))]
Moment = Annotated[datetime, BeforeValidator(moment_of)]
"""Naive: the time of the database server's zone."""
Day = Annotated[date | None, BeforeValidator(lambda v: None if v in (None, "") else moment_of(v).date())]
Flag = Annotated[bool, BeforeValidator(_flag)]


def amount(value: Any) -> Decimal | None:
    """None for what is no number."""
    try:
        return _amount(value)
    except ValueError:
        return None


def moment(value: datetime) -> str:
    """Of a naive time. To the millisecond, downwards: what is stamped within it is still after it."""
    return value.strftime("%Y%m%d %H:%M:%S.") + f"{value.microsecond // 1000:03}"


def day(value: date) -> str:
    return moment(datetime.combine(value, time()))


def number(value: Decimal) -> str:
    return plain(value.normalize() + 0)  # never "-0", never "1E+2"


def flag(value: bool) -> str:
    return "1" if value else "0"


def same(sent: str | None, kept: Any) -> bool:
    """Whether SyteLine keeps what it was sent, in whatever spelling: 2 and 2.00000000, and keys padded or not."""
    wanted, found = _text(sent), _text(kept)
    if wanted == found:
        return True
    both = (wanted, found)
    return all(isinstance(v, str) and _DECIMAL.fullmatch(v) for v in both) and Decimal(wanted) == Decimal(
        found
    )
