"""What a box is called that is made of an order of the ERP."""

from streak_infor_orchestration.config.orders import OrdersSection
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.domain.shown import on_one_line
from streak_infor_orchestration.mapping.facts import customer_facts, order_facts
from streak_infor_orchestration.mapping.filled import filled, named_in


class BoxNames:
    """`reads_customer`: whether the name tells something that only the customer knows."""

    def __init__(self, orders: OrdersSection) -> None:
        self._pattern = orders.name
        self.reads_customer = any(name.startswith("customer.") for name in named_in(orders.name))

    def name(self, order: SalesOrder, customer: Customer | None) -> str:
        facts = order_facts(order) | (customer_facts(customer) if customer else {})
        return on_one_line(filled(self._pattern, facts)) or order.id
