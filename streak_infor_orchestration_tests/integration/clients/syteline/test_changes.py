"""What changed in SyteLine is told in order, to the end, and our own writes in the version they had."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from streak_infor_orchestration.infor.syteline.collection import naive
from streak_infor_orchestration.infor.syteline.feeds import ToldVersions
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab

MakeLab = Callable[..., SytelineLab]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def test_each_list_names_the_order_or_invoice_it_concerns(lab: SytelineLab) -> None:
    order = lab.order()
    lab.control.post(f"/orders/{order.id}/ship")
    lab.control.post(f"/orders/{order.id}/invoice")
    (invoice,) = lab.invoice_ids()
    lab.control.post("/payments", {"InvoiceID": invoice, "Amount": "100.00"})
    told = {
        feed: {(change.entity, change.key) for change in lab.erp.changed(feed, LONG_AGO).items}
        for feed in lab.erp.change_feeds
    }
    assert told == {
        "orders": {("order", order.id)},
        "order_lines": {("order", order.id)},
        "invoices": {("invoice", invoice)},
        "open_items": {("invoice", invoice)},
    }


def test_an_order_of_ours_is_told_in_the_version_in_which_it_was_made(lab: SytelineLab) -> None:
    """So that nobody looks again because of what we wrote ourselves."""
    order = lab.order()
    told = [change for feed in ("orders", "order_lines") for change in lab.erp.changed(feed, LONG_AGO).items]
    assert {change.stamp for change in told} == {order.stamp}
    lab.control.post(f"/orders/{order.id}/ship")
    (shipped,) = lab.erp.changed("order_lines", LONG_AGO).items
    assert shipped.stamp not in ("", order.stamp)


def test_what_is_told_again_costs_no_call_once_no_other_write_can_bear_its_time() -> None:
    asked: list[list[str]] = []
    now = [0.0]

    def stamps(keys: Collection[str]) -> dict[str, str]:
        asked.append(list(keys))
        return {key: f"{key}@{now[0]}" for key in keys}

    versions, row = ToldVersions(stamps, lambda: now[0]), ("STK1", LONG_AGO)
    later = ("STK1", LONG_AGO + timedelta(minutes=1))
    assert versions.of([row], LONG_AGO) == ["STK1@0.0"]
    now[0] = 9.0  # the second write of one tick of the clock
    assert versions.of([row], LONG_AGO) == ["STK1@9.0"]
    now[0] = 11.0
    assert versions.of([row], LONG_AGO) == ["STK1@9.0"]
    assert asked == [["STK1"], ["STK1"]]
    assert versions.of([row, later], LONG_AGO) == ["STK1@9.0", "STK1@11.0"]
    versions.of([], LONG_AGO + timedelta(hours=3))
    now[0] = 60.0
    assert versions.of([row], LONG_AGO) == ["STK1@60.0"], "not remembered for ever"


@pytest.mark.parametrize("page", [1, 2, 5])
def test_page_by_page_everything_is_told_and_it_ends(make_lab: MakeLab, page: int) -> None:
    lab = make_lab(page_size=page)
    customer = lab.customer().id
    ids = [lab.order(customer_id=customer, reference=f"STKPAGE{n:03}").id for n in range(5)]
    told: list[str] = []
    since = LONG_AGO
    for _ in range(20):
        changes = lab.erp.changed("orders", since)
        told += [change.key for change in changes.items]
        assert changes.watermark >= since
        since = changes.watermark
        if not changes.more:
            break
    assert not changes.more
    assert list(dict.fromkeys(told)) == ids
    listed = [record.id for records in lab.erp.records("sales_orders") for record in records]
    assert listed == ids


def test_nothing_new_leaves_the_watermark_where_it_was(lab: SytelineLab) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    changes = lab.erp.changed("orders", later)
    assert (changes.items, changes.watermark, changes.more) == ((), later, False)


def test_an_order_whose_line_alone_changed_is_listed_since(lab: SytelineLab) -> None:
    order = lab.order()
    since = order.modified + timedelta(milliseconds=1)
    assert [record for page in lab.erp.records("sales_orders", since=since) for record in page] == []
    lab.control.post(f"/orders/{order.id}/ship")
    (shipped,) = [record for page in lab.erp.records("sales_orders", since=since) for record in page]
    assert shipped.id == order.id and shipped.modified >= since


def test_around_a_change_of_the_clocks_an_hour_more_is_read() -> None:
    """At three in the morning of 25 October 2026 it is two o'clock again in Berlin."""
    before, twice, after = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (20, 1, 4))
    before -= timedelta(days=1)
    assert naive(before, BERLIN) == datetime(2026, 10, 24, 22, 30)  # noqa: DTZ001
    assert naive(twice, BERLIN) == datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001  # 02:30 on the clock
    assert naive(after, BERLIN) == datetime(2026, 10, 25, 5, 30)  # noqa: DTZ001
    forward = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert naive(forward, BERLIN) == datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001  # 03:30 on the clock
    assert naive(twice, ZoneInfo("UTC")) == datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001
