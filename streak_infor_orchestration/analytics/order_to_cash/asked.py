"""From what the deal asked for to what the order comes to."""

from streak_infor_orchestration.analytics.exact import EXACT

STEPS = (
    # an ERP that tells the tax of the whole order: a line's is its share
    f"""
    CREATE TABLE orders AS
    SELECT sale.id AS order_id, coalesce(request.box_key, link.streak_key) AS box_key, sale.customer_id, sale.currency,
        minor_units(sale.currency) AS digits, sale.status, sale.order_date, sale.created, sale.total, sale.freight,
        sale.tax, sale.lines, request.lines AS asked, request.order_id IS NOT NULL AS is_asked, request.rates,
        sale.modified, greatest(sale.modified, request.at) AS changed,
        list_sum([line.total::{EXACT} FOR line IN sale.lines]) AS goods
    FROM infor.sales_orders AS sale
    LEFT JOIN ledger.requests AS request ON request.order_id = sale.id
    LEFT JOIN ledger.links AS link ON link.kind = 'order' AND link.erp_key = sale.id
    """,
    f"""
    CREATE TABLE ordered_lines AS
    SELECT order_id, digits, status, sku, n, quantity, price, discount, delivered, invoiced,
        row_number() OVER (PARTITION BY order_id, sku ORDER BY n) AS nth,
        coalesce(total::{EXACT}, rounded(product(quantity, price) - discount, digits)) AS total,
        CASE WHEN whole_tax IS NULL THEN tax::{EXACT} ELSE share(whole_tax, total, goods) END AS tax
    FROM (
        SELECT order_id, digits, status, goods, orders.tax AS whole_tax, unnest(lines, recursive := true),
            generate_subscripts(lines, 1) AS n
        FROM orders
    )
    """,
    """
    CREATE TABLE asked_lines AS
    SELECT order_id, sku, quantity, price, row_number() OVER (PARTITION BY order_id, sku ORDER BY n) AS nth
    FROM (SELECT order_id, unnest(asked, recursive := true), generate_subscripts(asked, 1) AS n FROM orders)
    """,
    # the n-th line of a product is the n-th that was asked for of it
    f"""
    CREATE TABLE asked_differences AS
    SELECT order_id, sum(product(had.quantity, had.price)) AS asked,
        sum(CASE
            WHEN is_line AND was_asked THEN product(has.quantity - had.quantity, had.price)
            WHEN is_line THEN product(has.quantity, has.price)
            ELSE -product(had.quantity, had.price)
        END) AS quantity,
        sum(CASE WHEN is_line AND was_asked THEN product(has.quantity, has.price - had.price) ELSE 0::{EXACT} END)
            AS price
    FROM (FROM ordered_lines SELECT order_id, sku, nth, quantity, price, true AS is_line) AS has
    FULL JOIN (FROM asked_lines SELECT *, true AS was_asked) AS had USING (order_id, sku, nth)
    GROUP BY order_id
    """,
    f"""
    CREATE TABLE ordered AS
    SELECT order_id, any_value(orders.digits) AS digits,
        sum(product(quantity, price)) AS gross,
        -sum(discount::{EXACT}) AS discount,
        sum(CASE WHEN abs(line.total - product(quantity, price) + discount) <= half_unit(line.digits)
            THEN line.total - product(quantity, price) + discount ELSE 0::{EXACT} END) AS rounding,
        coalesce(any_value(orders.tax), sum(line.tax)) AS tax,
        sum(line.total) AS goods
    FROM ordered_lines AS line JOIN orders USING (order_id)
    GROUP BY order_id
    """,
)
"""`ordered` has no row for an order without lines."""
