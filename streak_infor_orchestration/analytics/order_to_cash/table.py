"""What is told of an order's amounts: three steps, each with its causes.

ordered = asked + the causes `ordered_…`; ordered = invoiced + what is open + the causes `invoiced_…`;
balance = invoiced - credited - paid.
"""

from streak_infor_orchestration.analytics.schema import table

ORDER_TO_CASH = table(
    "analytics/order_to_cash",
    "Each order's amounts from the deal to the bank, and the cause of every cent that differs from step to step.",
    """
    order_id text Order
    box_key text Deal, empty for an order that was typed by hand
    customer_id text Customer
    currency text Currency of the order (ISO 4217)
    status text Status of the order
    order_date day Date of the order
    asked amount What the deal's lines came to: quantity times price; empty where no deal asked
    ordered_quantity amount Ordered - asked: other quantities, lines added or left out
    ordered_price amount Ordered - asked: the ERP has another price than the deal
    ordered_discount amount Ordered - asked: discounts of the order's lines
    ordered_rounding amount Ordered - asked: rounding of the lines, half a minor unit each at most
    ordered_tax amount Ordered - asked: tax
    ordered_freight amount Ordered - asked: freight
    ordered amount What the order comes to
    ordered_unexplained amount Ordered - asked, without a cause
    delivered amount What was delivered comes to, with its tax
    undelivered amount Ordered - invoiced: not delivered yet
    uninvoiced amount Ordered - invoiced: delivered, not invoiced yet
    overdelivered amount Ordered - invoiced: more was invoiced than ordered
    cancelled amount Ordered - invoiced: will not be delivered any more
    invoiced_tax amount Ordered - invoiced: the invoices have another tax
    invoiced_freight amount Ordered - invoiced: freight that no invoice has yet, or has otherwise
    invoiced_rounding amount Ordered - invoiced: rounding of parts, half a minor unit each at most
    invoiced amount What its invoices come to
    invoiced_unexplained amount Ordered - invoiced, without a cause
    credited amount Credit notes
    paid amount Payments
    balance amount Invoiced - credited - paid; below zero: paid too much
    balance_unexplained amount Invoiced - credited - paid - the balance that the ERP states
    company_currency text Currency of the company (ISO 4217)
    order_rate rate Company currency for one unit of the order's, as of the order
    ordered_company amount Ordered, in the company's currency, at the order's rate
    invoiced_company amount Invoiced, at the rate of each invoice's date
    invoiced_fx amount Invoiced, at the invoices' rates - at the order's
    credited_company amount Credited, at the rate of each credit note's date
    paid_company amount Paid, at the rate of each payment's date
    paid_fx amount Paid and credited, at their own rates - at their invoices'
    rounding_company amount Rounding of the converted amounts, half a minor unit each at most
    balance_company amount Stated balance, at the rate of each invoice's date
    unexplained_company amount Invoiced - credited - paid + exchange + rounding - balance, without a cause
    unexplained amount Everything without a cause, whatever its sign
    changed instant When any of it was last changed
    """,
    key="order_id",
    changed="changed",
    refers_to="infor/sales_orders infor/invoices infor/credit_notes infor/payments infor/exchange_rates ledger/links "
    "ledger/requests",
)
