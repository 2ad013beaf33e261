"""The Infor products there are. A new one is a package beside `facade/`, and a line here."""

from typing import Any

from streak_infor_orchestration.config.loader import Format
from streak_infor_orchestration.config.sections import ErpSection
from streak_infor_orchestration.infor.facade.product import FACADE
from streak_infor_orchestration.infor.m3.product import M3
from streak_infor_orchestration.infor.product import ErpProduct
from streak_infor_orchestration.infor.syteline.product import SYTELINE

_ALL: tuple[ErpProduct[Any], ...] = (FACADE, M3, SYTELINE)

PRODUCTS = {product.name: product for product in _ALL}
UNLESS_SAID = FACADE
"""What `init` takes the ERP for."""

FORMAT = Format([product.section for product in _ALL])
"""`integration.yaml` with the ERP section of each product."""


def product_of(section: ErpSection) -> ErpProduct[Any]:
    """Every section that `FORMAT` let in names one."""
    return PRODUCTS[section.product]
