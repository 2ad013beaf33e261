"""The gateway as a service of the stack: added by whoever configures it, since Dagster's own know nothing of it."""

from functools import partial

from streak_infor_orchestration.stack.ports import LOOPBACK
from streak_infor_orchestration.stack.service import Service
from streak_infor_orchestration.stack.signs import lives


def gateway(port: int) -> Service:
    """The gateway on this port."""
    health = f"http://{LOOPBACK}:{port}/healthz"
    return Service(
        "gateway",
        module="streak_infor_orchestration.gateway",
        env={"STREAK_INFOR_GATEWAY_PORT": str(port)},
        ready=health,
        health=partial(lives, health),
        after=("instance",),
    )
