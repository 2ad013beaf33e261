"""What is there in both systems: all that an administrator chooses from, read once."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.product import InventoryItem, Product
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.streak.vocabulary import Pipeline, Team

BOXES = 50
"""So many of the deals changed last are looked at: enough to see how people fill them in."""

_RECORDS = 500


@dataclass(frozen=True)
class Survey:
    """`pipelines` are all of the team's; `products` and `warehouses` a first few, none where the ERP did not say."""

    team: Team
    pipeline: Pipeline
    pipelines: tuple[Pipeline, ...]
    boxes: tuple[Box, ...]
    products: tuple[Product, ...]
    warehouses: tuple[str, ...]

    @property
    def currency(self) -> str:
        """The one most products are priced in, "" when there is none."""
        priced = Counter(product.currency for product in self.products if product.currency)
        return priced.most_common(1)[0][0] if priced else ""

    @property
    def sold_to_organizations(self) -> bool:
        """Whether deals have an organization, rather than only a person."""
        with_one = sum(bool(box.organizations) for box in self.boxes)
        without = sum(bool(box.contacts) and not box.organizations for box in self.boxes)
        return with_one >= without


def survey(
    streak: StreakClient, erp: Erp, team: Team, pipeline: Pipeline, say: Callable[[str], None]
) -> Survey:
    """Raises what Streak's reads raise. An ERP that does not let itself be read is said to `say`, and left out."""
    products: list[Product] = []
    warehouses: Counter[str] = Counter()
    try:
        products = [r for r in _some(erp, "products") if isinstance(r, Product) and not r.obsolete]
        stock = (r for r in _some(erp, "inventory_items") if isinstance(r, InventoryItem))
        warehouses.update(item.warehouse for item in stock)
    except IntegrationError as error:
        say(f"the ERP could not be read: {error.message}")
    return Survey(
        team=streak.team(team.key),
        pipeline=pipeline,
        pipelines=streak.pipelines(team.key),
        boxes=streak.boxes(pipeline.key, limit=BOXES).items,
        products=tuple(products),
        warehouses=tuple(name for name, _ in warehouses.most_common()),
    )


def _some(erp: Erp, entity: Entity) -> Iterator[Record]:
    return islice((record for page in erp.records(entity) for record in page), _RECORDS)
