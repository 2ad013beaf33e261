"""How this installation of M3 behaves where the contract leaves it open or tells of two ways."""

from dataclasses import dataclass, field


@dataclass
class Habits:
    """Changed by the lever ``/habits``; a reset brings these defaults back.

    single_errors: HTTP status of a refused single call, 200 or 400 (B.3).
    bulk_stops: whether a bulk ends at the first refusal, or goes on behind it (B.2).
    padded: texts and fields of errors come with blanks behind (B.3).
    confirm_tells: a Confirm that leaves the order temporary answers its number and status instead of a refusal (B.6).
    direct_orders: AddOrderHead and AddOrderLine exist (B.6).
    export: EXPORTMI may be used (B.9).
    stops_show_all: OIS120MI lists orders without a stop too (B.9).
    search_seconds: what SQRY searches lag behind (B.9).
    discount_amounts: DIA is of a ``unit`` or of the ``line``.
    extended_numbers: invoices are printed with EXIN instead of IVNO (G.1).
    deleted_stay: a deleted order is still shown, with status 90 (B.7).
    payments_negative: payments stand in the ledger with a minus (G.1).
    stops_instead_of_30: a customer's credit stop makes an order with OBLC instead of holding the temporary one (B.7).
    stamps_are_milliseconds: LMTS counts from 1970; else it is a date and time of 18 digits (B.5).
    single_element_is_object: the old interface writes a list of one as its element (B.4).
    ready_field, ready_value: what the company writes on an order that may be invoiced; no value: anything.
    free_fields: what the company keeps in fields of an order's head, by the field.
    unpublished: transactions of CMS100MI that this tenant has not defined (B.9).
    """

    single_errors: int = 400
    bulk_stops: bool = False
    padded: bool = True
    confirm_tells: bool = False
    direct_orders: bool = True
    export: bool = True
    stops_show_all: bool = False
    search_seconds: float = 30.0
    discount_amounts: str = "unit"
    extended_numbers: bool = False
    deleted_stay: bool = True
    payments_negative: bool = True
    stops_instead_of_30: bool = False
    stamps_are_milliseconds: bool = False
    single_element_is_object: bool = True
    ready_field: str = "FRE1"
    ready_value: str = ""
    free_fields: dict[str, str] = field(default_factory=lambda: {"PROJ": "Region"})
    unpublished: list[str] = field(default_factory=list)
