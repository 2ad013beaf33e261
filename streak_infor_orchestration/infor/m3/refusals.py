"""What M3 refuses, as the errors that the port promises."""

from collections.abc import Mapping

from streak_infor_orchestration.domain.errors import (
    IntegrationError,
    Misconfigured,
    Rejected,
    Transient,
    Unauthorized,
)
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.infor.m3.answers import Nok
from streak_infor_orchestration.infor.m3.contract import called
from streak_infor_orchestration.infor.m3.section import M3Section

_WRONG_KEY = {
    ("AddBatchLine", "ITNO"): LineCode.UNKNOWN_PRODUCT,
    ("AddBatchHead", "CUNO"): CustomerCode.UNKNOWN_CUSTOMER,
}
"""By transaction and field, whatever M3's code and words are."""


def refused(nok: Nok, what: str, record: Mapping[str, str], section: M3Section) -> IntegrationError:
    """The error for a write that M3 understood and did not do. `what` is `PROGRAM/Transaction`."""
    known = _ours(nok, what, section)
    if known is not None:
        return known
    code = _WRONG_KEY.get((what.partition("/")[2], nok.field)) or nok.code
    return Rejected(
        _told(nok, what), code=code, system="infor", field=_field(nok), value=record.get(nok.field, "")
    )


def unread(nok: Nok, what: str, section: M3Section) -> IntegrationError:
    """The error for a read, for which nothing that was asked for is to blame."""
    return _ours(nok, what, section) or Transient(
        _told(nok, what), code=nok.code, system="infor", field=_field(nok)
    )


def _ours(nok: Nok, what: str, section: M3Section) -> IntegrationError | None:
    """What only an administrator cures."""
    if nok.code.startswith(section.authority_codes):
        return Unauthorized(_told(nok, what), code=nok.code, system="infor", field=_field(nok))
    if "TransactionNotFound" in (nok.kind, nok.code):
        program = what.partition("/")[0]
        return Misconfigured(
            f"M3 knows no {what}, or the service user may not use {program}: {nok.message}",
            code=nok.code,
            system="infor",
            field=what,
        )
    return None


def _field(nok: Nok) -> str:
    """With what its letters mean; "" where M3 names none."""
    return called(nok.field) if nok.field else ""


def _told(nok: Nok, what: str) -> str:
    field = f" [{called(nok.field)}]" if nok.field else ""
    return f"M3: {nok.message or nok.code}{field} ({what})"
