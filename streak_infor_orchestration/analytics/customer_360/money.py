"""What a customer ordered, owes and has paid, in the company's currency."""

from streak_infor_orchestration.analytics.company_rates import DAY_RATES

_TODAY = "getvariable('now')::DATE"

STEPS = (
    f"""
    CREATE TABLE days AS
    SELECT DISTINCT currency, coalesce(invoice_date, created::DATE) AS day FROM infor.invoices
    UNION SELECT DISTINCT currency, {_TODAY} FROM streak.deals
    """,
    *DAY_RATES,
    # of what nothing is open any more no rate is asked for
    f"""
    CREATE TABLE owed AS
    SELECT invoice.id, invoice.customer_id, invoice.currency, invoice.balance, invoice.invoice_date, invoice.due_date,
        in_company(converted(invoice.balance, rate)) AS in_company,
        if(invoice.balance > 0, greatest({_TODAY} - coalesce(due_date, invoice_date, {_TODAY}), 0), 0) AS days_overdue
    FROM infor.invoices AS invoice LEFT JOIN day_rates
        ON day_rates.currency = invoice.currency AND day = coalesce(invoice_date, created::DATE)
    """,
    """
    CREATE TABLE receivables AS
    SELECT customer_id,
        sum(if(balance < 0, -in_company, 0)) AS overpaid,
        sum(if(balance > 0 AND days_overdue = 0, in_company, 0)) AS not_due,
        sum(if(days_overdue BETWEEN 1 AND 30, in_company, 0)) AS overdue_30,
        sum(if(days_overdue BETWEEN 31 AND 60, in_company, 0)) AS overdue_60,
        sum(if(days_overdue BETWEEN 61 AND 90, in_company, 0)) AS overdue_90,
        sum(if(days_overdue > 90, in_company, 0)) AS overdue_older,
        max(days_overdue) AS days_overdue
    FROM owed GROUP BY customer_id
    """,
    """
    CREATE TABLE paying AS
    SELECT customer_id, max(last_paid) AS last_payment,
        avg(last_paid - invoice_date) FILTER (balance <= 0) AS days_to_pay,
        avg(last_paid - due_date) FILTER (balance <= 0) AS days_late,
        count(*) FILTER (balance <= 0) AS times
    FROM owed JOIN (
        SELECT invoice_id, max(payment_date) AS last_paid FROM infor.payments GROUP BY invoice_id
    ) AS payment ON payment.invoice_id = owed.id
    GROUP BY customer_id
    """,
    # sums that lack a rate are empty rather than too small
    """
    CREATE TABLE booked AS
    SELECT customer_id, count(*) FILTER (status <> 'Cancelled') AS orders,
        count(*) FILTER (status NOT IN ('Cancelled', 'Completed')) AS open_orders,
        if(bool_and(ordered_company IS NOT NULL), sum(ordered_company) FILTER (status <> 'Cancelled'), NULL) AS ordered,
        if(bool_and(invoiced_company IS NOT NULL), sum(invoiced_company), NULL) AS invoiced,
        if(bool_and(credited_company IS NOT NULL), sum(credited_company), NULL) AS credited,
        if(bool_and(paid_company IS NOT NULL), sum(paid_company), NULL) AS paid,
        if(bool_and(balance_company IS NOT NULL), sum(balance_company), NULL) AS balance,
        sum(unexplained) AS unexplained, max(order_date) AS last_order, max(changed) AS changed
    FROM analytics.order_to_cash GROUP BY customer_id
    """,
    """
    CREATE TABLE limits AS
    SELECT customer.id AS customer_id, sum(owed.balance) FILTER (owed.currency = customer.currency) AS owed_in_currency
    FROM infor.customers AS customer JOIN owed ON owed.customer_id = customer.id GROUP BY customer.id
    """,
    """
    CREATE TABLE pipeline AS
    SELECT customer_key, count(*) AS open_deals, sum(in_company(converted(value, rate))) AS open_pipeline,
        max_by(creator_key, created) AS creator_key
    FROM deals LEFT JOIN (FROM day_rates WHERE day = getvariable('now')::DATE) AS day_rates USING (currency)
    WHERE milestone = 'before' GROUP BY customer_key
    """,
    """
    CREATE TABLE bought AS
    SELECT customer_id, list(sku || ' × ' || plain(quantity) ORDER BY worth DESC, sku)[:10] AS products
    FROM (
        SELECT customer_id, line.sku, sum(line.quantity) AS quantity, sum(coalesce(line.total, 0)) AS worth
        FROM (SELECT customer_id, unnest(lines) AS line FROM infor.sales_orders WHERE status <> 'Cancelled')
        GROUP BY ALL
    ) GROUP BY customer_id
    """,
)
