"""What is told of how long things take."""

from streak_infor_orchestration.analytics.schema import table

TIMES = table(
    "analytics/times",
    "When each order's deal was won, and when it was ordered, delivered, invoiced and paid.",
    """
    order_id text Order
    box_key text Deal, empty for an order without one
    customer_id text Customer
    by_hand flag Whether somebody typed the order in the ERP
    week text Week it was ordered in: 2026-W10
    won instant When the deal reached a stage that asks for an order, as far as that was seen
    ordered instant When the order was entered
    delivered instant When all of it was delivered, as that was first seen
    invoiced instant When the first invoice was made
    paid instant When the last payment came that left nothing open
    """,
    key="order_id",
    changed="ordered",
    refers_to="infor/sales_orders infor/invoices infor/payments streak/deals ledger/links ledger/requests",
)
WEEKS = table(
    "analytics/times_by_week",
    "How long each step took, by the week of the order; in hours.",
    """
    week text Week of the order: 2026-W10
    step text won to ordered, ordered to delivered, delivered to invoiced, won to invoiced or invoiced to paid
    orders whole Orders that have come so far
    median_hours amount Half of them took no longer
    p90_hours amount Nine of ten took no longer
    longest_hours amount The longest
    """,
    key="week step",
    refers_to="analytics/times",
)
