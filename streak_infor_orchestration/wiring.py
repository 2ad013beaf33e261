"""Builds clients, ledger, mapping and clock from the configuration: once per process, for every room above."""

import os
import socket
from collections.abc import Callable
from collections.abc import Mapping as Environment
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path

from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration.config.installation import FILE, installation
from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.names import Where
from streak_infor_orchestration.config.secrets import Secrets, StreakCredentials
from streak_infor_orchestration.config.sections import ErpLimits, ErpSection, StreakLimits
from streak_infor_orchestration.config.settings import Settings
from streak_infor_orchestration.config.state_folder import claimed
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.left_out import LeftOut, Tell
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.infor.products import FORMAT, product_of
from streak_infor_orchestration.infor.push.message import Hints
from streak_infor_orchestration.ledger.opening import is_begun
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.mapping.mapping import Mapping
from streak_infor_orchestration.mapping.names import FileNames, pipeline_id, team_id
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.streak.vocabulary import Pipeline, Team
from streak_infor_orchestration.sync.ports.catalogue import Catalogue
from streak_infor_orchestration.sync.ports.lease import LeaseKeeper
from streak_infor_orchestration.sync.ports.names import Names
from streak_infor_orchestration.sync.ports.ports import PARALLEL, Ports
from streak_infor_orchestration.sync.tables.reading import StreakReading
from streak_infor_orchestration.transport.auth import Auth, Basic, Bearer
from streak_infor_orchestration.transport.budget import Budget
from streak_infor_orchestration.transport.hold import Hold
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.oauth import OAuth
from streak_infor_orchestration.transport.records import log


class Wiring:
    """Lazy: a process opens only what it uses. Raises Misconfigured, naming what is missing."""

    def __init__(self, environment: Environment[str, str], clock: Clock | None = None) -> None:
        self.settings = Settings.from_environment(environment)
        self.secrets = Secrets(environment)
        self.clock = clock or Clock()
        self._open: list[HttpClient] = []
        self._ports: list[Ports] = []

    def close_clients(self) -> None:
        """For a command that ends: tokens are given back where the server takes them."""
        while self._open:
            self._open.pop().close()

    @property
    def configured(self) -> bool:
        """Whether there is a configuration at all: Dagster loads the definitions without one."""
        return self.settings.config is not None and self.settings.config.exists()

    @cached_property
    def config(self) -> Integration:
        if self.settings.config is None:
            raise Misconfigured(
                "no configuration: set STREAK_INFOR_CONFIG to the path of your integration.yaml"
            )
        return FORMAT.load(self.settings.config)

    @property
    def has_state(self) -> bool:
        """Whether any process ever opened a ledger here; opens none."""
        url = self.settings.database_url
        return is_begun(url.get_secret_value() if url else None, self.settings.state_dir)

    @cached_property
    def state_dir(self) -> Path:
        """Made, and this user's alone. Raises Misconfigured where that cannot be."""
        try:
            return claimed(self.settings.state_dir)
        except OSError as error:
            raise Misconfigured(
                f"the state folder {self.settings.state_dir} cannot be used: {error.strerror}; "
                "let this user write there, or set STREAK_INFOR_STATE_DIR to another folder",
                code=SetupCode.ENVIRONMENT,
                field="STREAK_INFOR_STATE_DIR",
            ) from None

    @cached_property
    def store(self) -> Store:
        url = self.settings.database_url
        return Store.open(url.get_secret_value() if url else None, self.state_dir, clock=self.clock)

    def send(self, channel: str, title: str, text: str) -> bool:
        """To the channel whose address the variable `channel` holds. Raises Misconfigured where it is not set."""
        from streak_infor_orchestration.transport.notify import notify

        return notify(self.secrets.named(channel).get_secret_value(), title, text)

    @cached_property
    def warehouse(self) -> Warehouse:
        settings = self.settings
        state = self.state_dir.absolute()
        if settings.tables_url is None and settings.database_url is not None:
            _only_here(self.store, state)
        root = settings.tables_url or str(state / "tables")
        return Warehouse(root, state / "tables.work", group=settings.tables_group)

    @cached_property
    def streak(self) -> StreakClient:
        return self.open_streak(self.config.limits.streak, left_out=self._tell)

    @cached_property
    def erp(self) -> Erp:
        return self.open_erp(self.config.erp, self.config.limits.erp, left_out=self._tell)

    def _tell(self, record: LeftOut) -> None:
        log(record)
        self.store.left_out.tell(record)

    def open_streak(self, limits: StreakLimits, *, left_out: Tell = log) -> StreakClient:
        """A client of its own, for whoever has no configuration yet. Makes no call."""
        http = HttpClient(
            "streak",
            self.settings.streak_base_url,
            auth=_streak_login(self.secrets.streak(), self.clock),
            budget=self._budget("streak", limits.per_second),
            hold=Hold(self._shared("hold-streak.db")),
            clock=self.clock,
            left_out=left_out,
        )
        self._open.append(http)
        return StreakClient(http, self.clock)

    def open_erp(self, erp: ErpSection, limits: ErpLimits, *, left_out: Tell = log) -> Erp:
        """As `open_streak`."""
        http = HttpClient(
            "infor",
            self.secrets.infor_address(erp.base_url, plain_http=erp.allow_plain_http),
            auth=product_of(erp).login(erp, self.secrets, self.clock),
            budget=self._budget("infor", limits.per_second),
            hold=Hold(self._shared("hold-infor.db")),
            clock=self.clock,
            unasked=limits.wait_seconds,
            left_out=left_out,
        )
        self._open.append(http)
        return product_of(erp).open(erp, http)

    def hints(self) -> Hints | None:
        """How a message of the ERP's own accord is read; None where it sends none."""
        erp = self.config.erp
        return partial(product_of(erp).hints, erp, erp.push) if erp.push is not None else None

    def streak_reading(self, streak: StreakClient, store: Store) -> StreakReading:
        """Asks Streak for the keys of team and pipeline, once for as long as the ledger knows them."""
        streak.share(store.metadata)
        team_key = _team_key(self.config, streak, store)
        pipeline_key = _pipeline_key(self.config.streak.pipeline, team_key, streak, store)
        return StreakReading(store, self.config, streak, Mapping(self.config), team_key, pipeline_key)

    @property
    def ports(self) -> Ports:
        return self.ports_of(self.streak, self.erp, self.store)

    def ports_of(self, streak: StreakClient, erp: Erp, store: Store) -> Ports:
        """Once for the same three, also where somebody else has opened one of them."""
        for known in self._ports:
            if known.streak is streak and known.erp is erp and known.store is store:
                return known
        streak.share(store.metadata)
        opened = self.open_ports(self.config, streak, erp, store)
        self._ports.append(opened)
        return opened

    def open_ports(self, config: Integration, streak: StreakClient, erp: Erp, store: Store) -> Ports:
        """Asks Streak for the keys behind the configuration's names, once for as long as the ledger knows them. Both
        systems are those that are given, whatever `config` says of them."""
        team_key = _team_key(config, streak, store)
        names = FileNames(config)
        keys = {where: _pipeline_key(name, team_key, streak, store) for where, name, _ in names.pipelines}
        pipeline_key, linked_key = keys[Where.DEALS], keys.get(Where.LINKED, "")
        return Ports(
            streak=streak,
            erp=erp,
            store=store,
            mapping=Mapping(config),
            config=config,
            clock=self.clock,
            owner=f"{socket.gethostname()}/{os.getpid()}",
            team_key=team_key,
            pipeline_key=pipeline_key,
            leases=LeaseKeeper(store.inbox),
            catalogue=Catalogue(erp, self.clock),
            names=Names(
                names,
                streak,
                store,
                self.clock,
                team_key=team_key,
                pipeline_key=pipeline_key,
                linked_key=linked_key,
            ),
            linked_pipeline_key=linked_key,
            pool=ThreadPoolExecutor(PARALLEL, thread_name_prefix="phase"),
        )

    def _budget(self, system: str, per_second: float | None) -> Budget | None:
        if per_second is None:
            return None
        return Budget(self._shared(f"budget-{system}.db"), per_second)

    def _shared(self, name: str) -> Path:
        return self.state_dir / name


def _team_key(config: Integration, streak: StreakClient, store: Store) -> str:
    return _pinned(store, team_id(config.streak.team), lambda: streak.team_named(config.streak.team))


def _pipeline_key(name: str, team_key: str, streak: StreakClient, store: Store) -> str:
    return _pinned(store, pipeline_id(name), lambda: streak.pipeline_named(name, team_key))


def _pinned(store: Store, name: str, find: Callable[[], Team | Pipeline]) -> str:
    key = store.pins.all().get(name)
    if key is None:
        key = find().key
        store.pins.add({name: key})
    return key


def _only_here(store: Store, state: Path) -> None:
    """Tables in the state folder are one machine's: another's would miss what this one reads, because how far was read
    stands in the ledger that both share."""
    here = installation(state)
    keeper = store.keeper("tables", here)
    if keeper != here:
        raise Misconfigured(
            f"the tables are files of another machine ({keeper}): set STREAK_INFOR_TABLES_URL to a place that both"
            f" reach (a shared folder, s3://…); if this machine took its place, write {keeper} into {state / FILE}",
            code=SetupCode.TABLES_ELSEWHERE,
            field="STREAK_INFOR_TABLES_URL",
        )


def _streak_login(credentials: StreakCredentials, clock: Clock) -> Auth:
    if credentials.api_key is not None:
        key = credentials.api_key.get_secret_value()
        return Basic(key) if credentials.scheme == "basic" else Bearer(key)
    assert credentials.token_url and credentials.client_id and credentials.client_secret is not None
    return OAuth(
        credentials.token_url,
        credentials.client_id,
        credentials.client_secret.get_secret_value(),
        scope=credentials.scope,
        system="streak",
        clock=clock,
    )


_wirings: dict[int, Wiring] = {}


def wiring() -> Wiring:
    """This process's own. A forked child builds its own: connections must not cross a fork."""
    return _wirings.setdefault(os.getpid(), Wiring(os.environ))
