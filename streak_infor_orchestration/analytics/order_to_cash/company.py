"""The same in the company's currency: each amount at the rate of its own day."""

from streak_infor_orchestration.analytics.company_rates import DAY_RATES
from streak_infor_orchestration.analytics.exact import MONEY, RATE

STEPS = (
    """
    CREATE TABLE days AS
    SELECT DISTINCT currency, day FROM (
        SELECT currency, coalesce(order_date, created::DATE) AS day FROM orders
        UNION ALL SELECT currency, coalesce(invoice_date, created::DATE) FROM infor.invoices
        UNION ALL SELECT currency, coalesce(credit_date, created::DATE) FROM infor.credit_notes
        UNION ALL SELECT currency, coalesce(payment_date, created::DATE) FROM infor.payments
    ) WHERE currency IS NOT NULL AND day IS NOT NULL
    """,
    *DAY_RATES,
    # what was stamped on the order counts before what stands in the list of the day
    f"""
    CREATE TABLE order_rates AS
    SELECT order_id, digits, total, coalesce(
        [one.rate FOR one IN rates IF one.base = currency AND one.quote = getvariable('company')][1]::{RATE},
        inverse([one.rate FOR one IN rates IF one.quote = currency AND one.base = getvariable('company')][1]),
        day_rates.rate) AS rate
    FROM orders LEFT JOIN day_rates
        USING (currency) WHERE day_rates.day IS NOT DISTINCT FROM coalesce(order_date, created::DATE)
    """,
    f"""
    CREATE TABLE company_invoices AS
    SELECT invoice.id, invoice.order_id, invoice.total::{MONEY} AS total, invoice.balance::{MONEY} AS balance, rate
    FROM infor.invoices AS invoice LEFT JOIN day_rates
        ON day_rates.currency = invoice.currency AND day_rates.day = coalesce(invoice_date, created::DATE)
    """,
    f"""
    CREATE TABLE settlements AS
    SELECT 'credit' AS kind, id, invoice_id, currency, amount::{MONEY} AS amount,
        coalesce(credit_date, created::DATE) AS day, modified FROM infor.credit_notes
    UNION ALL
    SELECT 'payment', id, invoice_id, currency, amount::{MONEY}, coalesce(payment_date, created::DATE), modified
    FROM infor.payments
    """,
    """
    CREATE TABLE settled AS
    SELECT order_id, sum(if(kind = 'credit', one.amount, 0)) AS credited,
        sum(if(kind = 'payment', one.amount, 0)) AS paid,
        sum(if(kind = 'credit', in_company(converted(one.amount, own.rate)), 0)) AS credited_company,
        sum(if(kind = 'payment', in_company(converted(one.amount, own.rate)), 0)) AS paid_company,
        sum(converted(one.amount, own.rate)) AS exact,
        sum(converted(one.amount, own.rate) - converted(one.amount, invoice.rate)) AS fx,
        bool_and(own.rate IS NOT NULL AND invoice.rate IS NOT NULL) AS has_rates, max(one.modified) AS changed
    FROM settlements AS one JOIN company_invoices AS invoice ON invoice.id = one.invoice_id
    LEFT JOIN day_rates AS own ON own.currency = one.currency AND own.day = one.day
    GROUP BY order_id
    """,
    """
    CREATE TABLE billed_company AS
    SELECT order_id, sum(in_company(converted(invoice.total, invoice.rate))) AS invoiced,
        sum(converted(invoice.total, invoice.rate)) AS invoiced_exact,
        sum(in_company(converted(balance, invoice.rate))) AS balance,
        sum(converted(balance, invoice.rate)) AS balance_exact,
        sum(converted(invoice.total, invoice.rate) - converted(invoice.total, order_rates.rate)) AS fx,
        bool_and(invoice.rate IS NOT NULL) AS has_rates
    FROM company_invoices AS invoice JOIN order_rates USING (order_id) GROUP BY order_id
    """,
)
