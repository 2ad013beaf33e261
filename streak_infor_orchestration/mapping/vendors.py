"""Lines that a vendor delivers to the customer: the vendor is written on the line, by number or name."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import DealLine, Problem
from streak_infor_orchestration.domain.master_data import Vendor
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.mapping.prices import line_problem

Vendors = Dictionary[str, tuple[Vendor, ...]]
"""By what was asked for, all that bear that number or name."""


def vendor_of(line: DealLine, vendors: Vendors, config: Integration) -> Vendor | Problem | None:
    """The vendor who delivers the line instead of us; None where nobody does."""
    if not line.vendor:
        return None
    found = vendors.get(line.vendor, ())
    rule = config.place_of_lines("vendor")
    if len(found) > 1:
        numbers = ", ".join(vendor.id for vendor in found)
        message = f'Several vendors are called "{line.vendor}": {numbers}.'
        return line_problem(line.at("vendor"), rule, LineCode.AMBIGUOUS_VENDOR, message)
    if not found:
        message = f'The ERP has no vendor "{line.vendor}" for "{line.sku}".'
        return line_problem(line.at("vendor"), rule, LineCode.UNKNOWN_VENDOR, message)
    return found[0]


def noted(description: str, vendor: Vendor) -> str:
    """A line's description that says who delivers."""
    return f"{description} (delivered by {vendor.id} {vendor.name})".strip()


def stamp(lines: Sequence[DealLine], vendors: Vendors) -> str:
    """Which lines (from 1) which vendor delivers: `1: V-100; 3: V-200`. Of lines without a problem."""
    return "; ".join(
        f"{number}: {vendors[line.vendor][0].id}" for number, line in enumerate(lines, 1) if line.vendor
    )
