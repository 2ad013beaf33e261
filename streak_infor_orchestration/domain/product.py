"""What is sold, and how much of it there is."""

from decimal import Decimal

from streak_infor_orchestration.domain.model import Record


class Product(Record):
    """`id` is the SKU."""

    description: str = ""
    price: Decimal | None = None
    currency: str = ""
    unit: str = ""
    obsolete: bool = False
    tax_rate: Decimal = Decimal(0)  # a fraction: 0.19 is 19 %

    @property
    def sku(self) -> str:
        return self.id


class InventoryItem(Record):
    """The stock of one product in one warehouse, in the product's unit. `available` = on hand - allocated, and may be
    negative."""

    product_id: str
    warehouse: str
    on_hand: Decimal
    allocated: Decimal
    available: Decimal
