"""The steps put together: a row per order."""

from streak_infor_orchestration.analytics.derived import Derivation
from streak_infor_orchestration.analytics.exact import EXACT
from streak_infor_orchestration.analytics.order_to_cash import asked, company, invoiced
from streak_infor_orchestration.analytics.order_to_cash.table import ORDER_TO_CASH

_EXPLAINED = f"""
    SELECT orders.*, greatest(invoiced_differences.changed, settled.changed) AS last,
        if(is_asked, coalesce(asked_differences.asked, 0), NULL) AS asked_amount,
        if(is_asked, coalesce(quantity, 0), 0) AS ordered_quantity,
        if(is_asked, coalesce(price, 0), 0) AS ordered_price,
        coalesce(ordered.discount, 0) AS ordered_discount, coalesce(ordered.rounding, 0) AS ordered_rounding,
        coalesce(ordered.tax, orders.tax, 0) AS ordered_tax, coalesce(gross, 0) AS gross,
        delivered, if(is_over, 0, coalesce(open, 0)) AS undelivered,
        if(is_over, 0, coalesce(waiting, 0)) AS uninvoiced,
        coalesce(excess, 0) AS overdelivered,
        if(is_over, coalesce(open, 0) + coalesce(waiting, 0), 0) AS cancelled,
        tax_difference AS invoiced_tax, invoiced_differences.freight AS invoiced_freight,
        all_rounding AS invoiced_rounding, invoiced_differences.invoiced,
        invoiced_differences.balance AS stated_balance,
        coalesce(credited, 0)::{EXACT} AS credited, coalesce(paid, 0)::{EXACT} AS paid,
        order_rates.rate AS order_rate, in_company(converted(orders.total, order_rates.rate)) AS ordered_company,
        coalesce(billed_company.has_rates, true) AND coalesce(settled.has_rates, true) AS has_rates,
        coalesce(billed_company.invoiced, 0) AS invoiced_company, coalesce(invoiced_exact, 0) AS invoiced_exact,
        coalesce(billed_company.fx, 0) AS fx, coalesce(billed_company.balance, 0) AS balance_company,
        coalesce(balance_exact, 0) AS balance_exact, coalesce(credited_company, 0) AS credited_company,
        coalesce(paid_company, 0) AS paid_company, coalesce(settled.exact, 0) AS settled_exact,
        coalesce(settled.fx, 0) AS settled_fx
    FROM orders
    LEFT JOIN ordered USING (order_id)
    LEFT JOIN asked_differences USING (order_id)
    LEFT JOIN invoiced_differences USING (order_id)
    LEFT JOIN settled USING (order_id)
    LEFT JOIN billed_company USING (order_id)
    LEFT JOIN order_rates USING (order_id)
"""
_RESIDUALS = f"""
    SELECT *,
        total - if(is_asked, asked_amount + ordered_quantity + ordered_price, gross) - ordered_discount
            - ordered_rounding - ordered_tax - freight AS ordered_unexplained,
        total - invoiced - undelivered - uninvoiced - overdelivered - cancelled - invoiced_tax - invoiced_freight
            - invoiced_rounding AS invoiced_unexplained,
        invoiced - credited - paid AS balance,
        invoiced - credited - paid - stated_balance AS balance_unexplained,
        in_company(settled_fx) AS paid_fx,
        (balance_company - balance_exact) - (invoiced_company - invoiced_exact)
            + (credited_company + paid_company - settled_exact) - (in_company(settled_fx) - settled_fx)
            AS exact_rounding
    FROM ({_EXPLAINED})
"""
_ROWS = f"""
    SELECT order_id, coalesce(box_key, '') AS box_key, customer_id, currency, status, order_date,
        asked_amount AS asked, ordered_quantity, ordered_price, ordered_discount, ordered_rounding, ordered_tax,
        freight AS ordered_freight, total AS ordered, ordered_unexplained, delivered, undelivered, uninvoiced,
        overdelivered, cancelled, invoiced_tax, invoiced_freight, invoiced_rounding, invoiced, invoiced_unexplained,
        credited, paid, balance, balance_unexplained, getvariable('company') AS company_currency, order_rate,
        ordered_company, if(has_rates, invoiced_company, NULL) AS invoiced_company,
        if(has_rates, in_company(fx), NULL) AS invoiced_fx,
        if(has_rates, credited_company, NULL) AS credited_company, if(has_rates, paid_company, NULL) AS paid_company,
        if(has_rates, paid_fx, NULL) AS paid_fx, if(has_rates, exact_rounding, NULL) AS rounding_company,
        if(has_rates, balance_company, NULL) AS balance_company,
        if(has_rates, in_company(invoiced_company - credited_company - paid_company + paid_fx + exact_rounding
            - balance_company), NULL) AS unexplained_company,
        abs(ordered_unexplained) + abs(invoiced_unexplained) + abs(balance_unexplained) AS unexplained, last AS changed
    FROM ({_RESIDUALS})
"""

DERIVATION = Derivation(
    needs=(
        "infor/sales_orders",
        "infor/invoices",
        "infor/credit_notes",
        "infor/payments",
        "infor/exchange_rates",
        "ledger/links",
        "ledger/requests",
    ),
    steps=(*asked.STEPS, *invoiced.STEPS, *company.STEPS),
    results=((ORDER_TO_CASH, _ROWS),),
)
