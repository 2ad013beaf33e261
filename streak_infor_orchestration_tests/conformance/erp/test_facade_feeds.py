"""What changed in the façade: in order, inclusive, to the end."""

from datetime import UTC, datetime, timedelta

import pytest

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.infor.facade import collection
from streak_infor_orchestration.infor.port import Change, Steps
from streak_infor_orchestration_tests.conformance.erp.facade_lab import FacadeLab

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def keys(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.entity, change.key) for change in changes]


@pytest.mark.covers("GET /infor/api/v1/payments")
@pytest.mark.covers("GET /infor/api/v1/invoices")
@pytest.mark.covers("GET /infor/api/v1/salesorders")
def test_each_feed_names_the_order_or_invoice_it_concerns(facade: FacadeLab) -> None:
    invoice = facade.invoiced().invoice
    facade.control.post("/payments", {"InvoiceID": invoice.id, "Amount": "100.00"})
    facade.control.post("/creditnotes", {"InvoiceID": invoice.id, "Amount": "79.80"})
    told = {feed: keys(facade.erp.changed(feed, LONG_AGO).items) for feed in facade.erp.change_feeds}
    assert told == {
        "salesorders": [("order", invoice.order_id)],
        "invoices": [("invoice", invoice.id)],
        "payments": [("invoice", invoice.id)],
        "creditnotes": [("invoice", invoice.id)],
    }
    paid = facade.erp.invoice(invoice.id)
    assert paid is not None
    assert (str(paid.paid), str(paid.balance), paid.status) == ("100.00", "200.00", "PartiallyPaid")


def test_the_watermark_is_the_last_change_and_includes_it(facade: FacadeLab) -> None:
    order = facade.order()
    first = facade.erp.changed("salesorders", LONG_AGO)
    again = facade.erp.changed("salesorders", first.watermark)
    assert keys(first.items) == keys(again.items) == [("order", order.id)]
    assert again.watermark == first.watermark
    assert not again.more


def test_nothing_new_leaves_the_watermark(facade: FacadeLab) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    changes = facade.erp.changed("salesorders", later)
    assert changes.items == ()
    assert changes.watermark == later
    assert not changes.more


@pytest.mark.parametrize("page", [1, 2, 3, 5, 7])
def test_page_by_page_everything_is_told_and_it_ends(
    facade: FacadeLab, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(collection, "LIMIT", page)
    customer = facade.customer()
    ids = [facade.order(customer_id=customer.id, reference=f"R{n}").id for n in range(6)]
    told: list[str] = []
    since = LONG_AGO
    for _ in range(20):
        changes = facade.erp.changed("salesorders", since)
        told += [change.key for change in changes.items]
        assert changes.watermark >= since
        since = changes.watermark
        if not changes.more:
            break
    assert not changes.more
    assert list(dict.fromkeys(told)) == ids


def test_more_records_of_one_instant_than_fit_a_page_do_not_hold_it_up(
    facade: FacadeLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "LIMIT", 2)
    moment = "2026-03-02T09:00:00.000000Z"
    customer = facade.customer()
    ids = [facade.order(customer_id=customer.id, reference=f"R{n}").id for n in range(4)]
    items = [order | {"ModifiedAt": moment} for order in facade.control.get("/state")["salesorders"]]
    for n, cursor in ((0, "next"), (2, None)):
        body = {"Items": items[n : n + 2], "NextCursor": cursor}
        facade.control.fault("status", status=200, body=body, method="GET", path="/salesorders")
    since = datetime(2026, 3, 2, 9, tzinfo=UTC)
    changes = facade.erp.changed("salesorders", since)
    assert [change.key for change in changes.items] == ids
    assert not changes.more


def test_a_probe_reads_all_pages(facade: FacadeLab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "LIMIT", 1)
    draft = facade.draft()
    ids = [facade.erp.create_order(draft, Steps()).id for _ in range(3)]
    assert [order.id for order in facade.erp.find_order(draft.reference, draft).orders] == ids


def test_a_list_without_end_is_an_error_and_not_a_part(
    facade: FacadeLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "_PAGES", 3)
    facade.control.fault("status", status=200, body={"Items": [], "NextCursor": "again"}, times=None)
    with pytest.raises(Transient):
        facade.erp.invoices("SO-1")
