"""What differs between installations, or is not known of any: a lever each. Contract, C.3, C.5 and H.4."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Settings:
    """``invoke_ends_session``: a direct token is destroyed by an invoke. ``changes_applied``: how many of a request's
    ``Changes``, 0 for all. ``ignored_at_insert``: properties by IDO that an insert silently leaves out.
    ``payments_negative``: SLArtrans amounts of type P and C are below zero. ``price_is_total``: SLCos.Price has the
    charges and taxes in it. ``computes_tax``: SalesTax comes from the items' tax codes, whatever was sent.
    ``refuses_credit_hold``: no order for a customer on credit hold; otherwise the order is held. ``denied``: what the
    user has no right to, such as ``Read SLItems`` or ``Update SLCos``."""

    invoke_ends_session: bool = True
    changes_applied: int = 1
    ignored_at_insert: dict[str, list[str]] = field(default_factory=lambda: {"SLCos": ["Freight"]})
    payments_negative: bool = False
    price_is_total: bool = False
    computes_tax: bool = False
    refuses_credit_hold: bool = True
    denied: list[str] = field(default_factory=list)
