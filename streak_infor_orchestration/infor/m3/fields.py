"""Which of M3's fields each target of the mapping fills, with what its six letters or four mean."""

from collections.abc import Iterator, Mapping

from streak_infor_orchestration.infor.m3 import customer_requests, order_requests
from streak_infor_orchestration.infor.m3.contract import called
from streak_infor_orchestration.infor.m3.section import M3Section


def fields(section: M3Section) -> Mapping[str, str]:
    """`RLDT (requested delivery date)` by `order.requested_date`, and so on."""
    return {target: called(code) for code, target in _filled(section)}


def _filled(section: M3Section) -> Iterator[tuple[str, str]]:
    described = "order.description"
    for code, target in order_requests.head_targets(section).items():
        if target != described:
            yield code, target
    if section.description_field:
        yield section.description_field, described
    for address in ("billing_address", "shipping_address"):
        yield from customer_requests.targets(section, address).items()
