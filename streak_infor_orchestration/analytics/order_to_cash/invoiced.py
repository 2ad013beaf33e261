"""From what the order comes to, to what its invoices do: what is still to come, and what they say otherwise."""

from streak_infor_orchestration.analytics.exact import EXACT

STEPS = (
    f"""
    CREATE TABLE invoices AS
    SELECT order_id, count(*) AS invoices, sum(total)::{EXACT} AS invoiced, sum(balance)::{EXACT} AS balance,
        sum(coalesce(tax, 0))::{EXACT} AS tax,
        sum(coalesce(subtotal, total - coalesce(tax, 0)))::{EXACT} AS net,
        CASE WHEN count(freight) = count(*) THEN sum(freight)::{EXACT} END AS freight,
        max(modified) AS changed
    FROM infor.invoices GROUP BY order_id
    """,
    # an ERP that does not say what of a line was invoiced or delivered has invoiced whole orders, and tells of
    # deliveries by the status alone
    """
    CREATE TABLE progress AS
    SELECT line.order_id, line.digits, line.total, line.tax, line.quantity,
        CASE WHEN invoices IS NULL THEN 0 ELSE coalesce(line.invoiced, line.quantity) END AS billed,
        coalesce(line.delivered, CASE WHEN status IN ('Shipped', 'Completed') THEN line.quantity ELSE 0 END) AS gone,
        status IN ('Cancelled', 'Completed') AS is_over, coalesce(invoices, 0) AS invoices
    FROM ordered_lines AS line LEFT JOIN invoices USING (order_id)
    """,
    # open: neither delivered nor invoiced; waiting: delivered only; excess: invoiced beyond what was ordered
    """
    CREATE TABLE quantities AS
    SELECT *, greatest(quantity - greatest(gone, billed), 0) AS open,
        greatest(least(gone, quantity) - billed, 0) AS waiting,
        least(quantity - billed, 0) AS excess,
        CASE WHEN billed > 0 AND (invoices > 1 OR billed <> quantity) THEN invoices ELSE 0 END AS roundings
    FROM progress
    """,
    f"""
    CREATE TABLE parts AS
    SELECT order_id, bool_or(is_over) AS is_over,
        sum(worth(total, tax, least(gone, quantity), quantity, digits)) AS delivered,
        sum(worth(total, tax, open, quantity, digits)) AS open,
        sum(worth(total, tax, waiting, quantity, digits)) AS waiting,
        sum(worth(total, tax, excess, quantity, digits)) AS excess,
        sum(share(total + tax, open, quantity) - worth(total, tax, open, quantity, digits)
            + share(total + tax, waiting, quantity) - worth(total, tax, waiting, quantity, digits)
            + share(total + tax, excess, quantity) - worth(total, tax, excess, quantity, digits))::{EXACT} AS rounding,
        sum(share(total, billed, quantity)) AS goods, sum(share(tax, billed, quantity)) AS tax,
        sum(roundings) AS roundings
    FROM quantities GROUP BY order_id
    """,
    # freight that no invoice tells apart stands on the first one (Infor API contract G.1; the façade has only one)
    f"""
    CREATE TABLE invoiced AS
    SELECT orders.order_id, orders.digits, orders.freight - billed_freight AS freight,
        coalesce(invoiced, 0)::{EXACT} AS invoiced, coalesce(balance, 0)::{EXACT} AS balance,
        coalesce(delivered, 0) AS delivered, is_over, open, waiting, excess, parts.rounding,
        coalesce(parts.goods, 0) + billed_freight - coalesce(net, 0) AS goods_off,
        coalesce(parts.tax, 0) - coalesce(invoices.tax, 0) AS tax_off,
        coalesce(roundings * half_unit(orders.digits), 0) AS roundable,
        greatest(orders.changed, invoices.changed) AS changed
    FROM orders LEFT JOIN parts USING (order_id) LEFT JOIN invoices USING (order_id),
        LATERAL (SELECT coalesce(invoices.freight, if(invoices IS NULL, 0, orders.freight))::{EXACT} AS billed_freight)
    """,
    f"""
    CREATE TABLE invoiced_differences AS
    SELECT *, rounded((coalesce(rounding, 0)
            + if(abs(goods_off) <= roundable, goods_off, 0::{EXACT})
            + if(abs(tax_off) <= roundable, tax_off, 0::{EXACT}))::{EXACT}, digits) AS all_rounding,
        if(abs(tax_off) <= roundable, 0, rounded(tax_off, digits)) AS tax_difference
    FROM invoiced
    """,
)
