"""Every table that is worked out of others, in the order in which they stand on each other."""

from streak_infor_orchestration.analytics.customer_360.view import DERIVATION as CUSTOMER_360
from streak_infor_orchestration.analytics.derived import Derivation
from streak_infor_orchestration.analytics.order_to_cash.amounts import DERIVATION as ORDER_TO_CASH
from streak_infor_orchestration.analytics.times.steps import DERIVATION as TIMES

DERIVATIONS: dict[str, Derivation] = {
    "order_to_cash": ORDER_TO_CASH,
    "customer_360": CUSTOMER_360,
    "times": TIMES,
}
