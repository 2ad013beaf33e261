"""What kinds of records the inbox holds."""

from enum import StrEnum


class Kind(StrEnum):
    """A row of the inbox is (kind, key); its outcomes and its dead letter are kept under the same two."""

    DEAL = "deal"  # by the box's key
    CUSTOMER = "customer"  # by its link key: organization:KEY or contact:KEY
    ERP_ORDER = "erp_order"  # by the ERP's number, until a claim of deals finds out whose it is
    ERP_INVOICE = "erp_invoice"  # as an order
    NEW_CUSTOMER = "new_customer"  # by the ERP's number: nobody in Streak is it, as far as is known
    UNLINKED_ORDER = "unlinked_order"  # by the ERP's number: no deal has it, as far as is known
    SWEEP = "sweep"  # no record: the key asks for a look at everything, or at all that is open in the ERP


EVERYTHING, ALL_OF_INFOR = "streak", "infor"
"""The keys of a sweep."""
