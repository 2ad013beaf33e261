"""The façade's bad days: what a probe must never mistake for "not there", and what a write leaves open."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Transient, Unauthorized, Unavailable, Unknown, Unreadable
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.infor.port import Erp, Steps
from streak_infor_orchestration.transport.auth import ApiKey
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.conformance.erp.facade_lab import FacadeLab

HTML = "<html><head><title>502 Bad Gateway</title></head></html>"
BAD_ANSWERS: dict[str, dict[str, Any]] = {
    "500": {"kind": "status", "status": 500, "body": HTML, "content_type": "text/html"},
    "503": {"kind": "status", "status": 503, "body": {"code": "unavailable"}},
    "404 of a proxy": {"kind": "status", "status": 404, "body": HTML, "content_type": "text/html"},
    "200 login page": {"kind": "status", "status": 200, "body": HTML, "content_type": "text/html"},
    "200 empty": {"kind": "status", "status": 200},
    "200 null": {"kind": "status", "status": 200, "body": "null"},
    "200 []": {"kind": "status", "status": 200, "body": []},
    "200 {}": {"kind": "status", "status": 200, "body": {}},
    "truncated": {"kind": "garbage", "style": "truncated"},
    "invalid": {"kind": "garbage", "style": "invalid"},
    "wrong types": {"kind": "garbage", "style": "wrong_types"},
    "cut": {"kind": "cut_after"},
    "429": {"kind": "status", "status": 429, "headers": {"Retry-After": "7"}},
    "redirect": {"kind": "status", "status": 302, "headers": {"Location": "http://127.0.0.1:9/login"}},
}
READS: dict[str, Callable[[Erp, FacadeLab], Any]] = {
    "find_order": lambda erp, lab: erp.find_order("STK", lab.draft(customer_id="C-1")),
    "find_customers": lambda erp, lab: erp.find_customers("email", "a@b.example"),
    "order": lambda erp, lab: erp.order("SO-1"),
    "customer": lambda erp, lab: erp.customer("C-1"),
    "products": lambda erp, lab: erp.products(["BRK-1001"]),
    "invoice": lambda erp, lab: erp.invoice("INV-1"),
    "invoices": lambda erp, lab: erp.invoices("SO-1"),
    "ping": lambda erp, lab: erp.ping(),
    "references": lambda erp, lab: list(erp.references("order")),
    "entered": lambda erp, lab: list(erp.entered(date(2026, 1, 1))),
    "changed": lambda erp, lab: erp.changed("salesorders", datetime(2026, 1, 1, tzinfo=UTC)),
}


@pytest.mark.parametrize("fault", BAD_ANSWERS.values(), ids=BAD_ANSWERS.keys())
@pytest.mark.parametrize("read", READS)
def test_no_bad_answer_passes_for_nothing_there(facade: FacadeLab, read: str, fault: dict[str, Any]) -> None:
    facade.control.fault(**fault, times=None)
    with pytest.raises(Transient):
        READS[read](facade.erp, facade)


def test_an_empty_object_is_no_empty_list(facade: FacadeLab) -> None:
    """What a list without items looks like when types go wrong; a probe would conclude "not there"."""
    facade.control.fault("status", status=200, body={"Items": {}, "NextCursor": None}, times=None)
    with pytest.raises(Transient):
        facade.erp.find_order("STK", facade.draft(customer_id="C-1"))


def test_nothing_is_not_even_asked_for(facade: FacadeLab) -> None:
    """An empty filter could be taken for none, and then everything would be found."""
    since = facade.control.last_call()
    assert facade.erp.find_customers("email", "") == ()
    assert facade.erp.invoices("") == ()
    assert facade.control.calls_since(since) == []


def test_an_amount_that_is_a_number_is_not_believed(facade: FacadeLab) -> None:
    """It may have lost cents on its way (contract: "a JSON string with a decimal point, never a float")."""
    order = facade.order()
    body = facade.control.get("/state")["salesorders"][0] | {"TotalAmount": 379.8}
    facade.control.fault("status", status=200, body=body, path=f"/salesorders/{order.id}$", times=None)
    with pytest.raises(Unreadable) as caught:
        facade.erp.order(order.id)
    assert (caught.value.field, caught.value.value) == ("sales_orders", order.id)
    assert "TotalAmount" in caught.value.message and "379.8" not in caught.value.message


def test_a_read_outlives_a_hiccup(facade: FacadeLab) -> None:
    facade.control.fault("status", status=503)
    assert facade.erp.order("SO-1") is None


@pytest.mark.parametrize(
    ("fault", "made"),
    [
        ({"kind": "cut_before"}, 0),
        ({"kind": "cut_after"}, 1),
        ({"kind": "status", "status": 500}, 0),
        ({"kind": "status", "status": 408}, 0),
        ({"kind": "status_after", "status": 502, "body": HTML, "content_type": "text/html"}, 1),
        ({"kind": "status_after", "status": 504}, 1),
        ({"kind": "garbage", "style": "truncated"}, 1),
        ({"kind": "garbage", "style": "invalid"}, 1),
        ({"kind": "garbage", "style": "wrong_types"}, 1),
        ({"kind": "garbage", "body": HTML, "content_type": "text/html"}, 1),
    ],
)
def test_a_doubtful_write_is_sent_once_and_left_unknown(
    facade: FacadeLab, fault: dict[str, Any], made: int
) -> None:
    draft = facade.draft()
    before = facade.control.last_call()
    facade.control.fault(**fault, method="POST", path="/salesorders")
    with pytest.raises(Unknown):
        facade.erp.create_order(draft, Steps())
    assert facade.control.calls_since(before) == ["POST /infor/api/v1/salesorders"]
    assert len(facade.order_ids()) == made
    assert len(facade.erp.find_order(draft.reference, draft).orders) == made


def test_an_answer_after_the_deadline_leaves_the_write_unknown(facade: FacadeLab) -> None:
    hasty = FacadeErp(
        HttpClient("erp", f"{facade.control.base_url}/infor/api/v1", auth=ApiKey("twin-key"), timeout=0.3),
        settle_seconds=10,
    )
    draft = facade.draft()
    facade.control.fault("slow_after", seconds=1.0, method="POST", path="/salesorders")
    with pytest.raises(Unknown):
        hasty.create_order(draft, Steps())
    assert len(facade.erp.find_order(draft.reference, draft).orders) == 1


def test_a_write_told_to_wait_a_little_waits_and_is_done_once(facade: FacadeLab) -> None:
    draft = facade.draft()
    facade.control.fault("status", status=429, headers={"Retry-After": "1"}, method="POST")
    facade.erp.create_order(draft, Steps())
    assert len(facade.order_ids()) == 1


def test_a_late_commit_is_unknown_then_missed_then_found(facade: FacadeLab) -> None:
    draft = facade.draft()
    facade.control.post("/late-commit", {"seconds": 0.2, "collection": "salesorders"})
    with pytest.raises(Unknown):
        facade.erp.create_order(draft, Steps())
    assert facade.erp.find_order(draft.reference, draft).orders == ()
    deadline = datetime.now(UTC).timestamp() + 5
    while not facade.erp.find_order(draft.reference, draft).orders:
        assert datetime.now(UTC).timestamp() < deadline


def test_a_wrong_credential_is_told_apart_from_a_bad_day(facade: FacadeLab) -> None:
    http = HttpClient("erp", f"{facade.control.base_url}/infor/api/v1", auth=ApiKey("wrong"))
    erp = FacadeErp(http, settle_seconds=10)
    for act in (lambda: erp.order("SO-1"), lambda: erp.request_invoice("SO-1")):
        with pytest.raises(Unauthorized):
            act()


def test_an_erp_that_is_down_is_unavailable(facade: FacadeLab) -> None:
    facade.control.fault("status", status=503, times=None)
    with pytest.raises(Unavailable):
        facade.erp.order("SO-1")


def test_an_order_of_somebody_else_is_not_ours_though_the_filter_is_ignored(facade: FacadeLab) -> None:
    """A gateway that drops the query would show us every order."""
    draft = facade.draft()
    facade.erp.create_order(draft.model_copy(update={"reference": "OTHER"}), Steps())
    answer = {"Items": facade.control.get("/state")["salesorders"], "NextCursor": None}
    facade.control.fault("status", status=200, body=answer, method="GET", path="/salesorders")
    assert facade.erp.find_order(draft.reference, draft).orders == ()
