"""The façade as any ERP: the suite on its client and its twin, and on a twin that breaks its contract."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from streak_infor_orchestration.conformance.erp_subject import ErpSubject
from streak_infor_orchestration.conformance.outcome import CheckOutcome
from streak_infor_orchestration.conformance.run import run
from streak_infor_orchestration.conformance.suites import ERP
from streak_infor_orchestration.infor.facade.product import FACADE
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.twins.infor import api, invoices, orders, table
from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration_tests.conformance.erp import suite
from streak_infor_orchestration_tests.conformance.erp.facade_lab import FacadeLab


@pytest.fixture
def lab(facade: FacadeLab) -> FacadeLab:
    return facade


class TestOrders(suite.Orders):
    pass


class TestCustomers(suite.Customers):
    pass


class TestInvoices(suite.InvoicesOnRequest):
    pass


def examine(facade: FacadeLab, *, write: bool) -> tuple[ErpSubject, list[CheckOutcome]]:
    subject = ErpSubject(facade.erp, "K7Q2MX", today=date(2026, 3, 2))
    return subject, list(run(ERP, subject, write=write))


def failed(outcomes: list[CheckOutcome]) -> dict[str, str]:
    return {outcome.check: outcome.detail for outcome in outcomes if outcome.verdict == "fail"}


@pytest.mark.covers("GET /infor/api/v1/customers")
@pytest.mark.covers("GET /infor/api/v1/customers", by="GET /infor/api/v1/customers/{customer}")
@pytest.mark.covers("POST /infor/api/v1/customers")
@pytest.mark.covers("PUT /infor/api/v1/customers", by="PUT /infor/api/v1/customers/{customer}")
@pytest.mark.covers("POST /infor/api/v1/contacts")
@pytest.mark.covers("GET /infor/api/v1/salesorders")
@pytest.mark.covers("GET /infor/api/v1/salesorders", by="GET /infor/api/v1/salesorders/{order}")
@pytest.mark.covers("POST /infor/api/v1/salesorders")
@pytest.mark.covers("PUT /infor/api/v1/salesorders", by="PUT /infor/api/v1/salesorders/{order}")
@pytest.mark.covers("GET /infor/api/v1/invoices")
@pytest.mark.covers("POST /infor/api/v1/invoices")
@pytest.mark.covers("GET /infor/api/v1/products")
@pytest.mark.covers("GET /infor/api/v1/products", by="GET /infor/api/v1/products/{product}")
def test_the_facade_passes_every_check(company: FacadeLab) -> None:
    subject, outcomes = examine(company, write=True)
    assert [outcome.line for outcome in outcomes if outcome.verdict != "pass"] == []
    assert len(outcomes) == len(ERP.checks)
    subject.tidy()
    kinds = sorted(f"{record.kind} {record.state}" for record in subject.left)
    assert kinds == [
        "contact CONFORMANCE K7Q2MX",
        "customer CONFORMANCE K7Q2MX",
        "invoice Open",
        *["sales order Cancelled"] * 5,
        "sales order Invoiced",
    ]
    ours = {record.id for record in subject.left}
    left = [order for order in company.control.get("/state")["salesorders"] if order["OrderID"] in ours]
    assert {order["OrderDescription"] for order in left} == {"CONFORMANCE K7Q2MX"}


def test_every_method_of_the_port_is_tried(company: FacadeLab) -> None:
    """But whole lists of references and orders, which may be long: those are `suite.py`'s."""
    tried: set[str] = set()

    class Watched:
        def __getattr__(self, name: str) -> Any:
            tried.add(name)
            return getattr(company.erp, name)

    subject = ErpSubject(Watched(), "K7Q2MX", today=date(2026, 3, 2))  # type: ignore[arg-type]
    assert failed(list(run(ERP, subject, write=True))) == {}
    promised = {name for name in vars(Erp) if not name.startswith("_")}
    assert promised - tried == {"references", "entered"}
    subject.tidy()


def test_reading_sends_nothing_but_reads_and_changes_nothing(company: FacadeLab) -> None:
    before, n = company.control.get("/state"), company.control.last_call()
    subject, outcomes = examine(company, write=False)
    subject.tidy()
    assert failed(outcomes) == {}
    assert len(outcomes) == sum(not check.writes for check in ERP.checks)
    assert {call.split()[0] for call in company.control.calls_since(n)} == {"GET"}
    assert company.control.get("/state") == before
    assert subject.left == []


def test_its_tables_take_every_record(company: FacadeLab) -> None:
    assert min(suite.rows_of(company.erp, FACADE).values()) >= 1


def test_an_empty_erp_is_no_bad_one(facade: FacadeLab) -> None:
    _, outcomes = examine(facade, write=False)
    assert failed(outcomes) == {}
    by_name = {outcome.check: outcome for outcome in outcomes}
    orders_to_the_cent = by_name["orders come to the cent"]
    assert orders_to_the_cent.verdict == "not applicable"
    assert orders_to_the_cent.detail == "there are no sales orders to look at"


def test_who_is_not_let_in_is_told_so_once(facade: FacadeLab) -> None:
    facade.control.post("/scopes", {"revoke": ["read:salesorders"]})
    _, outcomes = examine(facade, write=True)
    assert list(failed(outcomes)) == ["the erp answers and knows us"]
    assert "grant this user or client the permission" in outcomes[0].cure
    assert {outcome.verdict for outcome in outcomes[1:]} == {"not applicable"}


def test_a_permission_that_lacks_is_named_with_its_cure(facade: FacadeLab) -> None:
    facade.control.post("/scopes", {"revoke": ["read:vendors"]})
    _, outcomes = examine(facade, write=False)
    assert all("vendors" in name for name in failed(outcomes))
    red = next(outcome for outcome in outcomes if outcome.verdict == "fail")
    assert "read:vendors" in red.detail
    assert "permission" in red.cure


def _ignored_filter(patch: pytest.MonkeyPatch) -> None:
    positions = table.Table._positions
    patch.setattr(
        table.Table,
        "_positions",
        lambda self, members: (
            list(self._order) if "ExternalReference" in members else positions(self, members)
        ),
    )


def _ignored_tag(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(api, "_match", lambda request, tag: None)


def _sloppy_reference(patch: pytest.MonkeyPatch) -> None:
    positions = table.Table._positions

    def in_any_case(self: table.Table, members: Any) -> Any:
        wanted = members.get("ExternalReference")
        if wanted is None:
            return positions(self, members)
        return [
            (record["ModifiedAt"], self.key_of(record))
            for record in self.all()
            if str(record["ExternalReference"]).lower() == wanted.lower()
        ]

    patch.setattr(table.Table, "_positions", in_any_case)


def _newest_first(patch: pytest.MonkeyPatch) -> None:
    page = table.Table.page

    def backwards(self: table.Table, *how: Any) -> Any:
        found, last = page(self, *how)
        return found[::-1], last

    patch.setattr(table.Table, "page", backwards)


def _since_exclusive(patch: pytest.MonkeyPatch) -> None:
    page = table.Table.page
    patch.setattr(
        table.Table,
        "page",
        lambda self, members, since, after, limit: page(self, members, since and since + "~", after, limit),
    )


def _invoiced_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(invoices, "_refuse_second_or_cancelled", lambda company, order: None)


def _whole_put(patch: pytest.MonkeyPatch) -> None:
    """PUT empties what it does not name."""
    update = Company.update

    def emptied(self: Company, collection: str, record: Any, changes: Any) -> Any:
        gone = dict.fromkeys(("Email", "ShippingMethod", "OrderDescription") if changes else ())
        return update(self, collection, record, {**{n: v for n, v in gone.items() if n in record}, **changes})

    patch.setattr(Company, "update", emptied)


def _any_product(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(orders, "refuse_unsellable", lambda company, lines: None)


def _floating_cents(patch: pytest.MonkeyPatch) -> None:
    commercial = orders._commercial
    patch.setattr(
        orders,
        "_commercial",
        lambda priced, currency: {**commercial(priced, currency), "TotalAmount": f"{priced.total + 1:.2f}"},
    )


def _cut_reference(patch: pytest.MonkeyPatch) -> None:
    insert = Company.insert

    def cut(self: Company, collection: str, record: Any) -> Any:
        if record.get("ExternalReference"):
            record = {**record, "ExternalReference": record["ExternalReference"][:20]}
        return insert(self, collection, record)

    patch.setattr(Company, "insert", cut)


BREACHES: list[tuple[Callable[[pytest.MonkeyPatch], None], set[str]]] = [
    (
        _ignored_filter,
        {
            "customers are found by reference, and no others",
            "sales orders are found by reference, and no others",
        },
    ),
    (
        _ignored_tag,
        {
            "a customer that changed meanwhile is not overwritten",
            "an order that changed meanwhile is not overwritten",
        },
    ),
    (_sloppy_reference, {"sales orders are found by reference, and no others"}),
    (_newest_first, {"products come in the order of their modification, each once"}),
    (
        _since_exclusive,
        {
            "products can be asked for since an instant, inclusively",
            "changes are told in order and inclusively",
            "what was made is told as changed",
        },
    ),
    (_invoiced_twice, {"an order is invoiced once and to the cent"}),
    (
        _whole_put,
        {"only what is named of a customer changes", "only what is named of an order changes"},
    ),
    (_any_product, {"an unknown product is refused by name"}),
    (_floating_cents, {"an order is as drafted", "orders come to the cent"}),
    (_cut_reference, {"a reference of full length is kept whole"}),
]


@pytest.mark.parametrize(("plant", "red"), BREACHES, ids=[plant.__name__ for plant, _ in BREACHES])
def test_a_planted_breach_turns_its_checks_red(
    company: FacadeLab,
    monkeypatch: pytest.MonkeyPatch,
    plant: Callable[[pytest.MonkeyPatch], None],
    red: set[str],
) -> None:
    """The twin's own code is bent, so what it answers is what a façade with this defect would."""
    plant(monkeypatch)
    subject, outcomes = examine(company, write=True)
    subject.tidy()
    assert red <= failed(outcomes).keys()
    cures = {outcome.cure for outcome in outcomes if outcome.verdict == "fail"}
    assert "" not in cures


@pytest.mark.parametrize(
    ("switch", "red"),
    [
        (
            {"kind": "status", "status": 200, "path": "/vendors/no-such-key", "body": {"VendorID": "V"}},
            "vendors are not there under a key nobody has",
        ),
        (
            {"kind": "garbage", "style": "wrong_types", "path": "/payments"},
            "payments read by key as in the list",
        ),
        (
            {
                "kind": "status",
                "status": 200,
                "path": "/employees",
                "body": {"Items": [], "NextCursor": None},
            },
            "employees are found by email, and no others",
        ),
    ],
)
def test_a_bad_answer_turns_its_check_red(company: FacadeLab, switch: dict[str, Any], red: str) -> None:
    subject = ErpSubject(company.erp, "K7Q2MX", today=date(2026, 3, 2))
    subject.listed("employees")
    company.control.fault(switch.pop("kind"), times=None, **switch)
    assert red in failed(list(run(ERP, subject, write=False)))
