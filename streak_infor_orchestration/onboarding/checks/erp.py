"""The ERP: the login, what may be read, and that the codes of the file exist."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from streak_infor_orchestration.domain.entities import RECORDS, Entity
from streak_infor_orchestration.domain.errors import IntegrationError, Misconfigured
from streak_infor_orchestration.domain.master_data import GLAccount
from streak_infor_orchestration.domain.product import InventoryItem, Product
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.infor.products import product_of
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked, good, look, wrong

_MOST_RECORDS = 2000
"""How many records of stock and of products are looked through."""

_NEEDED: tuple[Entity, ...] = ("customers", "sales_orders", "products", "invoices")
"""Every deal takes these; of the others only one whose rules ask for them."""

_NOBODY = "STKNOBODYHASTHISREFERENCE"


def login(context: Context) -> Iterator[Checked]:
    erp = context.parts.erp
    erp.ping()
    orders = product_of(context.parts.config.erp).labels["sales_orders"]
    yield good(f"logged in to {context.parts.config.erp.base_url}; {orders} can be read")


def permissions(context: Context) -> Iterator[Checked]:
    """Reads only: whether it may write, the first order shows. What no deal needs is a table at least."""
    erp, product = context.parts.erp, product_of(context.parts.config.erp)
    for entity in RECORDS:
        if told := product.lacks(entity):
            yield good(told)
            continue
        what = product.labels[entity]
        try:
            if entity == "customers":
                erp.find_customers("reference", _NOBODY)
            else:
                next(iter(erp.records(entity)), ())
        except IntegrationError as error:
            unread = f"{what} cannot be read: {error.message}"
            cure = "give the ERP's user the right to read them"
            if entity in _NEEDED:
                yield wrong(unread, cure)
            else:
                yield look(unread, f"{cure}, or do without the table infor/{entity}")
        else:
            yield good(f"{what} can be read")


def set_up(context: Context) -> Iterator[Checked]:
    """What the product's own section names."""
    config = context.parts.config
    for one in product_of(config.erp).set_up(context.parts.erp):
        named = f'{config.place("erp", *one.option.split("."))}: "{one.value}"'
        if one.fault:
            yield wrong(
                f"{named} {one.fault}", "have it set up in the ERP, or name another: docs/infor-products.md"
            )
        else:
            yield good(f"{named} exists")


def currency(context: Context) -> Iterator[Checked]:
    ours = context.parts.config.company.currency
    priced = _priced(context.parts.erp)
    if priced[ours]:
        yield good(f"{priced[ours]} of {priced.total()} products looked at are priced in {ours}")
    else:
        others = ", ".join(filter(None, priced)) or "no currency at all"
        yield look(
            f"no product is priced in {ours}, but in {others}",
            "correct company.currency, or let every deal state its prices",
        )


def rates(context: Context) -> Iterator[Checked]:
    """Where prices are converted: that the ERP has a rate for each currency its products are priced in."""
    config, erp = context.parts.config, context.parts.erp
    if not config.lines.convert:
        return
    ours = config.company.currency
    today = context.parts.clock.now().astimezone(config.company.zone).date()
    for other in sorted(_priced(erp).keys() - {ours, ""}):
        known = (erp.exchange_rate(ours, other, today), erp.exchange_rate(other, ours, today))
        found = max(filter(None, known), key=lambda rate: rate.day, default=None)
        if found and found.day < config.exchange.since(today):
            yield look(
                f"the last rate, {found.base}/{found.quote}, is of {found.day}: too old to convert by",
                f"a price in {other} waits for a person: have rates entered in the ERP, or raise exchange.oldest_days",
            )
        elif found:
            yield good(f"{found.base}/{found.quote} is {found.rate} since {found.day}")
        else:
            yield look(f"the ERP has no rate between {ours} and {other}", "a price in it waits for a person")


def _priced(erp: Erp) -> Counter[str]:
    """How many of the products still sold are priced in each currency."""
    products = (r for page in erp.records("products") for r in page if isinstance(r, Product))
    return Counter(p.currency for p in islice(products, _MOST_RECORDS) if not p.obsolete)


def codes(context: Context) -> Iterator[Checked]:
    """The defaults, and the codes that rules translate to."""
    for target, wanted in _wanted(context).items():
        exists = _CODES.get(target)
        for place, code in wanted.items():
            if exists is None:
                yield look(f'{place}: "{code}" cannot be looked up', "see that the ERP knows it")
                continue
            try:
                complaint = exists(context.parts.erp, code)
            except Misconfigured:
                yield look(f'{place}: "{code}" cannot be looked up in this ERP', "see that the ERP knows it")
                continue
            if complaint:
                yield wrong(f'{place}: "{code}" {complaint}', "use a code the ERP has")
            else:
                yield good(f'{place}: "{code}" exists')


def _wanted(context: Context) -> dict[str, dict[str, str]]:
    """By target: each code, by the place that wants it."""
    config = context.parts.config
    wanted: dict[str, dict[str, str]] = {}
    for name, code in config.erp.defaults.model_dump().items():
        if code:
            wanted.setdefault(name, {})[config.place("erp", "defaults", name)] = code
    accounts = {config.place("erp", "gl_accounts", prefix): n for prefix, n in config.erp.gl_accounts.items()}
    if accounts:
        wanted.setdefault("gl_account", {}).update(accounts)
    for position, rule in enumerate(config.fields):
        name = rule.to.partition(".")[2]
        if rule.transform is not None and rule.transform.map is not None and name in _CODES:
            place = config.place("fields", position)
            wanted.setdefault(name, {}).update(
                {f"{place}: {key}": v for key, v in rule.transform.map.items()}
            )
    return wanted


def _no_warehouse(erp: Erp, code: str) -> str:
    stock = (r for page in erp.records("inventory_items") for r in page if isinstance(r, InventoryItem))
    looked = 0
    for item in islice(stock, _MOST_RECORDS):
        looked += 1
        if item.warehouse == code:
            return ""
    return f"has no stock of any product ({looked} looked at)"


def _no_account(erp: Erp, code: str) -> str:
    account = erp.record("gl_accounts", code)
    if not isinstance(account, GLAccount):
        return "is no account of the general ledger"
    return "is blocked: nothing can be booked to it" if account.blocked else ""


def _no_employee(erp: Erp, code: str) -> str:
    entity: Entity = "employees"
    return "" if erp.record(entity, code) else "is no employee"


_CODES: dict[str, Callable[[Erp, str], str]] = {
    "warehouse": _no_warehouse,
    "gl_account": _no_account,
    "invoice_gl_account": _no_account,
    "salesperson": _no_employee,
}
"""What is wrong with a code, "" when nothing is."""
