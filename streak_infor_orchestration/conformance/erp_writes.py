"""What an ERP must do when it is written to. Makes one customer, one contact, one invoice and a few orders."""

from collections.abc import Callable, Collection
from datetime import timedelta
from decimal import Decimal

from streak_infor_orchestration.conformance.check import Breach, NotApplicable, Suite, expect
from streak_infor_orchestration.conformance.erp_subject import ErpSubject
from streak_infor_orchestration.conformance.outcome import Left
from streak_infor_orchestration.domain.errors import Conflict, Rejected, Stale
from streak_infor_orchestration.domain.invoice import Invoice, Invoiced
from streak_infor_orchestration.domain.order import Line, OrderChanges, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import (
    Address,
    ContactChanges,
    ContactDraft,
    CustomerChanges,
    CustomerContact,
)
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.infor.port import CustomerField

WRITES = Suite[ErpSubject]("infor", "Infor façade contract", writes=True)
_TAG = "serve an ETag with each record and refuse a PUT whose If-Match is another (412)"


@WRITES.check("Collections", "keep every field of a new customer as it was sent")
def a_customer_is_as_drafted(subject: ErpSubject) -> None:
    read = subject.erp.customer(subject.customer.id)
    for customer in (subject.customer, read):
        expect(customer is not None, "not there when read by its key")
        assert customer is not None
        expect(customer.name == subject.mark, "Name is another")
        expect(customer.email == subject.email, "Email is another")
        expect(customer.reference == subject.reference("C"), "ExternalReference is another")


@WRITES.check("Collections", "externalReference sees a committed record at once, name and email in any case")
def a_new_customer_is_found_at_once(subject: ErpSubject) -> None:
    made = subject.customer
    probed = subject.erp.find_customer(subject.customer_draft, None)
    expect([customer.id for customer in probed.customers] == [made.id], "a probe does not find it")
    asked: tuple[tuple[CustomerField, str], ...] = (
        ("reference", subject.reference("C")),
        ("name", subject.mark.lower()),
        ("email", subject.email.upper()),
    )
    for field, value in asked:
        found = subject.erp.find_customers(field, value)
        expect([customer.id for customer in found] == [made.id], f"not found by its {field}")
    expect(
        subject.erp.find_customers("reference", subject.reference("")) == (),
        "found by a part of its reference",
    )


@WRITES.check("Collections", "PUT replaces the fields it names and no others")
def only_what_is_named_of_a_customer_changes(subject: ErpSubject) -> None:
    before = subject.erp.customer(subject.customer.id)
    assert before is not None
    address = Address(line1="1 Test Street", city="Testville", postal_code="10000", country="DE")
    subject.erp.update_customer(before, CustomerChanges(phone="+49 30 1234567", billing_address=address))
    after = subject.erp.customer(before.id)
    assert after is not None
    wanted = {"phone": "+49 30 1234567", "billing_address": address}
    settled = {"modified": after.modified, "version": after.version}
    expect(
        after == before.model_copy(update=wanted | settled), "another field changed, or a named one did not"
    )


@WRITES.check("Collections", "taxId is exact and case-insensitive, and sees a change at once")
def a_customer_is_found_by_its_new_tax_id(subject: ErpSubject) -> None:
    read = subject.erp.customer(subject.customer.id)
    assert read is not None
    tax_id = f"Test{subject.reference('')}"
    subject.erp.update_customer(read, CustomerChanges(tax_id=tax_id))
    for asked in (tax_id, tax_id.upper(), tax_id.lower()):
        found = [customer.id for customer in subject.erp.find_customers("tax_id", asked)]
        expect(found == [subject.customer.id], "not found by it, or not alone")


@WRITES.check("Collections", _TAG)
def a_customer_that_changed_meanwhile_is_not_overwritten(subject: ErpSubject) -> None:
    read = subject.erp.customer(subject.customer.id)
    assert read is not None
    if not read.version:
        raise NotApplicable("the product has no tags for optimistic locking")
    subject.erp.update_customer(read, CustomerChanges(contact_name="Changed first"))
    try:
        subject.erp.update_customer(read, CustomerChanges(contact_name="Overwritten"))
    except Stale:
        return
    raise Breach("the second of two changes to the same version was taken")


@WRITES.check("Collections", "keep contacts as they were sent, list them by customer, change what is named")
def a_contact_is_made_found_and_changed(subject: ErpSubject) -> None:
    draft = ContactDraft(
        customer_id=subject.customer.id, given_name="Conny", family_name=subject.mark, email=subject.email
    )
    made = subject.erp.create_contact(draft)
    subject.left.append(Left(system="infor", kind="contact", id=made.id, state=subject.mark))
    pages = subject.erp.records("contacts", where={"customer_id": subject.customer.id})
    expect([record.id for page in pages for record in page] == [made.id], "not listed with its customer")
    read = subject.erp.record("contacts", made.id)
    assert isinstance(read, CustomerContact)
    expect((read.given_name, read.family_name) == ("Conny", subject.mark), "its name is another")
    expect(read.email == subject.email, "its e-mail address is another")
    changed = subject.erp.update_contact(read, ContactChanges(role="Buyer", active=False))
    expect(
        (changed.role, changed.active, changed.given_name) == ("Buyer", False, "Conny"),
        "not changed as asked",
    )


@WRITES.check("Collections", "keep customer, currency, lines, reference; come to the same cent")
def an_order_is_as_drafted(subject: ErpSubject) -> None:
    draft, made = subject.order_draft, subject.order
    for order in (made, subject.fresh(made.id)):
        expect(order.reference == draft.reference, "ExternalReference is another")
        expect(order.customer_id == draft.customer_id, "CustomerID is another")
        expect(order.currency == draft.currency, "Currency is another")
        expect(order.status is OrderStatus.OPEN, f"a new order is {order.status}")
        expect(_wanted(order.lines) == _wanted(draft.lines), "products, quantities or prices are others")
        expect(order.total == draft.total, "it comes to another total")


def _wanted(lines: Collection[Line]) -> list[tuple[str, Decimal, Decimal]]:
    return [(line.sku, line.quantity, line.price) for line in lines]


@WRITES.check(
    "What the façade does not promise",
    "the truth about a lost answer is ?externalReference=: exact and at once",
)
def a_probe_finds_an_order_at_once_by_its_exact_reference(subject: ErpSubject) -> None:
    draft, reference = subject.order_draft, subject.order.reference
    found = subject.erp.find_order(reference, draft).orders
    expect([order.id for order in found] == [subject.order.id], "not found, or not alone")
    for other in (reference[:-1], f"{reference}B", reference.lower(), "CF*", "%", ""):
        expect(subject.erp.find_order(other, draft).orders == (), f"found by {other!r}")


@WRITES.check("Collections", "keep an ExternalReference of the full length whole")
def a_reference_of_full_length_is_kept_whole(subject: ErpSubject) -> None:
    length = subject.erp.traits.reference_length
    draft = subject.draft("L", reference=(subject.reference("L") + "ABCDEFG2345" * 4)[:length])
    order = subject.make(draft)
    expect(order.reference == draft.reference, "the reference was cut or changed")
    expect(subject.erp.find_order(draft.reference, draft).orders, "not found by it")


@WRITES.check("What the façade does not promise", "a probe must show every order that bears the reference")
def two_orders_of_one_reference_are_both_shown(subject: ErpSubject) -> None:
    if subject.erp.traits.unique_references:
        raise NotApplicable("the reference is the order's number: there is one of each")
    draft = subject.draft("D")
    made = {subject.make(draft).id for _ in range(2)}
    expect(
        len(made) == 2, "the second create answered the first order: say so in the settings of this product"
    )
    found = {order.id for order in subject.erp.find_order(draft.reference, draft).orders}
    expect(found == made, "a probe does not show both")


@WRITES.check("Errors", "422 unknown_product, naming the product; nothing is created")
def an_unknown_product_is_refused_by_name(subject: ErpSubject) -> None:
    sku = "NO-SUCH-SKU"
    line = Line(sku=sku, quantity=Decimal(1), price=Decimal(1))
    draft = subject.draft("U", lines=(line,))
    try:
        subject.make(draft)
    except Rejected as refusal:
        expect(refusal.code == LineCode.UNKNOWN_PRODUCT, f"refused by the code {refusal.code!r}")
        expect(sku in refusal.message + refusal.value, "the product is not named")
    else:
        raise Breach("an order of a product that does not exist was made")
    expect(subject.erp.find_order(draft.reference, draft).orders == (), "refused, and made all the same")


@WRITES.check("Collections", "PUT replaces the fields it names, CustomFields merge by name")
def only_what_is_named_of_an_order_changes(subject: ErpSubject) -> None:
    _needs_changes(subject)
    before = subject.fresh(subject.order.id)
    day = subject.order_draft.order_date + timedelta(days=30)
    subject.erp.update_order(before, OrderChanges(requested_date=day))
    after = subject.fresh(before.id)
    wanted = {"requested_date": day}
    settled = {"modified": after.modified, "version": after.version}
    expect(
        after == before.model_copy(update=wanted | settled), "another field changed, or a named one did not"
    )


@WRITES.check("Collections", "LineItems replace; TotalAmount is computed anew and compared with what is sent")
def lines_of_an_order_are_replaced_to_the_cent(subject: ErpSubject) -> None:
    _needs_changes(subject)
    before = subject.fresh(subject.order.id)
    lines = subject.lines(quantity="3")
    after = subject.erp.update_order(before, OrderChanges(lines=lines))
    expect(_wanted(after.lines) == _wanted(lines), "other lines than those sent")
    expect(after.total == subject.draft("A", lines=lines).total, "it comes to another total")


@WRITES.check("Collections", _TAG)
def an_order_that_changed_meanwhile_is_not_overwritten(subject: ErpSubject) -> None:
    _needs_changes(subject)
    read = subject.fresh(subject.order.id)
    if not read.version:
        raise NotApplicable("the product has no tags for optimistic locking")
    days = [subject.order_draft.order_date + timedelta(days=days) for days in (31, 32)]
    subject.erp.update_order(read, OrderChanges(requested_date=days[0]))
    acts: tuple[Callable[[], object], ...] = (
        lambda: subject.erp.update_order(read, OrderChanges(requested_date=days[1])),
        lambda: subject.erp.cancel_order(read),
    )
    for act in acts:
        try:
            act()
        except Stale:
            continue
        raise Breach("a change to an older version was taken")


def _needs_changes(subject: ErpSubject) -> None:
    if not subject.erp.traits.changes_orders:
        raise NotApplicable("the product does not let an order be changed")


@WRITES.check("Collections", "a cancelled order stays, as Cancelled, and is not invoiced (409 conflict)")
def a_cancelled_order_stays_and_is_cancelled(subject: ErpSubject) -> None:
    order = subject.make(subject.draft("X"))
    cancelled = subject.erp.cancel_order(subject.fresh(order.id))
    expect(cancelled.status is OrderStatus.CANCELLED, f"it is {cancelled.status}")
    read = subject.erp.order(order.id)
    expect(read is not None and read.status is OrderStatus.CANCELLED, "it is not there as Cancelled")


@WRITES.check(
    "Collections", "one invoice per order, to the cent; a second request answers 409 with its InvoiceID"
)
def an_order_is_invoiced_once_and_to_the_cent(subject: ErpSubject) -> None:
    order = subject.make(subject.draft("I"))
    expect(subject.erp.invoices(order.id) == (), "an order that nobody invoiced has an invoice")
    for _ in range(2):  # the second changes nothing
        subject.erp.make_ready(order.id)
    answer = subject.erp.request_invoice(order.id)
    if not isinstance(answer, Invoiced):
        raise NotApplicable("the product invoices by itself, after delivery")
    invoice = answer.invoice
    subject.left.append(Left(system="infor", kind="invoice", id=invoice.id, state=invoice.status))
    for told in (invoice, subject.erp.invoice(invoice.id)):
        expect(told is not None, "not there when read by its key")
        assert told is not None
        expect(
            (told.order_id, told.customer_id) == (order.id, order.customer_id),
            "for another order or customer",
        )
        expect((told.total, told.currency) == (order.total, order.currency), "over another amount")
        expect((told.paid, told.balance) == (Decimal(0), order.total), "paid before anybody paid")
    expect([each.id for each in subject.erp.invoices(order.id)] == [invoice.id], "not found by its order")
    if subject.erp.traits.one_invoice_per_order:
        again = subject.erp.request_invoice(order.id)
        expect(isinstance(again, Invoiced) and again.invoice.id == invoice.id, "invoiced twice")


@WRITES.check("Collections", "read again, an order and its invoices must be shown as they are")
def ours_are_read_again_as_they_are(subject: ErpSubject) -> None:
    made = {order.id: order.stamp for order in subject.made}
    shown = [record for page in subject.erp.reread([*made, "no-such-order"]) for record in page]
    orders = {record.id: record.stamp for record in shown if isinstance(record, SalesOrder)}
    expect(orders == made, "not the orders that were asked for, or in other versions")
    invoices = {record.id: record.stamp for record in shown if isinstance(record, Invoice)}
    expect(
        invoices == {one.id: one.stamp for order in made for one in subject.erp.invoices(order)},
        "its invoices are not shown, in other versions, or with others",
    )
    expect(not any(subject.erp.reread([])), "something is shown where nothing was asked for")


@WRITES.check("Collections", "an order that does not exist is refused, and nothing is invoiced")
def no_order_no_invoice(subject: ErpSubject) -> None:
    try:
        subject.erp.request_invoice("no-such-order")
    except (Rejected, Conflict):
        return
    raise Breach("an order that does not exist was invoiced")


@WRITES.check("Collections", "a new or changed record is told by modifiedSince at once")
def what_was_made_is_told_as_changed(subject: ErpSubject) -> None:
    order = subject.fresh(subject.order.id)
    told = {
        record.id for page in subject.erp.records("sales_orders", since=order.modified) for record in page
    }
    expect(order.id in told, "the list of orders since then does not tell it")
    for feed in subject.erp.change_feeds:
        if feed == "salesorders":
            changes = subject.erp.changed(feed, order.modified)
            expect(order.id in {change.key for change in changes.items}, "the change feed does not tell it")
