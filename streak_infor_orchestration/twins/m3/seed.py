"""The company at the start: that of all ERP twins, in M3's files, and the codes that M3 wants beside it."""

from streak_infor_orchestration.twins.erp import seed
from streak_infor_orchestration.twins.m3.books import (
    COMPANY,
    DIVISION,
    FACILITY,
    LOCAL_CURRENCY,
    WAREHOUSE,
    Books,
)
from streak_infor_orchestration.twins.m3.business import M3Business

ORDER_TYPES = (("A01", "Normal order", "0"), ("A02", "Order without duplicates", "1"))
"""Order type, its name, OT66: whether one item and date may stand once only."""

WAREHOUSES = ((WAREHOUSE, "Main warehouse"), ("200", "Second warehouse"))
DELIVERY_METHODS = (("TRK", "Truck"), ("UPS", "Parcel"), ("AIR", "Air freight"), ("PIC", "Collected"))
PAYMENT_TERMS = (("014", "14 days net", "14"), ("030", "30 days net", "30"), ("060", "60 days net", "60"))
CHARGES = (("FREIGH", "Freight", "0"), ("PACK", "Packing", "5.00"))
TEMPLATES = (("TEMPLATE", "Trade customer, no VAT", "00"), ("TAXED", "Trade customer with VAT", "01"))
"""Customers that others are copied from: CUTM of CRS610MI/Add."""


def seed_books(books: Books) -> None:
    """Fills empty books."""
    for order_type, text, once in ORDER_TYPES:
        row = {
            "CONO": COMPANY,
            "ORTP": order_type,
            "TX40": text,
            "TX15": text[:15],
            "OT66": once,
            "ORTK": "1",
        }
        books.order_types.put(books.stamp(row))
    facility = {"CONO": COMPANY, "FACI": FACILITY, "FACN": "Acme Brakes", "DIVI": DIVISION, "WHLO": WAREHOUSE}
    books.facilities.put(books.stamp(facility | {"LOCD": LOCAL_CURRENCY}))
    for warehouse, name in WAREHOUSES:
        row = {"CONO": COMPANY, "DIVI": DIVISION, "FACI": FACILITY, "WHLO": warehouse, "WHNM": name}
        books.warehouses.put(books.stamp(row))
    for method, text in DELIVERY_METHODS:
        row = {"CONO": COMPANY, "MODL": method, "TX15": text, "TEL1": text, "LNCD": "GB"}
        books.delivery_methods.put(books.stamp(row))
    for terms, text, days in PAYMENT_TERMS:
        row = {"TEPY": terms, "TX15": text, "TEL1": text, "TEPD": days, "LNCD": "GB"}
        books.payment_terms.put(books.stamp(row))
    for charge, text, amount in CHARGES:
        books.charges.put(books.stamp({"CRID": charge, "CRD0": text, "CRAM": amount, "CRTY": "1"}))
    for number, name, vat in TEMPLATES:
        books.customers.put(books.stamp(_template(number, name, vat)))
    seed(M3Business(books).upsert, books.now().date())


def _template(number: str, name: str, vat: str) -> dict[str, str]:
    return {
        "_template": "1",
        "CONO": COMPANY,
        "CUNO": number,
        "CUNM": name,
        "CUA1": "",
        "STAT": "20",
        "CUTP": "0",
        "CUCD": LOCAL_CURRENCY,
        "LNCD": "GB",
        "ORTP": ORDER_TYPES[0][0],
        "FACI": FACILITY,
        "WHLO": WAREHOUSE,
        "MODL": DELIVERY_METHODS[0][0],
        "TEDL": "EXW",
        "TEPY": "030",
        "VTCD": vat,
        "BLCD": "0",
        "CRTP": "1",
        "PYNO": "",
    }
