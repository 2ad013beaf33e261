"""The rows there are, said once for the jobs, for what asks for runs of them, and for the phases."""

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.sync.row.row import Row

ORDER_TO_CASH = Row(
    name="order_to_cash",
    kinds=(Kind.DEAL, Kind.ERP_ORDER, Kind.ERP_INVOICE),
    lanes={"live": ("live", "manual", "unknown"), "bulk": ("bulk",)},
    limit=40,
    phases=(
        "claim",
        "fetch",
        "resolve_customers",
        "build_orders",
        "create_orders",
        "create_invoices",
        "write_back",
        "settle",
    ),
    home="streak_infor_orchestration.sync.deals.phases",
    since=True,
)
CUSTOMERS = Row(
    name="customers",
    kinds=(Kind.CUSTOMER,),
    lanes={"bulk": ("live", "manual", "bulk")},
    limit=20,
    phases=(
        "claim_customers",
        "fetch_customers",
        "link_customers",
        "agree",
        "agree_people",
        "tell_customers",
        "settle_customers",
    ),
    home="streak_infor_orchestration.sync.customers.phases",
)
ORDERS = Row(
    name="orders",
    kinds=(Kind.UNLINKED_ORDER,),
    lanes={"bulk": ("live", "manual", "bulk")},
    limit=20,
    phases=("claim_orders", "fetch_orders", "link_orders", "make_boxes", "settle_orders"),
    home="streak_infor_orchestration.sync.orders.phases",
)
NEW_CUSTOMERS = Row(
    name="new_customers",
    kinds=(Kind.NEW_CUSTOMER,),
    lanes={"bulk": ("live", "manual", "bulk")},
    limit=20,
    phases=("claim_new_customers", "fetch_new_customers", "make_organizations", "settle_new_customers"),
    home="streak_infor_orchestration.sync.customers.new_in_erp",
)
ROWS = (ORDER_TO_CASH, CUSTOMERS, NEW_CUSTOMERS, ORDERS)
