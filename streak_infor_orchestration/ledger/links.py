"""Which record in Streak is which record in the ERP: a bijection per kind, held by two unique indexes."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, update

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.ledger.aliases import Aliases
from streak_infor_orchestration.ledger.audit import Audit
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import link as table
from streak_infor_orchestration.ledger.schema import shadow

_OF_KIND = table.c.kind == bindparam("kind")
_ERP_KEY = select(table.c.erp_key).where(_OF_KIND, table.c.streak_key == bindparam("streak_key"))
_LINK = select(
    *(table.c[name] for name in ("kind", "streak_key", "erp_key", "seen", "closed", "by_hand", "told"))
)
_LINKS = _LINK.where(_OF_KIND, table.c.streak_key.in_(bindparam("streak_keys", expanding=True)))
_SAW = (
    update(table)
    .where(table.c.kind == bindparam("its_kind"), table.c.erp_key == bindparam("number"))
    .values(seen=bindparam("stamp"), closed=bindparam("over"))
)


@dataclass(frozen=True, slots=True)
class Link:
    """`kind` is customer (organization or contact key ↔ customer number), contact (who is known per customer:
    `at_customer` ↔ the number of the ERP's contact) or order (box key ↔ order number).

    `seen` is the stamp of the ERP's record as it was looked at last, "" before; `closed`: nothing more is expected of
    it. `by_hand`: the ERP's record was typed there, and Streak's was made of it. `told` is the state of the ERP's
    record that Streak's was last brought to, "" before.
    """

    kind: str
    streak_key: str
    erp_key: str
    seen: str = field(default="", compare=False)
    closed: bool = field(default=False, compare=False)
    by_hand: bool = field(default=False, compare=False)
    told: str = field(default="", compare=False)


def at_customer(contact_key: str, customer_id: str) -> str:
    """The key in Streak of a contact at one of the customers it is known at."""
    return f"{contact_key}@{customer_id}"


def contact_and_customer(key: str) -> tuple[str, str]:
    """The two parts of what `at_customer` joins; Streak's keys have no @ in them."""
    contact_key, _, customer_id = key.partition("@")
    return contact_key, customer_id


class Links:
    def __init__(self, database: Database, clock: Clock, audit: Audit, aliases: Aliases) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._aliases = aliases
        self._insert = database.insert(table).on_conflict_do_nothing()

    def erp_key(self, kind: str, streak_key: str) -> str | None:
        asked = {"kind": kind, "streak_key": self._aliases.survivor(kind, streak_key)}
        with self._database.read() as connection:
            found: str | None = connection.scalar(_ERP_KEY, asked)
        return found and self._aliases.survivor(kind, found)

    def erp_keys(self, kind: str, streak_keys: Collection[str]) -> dict[str, str]:
        """Those of the records that are linked, with their partners."""
        found = {key: link.erp_key for key, link in self.of(kind, streak_keys).items()}
        survivors = self._aliases.survivors(kind, found.values())
        return {key: survivors[partner] for key, partner in found.items()}

    def of(self, kind: str, streak_keys: Collection[str]) -> dict[str, Link]:
        """The links of those of the records that have one, as they are; of one that was merged, the survivor's."""
        survivors = self._aliases.survivors(kind, streak_keys)
        with self._database.read() as connection:
            rows = connection.execute(_LINKS, {"kind": kind, "streak_keys": sorted({*survivors.values()})})
            found = {row.streak_key: Link(**row._mapping) for row in rows}
        return {key: found[survivor] for key, survivor in survivors.items() if survivor in found}

    def seen(self, kind: str, erp_keys: Collection[str]) -> dict[str, str]:
        """The stamps of those of the ERP's records that are linked."""
        statement = select(table.c.erp_key, table.c.seen).where(
            table.c.kind == kind, table.c.erp_key.in_(erp_keys)
        )
        with self._database.read() as connection:
            return {row.erp_key: row.seen for row in connection.execute(statement)}

    def saw(self, kind: str, records: Iterable[tuple[str, str, bool]]) -> None:
        """Which version of the ERP's records a look has before it, and whether they are over: number, stamp, over."""
        rows = [
            {"its_kind": kind, "number": number, "stamp": stamp, "over": over}
            for number, stamp, over in records
        ]
        if rows:
            with self._database.write(durable=False, alone=True) as connection:
                connection.execute(_SAW, rows)

    def of_erp(self, kind: str, erp_key: str) -> Link | None:
        """The link of one of the ERP's records."""
        statement = _LINK.where(table.c.kind == kind, table.c.erp_key == erp_key)
        with self._database.read() as connection:
            row = connection.execute(statement).one_or_none()
        return Link(**row._mapping) if row else None

    def note_told(self, kind: str, erp_key: str, state: str) -> None:
        """Which state of the ERP's record Streak's stands for from now on."""
        told = update(table).where(table.c.kind == kind, table.c.erp_key == erp_key).values(told=state)
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(told)

    def streak_key(self, kind: str, erp_key: str) -> str | None:
        return self.streak_keys(kind, [erp_key]).get(erp_key)

    def add(self, link: Link) -> None:
        """Nothing happens if the pair is linked already. Raises Conflict if either side has another partner."""
        with self._database.write() as connection:
            self.add_in(connection, link)

    def add_in(self, connection: Connection, link: Link) -> None:
        """`add` within the caller's transaction, which the Conflict must end."""
        if connection.execute(self._insert, {**asdict(link), "at": self._clock.now()}).rowcount:
            return
        for row in self._touching(connection, link):
            if row != link:
                taken_by_erp_key = row.streak_key == link.streak_key
                raise Conflict(
                    f"this {link.kind} is already linked to another one",
                    code=CustomerCode.LINK_TAKEN,
                    system="ledger",
                    field="streak_key" if taken_by_erp_key else "erp_key",
                    value=link.streak_key if taken_by_erp_key else link.erp_key,
                    existing=row.erp_key if taken_by_erp_key else row.streak_key,
                )

    def streak_keys(self, kind: str, erp_keys: Collection[str]) -> dict[str, str]:
        """The partners of those of the ERP's records that have one."""
        survivors = self._aliases.survivors(kind, erp_keys)
        statement = select(table.c.erp_key, table.c.streak_key).where(
            table.c.kind == kind, table.c.erp_key.in_({*survivors.values()})
        )
        with self._database.read() as connection:
            found = {row.erp_key: row.streak_key for row in connection.execute(statement)}
        partners = self._aliases.survivors(kind, found.values())
        return {key: partners[found[survivor]] for key, survivor in survivors.items() if survivor in found}

    def merge(self, kind: str, retired: str, survivor: str, by: str) -> None:
        """A person says that `retired` is `survivor` by now, both in the same system. The survivor's link stands; where
        it has none the link of the retired one becomes its own. Raises Conflict."""
        with self._database.write() as connection:
            self._aliases.add_in(connection, kind, retired, survivor, by)
            for column in (table.c.streak_key, table.c.erp_key):
                of_kind = (table.c.kind == kind, column == survivor)
                if connection.scalar(select(func.count()).select_from(table).where(*of_kind)):
                    continue
                follows = update(table).where(table.c.kind == kind, column == retired)
                connection.execute(follows.values({column.name: survivor}))

    def decide(self, link: Link, by: str, *, instead: bool = False) -> None:
        """`add`, audited: a person says so. Raises Conflict; `instead` parts either side from another partner."""
        with self._database.write() as connection:
            for other in self._touching(connection, link) if instead else ():
                self.remove_in(connection, other, by)
            self.add_in(connection, link)
            detail = {"kind": link.kind, "erp_key": link.erp_key}
            self._audit.write_in(connection, by, "linked", link.streak_key, detail)

    def rename(self, link: Link, streak_key: str) -> None:
        """What is linked is known under another key in Streak: the ground of the pair goes with it."""
        with self._database.write() as connection:
            for each in (table, shadow):
                of_pair = and_(
                    each.c.kind == link.kind,
                    each.c.streak_key == link.streak_key,
                    each.c.erp_key == link.erp_key,
                )
                connection.execute(update(each).where(of_pair).values(streak_key=streak_key))

    def remove_in(self, connection: Connection, link: Link, by: str) -> bool:
        """Parts exactly this pair within the caller's transaction, audited. False if it was not linked."""
        pair = and_(
            table.c.kind == link.kind,
            table.c.streak_key == link.streak_key,
            table.c.erp_key == link.erp_key,
        )
        if not connection.execute(delete(table).where(pair)).rowcount:
            return False
        detail = {"kind": link.kind, "erp_key": link.erp_key}
        self._audit.write_in(connection, by, "link removed", link.streak_key, detail)
        return True

    def _touching(self, connection: Connection, link: Link) -> list[Link]:
        either_side = or_(table.c.streak_key == link.streak_key, table.c.erp_key == link.erp_key)
        statement = select(table.c.kind, table.c.streak_key, table.c.erp_key)
        rows = connection.execute(statement.where(table.c.kind == link.kind, either_side))
        return [Link(**row) for row in rows.mappings()]

    def count_open(self, kind: str) -> int:
        """Those of a kind of which more is expected."""
        statement = select(func.count()).select_from(table).where(table.c.kind == kind, ~table.c.closed)
        with self._database.read() as connection:
            return connection.scalar(statement) or 0

    def count(self) -> int:
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(table)) or 0

    def all(self, kind: str) -> list[Link]:
        statement = select(table.c.kind, table.c.streak_key, table.c.erp_key)
        with self._database.read() as connection:
            rows = connection.execute(statement.where(table.c.kind == kind).order_by(table.c.streak_key))
            return [Link(**row) for row in rows.mappings()]
