"""The small company of every ERP twin, and the codes that SyteLine wants beside it."""

from decimal import Decimal

from streak_infor_orchestration.twins.erp import seed
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.maintained import upsert

TERMS = [
    ("COD", "Cash on delivery", 0),
    ("N14", "Net 14 days", 14),
    ("N30", "Net 30 days", 30),
    ("N60", "Net 60 days", 60),
]
SHIP_CODES = [
    ("UPS", "Parcel"),
    ("UPSG", "Ground"),
    ("UPSA", "Air"),
    ("AIR", "Air freight"),
    ("TRK", "Truck"),
    ("PICK", "Customer picks up"),
]


def seed_company(company: Company) -> None:
    """Fills an empty company."""
    for code, text, days in TERMS:
        company.insert("terms", TermsCode=code, Description=text, DueDays=Decimal(days))
    for code, text in SHIP_CODES:
        company.insert("shipcode", ShipCode=code, Description=text)
    company.insert("site", Site=company.site, SiteName="Main plant")
    seed(lambda collection, members: upsert(company, collection, members), company.today().date())
