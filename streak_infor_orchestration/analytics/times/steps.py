"""When each thing happened, and how long it took from one to the next."""

from streak_infor_orchestration.analytics.derived import Derivation
from streak_infor_orchestration.analytics.times.tables import TIMES, WEEKS

STEPS = (
    ("won", "ordered"),
    ("ordered", "delivered"),
    ("delivered", "invoiced"),
    ("won", "invoiced"),
    ("invoiced", "paid"),
)
_UNSTAMPED = "TIMESTAMPTZ '0001-01-02'"

# what is seen first counts: Streak keeps only the last change of a stage, and the ERP only the state of today
_TIMES = f"""
    SELECT sale.id AS order_id, coalesce(request.box_key, link.streak_key, '') AS box_key, sale.customer_id,
        request.order_id IS NULL AS by_hand,
        strftime(coalesce(sale.created, sale.order_date::TIMESTAMPTZ), '%G-W%V') AS week,
        least(before.won, request.asked, if(deal.milestone IN ('order', 'invoice'), deal.stage_changed, NULL)) AS won,
        coalesce(sale.created, sale.order_date::TIMESTAMPTZ) AS ordered,
        if(is_gone, coalesce(before.delivered, if(sale.modified > {_UNSTAMPED}, sale.modified, getvariable('now'))),
            NULL) AS delivered,
        invoice.first AS invoiced,
        if(invoice.balance <= 0, invoice.last_paid, NULL) AS paid
    FROM (
        SELECT *, status <> 'Cancelled' AND (status IN ('Shipped', 'Completed') OR (len(lines) > 0 AND
            len([1 FOR line IN lines IF line.delivered IS NULL OR line.delivered < line.quantity]) = 0)) AS is_gone
        FROM infor.sales_orders
    ) AS sale
    LEFT JOIN ledger.requests AS request ON request.order_id = sale.id
    LEFT JOIN (FROM ledger.links WHERE kind = 'order') AS link ON link.erp_key = sale.id
    LEFT JOIN streak.deals AS deal ON deal.key = coalesce(request.box_key, link.streak_key)
    LEFT JOIN analytics.times AS before ON before.order_id = sale.id
    LEFT JOIN (
        SELECT order_id, min(coalesce(one.created, invoice_date::TIMESTAMPTZ)) AS first, sum(balance) AS balance,
            max(last_paid) AS last_paid
        FROM infor.invoices AS one LEFT JOIN (
            SELECT invoice_id, max(coalesce(created, payment_date::TIMESTAMPTZ)) AS last_paid
            FROM infor.payments GROUP BY invoice_id
        ) AS payment ON payment.invoice_id = one.id
        GROUP BY order_id
    ) AS invoice ON invoice.order_id = sale.id
"""


def hours(since: str, until: str) -> str:
    """An ERP that tells days alone dates an order before the deal was won on the same day: that took no time."""
    return f"greatest(date_diff('millisecond', {since}, {until}), 0) / 3600000"


TAKEN = " UNION ALL ".join(
    f"SELECT order_id, week, ordered, by_hand, '{since} to {until}' AS step, {hours(since, until)} AS hours FROM times "
    f"WHERE {since} IS NOT NULL AND {until} IS NOT NULL"
    for since, until in STEPS
)
"""Of the view `times`: a row per order and step that it has come through."""

DERIVATION = Derivation(
    needs=(
        "infor/sales_orders",
        "infor/invoices",
        "infor/payments",
        "streak/deals",
        "ledger/links",
        "ledger/requests",
    ),
    takes=("analytics/times",),
    steps=(f"CREATE TABLE times AS {_TIMES}",),
    results=(
        (TIMES, "FROM times"),
        (
            WEEKS,
            f"""
            SELECT week, step, count(*) AS orders, median(hours) AS median_hours,
                quantile_cont(hours, 0.9) AS p90_hours, max(hours) AS longest_hours
            FROM ({TAKEN}) WHERE week IS NOT NULL GROUP BY ALL
            """,
        ),
    ),
)
