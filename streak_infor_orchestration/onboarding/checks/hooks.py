"""Whether Streak tells us of changes, and whether it can reach us."""

from collections.abc import Iterator

from streak_infor_orchestration.domain.errors import IntegrationError, Transient, Unauthorized
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked, good, look, wrong
from streak_infor_orchestration.onboarding.webhooks import (
    TEAM_EVENTS,
    Action,
    DeliveryAddress,
    existing,
    plan,
)
from streak_infor_orchestration.transport.http import HttpClient

_REGISTER = "run `streak-infor webhooks register`"
_PROBE = "STAGE_CREATE"
"""An event the gateway acknowledges and does not store: it may be sent at any time."""

_TOKEN_HEADER = "X-Streak-Webhook-Token"  # noqa: S105  # a header's name


def registered(context: Context) -> Iterator[Checked]:
    address = _address(context)
    if address is None:
        yield look(
            "nobody has said where the world reaches the gateway",
            "set STREAK_INFOR_PUBLIC_URL; without webhooks, changes are found by the sweep, minutes later",
        )
        return
    steps = plan(*existing(context.parts.streak, context.pipeline.key, context.team.key), address)
    kept = [step for step in steps if step.action is Action.KEEP]
    if kept:
        yield good(f"{len(kept)} webhooks deliver to {address.base}")
    for step in steps:
        if step.action is Action.CREATE and step.event in TEAM_EVENTS:
            yield look(
                f"webhook {step.event} {step.why}", f"{_REGISTER}; Streak may want a bigger plan for it"
            )
        elif step.changes:
            yield wrong(f"webhook {step.event} {step.why}", _REGISTER)
        elif step.action is Action.LEAVE:
            yield good(f"a webhook {step.event} of somebody else is left alone")


def reachable(context: Context) -> Iterator[Checked]:
    """Asked from here, which is not quite the way from Streak."""
    address = _address(context)
    if address is None:
        return
    if address.base.startswith("http:"):
        yield look(
            f"{address.base} is not encrypted, and the webhooks' address holds a secret", "use https://"
        )
    gateway = HttpClient("gateway", address.base, attempts=1, timeout=5.0, clock=context.parts.clock)
    token = context.parts.secrets.optional("STREAK_WEBHOOK_TOKEN")
    headers = {_TOKEN_HEADER: token.get_secret_value()} if token else {}
    try:
        path = address.of(_PROBE).removeprefix(address.base)
        said = gateway.write("POST", path, json=[], headers=headers, decode=lambda answer: answer.content)
    except Unauthorized:
        yield wrong(
            f"the gateway at {address.base} knows another secret or token",
            "start it with the same STREAK_WEBHOOK_SECRET (and STREAK_WEBHOOK_TOKEN)",
        )
    except Transient:
        yield look(
            f"nobody answers at {address.base}",
            "start `streak-infor up`, and let your proxy pass /webhooks/ to the gateway's port",
        )
    except IntegrationError as error:  # its message has the path in it, which holds the secret
        yield wrong(
            f"{address.base} does not answer as the gateway does ({error.code})",
            "let your proxy pass /webhooks/ to the gateway's port",
        )
    else:
        if said == b"ignored":
            yield good(f"the gateway answers at {address.base}")
        else:
            yield wrong(f"something else than the gateway answers at {address.base}", "correct the address")
    finally:
        gateway.close()


def _address(context: Context) -> DeliveryAddress | None:
    if not context.public_url:
        return None
    return DeliveryAddress(
        context.public_url, context.parts.secrets.streak_webhook_secret().get_secret_value()
    )
