"""Suppliers, employees and accounts (Infor API contract, B.8, G.1: CRS620MI, CRS530MI, CRS630MI)."""

from collections.abc import Iterator, Mapping, Sequence

from streak_infor_orchestration.domain.master_data import Employee, GLAccount, Vendor
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.values import Row, text
from streak_infor_orchestration.infor.m3.walk import pages

_VENDOR = "SUNO SUNM CUCD STAT"
_EMPLOYEE = "EMNO EMNM USID DEPT ACEM"
_ACCOUNT = "AITM TX40 AICL LCCD"


def vendors(mi: Mi, name: str = "") -> Iterator[Sequence[Vendor]]:
    """All of them, or those that are called so."""
    for page in pages(mi, "CRS620MI", "LstSuppliers", start="FRSU", key="SUNO", columns="SUNO SUNM"):
        named = [row for row in page if not name or text(row, "SUNM").casefold() == name.casefold()]
        found = mi.all(
            "CRS620MI", [MiCall("GetBasicData", {"SUNO": text(row, "SUNO")}, _VENDOR) for row in named]
        )
        yield [vendor_of(rows[0]) for rows in found if rows]


def vendor(mi: Mi, number: str) -> Vendor | None:
    row = mi.one("CRS620MI", MiCall("GetBasicData", {"SUNO": number}, _VENDOR))
    return vendor_of(row) if row and text(row, "SUNO") == number else None


def vendor_of(row: Row) -> Vendor:
    return Vendor(
        id=text(row, "SUNO"), name=text(row, "SUNM"), currency=text(row, "CUCD"), status=text(row, "STAT")
    )


def employees(mi: Mi) -> Iterator[Sequence[Employee]]:
    """With the e-mail addresses of the users that they are: an employee has none of its own."""
    company = {"FCOM": str(mi.section.cono or 0), "TCOM": str(mi.section.cono or 999)}
    for page in pages(
        mi, "CRS530MI", "LstEmployee", start="FEMN", key="EMNO", columns=_EMPLOYEE, record=company
    ):
        mails = _mails(mi, page)
        yield [employee_of(row, mails) for row in page]


def employee(mi: Mi, number: str) -> Employee | None:
    row = mi.one("CRS530MI", MiCall("GetEmployee", {"EMNO": number}, _EMPLOYEE))
    return employee_of(row, _mails(mi, [row])) if row and text(row, "EMNO") == number else None


def employee_of(row: Row, mails: Mapping[str, str]) -> Employee:
    return Employee(
        id=text(row, "EMNO"),
        name=text(row, "EMNM"),
        email=mails.get(text(row, "USID"), ""),
        role=text(row, "DEPT"),
        active=text(row, "ACEM") == "1",
    )


def accounts(mi: Mi) -> Iterator[Sequence[GLAccount]]:
    dimension = {"AITP": str(mi.section.account_dimension)}
    for page in pages(
        mi, "CRS630MI", "LstAccountID", start="AITM", key="AITM", columns=_ACCOUNT, record=dimension
    ):
        yield [account_of(row) for row in page]


def account(mi: Mi, number: str) -> GLAccount | None:
    key = {"AITP": str(mi.section.account_dimension), "AITM": number}
    row = mi.one("CRS630MI", MiCall("GetAccountID", key, _ACCOUNT))
    return account_of(row) if row and text(row, "AITM") == number else None


def account_of(row: Row) -> GLAccount:
    return GLAccount(
        id=text(row, "AITM"),
        description=text(row, "TX40"),
        type=text(row, "AICL"),
        blocked=bool(text(row, "LCCD").strip("0")),
    )


def _mails(mi: Mi, rows: Sequence[Row]) -> dict[str, str]:
    users = list(dict.fromkeys(filter(None, (text(row, "USID") for row in rows))))
    found = mi.all("MNS150MI", [MiCall("GetUserData", {"USID": user}, "USID EMAL") for user in users])
    return {user: text(rows[0], "EMAL") for user, rows in zip(users, found, strict=True) if rows}
