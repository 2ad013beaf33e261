"""Strategies: any configuration the schema admits, any box, any facts about what it asks for."""

from datetime import UTC
from decimal import Decimal
from functools import partial
from typing import Any

from hypothesis import strategies as st

from streak_infor_orchestration.config.vocabulary import CUSTOMER_FACTS, INVOICE_FACTS, ORDER_FACTS, TARGETS
from streak_infor_orchestration.domain.deal import Deal, Value
from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.master_data import ExchangeRate
from streak_infor_orchestration.domain.order import OrderedLine, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.models import OrderGround, Tellable
from streak_infor_orchestration.streak.models import Box, BoxParty, Contact, Organization

Json = dict[str, Any]
FIELDS = (
    "SKU 1",
    "Qty 1",
    "Price 1",
    "SKU 2",
    "Qty 2",
    "Price 2",
    "SKU 3",
    "Off 1",
    "Tax 1",
    "Cur 1",
    "Items",
    "Any",
)
CURRENCIES = ("EUR", "USD", "JPY", "KWD")
SOURCES = (
    *(f"field:{name}" for name in ("Any", "Cur 1", "Items", "Price 1")),
    *(
        "box.name",
        "box.created",
        "lines.currency",
        "contact.email",
        "contact.phone",
        "organization.address",
        "contact.field:X",
    ),
    *("const:10%", "const:5", "const:EUR", "const:2026-12-31", "const:12 Main St, Springfield, IL 62704"),
)
EXPRESSIONS = (
    "upper(field.Any)",
    "if(field.Any > `1.5`, field.Items, join('-', field.Any))",
    "deal.lines[?quantity > `1`].sku | [0]",
    "field.Any[0] || contact.field.X || box.created",
    "`0.1`",
    "deal",
)
TRANSFORMS: tuple[Json, ...] = (
    {"concat": " "},
    {"date": "%d.%m.%Y"},
    {"date": "%Y-%m-%d", "format": "%d/%m/%y %Y"},
    {"map": {"A": "B"}, "otherwise": "keep"},
    {"map": {"A": "B"}, "otherwise": {"value": "5"}},
    {"map": {"A": "B"}},
    {"lookup": "table", "otherwise": "keep"},
    {"lookup": "table"},
    {"convert": {"from": "USD"}},
    {"convert": {"from": "field:Cur 1", "to": "JPY"}},
    {"address": "US"},
    {"address": "JP"},
)
BACK: tuple[Json | None, ...] = (
    None,
    {"map": {"Open": "yes"}, "otherwise": {"value": "no"}},
    {"lookup": "table"},
    {"date": "%d.%m.%Y"},
    {"number": "plain"},
    {"number": "local"},
)

_chosen = st.sampled_from
companies = st.fixed_dictionaries(
    {"timezone": _chosen(["Europe/Berlin", "Pacific/Kiritimati"]), "currency": _chosen(CURRENCIES)},
    optional={"locale": _chosen(["de_DE", "en_US", "fr_CH"]), "country": _chosen(["DE", "US", "AQ"])},
)
_options = {
    "products": _chosen(["code", "name"]),
    "convert": st.booleans(),
    "tax": _chosen(["none", "product"]),
}
_columns = st.fixed_dictionaries(
    {"sku": st.just("SKU {n}"), "quantity": st.just("Qty {n}"), "max": st.integers(1, 3)},
    optional={
        column: st.just(f"{name} {{n}}")
        for column, name in (("price", "Price"), ("discount", "Off"), ("tax", "Tax"), ("currency", "Cur"))
    },
)
_in_one_box = st.just({"sku": "SKU 1", "quantity": "Qty 1", "price": "Price 1", "discount": "Off 1"})
lines_sections = st.one_of(
    st.fixed_dictionaries({"from": st.just("columns"), "columns": _columns}, optional=_options),
    st.fixed_dictionaries({"from": st.just("text"), "field": st.just("Items")}, optional=_options),
    st.fixed_dictionaries(
        {"from": st.just("linked_boxes"), "pipeline": st.just("Quotes"), "columns": _columns | _in_one_box},
        optional={**_options, "stages": st.just(["Agreed"])},
    ),
    st.fixed_dictionaries(
        {"from": st.just("linked_boxes"), "pipeline": st.just("Quotes"), "field": st.just("Items")},
        optional=_options,
    ),
)


@st.composite
def rules(draw: st.DrawFn, target: str) -> Json:
    rule: Json = {"to": target}
    transform = draw(st.none() | _chosen(TRANSFORMS))
    if transform and "concat" in transform:
        rule["from"] = draw(st.lists(_chosen(SOURCES), min_size=1, max_size=3))
    elif draw(st.integers(0, 3)):
        rule["from"] = draw(_chosen(SOURCES))
    else:
        rule["expression"] = draw(_chosen(EXPRESSIONS))
    extra = draw(_chosen([{}, {}, {"required": True}, {"default": "5"}, {"default": "EUR"}]))
    return rule | extra | ({"transform": transform} if transform else {})


@st.composite
def configurations(draw: st.DrawFn) -> Json:
    """As a file may say it. Some are refused; none may be with anything but a complaint."""
    names = [*TARGETS, "order.custom.A", "customer.custom.B"]
    targets = draw(st.lists(_chosen(names), unique=True, max_size=5))
    facts = [*ORDER_FACTS, *INVOICE_FACTS, *CUSTOMER_FACTS, "order.custom.A"]
    back = [
        {"field": f"Shown {n}", "from": fact} | ({"transform": transform} if transform else {})
        for n, (fact, transform) in enumerate(
            draw(st.lists(st.tuples(_chosen(facts), _chosen(BACK)), max_size=3))
        )
    ]
    return {
        "version": 1,
        "company": draw(companies),
        "streak": {"team": "T", "pipeline": "P"},
        "erp": {"product": "facade", "base_url": "https://erp.example.com"},
        "stages": {"before": ["Lead"], "order": ["Accepted"], "invoice": ["Won"], "lost": ["Lost"]},
        "customer": {"source": draw(_chosen(["organization", "contact"]))},
        "lines": draw(lines_sections),
        "fields": [draw(rules(target)) for target in targets],
        "tables": {"table": {"rows": {"A": "B", "5": "EUR"}}},
        "write_back": back,
        "amounts": draw(
            _chosen([{}, {"price_tolerance": "5%"}, {"deal_value": "field:Any", "basis": "net"}])
        ),
        "exchange": draw(_chosen([{}, {"day": "field:Any"}, {"stamp": ""}, {"oldest_days": 1}])),
        "dates": draw(_chosen([{}, {"years_back": 0, "years_ahead": 100}])),
        "numbers": draw(_chosen([{}, {"decimal": ","}])),
    }


_words = st.lists(
    _chosen([*"2 3 x × @ à A B-1 100234 12.50 1.234,50 € $ USD pcs (3) ; , - 10% and :".split(), "\n"]),
    max_size=9,
).map(" ".join)
texts = st.one_of(
    _chosen(["", " ", *"A B 1 2.5 1,234.5 1.234 -1 EUR € 31.12.2026 3/4/2026 2026-12-31 1e9 10% DE".split()]),
    _words,
    st.text(max_size=8),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
)
values: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    texts,
    st.decimals(allow_nan=False, allow_infinity=False),
    _chosen([Decimal("1E+999999"), Decimal("-1E-999999"), Decimal("1E+99999999"), Decimal("0E+9")]),
    st.datetimes(timezones=st.just(UTC)),
    st.lists(texts, max_size=3).map(tuple),
)
ORDERABLE: dict[str, Value] = {
    "SKU 1": "A",
    "Qty 1": "2",
    "Price 1": "10.00",
    "Items": "2 x A @ 10.00; B (3)",
}
moments = st.datetimes(timezones=st.just(UTC))
links = st.lists(st.builds(BoxParty, key=_chosen("xyz"), starred=st.booleans()), max_size=3).map(tuple)
box_of = partial(
    st.builds,
    Box,
    key=st.just("b1"),
    pipeline_key=st.just("p1"),
    name=texts,
    notes=texts,
    created=moments,
    stage_changed=st.none() | moments,
    version=st.just(1),
    contacts=links,
)
any_fields = st.dictionaries(_chosen(FIELDS), values)
fields_of_an_order = st.dictionaries(_chosen(FIELDS), values, max_size=2).map(
    lambda changes: ORDERABLE | changes
)
any_box = box_of(
    stage=_chosen(["Lead", "Accepted", "Won", "Lost", "?"]),
    fields=any_fields,
    organizations=links,
)
box_with_an_order = box_of(
    stage=_chosen(["Accepted", "Won"]),
    fields=fields_of_an_order,
    organizations=st.just((BoxParty(key="x"),)),
)
linked_boxes = st.lists(
    box_of(stage=_chosen(["Agreed", "Draft"]), fields=any_fields | fields_of_an_order, organizations=links),
    max_size=2,
).map(tuple)
lists = st.lists(texts, max_size=2).map(tuple)
contacts = st.builds(
    Contact,
    key=st.just("x"),
    given_name=texts,
    emails=lists,
    phones=lists,
    addresses=lists,
    fields=st.dictionaries(texts, texts, max_size=1),
)
organizations = st.builds(
    Organization, key=st.just("x"), name=texts, domains=lists, phones=lists, addresses=lists
)
numbers = st.decimals(allow_nan=False, allow_infinity=False)


def products_called(sku: str) -> st.SearchStrategy[Product]:
    return st.just(
        Product(id=sku, price=Decimal("10.1"), currency="EUR", tax_rate=Decimal("0.2"))
    ) | st.builds(
        Product,
        id=st.just(sku),
        price=st.none() | numbers,
        currency=_chosen(["", "EUR", "USD"]),
        obsolete=st.booleans(),
        tax_rate=numbers,
    )


@st.composite
def facts_about(draw: st.DrawFn, deal: Deal) -> OrderGround:
    asked = [line.sku for line in deal.lines if draw(st.integers(0, 9))]
    by_name = draw(st.booleans())
    rates = [
        ExchangeRate(id=f"{base}:{quote}", base=base, quote=quote, day=draw(st.dates()), rate=rate)
        for base, quote in (("EUR", "USD"), ("EUR", "JPY"), ("KWD", "EUR"))
        if (rate := draw(st.just(Decimal("1.085")) | numbers)) is not None
    ]
    return OrderGround(
        reference="R",
        customer_id="C",
        products={} if by_name else {sku: draw(products_called(sku)) for sku in asked},
        named={sku: tuple(draw(st.lists(products_called("P"), max_size=2))) for sku in asked}
        if by_name
        else {},
        rates=tuple(rates),
        contact=draw(st.none() | contacts),
        organization=draw(st.none() | organizations),
        today=draw(st.dates()),
    )


_invoices = st.builds(
    Invoice,
    id=st.just("I"),
    order_id=st.just("O"),
    customer_id=st.just("C"),
    currency=_chosen(CURRENCIES),
    total=st.decimals(min_value=0, max_value=10**9, places=2),
    paid=st.decimals(min_value=0, max_value=10**9, places=2),
    balance=st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    status=_chosen(["Open", "Paid", "Credited"]),
    due_date=st.none() | st.dates(),
)
told = st.builds(
    Tellable,
    order=st.none()
    | st.builds(
        SalesOrder,
        id=st.just("O"),
        reference=st.just("R"),
        customer_id=st.just("C"),
        currency=_chosen(CURRENCIES),
        lines=st.just((OrderedLine(sku="A", quantity=Decimal(1), price=Decimal(1)),)),
        total=st.decimals(min_value=0, max_value=10**9, places=2),
        status=_chosen(list(OrderStatus)),
        requested_date=st.none() | st.dates(),
        custom=st.dictionaries(st.just("A"), texts, max_size=1),
    ),
    invoices=st.lists(_invoices, max_size=2).map(tuple),
    customer=st.none() | st.just(Customer(id="C", name="N", credit_hold=True)),
    kinds=st.dictionaries(
        _chosen(["Shown 0", "Shown 1", "Shown 2"]),
        _chosen(["TEXT_INPUT", "DATE", "CHECKBOX", "DROPDOWN", "TAG"]),
    ),
)
