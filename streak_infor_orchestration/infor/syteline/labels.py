"""What SyteLine's property names mean, for whoever does not know them (Infor API contract C.5, G.1)."""

_MEANINGS = {
    "Addr_1": "address, first line",
    "Addr_2": "address, second line",
    "Contact_1": "contact",
    "CoLine": "order line number",
    "CoNum": "order number",
    "CurrCode": "currency",
    "CustNum": "customer number",
    "CustPo": "customer's order number",
    "CustSeq": "ship-to number",
    "Disc": "discount in per cent",
    "DueDate": "due date of the line",
    "Freight": "freight",
    "OrderDate": "order date",
    "Phone_1": "telephone number",
    "Price": "unit price",
    "PriceConv": "unit price in the order's unit",
    "QtyOrdered": "quantity",
    "QtyOrderedConv": "quantity in the order's unit",
    "SalesTax": "sales tax",
    "ShipCode": "ship via",
    "Slsman": "salesperson",
    "Stat": "status",
    "State": "region",
    "TermsCode": "payment terms",
    "UM": "unit of measure",
    "Whse": "warehouse",
    "Zip": "postal code",
}


def called(name: str) -> str:
    """`Slsman (salesperson)`, also of one with its IDO before it; the name alone where it says all."""
    meaning = _MEANINGS.get(name.rpartition(".")[2])
    return f"{name} ({meaning})" if meaning else name
