"""What we send to the façade: only fields of the contract, only those that are set, amounts as strings."""

from typing import Any

from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.order import Line, OrderDraft
from streak_infor_orchestration.domain.party import Address, CustomerDraft


def customer_body(draft: CustomerDraft) -> dict[str, Any]:
    return _set(
        Name=draft.name,
        ContactName=draft.contact_name,
        Email=draft.email,
        Phone=draft.phone,
        TaxID=draft.tax_id,
        Currency=draft.currency,
        PaymentTerms=draft.payment_terms,
        BillingAddress=_address(draft.billing_address),
        ShippingAddress=_address(draft.shipping_address),
        SalespersonID=draft.salesperson,
        ExternalReference=draft.reference,
        CustomFields=draft.custom,
    )


def order_body(draft: OrderDraft) -> dict[str, Any]:
    """With `TotalAmount`, so that the ERP refuses the order if it comes to another total than we do.

    The façade's orders have no warehouse.
    """
    return _set(
        CustomerID=draft.customer_id,
        OrderDate=draft.order_date.isoformat(),
        RequestedDate=draft.requested_date.isoformat() if draft.requested_date else "",
        OrderDescription=draft.description,
        Currency=draft.currency,
        LineItems=[_line(number, line) for number, line in enumerate(draft.lines, 1)],
        Freight=plain(draft.freight) if draft.freight else "",
        TotalAmount=plain(draft.total),
        ShippingMethod=draft.shipping_method,
        SalespersonID=draft.salesperson,
        ExternalReference=draft.reference,
        CustomFields=draft.custom,
    )


def _line(number: int, line: Line) -> dict[str, Any]:
    return _set(
        LineNumber=number,
        Product=line.sku,
        Description=line.description,
        Quantity=plain(line.quantity),
        Price=plain(line.price),
        Discount=plain(line.discount) if line.discount else "",
        Tax=plain(line.tax) if line.tax else "",
        GLAccount=line.gl_account,
    )


def _address(address: Address | None) -> dict[str, Any]:
    if address is None:
        return {}
    return _set(
        Line1=address.line1,
        Line2=address.line2,
        City=address.city,
        Region=address.region,
        PostalCode=address.postal_code,
        Country=address.country,
    )


def _set(**members: Any) -> dict[str, Any]:
    """Only what is set: an unknown or empty member could be refused."""
    return {name: value for name, value in members.items() if value not in ("", {}, None)}
