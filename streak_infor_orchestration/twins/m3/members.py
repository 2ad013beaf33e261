"""The façade contract's members in M3's fields, for records that people maintain and for planted defects."""

from typing import Any

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.erp.problems import FieldError, invalid
from streak_infor_orchestration.twins.m3.books import COMPANY, DIVISION, LOCAL_CURRENCY
from streak_infor_orchestration.twins.m3.items import RELEASED
from streak_infor_orchestration.twins.m3.table import Row

RATE_TYPE = "1"

ORDER_FIELDS = {
    "CustomerID": "CUNO",
    "OrderDate": "ORDT",
    "RequestedDate": "RLDT",
    "OrderDescription": "YREF",
    "Currency": "CUCD",
    "ShippingMethod": "MODL",
    "SalespersonID": "SMCD",
    "ExternalReference": "CUOR",
    "SecondReference": "PYRE",
    "TotalAmount": "!TOPY",
}
"""Fields that M3 computes are set with ``!``: they are shown so whatever they come to."""

OTHER_FIELDS = {
    "customers": {
        "Name": "CUNM",
        "ContactName": "YREF",
        "Email": "MAIL",
        "Phone": "PHNO",
        "TaxID": "VRNO",
        "Currency": "CUCD",
        "PaymentTerms": "TEPY",
        "CreditLimit": "CRLM",
        "ExternalReference": "YRE2",
    },
    "invoices": {
        "OrderID": "ORNO",
        "CustomerID": "CUNO",
        "InvoiceDate": "IDAT",
        "DueDate": "DUDT",
        "Currency": "CUCD",
        "Subtotal": "AMT1",
        "TaxAmount": "_vat",
        "TotalAmount": "IVAV",
    },
    "products": {
        "Description": "ITDS",
        "UnitPrice": "SAPR",
        "Currency": "CUCS",
        "UnitOfMeasure": "UNMS",
        "TaxRate": "_vat",
    },
    "inventoryitems": {"OnHand": "STQT", "Allocated": "ALQT"},
    "vendors": {"Name": "SUNM", "Currency": "CUCD"},
    "employees": {"Name": "EMNM", "Email": "_email", "Role": "_role"},
    "glaccounts": {"Description": "TX40", "Type": "_type"},
    "exchangerates": {"Rate": "ARAT"},
}

FIELDS = {"salesorders": ORDER_FIELDS, **OTHER_FIELDS}


def planted(collection: str, members: Any) -> Row:
    """Members, or M3's own fields, as they are put in the books without any check. Raises a 400 for others."""
    known = FIELDS[collection]
    row = {}
    for name, value in members.items():
        field = known.get(name, name)
        if name not in known and not (name.isupper() and len(name) == 4):
            raise invalid(
                FieldError(name, "unknown_field", f"is none of {', '.join(known)}, nor a field of M3")
            )
        text = "" if value is None else str(value)
        row[field] = text.replace("-", "") if field in ("ORDT", "RLDT", "IDAT", "DUDT") else text
    return row


def maintained(collection: str, members: Record) -> Row:
    """A record that the ERP's people maintain, in M3's fields."""
    match collection:
        case "products":
            return _item(members)
        case "inventoryitems":
            return {
                "WHLO": members["Warehouse"],
                "ITNO": members["ProductID"],
                "STQT": members["OnHand"],
                "ALQT": members["Allocated"],
                "QUQT": "0",
                "RJQT": "0",
            }
        case "vendors":
            return {
                "CONO": COMPANY,
                "SUNO": members["VendorID"],
                "SUNM": members["Name"],
                "CUCD": members["Currency"],
                "STAT": RELEASED if members["Status"] == "Active" else "90",
                "_status": members["Status"],
            }
        case "employees":
            return {
                "CONO": COMPANY,
                "DIVI": DIVISION,
                "EMNO": members["EmployeeID"],
                "EMNM": members["Name"],
                "USID": members["EmployeeID"],
                "DEPT": (members["Role"] or "")[:8],
                "ACEM": "1" if members["Active"] else "0",
                "_email": members["Email"] or "",
                "_role": members["Role"] or "",
            }
        case "glaccounts":
            return {
                "CONO": COMPANY,
                "DIVI": DIVISION,
                "AITP": "1",
                "AITM": members["AccountID"],
                "TX40": members["Description"],
                "TX15": members["Description"][:15],
                "LCCD": "1" if members["Blocked"] else "0",
                "_type": members["Type"],
            }
        case _:
            return _rate(members)


def _item(members: Record) -> Row:
    unit = members["UnitOfMeasure"]
    return {
        "CONO": COMPANY,
        "ITNO": members["ProductID"],
        "ITDS": members["Description"],
        "FUDS": members["Description"],
        "STAT": RELEASED if members["Status"] == "Active" else "90",
        "ITTY": "FIN",
        "UNMS": unit,
        "PPUN": unit,
        "SPUN": unit,
        "SAPR": members["UnitPrice"],
        "SACD": "1",
        "CUCS": members["Currency"],
        "SALE": "1",
        "_vat": members["TaxRate"],
    }


def _rate(members: Record) -> Row:
    """M3 keeps rates to the local currency: DMCU 2 where one local unit is ARAT foreign ones, 1 the other way round."""
    base, quote = members["Base"], members["Quote"]
    if LOCAL_CURRENCY not in (base, quote):
        raise invalid(FieldError("Base", "unknown", f"M3 keeps rates to {LOCAL_CURRENCY} only"))
    return {
        "CONO": COMPANY,
        "DIVI": DIVISION,
        "CUCD": quote if base == LOCAL_CURRENCY else base,
        "CRTP": RATE_TYPE,
        "CUTD": members["Date"].replace("-", ""),
        "ARAT": members["Rate"],
        "LOCD": LOCAL_CURRENCY,
        "DMCU": "2" if base == LOCAL_CURRENCY else "1",
        "RAFA": "1",
    }
