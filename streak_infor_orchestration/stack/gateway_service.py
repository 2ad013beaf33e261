"""The gateway as a service of the stack: added by whoever configures it, since Dagster's own know nothing of it."""

from .ports import LOOPBACK
from .service import Service


def gateway(port: int) -> Service:
    """The gateway on this port."""
    return Service(
        "gateway",
        module="streak_infor_orchestration.gateway",
        env={"STREAK_INFOR_GATEWAY_PORT": str(port)},
        ready=f"http://{LOOPBACK}:{port}/healthz",
        health=f"http://{LOOPBACK}:{port}/healthz",
        after=("instance",),
    )
