"""Every write there is, each with its key, its canonical body, its call and its probe.

No other module calls a client's write method (a test holds it): what is not here cannot be written.
"""

from collections.abc import Collection, Mapping
from typing import Any

from streak_infor_orchestration.domain.customer_fields import changes_of
from streak_infor_orchestration.domain.deal import Party, Value
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.invoice import Invoice, Invoiced, NotSupported, Waiting
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.money import line_total, plain
from streak_infor_orchestration.domain.order import Line, OrderChanges, OrderDraft, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.reference import SALTS, token
from streak_infor_orchestration.domain.values import canonical
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.invoices import OrderInvoice
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.streak.models import Box, Comment, Contact, Organization
from streak_infor_orchestration.sync.effects.listed import listed
from streak_infor_orchestration.sync.effects.once import Done, Once, OnceOnly, Seen
from streak_infor_orchestration.sync.effects.sending import NotYet, Sender
from streak_infor_orchestration.sync.effects.sets import Sets
from streak_infor_orchestration.sync.ports.ports import Ports

_STREAK_SETTLE = 10.0


class Writes:
    """The effects of one run. Each method says in its key what exists at most once."""

    def __init__(self, ports: Ports, sender: Sender) -> None:
        self._ports = ports
        self._erp = ports.erp
        self._streak = ports.streak
        self._sender = sender
        self._once = OnceOnly(sender)
        self._set = Sets(sender)

    def customer(self, claim: Claimed, party: Party, draft: CustomerDraft) -> Done[Customer]:
        """One customer per Streak organization or contact, for ever."""
        return self._once.do(claim, self._customer(claim.key, party.link_key, draft))

    def is_customer_under_way(self, party: Party) -> bool:
        """Whether a run has asked for this customer and nobody knows yet what became of it."""
        effect = self._ports.store.effects.get(f"customer:{party.link_key}")
        return effect is not None and effect.state in ("sent", "unknown")

    def sales_order(self, claim: Claimed, draft: OrderDraft, generation: int = 1) -> Done[SalesOrder]:
        """One order per deal and generation, for ever; a cancelled one is not made again."""
        draft = self._addressed(claim.key, draft, generation)
        return self._once.do(claim, self._sales_order(claim.key, draft, generation))

    def invoice(self, claim: Claimed, order_id: str) -> Done[Invoice]:
        """One invoice per order on our request. Raises `NotYet` where the ERP invoices by itself later."""
        return self._once.do(claim, self._invoice(claim.key, order_id))

    def is_our_invoice(self, invoice: Invoice) -> bool:
        """Whether it was made on our request."""
        effect = self._ports.store.effects.get(f"order:{invoice.order_id}:invoice")
        return effect is not None and effect.external_id == invoice.id

    def cancellation(self, claim: Claimed, order: SalesOrder) -> Done[SalesOrder]:
        """Cancel an order, once, while the ERP allows it."""
        return self._once.do(claim, self._cancellation(claim.key, order.id, order))

    def wish_cancellation(self, claim: Claimed, order: SalesOrder) -> None:
        """To be done once a person has said that it is meant."""
        key, body = cancel_key(order.id), {"order": order.id}
        self._sender.planned(claim, key, shape="create", subject=claim.key, body=body)

    def recover(self, effect: Effect) -> None:
        """Find out what became of a create that an earlier run left in doubt. Sends nothing."""
        body, subject = effect.body, effect.subject
        match effect.key.split(":"):
            case ["customer", *link_key]:
                draft = CustomerDraft.model_validate(body)
                self._once.recover(self._customer(subject, ":".join(link_key), draft))
            case ["deal", *_, "sales_order", _]:
                order = OrderDraft.model_validate(body)
                self._once.recover(self._sales_order(subject, order, effect.generation))
            case ["order", order_id, "invoice"]:
                self._once.recover(self._invoice(subject, order_id))
            case ["order", order_id, "cancel"]:
                self._once.recover(self._cancellation(subject, order_id))
            case ["comment", box_key, *fact]:
                self._once.recover(self._comment(subject, box_key, ":".join(fact), body["message"]))

    def box_is_gone(self, effect: Effect) -> None:
        """What was to be written on the box itself can neither be found nor made any more."""
        if effect.key.startswith(("box:", "comment:")):
            self._sender.give_up(effect.key, "the box is gone")
        else:
            self.recover(effect)

    def _customer(self, subject: str, link_key: str, draft: CustomerDraft) -> Once[Customer]:
        return Once(
            key=f"customer:{link_key}",
            shape="create",
            subject=subject,
            body=draft.model_dump(mode="json"),
            model=Customer,
            call=lambda _steps: self._erp.create_customer(draft),
            probe=lambda: Seen(self._erp.find_customers("reference", draft.reference)),
            identify=lambda customer: customer.id,
            link=lambda customer: Link(kind="customer", streak_key=link_key, erp_key=customer.id),
            listed=listed,
            settle_seconds=self._erp.traits.settle_seconds,
            probe_first=False,  # resolving the customer has just looked for it by reference
        )

    def _addressed(self, box_key: str, draft: OrderDraft, generation: int) -> OrderDraft:
        """With the references it will be found by. A short one that is another deal's makes way for the next."""
        second = self._ports.second_reference(box_key, generation)
        if not second:
            return draft
        begun = self._ports.store.effects.get(order_key(box_key, generation))
        if begun is not None:  # what was chosen then stays
            return OrderDraft.model_validate({**draft.model_dump(), **_references(begun.body)})
        ours = draft.model_copy(update={"second_reference": second})
        for candidate in self._candidates(box_key, ours, generation):
            taken = self._erp.find_order(candidate.reference, candidate).orders
            if all(order.second_reference == second for order in taken):
                return candidate
        raise Conflict(
            "every external reference this deal could have is another deal's in the ERP",
            code=DealCode.NO_REFERENCE,
        )

    def _candidates(self, box_key: str, draft: OrderDraft, generation: int) -> list[OrderDraft]:
        """The same request under each reference it may carry."""
        if not draft.second_reference:
            return [draft]
        references = dict.fromkeys(self._ports.reference(box_key, salt, generation) for salt in SALTS)
        return [draft.model_copy(update={"reference": name}) for name in references]

    def _sales_order(self, box_key: str, draft: OrderDraft, generation: int) -> Once[SalesOrder]:
        def probe() -> Seen[SalesOrder]:
            looks = [
                self._erp.find_order(c.reference, c) for c in self._candidates(box_key, draft, generation)
            ]
            found = tuple(o for f in looks for o in f.orders if o.second_reference == draft.second_reference)
            standing = tuple(order for order in found if order.status is not OrderStatus.CANCELLED)
            # a person settles a doubt by cancelling one of two; a cancelled one alone is still the deal's
            return Seen(standing or found, next((f.steps for f in looks if f.steps), {}))

        return Once(
            key=order_key(box_key, generation),
            shape="create",
            subject=box_key,
            body=draft.model_dump(mode="json"),
            model=SalesOrder,
            call=lambda steps: self._erp.create_order(draft, steps),
            probe=probe,
            identify=lambda order: order.id,
            differs=lambda order, body: order_differs(order, OrderDraft.model_validate(body)),
            link=lambda order: Link("order", box_key, order.id, seen=order.stamp),
            settle_seconds=self._erp.traits.settle_seconds,
            probe_first=self._ports.config.erp.probe_before_create,
        )

    def _invoice(self, subject: str, order_id: str) -> Once[Invoice]:
        account = self._ports.config.erp.defaults.invoice_gl_account

        def call(_steps: Steps) -> Invoice:
            match self._erp.request_invoice(order_id, account):
                case Invoiced(invoice=invoice):
                    return invoice
                case Waiting(reason=reason):
                    raise NotYet(reason)
                case NotSupported():
                    raise NotYet("this ERP invoices by itself")

        return Once(
            key=f"order:{order_id}:invoice",
            shape="create",
            subject=subject,
            body={"order": order_id},
            model=Invoice,
            call=call,
            probe=lambda: Seen(self._erp.invoices(order_id)),
            identify=lambda invoice: invoice.id,
            invoice=lambda invoice: OrderInvoice(order_id, invoice.id, seen=invoice.stamp),
            settle_seconds=self._erp.traits.settle_seconds,
            probe_first=False,  # the order's invoices were read when the deal was fetched
        )

    def _cancellation(self, subject: str, order_id: str, order: SalesOrder | None = None) -> Once[SalesOrder]:
        def call(_steps: Steps) -> SalesOrder:
            assert order is not None, "only sent with the order as it was read"
            return self._erp.cancel_order(order)

        def probe() -> Seen[SalesOrder]:
            current = self._erp.order(order_id)
            return Seen((current,) if current and current.status is OrderStatus.CANCELLED else ())

        return Once(
            key=cancel_key(order_id),
            shape="create",
            subject=subject,
            body={"order": order_id},
            model=SalesOrder,
            call=call,
            probe=probe,
            identify=lambda cancelled: cancelled.id,
            settle_seconds=self._erp.traits.settle_seconds,
            probe_first=False,
            repeatable=True,
        )

    def order_edit(
        self,
        claim: Claimed,
        order: SalesOrder,
        changes: OrderChanges,
        *,
        before: OrderDraft,
        after: OrderDraft,
    ) -> SalesOrder:
        """Change the order where its deal was edited: `before` and `after` are what the deal had us write and has us
        write now. Answers it as the ERP has it then; raises `Stale` if it changed since it was read."""
        answered = order

        def call() -> str:
            nonlocal answered
            answered = self._erp.update_order(order, changes)
            return answered.version

        body = {
            "before": before.model_dump(mode="json"),
            "after": after.model_dump(mode="json"),
            "changes": changes.model_dump(mode="json", exclude_unset=True),
        }
        self._set.latest(
            claim,
            order_edit_key(order.id),
            body,
            call,
            settle_seconds=self._erp.traits.settle_seconds,
            answer=lambda: {"order": answered.model_dump(mode="json")},
        )
        return answered

    def order_edit_stands(self, order: SalesOrder) -> None:
        """The ERP shows what an unanswered edit wanted: nothing is left to change."""
        self._settled(order_edit_key(order.id), order.version, {"order": order.model_dump(mode="json")})

    def box_fields(self, claim: Claimed, box: Box, fields: dict[str, Value]) -> bool:
        """Set the box's fields in one call. The version Streak answers is noted, so that its event is known as our own
        echo; unless somebody else changed the box since it was read: that version shows their change too, and they
        may never be told of otherwise. True where nobody did."""
        answered = box

        def call() -> str:
            nonlocal answered
            answered = self._streak.update_box(box, fields=fields)
            return str(answered.version)

        body = {"fields": {name: canonical(value) for name, value in sorted(fields.items())}}
        version = self._set.latest(claim, fields_key(box), body, call, settle_seconds=_STREAK_SETTLE)
        if _but_for(answered, fields) != _but_for(box, fields):
            return False
        self._ports.store.inbox.note_own_version(Kind.DEAL, box.key, int(version))
        return True

    def box_fields_stand(self, box: Box) -> None:
        """The box shows what an unanswered write wanted: nothing is left to set."""
        self._set.stands(fields_key(box), str(box.version))

    def customer_fields(self, claim: Claimed, customer: Customer, wanted: Mapping[str, str]) -> Customer:
        """Set fields of the ERP's customer, named as the mapping's targets. Answers it as the ERP has it then; raises
        `Stale` if it changed since it was read."""
        answered = customer

        def call() -> str:
            nonlocal answered
            answered = self._erp.update_customer(customer, changes_of(customer, wanted))
            return answered.version

        key = _customer_key(customer)
        self._set.latest(
            claim, key, {"fields": dict(wanted)}, call, settle_seconds=self._erp.traits.settle_seconds
        )
        return answered

    def customer_stands(self, customer: Customer) -> None:
        """The ERP shows what an unanswered write wanted: nothing is left to set."""
        self._settled(_customer_key(customer), customer.version)

    def person(self, claim: Claimed, contact: Contact, wanted: Mapping[str, Any]) -> Contact:
        """Set properties of a contact by name, and its own `fields`."""
        answered = contact

        def call() -> str:
            nonlocal answered
            answered = self._streak.update_contact(contact.key, self._ports.team_key, **wanted)
            return str(answered.version)

        self._set.latest(claim, _person_key(contact), _canonical(wanted), call, settle_seconds=_STREAK_SETTLE)
        return answered

    def company(self, claim: Claimed, organization: Organization, wanted: Mapping[str, Any]) -> Organization:
        """As `person`, of an organization."""
        answered = organization

        def call() -> str:
            nonlocal answered
            answered = self._streak.update_organization(organization.key, self._ports.team_key, **wanted)
            return str(answered.version)

        self._set.latest(
            claim, _company_key(organization), _canonical(wanted), call, settle_seconds=_STREAK_SETTLE
        )
        return answered

    def party_stands(self, contact: Contact | None, organization: Organization | None) -> None:
        """Streak shows what an unanswered write wanted."""
        if contact is not None:
            self._settled(_person_key(contact), str(contact.version))
        if organization is not None:
            self._settled(_company_key(organization), str(organization.version))

    def _settled(self, key: str, version: str, answer: dict[str, Any] | None = None) -> None:
        effect = self._ports.store.effects.get(key)
        if effect is not None and effect.state in ("sent", "unknown"):
            self._set.stands(key, version, answer)

    def comment(self, claim: Claimed, box: Box, reference: str, fact: str, text: str) -> Done[Comment]:
        """Tell a fact on the box once. The text ends in a token by which it is found again after an unknown."""
        message = f"{text} [{token(reference, fact)}]"
        return self._once.do(claim, self._comment(claim.key, box.key, fact, message))

    def _comment(self, subject: str, box_key: str, fact: str, message: str) -> Once[Comment]:
        mark = message[message.rindex("[") :]
        return Once(
            key=comment_key(box_key, fact),
            shape="append",
            subject=subject,
            body={"message": message},
            model=Comment,
            call=lambda _steps: self._streak.add_comment(box_key, message),
            probe=lambda: Seen(
                tuple(c for c in self._streak.comments(box_key, whole=True) if mark in c.message)[:1]
            ),
            identify=lambda comment: comment.key,
            settle_seconds=_STREAK_SETTLE,
            probe_first=False,
        )


def order_key(box_key: str, generation: int = 1) -> str:
    return f"deal:{box_key}:sales_order:{generation}"


def cancel_key(order_id: str) -> str:
    return f"order:{order_id}:cancel"


def order_edit_key(order_id: str) -> str:
    return f"order:{order_id}:edit"


def _customer_key(customer: Customer) -> str:
    return f"erp_customer:{customer.id}:fields"


def _person_key(contact: Contact) -> str:
    return f"contact:{contact.key}:fields"


def _company_key(organization: Organization) -> str:
    return f"organization:{organization.key}:fields"


def _canonical(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in wanted.items()}


def _references(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("reference", "second_reference")}


def fields_key(box: Box) -> str:
    return f"box:{box.key}:fields"


def comment_key(box_key: str, fact: str) -> str:
    return f"comment:{box_key}:{fact}"


def order_differs(order: SalesOrder, draft: OrderDraft) -> str:
    """How `order` differs from what was asked for: customer, currency, lines, total. "" when it does not."""
    if order.customer_id != draft.customer_id:
        return f"is for customer {order.customer_id}, not {draft.customer_id}"
    if order.currency != draft.currency:
        return f"is in {order.currency}, not {draft.currency}"
    if order.total != draft.total:
        return f"comes to {plain(order.total)}, not {plain(draft.total)} {draft.currency}"
    theirs = sorted(_line_key(line, order.currency) for line in order.lines)
    ours = sorted(_line_key(line, draft.currency) for line in draft.lines)
    return "" if theirs == ours else "has other lines"


def _line_key(line: Line, currency: str) -> tuple[str, str, str]:
    total = line_total(line.quantity, line.price, line.discount, currency)
    return (line.sku, plain(line.quantity.normalize()), plain(total))


def _but_for(box: Box, names: Collection[str]) -> tuple[object, ...]:
    """What people can change of a box, but for the fields of these names."""
    fields = {name: canonical(value) for name, value in box.fields.items() if name not in names}
    links = box.contacts, box.organizations, box.linked_boxes
    return box.pipeline_key, box.stage, box.name, box.notes, fields, links
