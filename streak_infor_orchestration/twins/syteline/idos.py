"""The IDOs that the twin has, with their properties. Contract, C.5."""

from collections.abc import Iterator, Mapping
from typing import Any

from streak_infor_orchestration.twins.syteline.derived import (
    customer_balance,
    extended_price,
    invoiced,
    net_price,
)
from streak_infor_orchestration.twins.syteline.ido import Ido
from streak_infor_orchestration.twins.syteline.kinds import Choice, Date, Flag, Key, Kind, Number, Text, Whole

EXTENSION = "XX_"
"""Of the IDOs that this customer has extended with fields of their own (``Uf_``)."""

_STAMPS: dict[str, Kind] = {"RowPointer": Text(36), "RecordDate": Date(), "CreateDate": Date()}
_SERVERS = frozenset(_STAMPS)


def idos(keys: Mapping[str, Key]) -> dict[str, Ido]:
    """Every IDO by its name, the extended ones among them; ``keys``: the padded columns' kinds by name."""
    every = [*_sales(keys), *_receivables(keys), *_master_data(keys)]
    extended = [ido.extending(EXTENSION) for ido in every]
    return {ido.name: ido for ido in (*every, *extended)}


def _ido(name: str, table: str, keys: str, properties: Mapping[str, Kind], **more: Any) -> Ido:
    read_only = _SERVERS | more.pop("read_only", frozenset())
    return Ido(name, table, tuple(keys.split()), {**properties, **_STAMPS}, read_only=read_only, **more)


def _sales(keys: Mapping[str, Key]) -> Iterator[Ido]:
    customer, order = keys["CustNum"], keys["CoNum"]
    address: dict[str, Kind] = {
        "CustNum": customer,
        "CustSeq": Whole(),
        "Name": Text(60),
        **{f"Addr_{n}": Text(50) for n in range(1, 5)},
        "City": Text(30),
        "State": Text(5),
        "Zip": Text(10),
        "Country": Text(30),
        "CurrCode": Text(3),
        "CreditHold": Flag(),
        "CreditLimit": Number(),
    }
    people: dict[str, Kind] = {f"{name}_{n}": Text(30) for name in ("Contact", "Phone") for n in range(1, 4)}
    mails = ("BillToEmail", "InternalEmailAddr", "CustomerEmailAddr")
    yield _ido(
        "SLCustomers",
        "customer",
        "CustNum CustSeq",
        {
            **address,
            **people,
            **{name: Text(60) for name in mails},
            "CustType": Text(6),
            "TermsCode": Text(3),
            "ShipCode": Text(4),
            "BankCode": Text(3),
            "Slsman": Text(8),
            "Whse": Text(4),
            "CrmGuid": Text(36),
        },
        derived={name: (Number(), customer_balance) for name in ("DerOrderBal", "DerPostedBal")},
        required=("CustNum", "Name"),
    )
    yield _ido("SLCustAddrs", "customer", "CustNum CustSeq", address)
    yield _ido(
        "SLCos",
        "co",
        "CoNum",
        {
            "CoNum": order,
            "CustNum": customer,
            "CustSeq": Whole(),
            "CustPo": Text(22),
            "OrderDate": Date(),
            "Stat": Choice(letters="POSCWQH"),
            "Type": Choice(letters="RBE"),
            "Whse": Text(4),
            "TermsCode": Text(3),
            "ShipCode": Text(4),
            **dict.fromkeys(("Price", "Disc", "Freight", "MiscCharges"), Number()),
            **dict.fromkeys(("SalesTax", "SalesTax2", "PrepaidAmt", "ExchRate"), Number()),
            "CurrCode": Text(3),
            "CreditHold": Flag(),
            "CreditHoldReason": Text(3),
            "TakenBy": Text(15),
            "Slsman": Text(8),
            "ProjectedDate": Date(),
            "CloseDate": Date(),
            "OrigSite": Text(8),
            "ExternalConfirmationRef": Text(30),
            "OrderSource": Text(20),
        },
        derived={"Invoiced": (Flag(), invoiced)},
        required=("CustNum",),
        read_only=frozenset({"Price", "CloseDate", "OrigSite"}),
    )
    yield _ido(
        "SLCoitems",
        "coitem",
        "CoNum CoLine CoRelease",
        {
            "CoNum": order,
            "CoLine": Whole(),
            "CoRelease": Whole(),
            "Item": Text(30),
            "Description": Text(40),
            **dict.fromkeys(("QtyOrdered", "QtyOrderedConv"), Number()),
            **dict.fromkeys(("QtyShipped", "QtyInvoiced", "QtyReturned"), Number()),
            "UM": Text(3),
            **dict.fromkeys(("Price", "PriceConv", "Disc"), Number()),
            **dict.fromkeys(("DueDate", "PromiseDate", "ShipDate"), Date()),
            "Stat": Choice(letters="POFC"),
            "Whse": Text(4),
            "CustItem": Text(30),
            "Reprice": Flag(),
            "TaxCode1": Text(6),
        },
        derived={"DerExtPrice": (Number(), extended_price), "DerNetPrice": (Number(), net_price)},
        required=("CoNum", "Item"),
        read_only=frozenset({"QtyShipped", "QtyInvoiced", "QtyReturned", "ShipDate"}),
    )


def _receivables(keys: Mapping[str, Key]) -> Iterator[Ido]:
    customer, order, invoice = keys["CustNum"], keys["CoNum"], keys["InvNum"]
    money = dict.fromkeys(("Amount", "SalesTax", "Freight", "MiscCharges"), Number())
    yield _ido(
        "SLInvHdrs",
        "inv_hdr",
        "InvNum InvSeq",
        {
            "InvNum": invoice,
            "InvSeq": Whole(),
            "CoNum": order,
            "CustNum": customer,
            "CustPo": Text(22),
            **dict.fromkeys(("InvDate", "ShipDate"), Date()),
            "BillType": Text(1),
            "TermsCode": Text(3),
            **dict.fromkeys(("Freight", "MiscCharges", "Disc", "Price", "Cost"), Number()),
        },
    )
    yield _ido(
        "SLInvItemAlls",
        "inv_item",
        "InvNum InvSeq InvLine",
        {
            "InvNum": invoice,
            **dict.fromkeys(("InvSeq", "InvLine", "CoLine"), Whole()),
            "CoNum": order,
            "Item": Text(30),
            **dict.fromkeys(("QtyInvoiced", "Price", "DerExtendedPrice"), Number()),
        },
    )
    open_item: dict[str, Kind] = {
        "CustNum": customer,
        "InvNum": invoice,
        "InvSeq": Whole(),
        "CheckSeq": Whole(),
        "Type": Choice(letters="IPCDF"),
        **money,
        **dict.fromkeys(("InvDate", "DueDate"), Date()),
        "ApplyToInvNum": invoice,
        "CoNum": order,
        "PayType": Text(1),
        "Ref": Text(30),
        "Description": Text(40),
        "Active": Flag(),
        "ExchRate": Number(),
    }
    yield _ido("SLArtrans", "artran", "CustNum InvNum InvSeq CheckSeq", open_item)
    yield _ido("SLArinvs", "arinv", "CustNum InvNum InvSeq", open_item)


def _master_data(keys: Mapping[str, Key]) -> Iterator[Ido]:
    yield _ido(
        "SLItems",
        "item",
        "Item",
        {
            "Item": Text(30),
            "Description": Text(40),
            "UM": Text(3),
            "Stat": Choice(letters="AOS"),
            "ProductCode": Text(10),
            **dict.fromkeys(("UnitPrice", "UWsPrice", "UnitCost"), Number()),
            **{name: Text(1) for name in ("MatlType", "PMTCode")},
            "TaxCode1": Text(6),
        },
    )
    yield _ido(
        "SLItemprices",
        "itemprice",
        "Item CurrCode EffectDate",
        {
            "Item": Text(30),
            "CurrCode": Text(3),
            "EffectDate": Date(),
            **{f"UnitPrice{n}": Number() for n in range(1, 7)},
        },
    )
    quantities = ("QtyOnHand", "QtyAllocCo", "QtyOrdered", "QtyReorder", "QtyWip")
    stock: dict[str, Kind] = {"Item": Text(30), "Whse": Text(4), **dict.fromkeys(quantities, Number())}
    yield _ido("SLItemwhses", "itemwhse", "Item Whse", stock)
    yield _ido(
        "SLVendors",
        "vendor",
        "VendNum",
        {
            "VendNum": keys["VendNum"],
            "Name": Text(60),
            **{f"VadAddr_{n}": Text(50) for n in range(1, 5)},
            "TermsCode": Text(3),
            "CurrCode": Text(3),
            "Stat": Text(1),
        },
    )
    yield _ido(
        "SLEmployees",
        "employee",
        "EmpNum",
        {"EmpNum": keys["EmpNum"], "Name": Text(60), "Lname": Text(30), "TermDate": Date(), "Shift": Text(3)},
    )
    yield _ido("SLCharts", "chart", "Acct", {"Acct": Text(12), "Description": Text(40), "Type": Text(1)})
    rate: dict[str, Kind] = {"FromCurrCode": Text(3), "ToCurrCode": Text(3), "EffDate": Date()}
    rate |= dict.fromkeys(("BuyRate", "SellRate"), Number())
    yield _ido("SLCurrates", "currate", "FromCurrCode ToCurrCode EffDate", rate)
    yield _ido(
        "SLTerms", "terms", "TermsCode", {"TermsCode": Text(3), "Description": Text(40), "DueDays": Whole()}
    )
    yield _ido("SLShipcodes", "shipcode", "ShipCode", {"ShipCode": Text(4), "Description": Text(40)})
    yield _ido("SLSites", "site", "Site", {"Site": Text(8), "SiteName": Text(60)})
