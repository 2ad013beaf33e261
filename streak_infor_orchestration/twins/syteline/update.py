"""Applies a change: insert, update under the optimistic lock, delete; and what is answered. Contract, C.2 and C.3."""

import re
from collections.abc import Mapping
from typing import Any

from streak_infor_orchestration.twins.syteline.change import DELETE, INSERT, PROPERTY, Change
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.ido import Ido
from streak_infor_orchestration.twins.syteline.idos import EXTENSION
from streak_infor_orchestration.twins.syteline.load import item_text
from streak_infor_orchestration.twins.syteline.refusals import Refusal
from streak_infor_orchestration.twins.syteline.rules import RULES
from streak_infor_orchestration.twins.syteline.table import Record

_POINTER = re.compile(r"\.ID=\[([^\]]+)\]")


def apply(company: Company, ido: Ido, change: Change) -> dict[str, str | None] | None:
    """The row's item as a refresh answers it, None for a deleted one. Raises Refusal."""
    rules = RULES.get(ido.table)
    if rules is None:
        raise Refusal(f"User requires [Update] privilege for {ido.name}", "not_writable")
    if change.action == INSERT:
        row = company.table(ido).insert(rules.insert(company, _new(company, ido, change)), company.now())
        rules.after(company, row)
        return _item(company, ido, row, change)
    row = _locked(company, ido, change)
    if change.action == DELETE:
        rules.delete(company, row)
        company.table(ido).delete(row)
        rules.after(company, row)
        return None
    changes = rules.update(company, row, change.values)
    row = company.table(ido).update(row, changes, company.now())
    rules.after(company, row)
    return _item(company, ido, company.table(ido).pointed(row["RowPointer"]) or row, change)


def _new(company: Company, ido: Ido, change: Change) -> Record:
    """A whole row of what was sent, without what an insert leaves out."""
    base = ido.name.removeprefix(EXTENSION)
    left_out = company.settings.ignored_at_insert.get(base, [])
    sent = {name: value for name, value in change.values.items() if name not in left_out}
    missing = [name for name in ido.required if sent.get(name) is None and name not in ido.keys[:1]]
    if missing:
        raise Refusal(f"{missing[0]} is required", "required")
    return {**dict.fromkeys(ido.properties), **sent}


def _locked(company: Company, ido: Ido, change: Change) -> Record:
    """The row that the item id names, if nobody has changed it since. Raises Refusal."""
    found = _POINTER.search(change.item_id)
    if found is None:
        raise Refusal("ItemId is invalid", "item_id")
    table = company.table(ido)
    row = table.pointed(found[1])
    if row is None:
        raise Refusal("The record has been deleted")
    if change.locking == PROPERTY:
        stale = [name for name, value in change.originals.items() if row.get(name) != value]
        if stale:
            raise Refusal(f"{stale[0]} has been changed by another user")
    elif table.item_id(row) != change.item_id:
        raise Refusal("The record has been changed by another user since it was read")
    return row


def _item(company: Company, ido: Ido, row: Mapping[str, Any], change: Change) -> dict[str, str | None]:
    """The keys, what was sent, and what the server made of it."""
    names = dict.fromkeys((*ido.keys, *change.values, "RecordDate", "RowPointer"))
    record = dict(row)
    item = {name: item_text(company, ido, record, name) for name in names}
    return {**item, "_ItemId": company.table(ido).item_id(record)}
