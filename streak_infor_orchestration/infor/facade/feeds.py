"""What changed in the façade: four collections that tell of orders and invoices."""

from datetime import datetime
from typing import Any, Literal, NamedTuple

from streak_infor_orchestration.infor.facade.collection import instant, page
from streak_infor_orchestration.infor.facade.resources import (
    CREDIT_NOTES,
    INVOICES,
    PAYMENTS,
    SALES_ORDERS,
    Resource,
)
from streak_infor_orchestration.infor.facade.wire import (
    ChangeWire,
    InvoiceChangeWire,
    InvoiceStateWire,
    OrderStateWire,
)
from streak_infor_orchestration.infor.port import Change, Changes
from streak_infor_orchestration.transport.http import HttpClient


class Feed(NamedTuple):
    """Which record a change in the collection concerns, and the wire that names it."""

    resource: Resource[Any]
    entity: Literal["order", "invoice"]
    wire: type[ChangeWire]

    def change(self, item: Any) -> Change:
        read = self.wire.model_validate(item)
        return Change(entity=self.entity, key=read.key, modified=read.modified, stamp=read.stamp)


FEEDS = {
    feed.resource.name: feed
    for feed in (
        Feed(SALES_ORDERS, "order", OrderStateWire),
        Feed(INVOICES, "invoice", InvoiceStateWire),
        Feed(PAYMENTS, "invoice", InvoiceChangeWire),
        Feed(CREDIT_NOTES, "invoice", InvoiceChangeWire),
    )
}


def changed(http: HttpClient, collection: str, since: datetime) -> Changes:
    """A page of changes from `since` on, and as many more as it takes to get past that very instant:
    where a whole page was modified at once, asking from its last instant again would never end."""
    feed = FEEDS[collection]
    read = feed.resource.reading(http, feed.change)
    items: list[Change] = []
    watermark, cursor = since, None
    while True:
        found, cursor = page(http, collection, read, {"modifiedSince": instant(since)}, cursor)
        items += found
        if found:
            watermark = max(watermark, found[-1].modified)
        if cursor is None or watermark > since:
            return Changes(items=tuple(items), watermark=watermark, more=cursor is not None)
