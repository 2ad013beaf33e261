"""How wide the key columns are: per installation. Contract, C.3."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Widths:
    """In characters; shorter keys have blanks on the left."""

    customer: int = 7
    order: int = 10
    invoice: int = 12
    vendor: int = 7
    employee: int = 7
