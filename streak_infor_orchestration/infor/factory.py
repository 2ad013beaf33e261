"""Which product speaks for the ERP."""

from collections.abc import Callable

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.infor.facade.erp import FacadeErp, FacadeSettings
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.transport.http import HttpClient


class ErpSettings(Model):
    """`product` names a folder of this package."""

    product: str = "facade"
    settle_seconds: float = 330.0


def _facade(settings: ErpSettings, http: HttpClient) -> Erp:
    return FacadeErp(http, FacadeSettings(settle_seconds=settings.settle_seconds))


_PRODUCTS: dict[str, Callable[[ErpSettings, HttpClient], Erp]] = {"facade": _facade}


def open_erp(settings: ErpSettings, http: HttpClient) -> Erp:
    """Raises `Misconfigured` for an unknown product. Makes no call."""
    try:
        opened = _PRODUCTS[settings.product]
    except KeyError:
        known = ", ".join(_PRODUCTS)
        raise Misconfigured(
            f"no ERP product {settings.product!r}; known: {known}", code=SetupCode.PRODUCT
        ) from None
    return opened(settings, http)
