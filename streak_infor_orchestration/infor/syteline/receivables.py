"""What is open on a customer's account, by invoice (Infor API contract C.5: SLArtrans, and SLArinvs until posted)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from streak_infor_orchestration.infor.syteline.collection import AT_A_TIME, key_in
from streak_infor_orchestration.infor.syteline.filters import one_of
from streak_infor_orchestration.infor.syteline.ido import Ido, Row
from streak_infor_orchestration.infor.syteline.wire import OpenItemRow

INVOICE, PAYMENT, CREDIT, DEBIT = "I", "P", "C", "D"
ZERO = Decimal(0)
Sign = Literal["either", "positive", "negative"]


@dataclass(frozen=True)
class Account:
    """All that is applied to one invoice number. Amounts as SyteLine signs them."""

    invoices: tuple[OpenItemRow, ...]
    others: tuple[OpenItemRow, ...]

    def paid(self, sign: Sign) -> Decimal:
        return self._lowered(PAYMENT, sign)

    def credited(self, sign: Sign) -> Decimal:
        """What credit memos take off what is due, less what debit memos add."""
        added = sum((whole(row) for row in self.others if row.type not in (PAYMENT, CREDIT)), ZERO)
        return self._lowered(CREDIT, sign) - added

    def of(self, row: OpenItemRow, sign: Sign) -> Decimal:
        """By how much this one lowers what is due. With an unknown sign: as all of its kind do together, so that one
        that took another back raises it again."""
        if row.type not in (PAYMENT, CREDIT):
            return -whole(row)
        return whole(row) * self._factor(row.type, sign)

    def _lowered(self, kind: str, sign: Sign) -> Decimal:
        return self._sum(kind) * self._factor(kind, sign) or ZERO  # never "-0"

    def _factor(self, kind: str, sign: Sign) -> int:
        negative = sign == "negative" or (sign == "either" and self._sum(kind) < 0)
        return -1 if negative else 1

    def _sum(self, kind: str) -> Decimal:
        return sum((whole(row) for row in self.others if row.type == kind), ZERO)


def whole(row: OpenItemRow) -> Decimal:
    return row.amount + row.sales_tax + row.freight + row.misc_charges


def accounts(ido: Ido, numbers: Collection[str]) -> Mapping[str, Account]:
    """By invoice number. An invoice that is not posted yet is read where it waits to be."""
    wanted = list(dict.fromkeys(filter(None, numbers)))
    posted = _grouped(_applied(ido, wanted))
    unposted = [number for number in wanted if not any(row.type == INVOICE for row in posted.get(number, ()))]
    waiting = _grouped(_unposted(ido, unposted))
    return {
        number: Account(
            invoices=tuple(row for row in (*own, *waiting.get(number, ())) if row.type == INVOICE),
            others=tuple(row for row in own if row.type != INVOICE),
        )
        for number in wanted
        if (own := posted.get(number, [])) or number in waiting
    }


def _applied(ido: Ido, numbers: list[str]) -> Iterable[Row]:
    for some in _portions(numbers):
        padded = [ido.key("InvNum", number) for number in some]
        yield from ido.all("SLArtrans", OpenItemRow.properties(), one_of("ApplyToInvNum", padded))


def _unposted(ido: Ido, numbers: list[str]) -> Iterable[Row]:
    for some in _portions(numbers):
        padded = [ido.key("InvNum", number) for number in some]
        yield from ido.all("SLArinvs", OpenItemRow.properties(), one_of("InvNum", padded))


def _portions(numbers: list[str]) -> Iterable[list[str]]:
    for start in range(0, len(numbers), AT_A_TIME):
        yield numbers[start : start + AT_A_TIME]


def _grouped(rows: Iterable[Row]) -> dict[str, list[OpenItemRow]]:
    grouped: dict[str, list[OpenItemRow]] = {}
    for row in rows:
        item = OpenItemRow.model_validate(row)
        grouped.setdefault(item.apply_to_inv_num or item.inv_num, []).append(item)
    return grouped


def number_of(row: Row) -> str:
    """The number of the invoice that it is applied to."""
    return key_in(row, "ApplyToInvNum")
