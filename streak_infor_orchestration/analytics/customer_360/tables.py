"""What is told of a customer and of a contact."""

from streak_infor_orchestration.analytics.schema import table

CUSTOMER_360 = table(
    "analytics/customer_360",
    "A row per customer over both systems. Amounts are in the company's currency unless another is said.",
    """
    customer_key text Customer number; of who is no customer yet the link key
    customer_id text Customer number in the ERP
    party text Link key in Streak (organization:KEY or contact:KEY)
    name text Name, as the ERP has it, else as Streak has it
    owner text Who sells to them: the ERP's employee, else who made the newest deal
    status text Prospect, Active, Hold or Closed, as the ERP says
    currency text Currency that the customer pays in (ISO 4217)
    company_currency text Currency of the amounts (ISO 4217)
    open_deals whole Deals that ask for no order yet
    open_pipeline amount What these are worth, at today's rates
    orders whole Orders, cancelled ones left out
    open_orders whole Orders that are not over
    ordered amount What the orders come to
    invoiced amount What the invoices come to
    credited amount Credit notes
    paid amount Payments
    balance amount What is owed, less what was paid too much
    overpaid amount What was paid too much
    not_due amount Owed and not due yet
    overdue_30 amount Owed and due for up to 30 days
    overdue_60 amount … for 31 to 60 days
    overdue_90 amount … for 61 to 90 days
    overdue_older amount … for more than 90 days
    last_payment day When they paid last
    days_to_pay amount Days from an invoice to its last payment, on average over those that are paid
    days_late amount Days from when an invoice is due to its last payment, on average over those that are paid
    credit_limit amount Credit limit in the customer's currency
    credit_hold flag Whether orders are refused
    last_contact instant When somebody last wrote, called or met them, as noted on their deals
    last_order day Date of the newest order
    next_task instant When the next open task is due
    next_task_text text What is to be done
    products texts What was bought, with quantities, the most valuable first
    risks texts What to look at, each with its reason
    changed instant When any of it last changed
    """,
    key="customer_key",
    changed="changed",
    refers_to="infor/customers ledger/links streak/deals streak/boxes streak/organizations streak/contacts "
    "streak/tasks streak/activities infor/employees infor/sales_orders infor/invoices infor/payments "
    "analytics/order_to_cash",
)
TIMELINE = table(
    "analytics/customer_timeline",
    "What happened with a customer, in both systems, one thing a row.",
    """
    customer_key text The customer, as in analytics/customer_360
    at instant When
    system text streak or infor
    what text deal, stage, comment, call, meeting, task, order, invoice, due, credit_note or payment
    record_id text The record: a box, task or activity, or the ERP's number
    text text What it says, in words
    amount amount What it comes to
    currency text Currency of the amount (ISO 4217)
    """,
    key="customer_key what record_id",
    changed="at",
    refers_to="analytics/customer_360",
)
CONTACT_360 = table(
    "analytics/contact_360",
    "A row per contact of Streak that stands on a deal or belongs to a customer.",
    """
    contact_key text Contact in Streak
    name text Name
    emails texts E-mail addresses
    customers texts Customers the contact belongs to, as in analytics/customer_360
    erp_ids texts Contact numbers in the ERP
    deals whole Deals the contact stands on
    open_deals whole Those that ask for no order yet
    last_contact instant When somebody last wrote, called or met them, as noted on their deals
    next_task instant When the next open task on their deals is due
    """,
    key="contact_key",
    changed="last_contact",
    refers_to="analytics/customer_360",
)
