"""What a company's configuration promises, told again by an outsider, so that the oracle can hold it to that."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from streak_infor_orchestration.demo.http import Json


@dataclass(frozen=True)
class Promises:
    """What the oracle expects beside the lines of an order.

    details: what of a box stands on its order, as the ERP's members.
    shows: fields of the box and what each shows: `order.id`, `order.status`, `invoice.id`, `invoice.payment_status`.
    tells: the comment on each thing that happens, by its `once:` name, with facts in braces.
    buyer: the list of links on a box for each entry of which the ERP has one customer.
    """

    details: Callable[[Json], Json]
    shows: Mapping[str, str]
    tells: Mapping[str, str]
    buyer: str = "organizations"

    def comment(self, fact: str, facts: Mapping[str, str]) -> str:
        """What is told of this fact."""
        return re.sub(r"\{([a-z.]+)\}", lambda name: facts[name[1]], self.tells[fact])
