"""What the ERP's own people maintain beside customers and products."""

from datetime import date
from decimal import Decimal

from streak_infor_orchestration.domain.model import Record


class Vendor(Record):
    name: str = ""
    currency: str = ""
    status: str = ""


class Employee(Record):
    name: str = ""
    email: str = ""
    role: str = ""
    active: bool = True


class GLAccount(Record):
    """An account of the general ledger. Nothing can be booked to a `blocked` one."""

    description: str = ""
    type: str = ""
    blocked: bool = False


class ExchangeRate(Record):
    """One unit of `base` is `rate` units of `quote` from `day` on, until a later rate."""

    base: str
    quote: str
    day: date
    rate: Decimal
