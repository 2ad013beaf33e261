"""Deals that only a webhook has named, more of them than their share lets us read: invented keys, or many new boxes.

One list tells them apart: it shows every box of the pipeline that changed since the first of them was told of.
"""

from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.watch.sweep import OVERLAP, UNDER_WAY

FEW = 4
"""Up to so many unknown keys are read one by one, because the list would be no cheaper."""

AGAIN_SECONDS = 20.0
"""Seconds between two lists that leave keys unknown, and between the reads of such keys."""

_NAME = "strangers listed"


def sort_out(ports: Ports) -> bool:
    """Whether there may be more to claim now. Those listed are known from now on; those that are not, and had time to
    be, do not exist (should one appear after all, the sweep finds it)."""
    inbox, nudges, began = ports.store.inbox, ports.store.nudges, ports.clock.now()
    waiting = inbox.strangers(Kind.DEAL, began)
    if waiting.since is None or waiting.count <= FEW or not nudges.acquire(_NAME, AGAIN_SECONDS):
        return False
    listed: set[str] = set()
    try:
        since = waiting.since - OVERLAP
        for page in ports.streak.box_version_pages(ports.pipeline_key, since=since):
            listed |= {box.key for box in page}
    except IntegrationError:
        # the next list may tell which keys exist: until then unknown ones keep to their share of claims
        return False
    recognized = inbox.recognize(Kind.DEAL, listed)
    inbox.disown(Kind.DEAL, began - UNDER_WAY)
    if inbox.strangers(Kind.DEAL, began).count > FEW:
        inbox.rest_strangers(AGAIN_SECONDS)
    elif recognized:
        # the unknown keys were new boxes, not invented: the next ones need not wait for their list
        nudges.clear(_NAME)
    return recognized > 0
