"""How much of an item there is, by warehouse (Infor API contract C.5)."""

from collections.abc import Iterable, Mapping

from streak_infor_orchestration.domain.product import InventoryItem
from streak_infor_orchestration.infor.syteline.collection import AT_A_TIME
from streak_infor_orchestration.infor.syteline.filters import one_of
from streak_infor_orchestration.infor.syteline.ido import Row
from streak_infor_orchestration.infor.syteline.listed import ListedCollection
from streak_infor_orchestration.infor.syteline.wire import StockRow


class Stock(ListedCollection[InventoryItem, StockRow]):
    """A record for each warehouse of an item: `Item:Whse`. What is available is not allocated to orders."""

    entity = "inventory_items"
    wire = StockRow

    @property
    def filters(self) -> Mapping[str, str]:
        return {"product_id": "Item"}

    def by_sku(self, skus: Iterable[str]) -> dict[str, tuple[InventoryItem, ...]]:
        wanted = list(dict.fromkeys(sku for sku in skus if sku))
        found: dict[str, tuple[InventoryItem, ...]] = {}
        for start in range(0, len(wanted), AT_A_TIME):
            some = wanted[start : start + AT_A_TIME]
            items = [item for page in self.equal([one_of("Item", some)]) for item in page]
            for sku in some:
                if of_it := tuple(item for item in items if item.product_id == sku):
                    found[sku] = of_it
        return found

    def make(self, row: Row, beside: None) -> InventoryItem:
        stock = StockRow.model_validate(row)
        return InventoryItem(
            id=self.key_of(row),
            **self.times(stock),
            product_id=stock.item,
            warehouse=stock.whse,
            on_hand=stock.qty_on_hand,
            allocated=stock.qty_alloc_co,
            available=stock.qty_on_hand - stock.qty_alloc_co,
        )
