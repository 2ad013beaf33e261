"""What the ERP does with an order after it stands: ships, invoices, books payments, completes. Contract, C.5."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from streak_infor_orchestration.twins.erp.problems import conflict
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.table import Record
from streak_infor_orchestration.twins.syteline.totals import ZERO, line_net, lines_net

DEFAULT_TERMS_DAYS = 30
OPEN_ITEM = {"Active": "1", "SalesTax": ZERO, "Freight": ZERO, "MiscCharges": ZERO, "DueDate": None}


def ship(company: Company, order: Record, quantities: Mapping[str, Decimal] | None = None) -> None:
    """Everything that was ordered has left, or ``quantities`` by line number; only the lines say so."""
    for line in company.lines(order):
        rest = line["QtyOrdered"] - line["QtyShipped"]
        leaves = rest if quantities is None else min(rest, quantities.get(f"{line['CoLine']:f}", ZERO))
        if leaves > 0:
            filled = {"Stat": "F"} if leaves == rest else {}
            shipped = {"QtyShipped": line["QtyShipped"] + leaves, "ShipDate": company.today()}
            company.update("coitem", line, shipped | filled)
    complete_if_done(company, order)


def invoice(company: Company, order: Record) -> Record:
    """Of all that was not invoiced yet; charges and taxes are on the first. Raises 409 when there is nothing."""
    lines = [line for line in company.lines(order) if line["QtyInvoiced"] < line["QtyOrdered"]]
    if not lines or order["Stat"] not in ("O", "P"):
        raise conflict(f"order {order['CoNum'].strip()} has nothing to invoice")
    number = company.numbers.next(company.keys["InvNum"], "invoice")
    first = not company.tables["inv_hdr"].where(CoNum=order["CoNum"])
    amount = _book_lines(company, order, number, lines)
    taxes = (order["SalesTax"] or ZERO) + (order["SalesTax2"] or ZERO)
    freight, misc = order["Freight"] or ZERO, order["MiscCharges"] or ZERO
    charged = {"SalesTax": taxes, "Freight": freight, "MiscCharges": misc}
    if not first:
        charged = dict.fromkeys(charged, ZERO)
    common = {"InvNum": number, "InvSeq": ZERO, "CoNum": order["CoNum"], "CustNum": order["CustNum"]}
    header = company.insert(
        "inv_hdr",
        **common,
        CustPo=order["CustPo"],
        InvDate=company.today(),
        ShipDate=company.today(),
        BillType="R",
        TermsCode=order["TermsCode"],
        Freight=charged["Freight"],
        MiscCharges=charged["MiscCharges"],
        Disc=order["Disc"],
        Price=amount + sum(charged.values(), ZERO),
        Cost=ZERO,
    )
    company.insert(
        "artran",
        **OPEN_ITEM
        | common
        | charged
        | {
            "CheckSeq": ZERO,
            "Type": "I",
            "Amount": amount,
            "InvDate": company.today(),
            "DueDate": company.today() + timedelta(days=_days(company, order)),
            "ApplyToInvNum": number,
        },
    )
    complete_if_done(company, order)
    return header


def pay(company: Company, number: str, members: Record) -> Record:
    """Money received, or, negative, paid back."""
    told = {"PayType": (members["Method"] or "C")[:1].upper(), "Ref": members["Reference"]}
    day, method = members["PaymentDate"], members["Method"]
    return _settle(company, number, "P", members["Amount"], day, {**told, "Description": method})


def credit(company: Company, number: str, members: Record) -> Record:
    told = {"Description": members["Reason"]}
    return _settle(company, number, "C", members["Amount"], members["CreditDate"], told)


def settled(company: Company, number: str, kind: str) -> Decimal:
    """What payments (``P``) or credit memos (``C``) took off an invoice."""
    items = company.tables["artran"].where(ApplyToInvNum=number)
    return -sum((company.signed(item) for item in items if item["Type"] == kind), ZERO)


def billed(company: Company, number: str) -> Decimal:
    items = company.tables["artran"].where(ApplyToInvNum=number)
    return sum((company.signed(item) for item in items if item["Type"] == "I"), ZERO)


def balance(company: Company, number: str) -> Decimal:
    return sum((company.signed(item) for item in company.tables["artran"].where(ApplyToInvNum=number)), ZERO)


def complete_if_done(company: Company, order: Record) -> None:
    """The ERP's people complete an order that is shipped, invoiced and paid."""
    lines = company.lines(order)
    invoices = company.tables["inv_hdr"].where(CoNum=order["CoNum"])
    gone = all(min(line["QtyShipped"], line["QtyInvoiced"]) >= line["QtyOrdered"] for line in lines)
    if gone and invoices and all(balance(company, each["InvNum"]) <= 0 for each in invoices):
        close(company, order)


def close(company: Company, order: Record) -> None:
    """Header and lines are complete."""
    for line in company.lines(order):
        company.update("coitem", line, {"Stat": "C"})
    company.update("co", order, {"Stat": "C", "CloseDate": company.today()})


def _book_lines(company: Company, order: Record, number: str, lines: list[Record]) -> Decimal:
    """The invoice's lines; answers their net sum."""
    nets = []
    for position, line in enumerate(lines, 1):
        quantity = line["QtyOrdered"] - line["QtyInvoiced"]
        nets.append(line_net({**line, "QtyOrdered": quantity}, order["CurrCode"]))
        company.insert(
            "inv_item",
            InvNum=number,
            InvSeq=ZERO,
            InvLine=Decimal(position),
            CoNum=order["CoNum"],
            CoLine=line["CoLine"],
            Item=line["Item"],
            QtyInvoiced=quantity,
            Price=line["Price"],
            DerExtendedPrice=nets[-1],
        )
        company.update("coitem", line, {"QtyInvoiced": line["QtyOrdered"]})
    return lines_net(order, nets)


def _settle(
    company: Company, number: str, kind: str, amount: Decimal, day: str | None, told: Record
) -> Record:
    items = company.tables["artran"].where(ApplyToInvNum=number)
    first = next(item for item in items if item["Type"] == "I")
    kept = -amount if company.settings.payments_negative else amount
    row = company.insert(
        "artran",
        **OPEN_ITEM
        | {
            "CustNum": first["CustNum"],
            "InvNum": number,
            "InvSeq": ZERO,
            "CheckSeq": max(item["CheckSeq"] for item in items) + 1,
            "Type": kind,
            "Amount": kept,
            "InvDate": datetime.fromisoformat(day) if day else company.today(),
            "ApplyToInvNum": number,
            "CoNum": first["CoNum"],
        }
        | told,
    )
    order = company.tables["co"].get(first["CoNum"])
    if order is not None and order["Stat"] == "O":
        complete_if_done(company, order)
    return row


def _days(company: Company, order: Record) -> int:
    """Of the order's terms, else of its customer's."""
    customer = company.tables["customer"].get(order["CustNum"], ZERO)
    code = order["TermsCode"] or (customer and customer["TermsCode"])
    terms = company.tables["terms"].get(code) if code else None
    return int(terms["DueDays"]) if terms else DEFAULT_TERMS_DAYS
