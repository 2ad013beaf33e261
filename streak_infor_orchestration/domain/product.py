"""What is sold."""

from decimal import Decimal

from streak_infor_orchestration.domain.model import Model


class Product(Model):
    sku: str
    description: str = ""
    price: Decimal | None = None
    currency: str = ""
    unit: str = ""
    obsolete: bool = False
    tax_rate: Decimal = Decimal(0)  # a fraction: 0.19 is 19 %
