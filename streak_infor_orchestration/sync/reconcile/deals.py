"""Deals beside their orders: whether both are there, linked once, and the box shows what the ERP knows.

What the box should show is what the mapping tells it; only a value that the mapping knows is compared.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from streak_infor_orchestration.analytics.reconciliation.records import Row, TabledRecords
from streak_infor_orchestration.analytics.reconciliation.sides import InErp, InStreak, differing, judged
from streak_infor_orchestration.config.write_back import FieldBack
from streak_infor_orchestration.domain.drift import Drift, DriftKind
from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.order import OrderedLine, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.values import as_text
from streak_infor_orchestration.mapping.models import Tellable
from streak_infor_orchestration.mapping.values import as_day
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.reconcile.modelled import modelled
from streak_infor_orchestration.sync.reconcile.reconcilable import Reread, Subject, ours_alone

NAME = "deals"
TABLES = (
    "streak/boxes",
    "infor/sales_orders",
    "infor/invoices",
    "infor/customers",
    "ledger/links",
)
_AMOUNTS = {"total", "freight", "paid", "balance", "credit_limit"}
_STATUSES = {"status", "payment_status", "credit_hold"}
_NOT_IN_TABLES = {"invoice.number", "order.tracking"}


class DealPairs:
    name = NAME
    tables = TABLES

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._rules = [rule for rule in ports.config.write_back if isinstance(rule, FieldBack)]
        self.width = len(self._rules)
        fields = ports.streak.pipeline(ports.pipeline_key).fields
        self._kinds = {field.name: field.type for field in fields}
        self._tags = {f.name: frozenset(o.name for o in f.options) for f in fields if f.type == "TAG"}

    def in_streak(self, records: TabledRecords) -> Iterator[list[InStreak]]:
        for portion in records.boxes(self._ports.pipeline_key):
            yield [self._box(row) for row in portion]

    def in_erp(self, records: TabledRecords) -> Iterator[list[InErp]]:
        for portion in records.orders(self._ports.config.erp.reference_prefix):
            yield [self._order(row) for row in portion]

    def subject(self, streak_key: str, erp_key: str) -> Subject | None:
        return Subject(Kind.DEAL, streak_key) if streak_key else None

    def read(self, streak_key: str, erp_key: str) -> Reread:
        ports = self._ports
        linked = ports.store.links.erp_key("order", streak_key) if streak_key else None
        box = ports.streak.box(streak_key) if streak_key else None
        order = ports.erp.order(erp_key or linked or "") if erp_key or linked else None
        invoices = ports.erp.invoices(order.id) if order else ()
        buyer = ports.erp.customer(order.customer_id) if order and ports.mapping.tells_of_customers else None
        ours = self._seen(streak_key, box, linked or "") if streak_key else None
        theirs = self._shown(order, invoices, buyer) if order else None
        changed = [datetime.fromtimestamp(box.saved / 1000, UTC)] if box else []
        changed += [record.modified for record in (order, *invoices) if record]
        return Reread(tuple(self._drifts(ours, theirs, erp_key)), max(changed, default=None))

    def _drifts(self, ours: InStreak | None, theirs: InErp | None, erp_key: str) -> Iterator[Drift]:
        streak_key = ours.key if ours else ""
        kind = judged(ours, theirs)
        if kind is not None:
            yield Drift(NAME, kind, streak_key, theirs.key if theirs else (ours.partner if ours else erp_key))
            return
        if ours is None or theirs is None or not ours.present:
            return
        for place in differing(ours, theirs):
            rule = self._rules[place]
            shown, told = ours.values[place] or "", theirs.values[place] or ""
            yield Drift(NAME, _kind_of(rule), ours.key, theirs.key, rule.field, shown, told)

    def _box(self, row: Row) -> InStreak:
        fields = row["fields"] or {}
        return InStreak(
            row["key"],
            row["partner"],
            self._ports.reference(row["key"]) if row["there"] else "",
            present=row["there"],
            wanted=row["there"] and self._wants_order(row["stage"], _instant(row["staged"])),
            values=tuple(self._text(rule, fields.get(rule.field, "")) for rule in self._rules),
        )

    def _seen(self, key: str, box: Box | None, partner: str) -> InStreak:
        if box is None or box.pipeline_key != self._ports.pipeline_key:
            return InStreak(key, partner, present=False, values=("",) * self.width)
        return InStreak(
            key,
            partner,
            self._ports.reference(key),
            wanted=self._wants_order(box.stage, box.stage_changed or box.created),
            values=tuple(self._text(rule, as_text(box.fields.get(rule.field))) for rule in self._rules),
        )

    def _wants_order(self, stage: str, since: datetime) -> bool:
        """What stood there before the integration began is none of ours."""
        config = self._ports.config
        milestone, begun = config.stages.classify(stage), config.streak.since
        if milestone is None or not milestone.wants_order:
            return False
        return begun is None or as_day(since, config.company.zone) >= begun

    def _order(self, row: Row) -> InErp:
        buyer = modelled(Customer, row["buyer"]) if row["buyer"] else None
        invoices = [modelled(Invoice, one) for one in row["invoices"] or ()]
        lines = tuple(modelled(OrderedLine, line) for line in row["lines"] or ())
        told = self._shown(modelled(SalesOrder, row | {"lines": lines}), invoices, buyer)
        unsaid = (
            None if rule.source in _NOT_IN_TABLES else value
            for rule, value in zip(self._rules, told.values, strict=True)
        )
        return InErp(told.key, told.reference, told.over, told.live, tuple(unsaid))

    def _shown(self, order: SalesOrder, invoices: Sequence[Invoice], buyer: Customer | None) -> InErp:
        told = Tellable.model_construct(
            order=order,
            invoices=tuple(invoices),
            customer=buyer if self._ports.mapping.tells_of_customers else None,
            passed=frozenset(),
            payments=(),
            kinds=self._kinds,
            tags=self._tags,
        )
        fields = self._ports.mapping.write_back(told).fields
        return InErp(
            order.id,
            ours_alone(order.reference, self._ports),
            over=order.is_over,
            live=order.status != OrderStatus.CANCELLED,
            values=tuple(
                self._text(rule, as_text(fields[rule.field])) if rule.field in fields else None
                for rule in self._rules
            ),
        )

    def _text(self, rule: FieldBack, text: str) -> str:
        """Tags are the same in any order."""
        return ", ".join(sorted(text.split(", "))) if self._kinds.get(rule.field) == "TAG" else text


def _kind_of(rule: FieldBack) -> DriftKind:
    fact = rule.source.partition(".")[2]
    return (
        DriftKind.AMOUNT if fact in _AMOUNTS else DriftKind.STATUS if fact in _STATUSES else DriftKind.FIELD
    )


def _instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
