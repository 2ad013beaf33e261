"""`POST /invoke/{ido}?method=`: parameters by position, the last is the Infobar. Contract, C.1 and C.2."""

from collections.abc import Callable, Sequence
from typing import Any

from streak_infor_orchestration.twins.syteline.books import READY
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.ido import Ido
from streak_infor_orchestration.twins.syteline.refusals import Refusal

Texts = Sequence[str | None]
Method = Callable[[Company, Texts], str | None]
"""Does what it is for, or answers the Infobar's text why it does not."""


def mark_ready_to_invoice(company: Company, parameters: Texts) -> str | None:
    """This company's own: (CoNum, Infobar)."""
    number = company.keys["CoNum"].padded((parameters[0] or "").strip())
    order = company.tables["co"].get(number)
    if order is None or order["Stat"] != "O":
        return f"Order {number} is not ordered"
    if order.get(READY) != "1":
        company.update("co", order, {READY: "1"})
    return None


METHODS: dict[tuple[str, str], tuple[int, Method]] = {
    ("co", "MarkReadyToInvoiceSp"): (2, mark_ready_to_invoice)
}
"""By the IDO's table and the method's name: how many parameters it takes."""


def invoke(company: Company, ido: Ido, method: str, body: Any) -> dict[str, Any]:
    """The answer's body: ``ReturnValue`` 0, or 16 with the reason in the last parameter. Raises Refusal."""
    if not isinstance(body, list) or not all(value is None or isinstance(value, str) for value in body):
        raise Refusal("The parameters are a list of strings", "malformed_parameters")
    known = METHODS.get((ido.table, method))
    if known is None:
        raise Refusal(f"Method {method} was not found on IDO {ido.name}", "unknown_method")
    count, act = known
    if len(body) != count:
        raise Refusal(f"Method {method} takes {count} parameters", "parameter_count")
    infobar = act(company, body)
    return {
        "Success": True,
        "Message": None,
        "ReturnValue": "0" if infobar is None else "16",
        "Parameters": [*body[:-1], infobar],
    }
