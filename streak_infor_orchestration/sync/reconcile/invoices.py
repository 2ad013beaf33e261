"""Invoices of linked orders beside what the ledger knows of them: one it never heard of was told on no deal."""

from collections.abc import Iterator

from streak_infor_orchestration.analytics.reconciliation.records import TabledRecords
from streak_infor_orchestration.analytics.reconciliation.sides import InErp, InStreak
from streak_infor_orchestration.domain.drift import Drift, DriftKind
from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.reconcile.reconcilable import Reread, Subject

NAME = "invoices"
TABLES = ("infor/invoices", "ledger/links", "ledger/order_invoices")


class InvoicePairs:
    """Both keys are the invoice's. What the ledger knows stands for Streak's side: it is what the deal is told of."""

    name = NAME
    tables = TABLES
    width = 0

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def in_streak(self, records: TabledRecords) -> Iterator[list[InStreak]]:
        for portion in records.known_invoices():
            yield [InStreak(row["key"], row["key"]) for row in portion]

    def in_erp(self, records: TabledRecords) -> Iterator[list[InErp]]:
        for portion in records.billed():
            yield [InErp(row["key"], row["order_id"]) for row in portion]

    def subject(self, streak_key: str, erp_key: str) -> Subject | None:
        box = self._ports.store.links.streak_key("order", self._order_of(erp_key))
        return Subject(Kind.DEAL, box) if box else None

    def read(self, streak_key: str, erp_key: str) -> Reread:
        known = self._ports.store.invoices.order_of(erp_key)
        invoice = self._ports.erp.record("invoices", erp_key)
        assert invoice is None or isinstance(invoice, Invoice)
        if known is None and invoice is not None:
            linked = self._ports.store.links.streak_key("order", invoice.order_id) is not None
            missing = DriftKind.MISSING_IN_STREAK if linked else None
        else:
            missing = DriftKind.MISSING_IN_ERP if known is not None and invoice is None else None
        found = (Drift(NAME, missing, erp_key if known else "", erp_key),) if missing else ()
        return Reread(found, invoice.modified if invoice else None)

    def _order_of(self, invoice_id: str) -> str:
        known = self._ports.store.invoices.order_of(invoice_id)
        if known is not None:
            return known
        invoice = self._ports.erp.record("invoices", invoice_id)
        return invoice.order_id if isinstance(invoice, Invoice) else ""
