"""The inside: configuration, ledger and ports of one process, run by hand until nothing is left to do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.gateway.streak_events import OUR_EVENTS
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.infor.products import FORMAT, product_of
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.inbox import LANES, Event
from streak_infor_orchestration.ledger.lease_clock import ManualLeaseClock
from streak_infor_orchestration.ledger.opening import Databases, open_databases
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration.mapping.mapping import Mapping as DealMapping
from streak_infor_orchestration.mapping.names import FileNames
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.sync.customers import directory
from streak_infor_orchestration.sync.desk.asked import ask
from streak_infor_orchestration.sync.effects.sending import CALL_SECONDS
from streak_infor_orchestration.sync.ports.catalogue import Catalogue
from streak_infor_orchestration.sync.ports.lease import LeaseKeeper
from streak_infor_orchestration.sync.ports.names import Names
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.rows import CUSTOMERS, ORDER_TO_CASH, ORDERS
from streak_infor_orchestration.sync.row.work import Batch, Work
from streak_infor_orchestration.sync.watch.feedback import poll
from streak_infor_orchestration.transport.auth import ApiKey, Basic
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.records import Records
from streak_infor_orchestration_tests.world.company import ERP_KEY, INTEGRATION_KEY, Company, Kind

LEASE_OUTLIVED = 2 * CALL_SECONDS
_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Connections:
    """Our HTTP clients. They remember nothing but open sockets, so one process may inherit them from another."""

    streak: HttpClient
    erp: HttpClient


class World:
    """One integrated company. `ports` are those of the process that runs now; `restart` begins the next one.

    `settings` replaces pieces of the packaged template's text; `erp` is another product than the façade; `kinds` are
    fields of the pipeline that are no text. Nobody waits for somebody who may still be typing, unless told to.
    """

    def __init__(
        self,
        company: Company,
        connections: Connections,
        state_dir: Path,
        *,
        database_url: str | None = None,
        settings: Mapping[str, str] | None = None,
        erp: Erp | None = None,
        kinds: Mapping[str, Kind] | None = None,
        typing_seconds: float = 0,
    ) -> None:
        self.company = company
        self.clock = company.clock
        self.lease_clock = ManualLeaseClock()
        configured = configuration(company, settings or {})
        policies = configured.policies.model_copy(update={"typing_seconds": typing_seconds})
        self.config = configured.model_copy(update={"policies": policies})
        self._connections = connections
        self._erp = erp
        self._databases = _opened(database_url, state_dir)
        self._runs = count(1)
        company.open_for_business(self.config, kinds)
        self.ports = self._started()

    def restart(self, *, lease_expired: bool = True) -> None:
        """The process is gone with its connections, and another begins with nothing but the ledger."""
        self.close()
        if lease_expired:
            self.lease_clock.advance(LEASE_OUTLIVED)
        self.ports = self._started()

    def lose_ledger(self, database_url: str | None, state_dir: Path) -> None:
        """The process is gone and its ledger too; the next one finds another, with nothing in it."""
        self.close()
        self._databases = _opened(database_url, state_dir)
        self.ports = self._started()

    def forget(self) -> None:
        """Another process on the same ledger: nothing is remembered of Streak's fields or the ERP's products."""
        self.ports.leases.close()
        self.ports.pool.shutdown(wait=False)
        self.ports = self.another_process()

    def another_process(self, erp: Erp | None = None) -> Ports:
        """Beside the one that runs, on the same ledger."""
        return process(self.company, self._connections, self.config, self.ports.store, erp or self._erp)

    def close(self) -> None:
        self.ports.close()

    def ground(self, party: str) -> Shadow | None:
        """What both sides of a linked customer returned last."""
        number = self.ports.store.links.erp_key("customer", party)
        return None if number is None else self.ports.store.shadows.get("customer", party, number)

    # -- what makes records due -------------------------------------------------------------------------

    def webhook(self, box: str, name: str = "BOX_EDIT", *, version: int = 0) -> None:
        """What the gateway stores of a delivery."""
        ours = name in OUR_EVENTS and version > 0
        self.ports.store.inbox.record(
            [Event(source="streak", name=name, kind="deal", key=box, min_version=version, may_echo=ours)]
        )

    def ask(self, *boxes: str) -> None:
        """What a person does who wants these deals looked at again."""
        ask(ORDER_TO_CASH, boxes, actor="test", ports=self.ports)

    def poll(self) -> dict[str, int]:
        return poll(self.ports.erp, self.ports.store, self.clock, self.config.erp.overlap)

    # -- looking at them --------------------------------------------------------------------------------

    def run(self, **asked: Any) -> Batch:
        batch = Batch(run_id=f"run-{next(self._runs)}")
        return ORDER_TO_CASH.run(replace(batch, **asked), self.ports)

    def look(self, box: str) -> Work:
        """One event and one run: how the deal left the batch."""
        self.webhook(box)
        (work,) = self.run().items
        return work

    def run_customers(self, *keys: str, **asked: Any) -> list[Work]:
        """What the job `customers` does: with what changed in the ERP, until nothing is due; `keys` are looked at
        in any case."""
        people = self.config.contacts is not None
        directory.poll(
            self.ports.erp,
            self.ports.store,
            self.config.erp.overlap,
            people=people,
            tell_new=self.config.customer.makes_organizations,
        )
        self.ports.names.asked()
        self.ports.store.inbox.record([Event("streak", "EDIT", CUSTOMERS.kind, key) for key in keys])
        worked: list[Work] = []
        while self.ports.store.inbox.due(CUSTOMERS.kinds).count:
            batch = Batch(run_id=f"run-{next(self._runs)}", lanes=LANES)
            worked += CUSTOMERS.run(replace(batch, **asked), self.ports).items
        return worked

    def run_orders(self, **asked: Any) -> list[Work]:
        """What the job `orders` does, until nothing is due."""
        worked: list[Work] = []
        while self.ports.store.inbox.due(ORDERS.kinds).count:
            batch = Batch(run_id=f"run-{next(self._runs)}", lanes=LANES)
            worked += ORDERS.run(replace(batch, **asked), self.ports).items
        return worked

    def run_until_quiet(self, *, rounds: int = 60) -> list[Batch]:
        """Run until nothing is open, moving the clocks to whatever is due next. Fails if that takes too long."""
        batches: list[Batch] = []
        while self.wait_for_next():
            assert len(batches) < rounds, f"never quiet: {self.ports.store.inbox.counts()}"
            batches.append(self.run(lanes=LANES))
        return batches

    def wait_for_next(self) -> bool:
        """Let time pass until something can be claimed; False when nothing is open."""
        inbox, now = self.ports.store.inbox, self.clock.now()
        if not any(backlog.kind in ORDER_TO_CASH.kinds for backlog in inbox.counts()):
            return False
        oldest = inbox.due(ORDER_TO_CASH.kinds, _END_OF_TIME).oldest_due_at
        paused = [paused.until for paused in self.ports.store.pauses.all()]
        if oldest is None or paused:
            self.lease_clock.advance(LEASE_OUTLIVED)
        if oldest is not None:
            self.clock.advance(max(0.0, (max([oldest, *paused]) - now).total_seconds()))
        return True

    def _started(self) -> Ports:
        store = Store(self._databases, self.clock, self.lease_clock)
        return process(self.company, self._connections, self.config, store, self._erp)


def process(
    company: Company,
    connections: Connections,
    config: Integration,
    store: Store,
    erp: Erp | None = None,
) -> Ports:
    """Ports as a fresh process has them: nothing remembered. Without an `erp` the façade's, with a real client."""
    clock = company.clock
    for http in (connections.streak, connections.erp):
        http.records = Records(http.system, store.left_out.tell)
    erp = erp or product_of(config.erp).open(config.erp, connections.erp)
    streak = StreakClient(connections.streak, clock)
    streak.share(store.metadata)
    return Ports(
        streak=streak,
        erp=erp,
        store=store,
        mapping=DealMapping(config),
        config=config,
        clock=clock,
        owner="test",
        team_key=company.team_key,
        pipeline_key=company.pipeline_key,
        leases=LeaseKeeper(store.inbox, beat=3600),
        catalogue=Catalogue(erp, clock),
        names=Names(
            FileNames(config),
            streak,
            store,
            clock,
            team_key=company.team_key,
            pipeline_key=company.pipeline_key,
            linked_key=company.linked_pipeline_key,
        ),
        linked_pipeline_key=company.linked_pipeline_key,
    )


@contextmanager
def connections(company: Company) -> Iterator[Connections]:
    streak = HttpClient("streak", company.streak_url, auth=Basic(INTEGRATION_KEY), clock=company.clock)
    erp = HttpClient("infor", company.infor_url, auth=ApiKey(ERP_KEY), clock=company.clock)
    try:
        yield Connections(streak, erp)
    finally:
        streak.close()
        erp.close()


def configuration(company: Company, settings: Mapping[str, str]) -> Integration:
    """The packaged template, pointed at the twin; `settings` replaces pieces of its text."""
    yaml = text("facade").replace("https://erp.example.com/infor/api/v1", company.infor_url)
    for old, new in settings.items():
        assert yaml.count(old) == 1, f"{old!r} stands {yaml.count(old)} times in the template"
        yaml = yaml.replace(old, new)
    return _loaded(yaml)


_loaded = cache(FORMAT.loads)


def _opened(database_url: str | None, state_dir: Path) -> Databases:
    if database_url is None:
        state_dir.mkdir(exist_ok=True)
        for name, content in _empty_ledger().items():
            if not (state_dir / name).exists():
                (state_dir / name).write_bytes(content)
    return open_databases(database_url, state_dir)


@cache
def _empty_ledger() -> dict[str, bytes]:
    """SQLite's files as they are when migrated: to copy them is ten times as fast."""
    with TemporaryDirectory() as folder:
        for database in open_databases(None, Path(folder)):
            database.close()
        return {file.name: file.read_bytes() for file in Path(folder).glob("*.db")}
