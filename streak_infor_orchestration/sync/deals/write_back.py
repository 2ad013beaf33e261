"""Phase 7 of a deal: sales sees what came of it on the box: fields in one call, facts and diagnoses each once."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.errors import Conflict, Misconfigured
from streak_infor_orchestration.domain.invoice import CreditNote, Payment
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.names import NameFault, Stops
from streak_infor_orchestration.domain.shown import visible
from streak_infor_orchestration.domain.values import same
from streak_infor_orchestration.ledger.backfill import Standing
from streak_infor_orchestration.mapping.models import Tellable, WriteBack
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.customers.holds import HOLDS
from streak_infor_orchestration.sync.deals.moved import note_status, stage_by_status
from streak_infor_orchestration.sync.deals.tasks import keep_tasks
from streak_infor_orchestration.sync.effects.box_fields import box_fields_stand, fields_key, set_box_fields
from streak_infor_orchestration.sync.effects.comment import comment_key, comment_once, let_facts_rest
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.explained import explained
from streak_infor_orchestration.sync.row.outcome import named_anew
from streak_infor_orchestration.sync.row.work import Batch, Status, Work


def note_seen(batch: Batch, ports: Ports) -> Batch:
    """Which versions of the ERP's records are before these looks: the ERP's feeds tell nothing new of them. Before the
    box is told, so that a poll finds our own writes noted; who dies in between looks again all the same."""
    ours = [work for work in batch.items if work.claim.token and not _is_lost(work)]
    orders = [work.order for work in ours if work.order and work.order.stamp not in work.seen]
    ports.store.links.saw("order", [(order.id, order.stamp, order.is_over) for order in orders])
    invoices = [(i.id, i.stamp) for work in ours for i in work.invoices if i.stamp not in work.seen]
    ports.store.invoices.saw(invoices)
    return batch


def _is_lost(work: Work) -> bool:
    return work.verdict is not None and work.verdict.status is Status.LOST


def write_back(work: Work, ports: Ports, writes: Writes) -> Work:
    """Shows on the box what there is, and why the deal stopped where it did."""
    if work.box is None or _is_lost(work):
        return work
    box, names = work.box, ports.names.look(work.claim)
    if work.verdict and work.verdict.status is Status.PERSON and names.vocabulary != work.vocabulary:
        return work.stop(named_anew(ports.clock))
    told = _told(work, box, ports)
    wrong = [fault for fault in names.faults if fault.stops is Stops.TELLING]
    spoilt = {f.name: name for f in wrong for name, value in told.fields.items() if _spoils(f, name, value)}
    changed = {
        name: value
        for name, value in told.fields.items()
        if name not in spoilt.values() and not same(box.fields.get(name), value)
    }
    facts = [(remark.fact, remark.text) for remark in told.comments]
    if work.claim.token and _is_old_news(work):
        let_facts_rest(writes, work.claim, box, work.reference, facts)
        ports.store.backfill.showed(box.key)
        facts = []
    remarks = [*work.remarks, *facts]
    if work.verdict is not None and work.verdict.status is Status.PERSON:
        head = "Needs attention." if _is_in_erp(work) else "Not in the ERP yet."
        remarks += [(f"problem:{p.fact}", explained(p, head, box.name)) for p in work.verdict.problems]
    # once told is told for ever: a person may delete it
    untold = [(fact, visible(text)) for fact, text in remarks if comment_key(box.key, fact) not in work.told]
    misnamed = [fault.name for fault in names.faults if fault.stops is Stops.STAGE]
    stage = "" if misnamed else stage_by_status(work, box, ports)
    if not work.claim.token:
        return keep_tasks(_planned(work, changed, untold, stage), box, ports, writes)
    # values for fields with a wrong name are shown when the name is right again; the others are set now
    if spoilt:
        ports.store.held.add(Kind.DEAL, box.key, spoilt)
    if changed or stage:
        alone = set_box_fields(writes, work.claim, box, changed, stage)
        work = work.did(f"box updated: {', '.join([*sorted(changed), *filter(None, [stage])])}")
        # another stage may ask for an invoice
        work = work if alone and not stage else work.again_at(ports.clock.now())
    elif any(effect.key == fields_key(box) for effect in work.unsettled):
        box_fields_stand(writes, box)
    if misnamed and ports.config.orders.status_stage:
        ports.store.held.add(Kind.DEAL, box.key, misnamed)
    else:
        note_status(work, ports)
    for fact, text in untold:
        if comment_once(writes, work.claim, box, work.reference, fact, text).fresh:
            work = work.did(f"told on the box: {text}")
    return keep_tasks(work, box, ports, writes)


def _is_old_news(work: Work) -> bool:
    """Whether what the ERP knows of the deal was there before the integration: its box is shown it, and nobody is
    told."""
    filed = work.backfilled
    return filed is not None and filed.standing is Standing.LINKED and not filed.shown


def _is_in_erp(work: Work) -> bool:
    """Whether there is an order, be it one that cannot be read, which only the link tells of, or not the one asked
    for."""
    error = work.verdict.error if work.verdict else None
    return bool(work.order or work.order_id or (isinstance(error, Conflict) and error.existing))


def _told(work: Work, box: Box, ports: Ports) -> WriteBack:
    """What settled the invoices is read only where a rule tells of it, and there is something that the box was not told
    of. That a payment was reversed nothing but the payments shows: who is told of that pays for it."""
    there_is = _what_there_is(work, box, ports)
    told = ports.mapping.write_back(there_is)
    untold = (remark.fact for remark in told.comments if comment_key(box.key, remark.fact) not in work.told)
    news, tells_of = {fact.partition(":")[0] for fact in untold}, ports.mapping.tells_of
    in_parts = "invoice.partially_paid" in tells_of and news & {"invoice.paid", "invoice.partially_paid"}
    more: dict[str, object] = {}
    if in_parts or "payment.reversed" in tells_of:
        more["payments"] = tuple(
            one for one in _settling("payments", work, ports) if isinstance(one, Payment)
        )
    if "credit_note.created" in news:
        notes = _settling("credit_notes", work, ports)
        more["credit_notes"] = tuple(one for one in notes if isinstance(one, CreditNote))
    return ports.mapping.write_back(there_is.model_copy(update=more)) if more else told


def _settling(entity: Literal["payments", "credit_notes"], work: Work, ports: Ports) -> Iterator[Record]:
    """Of all the deal's invoices, the oldest first; none where the ERP keeps no such thing."""
    for invoice in work.invoices:
        with suppress(Misconfigured):
            for page in list(ports.erp.records(entity, where={"invoice_id": invoice.id})):
                yield from page


def _what_there_is(work: Work, box: Box, ports: Ports) -> Tellable:
    """The customer is read only where a rule tells of it."""
    customer_id = work.order.customer_id if work.order and ports.mapping.tells_of_customers else ""
    fields = ports.streak.pipeline(box.pipeline_key).fields
    kinds = {field.name: field.type for field in fields}
    tags = {f.name: frozenset(option.name for option in f.options) for f in fields if f.type == "TAG"}
    customer = ports.erp.customer(customer_id) if customer_id else None
    asked = work.order if HOLDS & ports.mapping.tells_of else None
    holder = ports.store.links.of_erp("customer", asked.customer_id) if asked else None
    return Tellable(
        order=work.order,
        invoices=work.invoices,
        customer=customer,
        passed=work.passed,
        kinds=kinds,
        tags=tags,
        hold=holder.told if holder else "",
    )


def _spoils(fault: NameFault, field: str, value: Value) -> bool:
    """Whether this field cannot be shown this value."""
    return fault.field == field and (not fault.value or value in (fault.value, (fault.value,)))


def _planned(work: Work, changed: dict[str, Value], untold: list[tuple[str, str]], stage: str) -> Work:
    if changed:
        work = work.did(
            f"would set on the box: {', '.join(f'{k} = {v}' for k, v in sorted(changed.items()))}"
        )
    if stage:
        work = work.did(f"would move the box to {stage}")
    for _fact, text in untold:
        work = work.did(f"would tell on the box: {text}")
    return work
