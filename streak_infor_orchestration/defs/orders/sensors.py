"""What starts runs: orders in the inbox that no deal has."""

from streak_infor_orchestration.defs.asking import inbox_sensor
from streak_infor_orchestration.defs.orders.job import orders
from streak_infor_orchestration.sync.row.rows import ORDERS

unlinked_orders = inbox_sensor(
    ORDERS,
    orders,
    name="unlinked_orders",
    every=15,
    started_by="unlinked orders",
    description="Decides from the inbox alone. On the bulk queue: no deal waits for it.",
)
