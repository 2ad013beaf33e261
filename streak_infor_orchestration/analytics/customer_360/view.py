"""The parts put together: a row per customer, with its timeline, and a row per contact."""

from streak_infor_orchestration.analytics.customer_360 import dealings, identity, money
from streak_infor_orchestration.analytics.customer_360.risks import RISKS
from streak_infor_orchestration.analytics.customer_360.tables import CONTACT_360, CUSTOMER_360, TIMELINE
from streak_infor_orchestration.analytics.derived import Derivation

_CUSTOMERS = f"""
    SELECT *, getvariable('company') AS company_currency, {RISKS} AS risks FROM (
        SELECT identities.customer_key, coalesce(identities.customer_id, '') AS customer_id,
            coalesce(identities.party, '') AS party, coalesce(nullif(customer.name, ''), streak_names.name, '') AS name,
            coalesce(employee.name, nullif(customer.salesperson, ''), pipeline.creator_key, '') AS owner,
            coalesce(customer.status, '') AS status, coalesce(customer.currency, '') AS currency,
            coalesce(open_deals, 0) AS open_deals, coalesce(open_pipeline, 0) AS open_pipeline,
            coalesce(orders, 0) AS orders, coalesce(open_orders, 0) AS open_orders,
            if(orders IS NULL, 0, ordered) AS ordered, if(orders IS NULL, 0, invoiced) AS invoiced,
            if(orders IS NULL, 0, credited) AS credited, if(orders IS NULL, 0, paid) AS paid,
            if(orders IS NULL, 0, balance) AS balance,
            coalesce(overpaid, 0) AS overpaid, coalesce(not_due, 0) AS not_due, coalesce(overdue_30, 0) AS overdue_30,
            coalesce(overdue_60, 0) AS overdue_60, coalesce(overdue_90, 0) AS overdue_90,
            coalesce(overdue_older, 0) AS overdue_older,
            last_payment, round(days_to_pay, 1) AS days_to_pay, round(days_late, 1) AS days_late,
            coalesce(paying.times, 0) AS times, customer.credit_limit,
            coalesce(customer.credit_hold, false) AS credit_hold,
            owed_in_currency, coalesce(unexplained, 0) AS unexplained,
            last_contact, last_order, next_task, coalesce(next_task_text, '') AS next_task_text,
            coalesce(products, []) AS products,
            greatest(customer.modified, booked.changed, last_contact) AS changed
        FROM identities
        LEFT JOIN infor.customers AS customer ON customer.id = identities.customer_id
        LEFT JOIN infor.employees AS employee ON employee.id = customer.salesperson
        LEFT JOIN streak_names ON streak_names.party = identities.party
        LEFT JOIN pipeline USING (customer_key)
        LEFT JOIN booked ON booked.customer_id = customer_key
        LEFT JOIN receivables ON receivables.customer_id = customer_key
        LEFT JOIN paying ON paying.customer_id = customer_key
        LEFT JOIN limits ON limits.customer_id = customer_key
        LEFT JOIN bought ON bought.customer_id = customer_key
        LEFT JOIN talks USING (customer_key)
        LEFT JOIN to_do USING (customer_key)
    )
"""

DERIVATION = Derivation(
    needs=(
        "infor/customers",
        "infor/sales_orders",
        "infor/invoices",
        "infor/credit_notes",
        "infor/payments",
        "infor/exchange_rates",
        "ledger/links",
        "streak/deals",
        "streak/boxes",
        "analytics/order_to_cash",
    ),
    takes=("streak/organizations", "streak/contacts", "streak/tasks", "streak/activities", "infor/employees"),
    steps=(*identity.STEPS, *money.STEPS, *dealings.STEPS),
    results=(
        (CUSTOMER_360, _CUSTOMERS),
        (
            TIMELINE,
            f'SELECT * FROM ({dealings.TIMELINE_QUERY}) WHERE customer_key IS NOT NULL AND "at" IS NOT NULL',
        ),
        (CONTACT_360, dealings.CONTACT_QUERY),
    ),
)
