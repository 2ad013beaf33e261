"""What a reconciliation leaves behind: the drift that stands, and how much of it there was run after run."""

from streak_infor_orchestration.analytics.schema import table

_COMPARED = (
    "streak/boxes streak/organizations streak/contacts infor/sales_orders infor/invoices infor/customers "
    "infor/contacts ledger/links ledger/order_invoices ledger/shadows"
)

DRIFT = table(
    "analytics/drift",
    "Records on which both systems disagree, whatever should have kept them in step.",
    """
    fingerprint text The same as long as the same thing is wrong
    entity text deals, customers, contacts or invoices
    kind text What is wrong: missing in the ERP, status, amount, duplicate …
    streak_key text Streak's record, if there is one
    erp_key text The ERP's record, if there is one
    field text Field on which they disagree
    streak text What Streak says
    infor text What the ERP says, or makes of it
    whose text inbox (it is looked at once more), waiting (for its turn) or person
    first_seen instant When it was found first
    healed whole How often its record was looked at for it
    alarm flag Whether looking did not help
    """,
    key="fingerprint",
    changed="first_seen",
    refers_to=_COMPARED,
)
DRIFT_COUNTS = table(
    "analytics/drift_counts",
    "How much drift each reconciliation found, by kind.",
    """
    at instant When it began
    entity text deals, customers, contacts or invoices
    kind text What was wrong; empty for how many records were compared
    count whole How many
    """,
    key="at entity kind",
    changed="at",
    refers_to="analytics/drift",
)
