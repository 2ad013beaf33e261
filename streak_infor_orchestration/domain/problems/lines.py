"""What is ordered: products, quantities, prices, taxes, and where on the deal they stand."""

from streak_infor_orchestration.domain.problems.code import Code, Cure

_P = Cure.PERSON
_MASTER = "see that the product's record in the ERP is right"
_TYPED = "nothing: whoever owns the deal corrects the line"
_COLUMNS = "see that the section `lines` names the columns that sales fill in"


class LineCode(Code):
    NO_LINES = (
        "no_lines",
        _P,
        "The deal has no products.",
        _COLUMNS,
        "Enter what is ordered.",
    )
    MISSING_SKU = (
        "missing_sku",
        _P,
        "A product line has a quantity or a price, but no product.",
        _COLUMNS,
        "Enter the product, or empty the whole line.",
    )
    MISSING_QUANTITY = (
        "missing_quantity",
        _P,
        "A product line has no quantity.",
        _COLUMNS,
        "Enter the quantity, or empty the whole line.",
    )
    ZERO = (
        "zero",
        _P,
        "A product line orders none of its product.",
        _TYPED,
        "Enter how many are ordered, or empty the whole line.",
    )
    TOO_MANY_LINES = (
        "too_many_lines",
        _P,
        "The deal has more product lines than are read.",
        "lines.columns.max says how many are read",
        "Ask your administrator to raise the number of lines, or use fewer.",
    )
    UNREADABLE_LINE = (
        "unreadable_line",
        _P,
        "A line of text does not say what is ordered, and how many.",
        _TYPED,
        "Write one product a line, with its quantity.",
    )
    AMBIGUOUS_LINE = (
        "ambiguous_line",
        _P,
        "A line of text can be read in more than one way.",
        _TYPED,
        "Write one product a line, with its quantity.",
    )
    NO_LINKED_BOX = (
        "no_linked_box",
        _P,
        "No linked box says what is ordered.",
        "lines.pipeline and lines.stages say which linked boxes count",
        "Link the box that is ordered, or move it to a stage that counts.",
    )
    UNKNOWN_PRODUCT = (
        "unknown_product",
        _P,
        "The ERP has no such product.",
        "see that the product exists in the ERP under this code",
        "Correct the SKU on the deal, or have the product made available in the ERP.",
    )
    AMBIGUOUS_PRODUCT = (
        "ambiguous_product",
        _P,
        "Several products of the ERP have this name.",
        "lines.products says whether sales write codes or names",
        "Enter the code of the one that is meant.",
    )
    OBSOLETE_PRODUCT = (
        "obsolete_product",
        _P,
        "The product is no longer sold.",
        _MASTER,
        "Choose another product.",
    )
    FRACTION = (
        "fraction",
        _P,
        "A part of something is ordered that is sold whole.",
        "see that the product's unit in the ERP is right",
        "Enter a whole number.",
    )
    DISCOUNT = (
        "discount",
        _P,
        "A discount is more than what it is taken from.",
        _TYPED,
        "Correct the discount.",
    )
    INEXPRESSIBLE = (
        "inexpressible",
        _P,
        "The ERP cannot come to the line's amount to the cent.",
        "erp.discount says in which form a discount is sent",
        "Round the price, or choose a discount that divides by the quantity.",
    )
    TAX = (
        "tax",
        _P,
        "A tax is an amount of more than half the line: it may be meant as a rate.",
        _TYPED,
        "Write a rate with a percent sign.",
    )
    TAX_RATE = (
        "tax_rate",
        _P,
        "The tax rate of the product in the ERP makes no sense.",
        _MASTER,
        "Have it corrected in the ERP.",
    )
    PRICE_CURRENCY = (
        "price_currency",
        _P,
        "A price is in another currency than the order.",
        "lines.convert says whether prices are converted by the ERP's rates",
        "Enter the price in the currency of the order.",
    )
    NO_PRICE = (
        "no_price",
        _P,
        "The product has no list price, and the deal states none.",
        _MASTER,
        "Enter the price on the deal.",
    )
    LIST_PRICE = (
        "list_price",
        _P,
        "The list price in the ERP makes no sense.",
        _MASTER,
        "Enter the price on the deal, or have it corrected in the ERP.",
    )
    PRICE_TOLERANCE = (
        "price_tolerance",
        _P,
        "A price is further from the list price than it may be.",
        "amounts.price_tolerance says how far it may be",
        "Correct the price, or have the list price changed in the ERP.",
    )
    UNKNOWN_ACCOUNT = (
        "unknown_account",
        _P,
        "A product is booked to an account that the ERP has not.",
        "erp.gl_accounts says which account each product is booked to",
        "Ask finance which account it is: your administrator enters it in the configuration.",
    )
    BLOCKED_ACCOUNT = (
        "blocked_account",
        _P,
        "A product is booked to an account that is blocked.",
        "erp.gl_accounts says which account each product is booked to",
        "Ask finance which account it is: your administrator enters it in the configuration.",
    )
    UNKNOWN_VENDOR = (
        "unknown_vendor",
        _P,
        "The ERP has no such vendor.",
        "see that the vendor exists in the ERP under this number or name",
        "Correct the vendor, or have it set up in the ERP.",
    )
    AMBIGUOUS_VENDOR = (
        "ambiguous_vendor",
        _P,
        "Several vendors of the ERP have this name.",
        _TYPED,
        "Enter the number of the one that is meant.",
    )
    OUT_OF_STOCK = (
        "out_of_stock",
        _P,
        "More is ordered than is available.",
        "policies.stock says whether that stops an order",
        "Order less or another product, or have the stock replenished.",
    )
    DEAL_VALUE = (
        "deal_value",
        _P,
        "The products come to something else than the deal's value.",
        "amounts.deal_value and amounts.tolerance say what must agree, and how closely",
        "Correct the products or the value, whichever is wrong.",
    )
