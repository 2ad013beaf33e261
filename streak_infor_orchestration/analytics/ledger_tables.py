"""What the ledger knows, as tables: who is who, what was seen last, what is under way. Whole every time."""

from streak_infor_orchestration.analytics.schema import table

LINKS = table(
    "ledger/links",
    "Which record in Streak is which record in the ERP: a pair of a kind at most once on either side.",
    """
    kind text customer, order or contact
    streak_key text Link key of the customer (organization:KEY or contact:KEY), or the key of the box
    erp_key text Its number in the ERP
    closed flag Whether nothing more is expected of the ERP's record
    at instant When they were linked
    """,
    key="kind streak_key",
    changed="at",
    refers_to="streak/boxes streak/organizations streak/contacts infor/customers infor/sales_orders",
)
ORDER_INVOICES = table(
    "ledger/order_invoices",
    "Which invoices and credit notes belong to which order.",
    """
    invoice_id text Invoice or credit note
    order_id text Order
    kind text invoice or credit_note
    at instant When it became known
    """,
    key="invoice_id",
    changed="at",
    refers_to="infor/invoices infor/credit_notes",
)
SHADOWS = table(
    "ledger/shadows",
    "What both sides of a linked pair returned when they were seen last, field by field.",
    """
    kind text customer, or another kind of link
    streak_key text As of the link
    erp_key text As of the link
    target text Field, as the mapping names it: customer.phone
    box_key text Deal that the customer is read through
    contact_key text Contact that it is read with
    streak text What Streak's side came to
    infor text What the ERP returned
    at instant When
    """,
    key="kind streak_key erp_key target",
    changed="at",
    refers_to="ledger/links",
)
OPEN_EFFECTS = table(
    "ledger/open_effects",
    "Writes that are not over: planned, sent, without an answer, or to be looked for once more.",
    """
    key text Effect
    subject text The deal (by its box) or customer (by its link key) it is done for
    shape text create, set or append
    state text planned, sent, unknown, or confirmed where it is to be looked for once more
    at instant When that was noted
    """,
    key="key",
    changed="at",
    refers_to="streak/boxes",
)
WAITING = table(
    "ledger/waiting",
    "Records that are to be looked at, now or later: the open rows of the inbox.",
    """
    kind text deal, customer, or what the ERP told of
    key text The record
    due_at instant From when on
    attempts whole How often it was tried in vain
    """,
    key="kind key",
    changed="due_at",
    refers_to="streak/boxes",
)
OPEN_LETTERS = table(
    "ledger/open_letters",
    "Records that wait for a person.",
    """
    kind text deal, customer, or what else has a letter
    key text The record
    code text What is wrong, as the catalogue of problems names it
    opened_at instant Since when
    """,
    key="kind key",
    changed="opened_at",
    refers_to="streak/boxes",
)

REQUESTS = table(
    "ledger/requests",
    "Orders as the deals asked for them, edits that were carried over included: what the CRM says an order is.",
    """
    order_id text Order
    box_key text Deal it is of
    currency text Currency (ISO 4217)
    lines lines Lines in the order's currency; what an ERP adds to them is empty
    freight amount Freight
    rates rates Exchange rates that the amounts were converted by
    asked instant When the order was asked for
    at instant When its row was last written
    """,
    key="order_id",
    changed="at",
    refers_to="infor/sales_orders streak/boxes",
)

LEDGER_TABLES = {
    one.name.removeprefix("ledger/"): one
    for one in (LINKS, ORDER_INVOICES, SHADOWS, OPEN_EFFECTS, WAITING, OPEN_LETTERS, REQUESTS)
}
