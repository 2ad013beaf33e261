"""What is sold and its price (Infor API contract C.5)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.infor.syteline.collection import AT_A_TIME, key_in
from streak_infor_orchestration.infor.syteline.filters import both, one_of
from streak_infor_orchestration.infor.syteline.ido import Ido, Row
from streak_infor_orchestration.infor.syteline.internal import day
from streak_infor_orchestration.infor.syteline.listed import ListedCollection
from streak_infor_orchestration.infor.syteline.prices import Price, newest
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.infor.syteline.wire import ItemRow

_OBSOLETE = "O"


class Units:
    """The unit of each item, which an order's lines are in. Learned from every item that is read, and remembered: it
    does not change once there are orders."""

    def __init__(self, ido: Ido) -> None:
        self._ido = ido
        self._known: dict[str, str] = {}

    def learn(self, rows: Iterable[Row]) -> None:
        self._known.update({key_in(row, "Item"): key_in(row, "UM") for row in rows})

    def of(self, skus: Iterable[str]) -> dict[str, str]:
        """Those of the items that exist; one call for all that are not known yet."""
        wanted = list(dict.fromkeys(skus))
        asked = [sku for sku in wanted if sku not in self._known]
        for start in range(0, len(asked), AT_A_TIME):
            some = asked[start : start + AT_A_TIME]
            self.learn(self._ido.all("SLItems", ("Item", "UM"), one_of("Item", some)))
        return {sku: self._known[sku] for sku in wanted if sku in self._known}


class Items(ListedCollection[Product, ItemRow]):
    entity = "products"
    wire = ItemRow

    def __init__(self, ido: Ido, section: SytelineSection, units: Units) -> None:
        super().__init__(ido, section)
        self._units = units

    @property
    def filters(self) -> Mapping[str, str]:
        return {"description": "Description"}

    def by_sku(self, skus: Iterable[str]) -> dict[str, Product]:
        """Those of the products that exist."""
        wanted = list(dict.fromkeys(sku for sku in skus if sku))
        found: dict[str, Product] = {}
        for start in range(0, len(wanted), AT_A_TIME):
            some = wanted[start : start + AT_A_TIME]
            for page in self.equal([one_of("Item", some)]):
                found.update({product.sku: product for product in page if product.sku in some})
        return found

    def beside(self, rows: Sequence[Row]) -> Mapping[str, Price]:
        self._units.learn(rows)
        said = self.section.prices
        if said.source == "SLItems":
            return {}
        level, skus = f"UnitPrice{said.level}", [key_in(row, "Item") for row in rows]
        prices: list[Row] = []
        for start in range(0, len(skus), AT_A_TIME):
            where = both(
                one_of("Item", skus[start : start + AT_A_TIME]), f"EffectDate <= '{day(self._today())}'"
            )
            prices += self.ido.all("SLItemprices", ("Item", "CurrCode", "EffectDate", level), where)
        return newest(prices, level, said.currency)

    def make(self, row: Row, beside: Mapping[str, Price]) -> Product:
        item = ItemRow.model_validate(row)
        price = beside.get(item.item) or Price(item.unit_price, self.section.prices.currency)
        return Product(
            id=item.item,
            **self.times(item),
            description=item.description,
            price=price.amount,
            currency=price.currency if price.amount is not None else "",
            unit=item.um,
            obsolete=item.stat == _OBSOLETE,
        )

    def _today(self) -> date:
        return self.ido.http.clock.now().astimezone(self.section.zone).date()
