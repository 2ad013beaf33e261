"""The residual window, measured: an ERP that commits an order after everybody has stopped waiting for it.

A create without an answer is looked for until its deadline and the settle time are over, then made again, and
looked for once more a settle time later. What commits between these two looks makes two orders, and must be seen as
a conflict; what commits after the second look is beyond the guarantee, and is what reconciliation is for.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from streak_infor_orchestration.demo.company import BASKETS
from streak_infor_orchestration.demo.erps import DemoErp
from streak_infor_orchestration.proof.faults import SETTLED
from streak_infor_orchestration.proof.scene import Scene, opened
from streak_infor_orchestration.proof.standing import Watch

CALL_DEADLINE = 20.0
"""Seconds that the product gives a write to be answered; the settle time begins when it is over."""

FIRST_LOOK = CALL_DEADLINE + SETTLED
SECOND_LOOK = FIRST_LOOK + SETTLED
PATIENCE = 180.0


@dataclass(frozen=True)
class Residual:
    """`late` creates committed after the settle time: so many came to two orders, and so many of these are conflicts
    for a person. `beyond` and `beyond_seen` are the same for commits after the second look."""

    late: int
    doubled: int
    seen: int
    beyond: int
    beyond_doubled: int
    beyond_seen: int

    @property
    def is_good(self) -> bool:
        return self.seen == self.doubled

    def __str__(self) -> str:
        return (
            f"{self.late} orders committed within the second look: {self.doubled} doubled, {self.seen} of these found "
            f"as conflicts. {self.beyond} committed after it: {self.beyond_doubled} doubled, {self.beyond_seen} found"
        )


def measure(
    count: int, seed: int, database: str, folder: Path, tell: Callable[[str], None], erp: DemoErp
) -> Residual:
    """`count` late commits within the second look, then as many after it. Raises what `round.opened` raises."""
    dice = Random(f"{seed} residual")  # noqa: S311  # repeatable, not secret
    with opened(database, folder, tell, erp) as scene:
        within = _spell(
            scene, "within", [dice.uniform(FIRST_LOOK + 0.5, SECOND_LOOK - 0.5) for _ in range(count)], tell
        )
        after = _spell(
            scene, "after", [dice.uniform(SECOND_LOOK + 15, SECOND_LOOK + 20) for _ in range(count)], tell
        )
    return Residual(count, *within, count, *after)


def _spell(scene: Scene, what: str, seconds: list[float], tell: Callable[[str], None]) -> tuple[int, int]:
    """Orders that commit so late: how many deals have two then, and how many of these are conflicts."""
    boxes = {}
    organization = scene.acme.streak.organization(f"Late {what}", domains=[f"{what}.example"])
    contact = scene.acme.streak.contact("Lou", what, f"office@{what}.example")
    for number, late in enumerate(seconds):
        name = f"Residual {what} {number}"
        deal = scene.acme.deal(name, organization, contact, BASKETS[0], "north")
        boxes[name] = scene.acme.streak.open_deal(deal)
        arm = {"seconds": round(late, 1), "collection": "salesorders"}
        scene.acme.infor.control("POST", "/late-commit", json=arm)
    began = time.monotonic()
    for box in boxes.values():
        scene.acme.streak.edit(box, stage="Proposal Accepted")
    watch, quiet = Watch(scene.places.gateway), False
    while not (quiet and time.monotonic() - began > max(seconds) + SETTLED):
        if time.monotonic() - began > PATIENCE:
            break
        time.sleep(1)
        standing = watch.standing()
        quiet = standing is not None and standing.is_quiet
        tell(f"{what} the second look: {standing}")
    orders = Counter(order["OrderDescription"] for order in scene.acme.infor.found("salesorders"))
    doubled = [name for name in boxes if orders[name] > 1]
    letters = (scene.gateway.story(boxes[name])["dead_letter"] for name in doubled)
    return len(doubled), sum(letter is not None and letter["error_class"] == "Conflict" for letter in letters)
