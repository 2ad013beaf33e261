"""What an ERP must do when it is read. Nothing here writes."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from streak_infor_orchestration.conformance.check import Breach, NotApplicable, Suite, expect
from streak_infor_orchestration.conformance.erp_subject import ErpSubject
from streak_infor_orchestration.domain.entities import RECORDS, Entity
from streak_infor_orchestration.domain.invoice import CreditNote, Invoice, Payment
from streak_infor_orchestration.domain.master_data import Employee, ExchangeRate, GLAccount, Vendor
from streak_infor_orchestration.domain.model import UNSTAMPED, Record
from streak_infor_orchestration.domain.money import line_total, round_money
from streak_infor_orchestration.domain.order import SalesOrder, order_total
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.product import InventoryItem, Product

READS = Suite[ErpSubject]("infor", "Infor façade contract")

NO_KEYS = ("", ".", "..", "no-such-key", "a/b?c=d#e", "ünïcode", "%2e%2e")
FILTERS: dict[Entity, tuple[str, ...]] = {
    "customers": ("email", "name", "tax_id", "reference", "status"),
    "contacts": ("customer_id", "email"),
    "sales_orders": ("customer_id", "reference", "status"),
    "invoices": ("order_id", "customer_id", "status"),
    "credit_notes": ("invoice_id", "customer_id"),
    "payments": ("invoice_id", "customer_id"),
    "products": ("description", "status"),
    "inventory_items": ("product_id",),
    "vendors": ("name",),
    "employees": ("email",),
    "exchange_rates": ("base", "quote", "day"),
}
_LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
_SAMPLE = 5  # records of which each costs calls of its own


@READS.check(
    "Transport and authentication", "check the address, the credentials and the permission to read orders"
)
def the_erp_answers_and_knows_us(subject: ErpSubject) -> None:
    subject.erp.ping()


def _in_order(subject: ErpSubject, entity: Entity) -> None:
    records = subject.listed(entity)
    expect(
        all(type(record) is RECORDS[entity] for record in records), "records of another kind are among them"
    )
    for record, following in pairwise(records):
        unstamped = record.modified == following.modified == UNSTAMPED  # then they may come in any order
        in_order = unstamped or (record.modified, record.id) <= (following.modified, following.id)
        expect(in_order, f"{following.id} comes after {record.id}, though it was modified before")
    told = Counter((record.id, record.modified) for record in records)
    twice = sorted({record_id for (record_id, _), times in told.items() if times > 1})
    expect(not twice, f"{', '.join(twice[:3])}: told more than once")


def _since(subject: ErpSubject, entity: Entity) -> None:
    records = subject.listed(entity)
    pivot = records[len(records) // 2]
    if pivot.modified == UNSTAMPED:
        raise NotApplicable("the product does not say when a record was modified")
    page = next(iter(subject.erp.records(entity, since=pivot.modified)), ())
    early = [record.id for record in page if record.modified < pivot.modified]
    expect(not early, f"{', '.join(early[:3])}: told though modified before the instant asked for")
    at_once = [record.id for record in records if record.modified == pivot.modified]
    if subject.stands(entity, pivot) and at_once.index(pivot.id) < len(page):
        told = any(record.id == pivot.id for record in page)
        expect(told, f"{pivot.id}: left out though modified at that very instant")


def _one_as_listed(subject: ErpSubject, entity: Entity) -> None:
    for listed in subject.listed(entity)[:_SAMPLE]:
        read = subject.erp.record(entity, listed.id)
        if read is None:
            raise Breach(f"{listed.id} is in the list, and not there when read by its key")
        if read.modified == listed.modified:
            expect(
                _unversioned(read) == _unversioned(listed), f"{listed.id} reads otherwise than in the list"
            )


def _unversioned(record: Record) -> Record:
    return record.model_copy(update={"version": ""}) if hasattr(record, "version") else record


def _nothing(subject: ErpSubject, entity: Entity) -> None:
    for key in NO_KEYS:
        expect(subject.erp.record(entity, key) is None, f"something is found under the key {key!r}")


def _filtered(subject: ErpSubject, entity: Entity, field: str) -> None:
    wanted = next((record for record in subject.listed(entity) if _text(record, field)), None)
    if wanted is None:
        raise NotApplicable(f"no record has {field}")
    value = _text(wanted, field)
    page = next(iter(subject.erp.records(entity, where={field: value})), ())
    others = [record.id for record in page if _text(record, field).casefold() != value.casefold()]
    expect(not others, f"{', '.join(others[:3])}: told though its {field} is another")
    if subject.stands(entity, wanted):
        expect(any(record.id == wanted.id for record in page), f"{wanted.id} is not found by its own {field}")
    expect(not any(subject.erp.records(entity, where={field: ""})), f"an empty {field} finds something")
    if field == "reference" and value.swapcase() != value:
        found = any(subject.erp.records(entity, where={field: value.swapcase()}))
        expect(not found, "found by its reference in another case: references are exact")


def _text(record: Record, field: str) -> str:
    if isinstance(record, Product) and field == "status":
        return "Obsolete" if record.obsolete else "Active"
    value = getattr(record, field)
    return value.isoformat() if isinstance(value, date) else str(value)


def _about(body: Callable[..., None], *what: str) -> Callable[[ErpSubject], None]:
    return lambda subject: body(subject, *what)


_LISTS: tuple[tuple[str, Callable[[ErpSubject, Entity], None], str], ...] = (
    ("come in the order of their modification, each once", _in_order, "sort by ModifiedAt, then by key"),
    ("can be asked for since an instant, inclusively", _since, "compare modifiedSince with >="),
    ("read by key as in the list", _one_as_listed, "serve the list and the record from the same data"),
    (
        "are not there under a key nobody has",
        _nothing,
        "answer 404 with a problem document, and nothing else",
    ),
)
for _entity in RECORDS:
    _words = _entity.replace("_", " ")
    for _what, _body, _cure in _LISTS:
        READS.add(f"{_words} {_what}", _about(_body, _entity), "Collections", _cure)
    for _field in FILTERS.get(_entity, ()):
        READS.add(
            f"{_words} are found by {_field.replace('_', ' ')}, and no others",
            _about(_filtered, _entity, _field),
            "Collections",
            "a filter that is ignored makes somebody else's record ours: compare exactly",
        )


@READS.check("Collections", "answer only what exists; a product has a price or none, never a wrong one")
def products_are_looked_up_by_sku(subject: ErpSubject) -> None:
    product = subject.some(Product)[0]
    found = subject.erp.products([product.sku, "no-such-sku", product.sku])
    expect(set(found) == {product.sku}, "others than those asked for, or not all of them")


@READS.check("Collections", "customers are found by name, e-mail and tax id whatever the case")
def customers_are_found_in_any_case(subject: ErpSubject) -> None:
    for customer in subject.some(Customer)[:_SAMPLE]:
        found = subject.erp.find_customers("name", customer.name.swapcase())
        told = any(other.id == customer.id for other in found)
        expect(told or not subject.stands("customers", customer), f"{customer.id} is not found by its name")


@READS.check("Collections", "an empty filter must find nothing: everything would match every deal")
def nothing_is_found_by_nothing(subject: ErpSubject) -> None:
    expect(subject.erp.find_customers("reference", "") == (), "customers are found by an empty reference")
    expect(subject.erp.find_customers("email", "") == (), "customers are found by an empty e-mail address")
    expect(subject.erp.invoices("") == (), "invoices are found for no order")


@READS.check(
    "Collections", "compute LineTotal and TotalAmount as the contract says: half-even, once per line"
)
def orders_come_to_the_cent(subject: ErpSubject) -> None:
    for order in subject.some(SalesOrder):
        for line in order.lines:
            amount = line_total(line.quantity, line.price, line.discount, order.currency)
            expect(
                line.total in (None, amount), f"line {line.number} of {order.id} does not come to its total"
            )
        total = order_total(order.lines, order.freight, order.currency)
        expect(order.total == total, f"{order.id} does not come to its total")


@READS.check("Collections", "Subtotal + TaxAmount = TotalAmount; Balance = total - payments - credit notes")
def invoices_come_to_the_cent(subject: ErpSubject) -> None:
    for invoice in subject.some(Invoice):
        if invoice.subtotal is not None and invoice.tax is not None:
            expect(
                invoice.subtotal + invoice.tax == invoice.total, f"{invoice.id} does not come to its total"
            )
        expect(invoice.total == round_money(invoice.total, invoice.currency), f"{invoice.id} has half cents")
    for invoice in subject.some(Invoice)[:_SAMPLE]:
        paid = _sum(subject, "payments", invoice)
        credited = _sum(subject, "credit_notes", invoice)
        if subject.stands("invoices", invoice):
            expect(invoice.paid == paid, f"what is paid of {invoice.id} is not the sum of its payments")
            expect(
                invoice.balance == invoice.total - paid - credited, f"the balance of {invoice.id} is wrong"
            )


def _sum(subject: ErpSubject, entity: Literal["payments", "credit_notes"], invoice: Invoice) -> Decimal:
    pages = subject.erp.records(entity, where={"invoice_id": invoice.id})
    settling = (record for page in pages for record in page if isinstance(record, Payment | CreditNote))
    return sum((record.amount for record in settling), Decimal(0))


@READS.check("Collections", "Available = OnHand - Allocated, and an item for each warehouse of a product")
def stock_is_told_per_warehouse(subject: ErpSubject) -> None:
    for item in subject.some(InventoryItem)[:_SAMPLE]:
        expect(item.available == item.on_hand - item.allocated, f"what is available of {item.id} is wrong")
        found = subject.erp.inventory([item.product_id]).get(item.product_id, ())
        expect(any(other.id == item.id for other in found), f"{item.id} is not told with its product")
    expect(subject.erp.inventory(["no-such-sku"]) == {}, "there is stock of a product that does not exist")


@READS.check("Collections", "employees are found by their exact e-mail address in any case")
def employees_are_found_by_e_mail_in_any_case(subject: ErpSubject) -> None:
    email = next((employee.email for employee in subject.some(Employee) if employee.email), "")
    if not email:
        raise NotApplicable("no employee has an e-mail address")
    found = subject.erp.find_employee(email.swapcase())
    expect(found is not None and found.email.casefold() == email.casefold(), "not found in another case")
    expect(
        subject.erp.find_employee("nobody@conformance.invalid") is None, "somebody is found who is not there"
    )


@READS.check("Collections", "accounts and vendors are told by their exact keys")
def accounts_and_vendors_are_found_by_their_keys(subject: ErpSubject) -> None:
    account, vendor = subject.some(GLAccount)[0], subject.some(Vendor)[0]
    found = subject.erp.record("gl_accounts", account.id)
    expect(
        isinstance(found, GLAccount) and found.blocked == account.blocked,
        f"account {account.id} reads otherwise by its key",
    )
    expect(
        subject.erp.record("vendors", vendor.id) is not None, f"vendor {vendor.id} is not found by its key"
    )
    expect(
        subject.erp.record("gl_accounts", "no-such-account") is None, "there is an account that nobody has"
    )
    expect(subject.erp.record("vendors", "no-such-vendor") is None, "there is a vendor that nobody has")


@READS.check("Collections", "rates are dated; the latest on or before a day is the one that counts")
def an_exchange_rate_is_the_latest_of_its_day(subject: ErpSubject) -> None:
    rate = subject.some(ExchangeRate)[0]
    found = subject.erp.exchange_rate(rate.base, rate.quote, rate.day)
    expect(found is not None and (found.day, found.rate) == (rate.day, rate.rate), f"{rate.id} is not found")
    later = subject.erp.exchange_rate(rate.base, rate.quote, rate.day + timedelta(days=1))
    expect(later is not None and later.day >= rate.day, f"no rate on the day after {rate.id}")
    expect(
        subject.erp.exchange_rate(rate.base, rate.quote, date(1900, 1, 1)) is None, "a rate before all rates"
    )


@READS.check(
    "Collections", "the changes of orders, invoices, payments and credit notes are told in order, inclusively"
)
def changes_are_told_in_order_and_inclusively(subject: ErpSubject) -> None:
    if not subject.erp.change_feeds:
        raise NotApplicable("the product has no list of changes: open orders are read again instead")
    for feed in subject.erp.change_feeds:
        changes = subject.erp.changed(feed, _LONG_AGO)
        moments = [change.modified for change in changes.items]
        expect(moments == sorted(moments), f"{feed}: changes are not told in order")
        expect(all(change.key for change in changes.items), f"{feed}: a change names no record")
        if changes.items:
            expect(changes.watermark == moments[-1], f"{feed}: the watermark is not the last change")
            again = subject.erp.changed(feed, changes.watermark)
            expect(again.items, f"{feed}: a change at the very watermark is not told again")
            expect(
                again.items[0].modified >= changes.watermark, f"{feed}: a change before the watermark is told"
            )
