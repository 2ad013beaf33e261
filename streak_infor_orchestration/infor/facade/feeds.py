"""What changed in the façade: four collections that tell of orders and invoices."""

from datetime import datetime
from typing import Literal, NamedTuple

from streak_infor_orchestration.infor.facade.collection import instant, page
from streak_infor_orchestration.infor.facade.wire import ChangeWire
from streak_infor_orchestration.infor.port import Change, Changes
from streak_infor_orchestration.transport.http import HttpClient


class Feed(NamedTuple):
    """Which record a change in the collection concerns, and the field that names it."""

    entity: Literal["order", "invoice"]
    key: str


FEEDS = {
    "salesorders": Feed("order", "order_id"),
    "invoices": Feed("invoice", "invoice_id"),
    "payments": Feed("invoice", "invoice_id"),
    "creditnotes": Feed("invoice", "invoice_id"),
}


def changed(http: HttpClient, collection: str, since: datetime) -> Changes:
    """A page of changes from `since` on, and as many more as it takes to get past that very instant:
    where a whole page was modified at once, asking from its last instant again would never end."""
    feed = FEEDS[collection]
    items: list[Change] = []
    watermark, cursor = since, None
    while True:
        found, cursor = page(http, collection, ChangeWire, {"modifiedSince": instant(since)}, cursor)
        items += [
            Change(entity=feed.entity, key=getattr(record, feed.key), modified=record.modified_at)
            for record in found
        ]
        if found:
            watermark = max(watermark, found[-1].modified_at)
        if cursor is None or watermark > since:
            return Changes(items=tuple(items), watermark=watermark, more=cursor is not None)
