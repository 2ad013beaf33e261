"""Answers that are not what the contracts say, from both systems, to reads and to writes: nothing is concluded from
them, nothing is made twice, and the deal goes on when the answers are right again."""

import pytest

from streak_infor_orchestration.sync.row.outcome import PAUSE_SECONDS
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED, World

LARGEST = 200_000
"""Bytes, here. In production 16 million."""

ANSWERS: dict[str, dict[str, object]] = {
    "html": {"body": "<html><title>Sign in</title></html>", "content_type": "text/html"},
    "truncated": {"style": "truncated"},
    "no json": {"style": "invalid"},
    "wrong types": {"style": "wrong_types"},
    "empty": {"body": ""},
    "null": {"body": "null"},
    "a list": {"body": "[[]]"},
    "another object": {"body": {"hello": "world"}},
    "gigantic": {"body": " " * (LARGEST + 1)},
    "endlessly nested": {"body": "[" * 50_000},
}
READS = {
    "the box": ("streak", "/v1/boxes/[^/]+$"),
    "the organization": ("streak", "/v2/organizations/"),
    "the customers": ("infor", "/customers$"),
    "the products": ("infor", "/products/"),
    "the orders": ("infor", "/salesorders$"),
}
WRITES = {
    "the customer": ("infor", "POST", "/customers$"),
    "the order": ("infor", "POST", "/salesorders$"),
    "the invoice": ("infor", "POST", "/invoices$"),
    "the fields": ("streak", "POST", "/v1/boxes/[^/]+$"),
    "the comment": ("streak", "POST", "/comments$"),
}


@pytest.fixture(autouse=True)
def small_answers_only(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for http in (world.ports.streak.http, world.ports.erp.http):  # type: ignore[attr-defined]  # the façade's
        monkeypatch.setattr(http, "_max_bytes", LARGEST)


def answer_wrongly(world: World, system: str, answer: dict[str, object], **where: object) -> None:
    lever = world.company.streak if system == "streak" else world.company.erp
    lever("/faults", {"kind": "garbage", **answer, **where})


def one_of_everything(world: World, deal: str) -> None:
    """Whatever was answered: by the twins, not by what we think."""
    acme = world.company
    (customer,) = acme.found_in_erp("customers")
    (order,) = acme.found_in_erp("salesorders", CustomerID=customer["CustomerID"])
    (invoice,) = acme.found_in_erp("invoices", OrderID=order["OrderID"])
    assert (order["TotalAmount"], invoice["TotalAmount"]) == ("360.00", "360.00")
    fields = acme.box(deal)["fieldsByName"]
    assert (fields["ERP order"], fields["ERP invoice"]) == (order["OrderID"], invoice["InvoiceID"])
    assert len(acme.comments(deal)) == 2
    assert world.ports.store.dead_letters.count_open() == 0
    assert world.ports.store.effects.unsettled() == []


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_a_read_that_is_answered_wrongly_concludes_nothing(world: World, read: tuple[str, str]) -> None:
    system, path = read
    deal = world.company.deal("Northwind", stage="Closed-Won")
    for name, answer in ANSWERS.items():
        answer_wrongly(world, system, answer, method="GET", path=path, times=None)
        work = world.look(deal)
        assert work.verdict is not None and work.verdict.status in (Status.RETRY, Status.WAITING), name
        assert world.company.found_in_erp("salesorders") == []
        assert world.company.comments(deal) == [], "time cures it: nobody is asked"
        for twin in (world.company.streak_twin, world.company.infor_twin):
            twin.delete("/faults").raise_for_status()
        # the ERP itself is paused where the read that asks whether it is there is answered so too
        world.clock.advance(PAUSE_SECONDS)
        world.lease_clock.advance(LEASE_OUTLIVED)
    world.run_until_quiet()
    one_of_everything(world, deal)


@pytest.mark.parametrize("name", ["html", "another object", "gigantic"])
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_a_write_that_is_answered_wrongly_is_looked_for_and_not_repeated(
    world: World, write: tuple[str, str, str], name: str
) -> None:
    system, method, path = write
    deal = world.company.deal("Northwind", stage="Closed-Won")
    answer_wrongly(world, system, ANSWERS[name], method=method, path=path)
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.WAITING
    world.run_until_quiet()
    one_of_everything(world, deal)
