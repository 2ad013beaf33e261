"""Names that outlive a release: Dagster's history knows the stages, the ledger and people's queries the statuses."""

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.sync.customers.existing import Standing
from streak_infor_orchestration.sync.customers.stages import CUSTOMERS
from streak_infor_orchestration.sync.deals.stages import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.claim import _unleased
from streak_infor_orchestration.sync.row.work import Batch, Status, Work


def test_the_stages_of_a_deal_and_of_a_customer() -> None:
    assert [name for name, _ in ORDER_TO_CASH.stages] == [
        "claim",
        "fetch",
        "resolve_customers",
        "build_orders",
        "create_orders",
        "create_invoices",
        "write_back",
        "settle",
    ]
    assert [name for name, _ in CUSTOMERS.stages] == [
        "claim_customers",
        "fetch_customers",
        "link_customers",
        "agree",
        "tell_customers",
        "settle_customers",
    ]


def test_how_a_record_may_leave_the_batch() -> None:
    assert [status.value for status in Status] == [
        "converged",
        "waiting",
        "retry",
        "person",
        "administrator",
        "lost",
    ]


def test_how_a_customer_of_streaks_may_stand() -> None:
    assert [standing.value for standing in Standing] == ["linked", "certain", "ambiguous", "new", "unclear"]


def test_what_a_batch_is_that_nobody_asked_anything_of() -> None:
    assert Batch("run") == Batch("run", 40, (), ("live", "manual", "unknown"), False, False, ())


def test_what_a_dry_run_looks_at_is_leased_by_nobody_and_waited_for_by_nobody() -> None:
    claim = _unleased(Kind.DEAL, "b1")
    assert (claim.kind, claim.key, claim.lane, claim.token, claim.correlation_id) == (
        "deal",
        "b1",
        "manual",
        "",
        "",
    )
    assert (claim.seq, claim.attempts, claim.min_version, claim.first_due_at) == (0, 0, 0, None)
    assert (Work(claim).generation, Work(claim).name) == (1, "")
