"""What must hold of the tables: each rule is a question whose rows are the records that break it."""

from dataclasses import dataclass

from streak_infor_orchestration.analytics.tables import TABLES


@dataclass(frozen=True)
class FindingRule:
    """`sql` asks the tables by their views (`infor.invoices`). `needs`: the other tables it asks. `settled`: those of
    which only records count that have not changed for a while. `severe`: money or a booking is wrong, not merely a
    record untidy."""

    table: str
    name: str
    description: str
    sql: str
    needs: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    severe: bool = True


# What every table must fulfil, by what was written down when it was last merged
EVERYWHERE = {
    "each_key_once": "The system never gave two different records under one key at once.",
    "not_suddenly_empty": "The table has rows, or never had any.",
}


def _refers(table: str, column: str, to: str, name: str, description: str) -> FindingRule:
    schema_table, schema_to = TABLES[table].view, TABLES[to].view
    (key,) = TABLES[to].key
    sql = f"""
        SELECT one.id, one.{column} FROM {schema_table} AS one
        ANTI JOIN {schema_to} AS other ON other.{key} = one.{column}
    """
    return FindingRule(table, name, description, sql, needs=(to,), settled=(table,))


RULES: tuple[FindingRule, ...] = (
    _refers(
        "infor/sales_orders",
        "customer_id",
        "infor/customers",
        "customer_exists",
        "Every order has its customer.",
    ),
    FindingRule(
        "infor/sales_orders",
        "total_adds_up",
        "Total = line totals + taxes + freight, to the cent.",
        """
        SELECT id, total, adds_up FROM (
            SELECT id, total, freight + coalesce(tax, list_sum([line.tax FOR line IN lines]), 0)
                + coalesce(list_sum([line.total FOR line IN lines]), 0) AS adds_up
            FROM infor.sales_orders
        ) WHERE total <> adds_up
        """,
    ),
    FindingRule(
        "infor/sales_orders",
        "reference_used_once",
        "No external reference stands on two orders that live: a deal was ordered twice.",
        """
        SELECT reference, list(id ORDER BY id) AS orders FROM infor.sales_orders
        WHERE reference <> '' AND status <> 'Cancelled' GROUP BY reference HAVING count(*) > 1
        """,
    ),
    _refers(
        "infor/invoices", "order_id", "infor/sales_orders", "order_exists", "Every invoice has its order."
    ),
    FindingRule(
        "infor/invoices",
        "balance_adds_up",
        "Balance = total - payments - credit notes, and what is paid is the sum of the payments, to the cent.",
        """
        SELECT invoice.id, total, paid, balance, coalesce(payments, 0) AS payments, coalesce(credited, 0) AS credited
        FROM infor.invoices AS invoice
        LEFT JOIN (SELECT invoice_id, sum(amount) AS payments FROM infor.payments GROUP BY ALL) AS p
            ON p.invoice_id = invoice.id
        LEFT JOIN (SELECT invoice_id, sum(amount) AS credited FROM infor.credit_notes GROUP BY ALL) AS c
            ON c.invoice_id = invoice.id
        WHERE balance <> total - coalesce(payments, 0) - coalesce(credited, 0) OR paid <> coalesce(payments, 0)
        """,
        needs=("infor/payments", "infor/credit_notes"),
        settled=("infor/invoices", "infor/payments", "infor/credit_notes"),
    ),
    _refers(
        "infor/payments", "invoice_id", "infor/invoices", "invoice_exists", "Every payment has its invoice."
    ),
    _refers(
        "infor/credit_notes",
        "invoice_id",
        "infor/invoices",
        "invoice_exists",
        "Every credit note has its invoice.",
    ),
    FindingRule(
        "infor/customers",
        "closed_without_open_orders",
        "A closed customer has no order that is under way.",
        """
        SELECT customer.id, list(sale.id ORDER BY sale.id) AS orders
        FROM infor.customers AS customer JOIN infor.sales_orders AS sale ON sale.customer_id = customer.id
        WHERE customer.status = 'Closed' AND sale.status NOT IN ('Completed', 'Cancelled') GROUP BY ALL
        """,
        needs=("infor/sales_orders",),
        settled=("infor/customers", "infor/sales_orders"),
        severe=False,
    ),
    FindingRule(
        "infor/inventory_items",
        "stock_not_negative",
        "Nothing was shipped or promised that is not there, and available = on hand - allocated.",
        """
        SELECT id, on_hand, allocated, available FROM infor.inventory_items
        WHERE on_hand < 0 OR available < 0 OR available <> on_hand - allocated
        """,
        severe=False,
    ),
    _refers(
        "infor/inventory_items",
        "product_id",
        "infor/products",
        "product_exists",
        "Stock is of a product that exists.",
    ),
    FindingRule(
        "streak/boxes",
        "stage_known",
        "Every box is in a stage of its pipeline.",
        """
        SELECT box.key, box.stage FROM streak.boxes AS box
        ANTI JOIN streak.stages AS stage ON stage.pipeline_key = box.pipeline_key AND stage.name = box.stage
        """,
        needs=("streak/stages",),
        settled=("streak/boxes",),
    ),
    FindingRule(
        "streak/stages",
        "names_unique",
        "No pipeline has two stages of one name: the configuration names them by it.",
        """
        SELECT pipeline_key, name, count(*) AS times FROM streak.stages GROUP BY ALL HAVING count(*) > 1
        """,
    ),
    FindingRule(
        "analytics/order_to_cash",
        "every_cent_explained",
        "What is not the same from one step of an order's money to the next has a cause: nothing is left over.",
        """
        SELECT order_id, currency, ordered_unexplained, invoiced_unexplained, balance_unexplained, unexplained_company
        FROM analytics.order_to_cash WHERE unexplained <> 0 OR unexplained_company <> 0
        """,
        settled=("analytics/order_to_cash",),
    ),
    FindingRule(
        "analytics/order_to_cash",
        "rates_known",
        "The ERP has a rate to the company's currency for every day on which something was booked in another.",
        """
        SELECT order_id, currency, order_date FROM analytics.order_to_cash
        WHERE ordered_company IS NULL OR invoiced_company IS NULL
        """,
        severe=False,
    ),
)
