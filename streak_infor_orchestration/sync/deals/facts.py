"""What the mapping of an order takes from elsewhere, fetched."""

from streak_infor_orchestration.domain.deal import Deal
from streak_infor_orchestration.domain.master_data import ExchangeRate
from streak_infor_orchestration.domain.order import AppliedRate
from streak_infor_orchestration.mapping.models import OrderGround
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Work


def facts(
    work: Work, deal: Deal, customer_id: str, ports: Ports, stamped: tuple[AppliedRate, ...] = ()
) -> OrderGround:
    """Products, and the rates its prices need: `stamped` ones where the order has some already, else the day's."""
    needs = ports.mapping.needs(deal)
    today = ports.clock.now().astimezone(ports.config.company.zone).date()
    products = ports.catalogue.products(needs.skus)
    named = ports.catalogue.named(needs.names - products.keys())
    sold = {product.sku: product for found in named.values() for product in found}
    needs = ports.mapping.needs(deal, products | sold)
    day = needs.rate_day or today
    return OrderGround(
        reference=ports.reference(deal.key, generation=work.generation),
        customer_id=customer_id,
        products=products,
        named=named,
        rates=tuple(_rate(rate) for rate in stamped)
        or ports.catalogue.rates(
            needs.rates, ports.config.company.currency, day, ports.config.exchange.since(min(day, today))
        ),
        stamped=bool(stamped),
        accounts=ports.catalogue.accounts(needs.accounts),
        vendors=ports.catalogue.vendors(needs.vendors),
        salesperson=ports.catalogue.salesperson(deal.creator, ports.streak.user) if by_creator(ports) else "",
        contact=work.contact,
        organization=work.organization,
        today=today,
    )


def by_creator(ports: Ports) -> bool:
    """Whether the salesperson is who made the deal."""
    return ports.config.erp.salesperson == "creator"


def _rate(applied: AppliedRate) -> ExchangeRate:
    return ExchangeRate(
        id=f"{applied.base}:{applied.quote}:{applied.day.isoformat()}", **applied.model_dump()
    )
