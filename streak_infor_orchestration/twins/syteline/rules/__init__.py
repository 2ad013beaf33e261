"""What SyteLine allows to be written, by table; every other table is read-only through the API."""

from streak_infor_orchestration.twins.syteline.rules import customers, order_lines, orders
from streak_infor_orchestration.twins.syteline.rules.base import Rules

RULES: dict[str, Rules] = {
    "customer": customers.RULES,
    "co": orders.RULES,
    "coitem": order_lines.RULES,
}
