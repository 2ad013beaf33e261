"""Items, their list prices and stock: MMS200MI (Infor API contract, B.8, G.1)."""

from collections.abc import Iterable, Iterator, Sequence

from streak_infor_orchestration.domain.product import InventoryItem, Product
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.m3.values import Row, number, text
from streak_infor_orchestration.infor.m3.walk import pages

PROGRAM = "MMS200MI"
_ITEM = "ITNO ITDS STAT UNMS"
_PRICE = "SAPR SACD CUCS"
_BALANCE = "WHLO ITNO STQT ALQT"


def read(mi: Mi, skus: Iterable[str]) -> dict[str, Product]:
    """Those of the items that exist under this very number, with their list prices; 25 in a call."""
    wanted = list(dict.fromkeys(skus))
    keys = [{"ITNO": sku} for sku in wanted]
    calls = [
        call
        for key in keys
        for call in (MiCall("GetItmBasic", key, _ITEM), MiCall("GetItmPrice", key, _PRICE))
    ]
    found = mi.all(PROGRAM, calls)
    products = {}
    for sku, basic, price in zip(wanted, found[::2], found[1::2], strict=True):
        # M3 may find another spelling of the number: that is not the item that was asked for
        if basic and text(basic[0], "ITNO") == sku:
            products[sku] = product_of(mi.section, basic[0], next(iter(price), {}))
    return products


def product_of(section: M3Section, item: Row, price: Row) -> Product:
    """The list price is for `SACD` of the basic unit; zero is none. Raises ValueError for what is no item."""
    if not text(item, "ITNO"):
        raise ValueError("an item without a number")
    amount = number(price, "SAPR") / (number(price, "SACD") or 1)
    return Product(
        id=text(item, "ITNO"),
        description=text(item, "ITDS"),
        price=amount or None,
        currency=text(price, "CUCS"),
        unit=text(item, "UNMS"),
        obsolete=text(item, "STAT") in section.obsolete_items,
    )


def numbers(mi: Mi, description: str = "") -> Iterator[list[str]]:
    """The numbers of all items, or of those with that name, a page at a time."""
    for page in pages(
        mi, PROGRAM, "LstItmByItm", start="ITNO", key="ITNO", columns="ITNO ITDS", first=mi.section.first_item
    ):
        named = (
            row for row in page if not description or text(row, "ITDS").casefold() == description.casefold()
        )
        yield [text(row, "ITNO") for row in named]


def stock(mi: Mi, skus: Iterable[str]) -> dict[str, tuple[InventoryItem, ...]]:
    """By item, one for each of the warehouses that count; an item that none of them has is left out."""
    wanted = list(dict.fromkeys(skus))
    places = _places(mi, wanted)
    calls = [MiCall("GetItmWhsBal", {"WHLO": warehouse, "ITNO": sku}, _BALANCE) for sku, warehouse in places]
    found: dict[str, list[InventoryItem]] = {}
    for rows in mi.all(PROGRAM, calls):
        for row in rows[:1]:
            found.setdefault(text(row, "ITNO"), []).append(stocked(row))
    return {sku: tuple(found[sku]) for sku in wanted if sku in found}


def stocked(row: Row) -> InventoryItem:
    """Approved stock on hand and what of it is allocated."""
    on_hand, allocated = number(row, "STQT"), number(row, "ALQT")
    return InventoryItem(
        id=f"{text(row, 'ITNO')}:{text(row, 'WHLO')}",
        product_id=text(row, "ITNO"),
        warehouse=text(row, "WHLO"),
        on_hand=on_hand,
        allocated=allocated,
        available=on_hand - allocated,
    )


def _places(mi: Mi, skus: Sequence[str]) -> list[tuple[str, str]]:
    if mi.section.warehouses:
        return [(sku, warehouse) for sku in skus for warehouse in mi.section.warehouses]
    listed_ = mi.all(PROGRAM, [MiCall("LstItmWhsByItm", {"ITNO": sku}, "WHLO ITNO") for sku in skus])
    return [
        (sku, text(row, "WHLO"))
        for sku, rows in zip(skus, listed_, strict=True)
        for row in rows
        if text(row, "ITNO") == sku
    ]
