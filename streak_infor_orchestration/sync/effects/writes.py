"""What one run writes with. Each kind of write has a file of its own, listed in `registry`.

No other module calls a client's write method (a test holds it): what is not there cannot be written.
"""

from datetime import timedelta

from streak_infor_orchestration.sync.effects.only_once import OnceOnly
from streak_infor_orchestration.sync.effects.sending import Sender
from streak_infor_orchestration.sync.effects.sets import Sets
from streak_infor_orchestration.sync.ports.ports import Ports

CLOCKS_APART = timedelta(minutes=10)
"""What Streak made is stamped by its clock, the asking for it by ours: so far may the two be apart."""

STREAK_SETTLE_SECONDS = 10.0
"""Seconds. A write without an answer that Streak does not show by then was not done."""


class Writes:
    """Both shapes of writing under the leases of one run: at most `once`, and the `latest` values."""

    def __init__(self, ports: Ports, sender: Sender) -> None:
        self.ports = ports
        self.sender = sender
        self.once = OnceOnly(sender)
        self.latest = Sets(sender)
