"""The disk is full from some commit on (every third is tried): SQLite's own page limit says so. Nothing is made twice,
nobody is blamed, and everything goes on when there is room again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection

from streak_infor_orchestration.ledger.database import Database, LedgerUnavailable
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED

QUICK_ERP = {"  product: facade ": "  settle_seconds: 2\n  product: facade "}
COMMITS = 40
"""Of the undisturbed story, or somewhat more."""


@dataclass
class Disk:
    """`room`: so many commits still fit."""

    room: int = 0

    def take(self, connection: Connection) -> None:
        """Asks for one page more than there is, so that it does not depend on what free space a table has left."""
        if self.room > 0:
            self.room -= 1
            return
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes it as: no larger than it is
        try:
            connection.exec_driver_sql("CREATE TABLE one_more_page (x)")
        finally:
            connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")


@contextmanager
def full_after(room: int) -> Iterator[Disk]:
    disk, write = Disk(room), Database.write

    @contextmanager
    def commit(database: Database, **options: bool) -> Iterator[Connection]:
        with write(database, **options) as connection:
            yield connection
            disk.take(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "write", commit)
        yield disk


def test_the_disk_is_really_full(world: World) -> None:
    with full_after(0), pytest.raises(LedgerUnavailable) as caught:
        world.webhook("b1")
    assert "disk is full" in str(caught.value.__cause__)


def test_from_whatever_commit_on_the_disk_is_full_there_is_one_of_everything(
    make_world: Callable[..., World],
) -> None:
    world, left = make_world(settings=QUICK_ERP), []
    for room in range(0, COMMITS, 3):
        name = f"Deal {room}"
        deal = world.company.deal(name, stage="Closed-Won")
        world.webhook(deal)
        with full_after(room) as disk, suppress(LedgerUnavailable):
            for _ in range(3):
                world.run()
        left.append(disk.room)
        world.lease_clock.advance(LEASE_OUTLIVED)  # the run that could not settle has ended
        world.run_until_quiet()
        (customer,) = world.company.found_in_erp("customers", Name=f"{name} Ltd")
        (order,) = world.company.found_in_erp("salesorders", CustomerID=customer["CustomerID"])
        (invoice,) = world.company.found_in_erp("invoices", CustomerID=customer["CustomerID"])
        fields = world.company.box(deal)["fieldsByName"]
        assert (fields["ERP order"], fields["ERP invoice"]) == (order["OrderID"], invoice["InvoiceID"])
        assert len(world.company.comments(deal)) == 2
        assert world.ports.store.dead_letters.count_open() == 0
        assert world.ports.store.effects.unsettled() == []
    assert left[0] == 0, "it was full"
    assert left[-1] > 0, "the story is told to its end, so commits all along it were the last one"
