"""The transactions that this installation has: those of the contract, and what the tenant has published itself."""

from collections.abc import Mapping

from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.contract import CONTRACT, Transaction
from streak_infor_orchestration.twins.m3.lookups import TENANTS_OWN

DIRECT = frozenset({"AddOrderHead", "AddOrderLine"})


def installed(books: Books) -> Mapping[str, Mapping[str, Transaction]]:
    """By program and name."""
    orders = CONTRACT["OIS100MI"]
    if not books.habits.direct_orders:
        orders = {name: transaction for name, transaction in orders.items() if name not in DIRECT}
    own = {
        name: transaction for name, transaction in TENANTS_OWN.items() if name not in books.habits.unpublished
    }
    return {**CONTRACT, "OIS100MI": orders, "CMS100MI": own}
