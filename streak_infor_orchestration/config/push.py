"""What the ERP tells us of its own accord, where a customer has set that up in it."""

from typing import Literal

from pydantic import Field

from streak_infor_orchestration.domain.model import Model


class PushSection(Model):
    """Present: the gateway takes the ERP's messages, and somebody is told when they fail to come. Lists are read as
    ever; a message only has its record looked at sooner."""

    proof: Literal["secret", "signature"] = Field(
        default="secret",
        description="What shows that a message is the ERP's: INFOR_WEBHOOK_SECRET in its address or a header; or a "
        "signature made with it, as Standard Webhooks has it",
    )
    within_seconds: int = Field(
        default=300,
        ge=10,
        le=86_400,
        description="A change that no message told so long after it was made counts as not told",
    )
    order_fields: tuple[str, ...] = Field(
        default=(),
        description="Names under which messages hold an order's number, where they are not the product's own",
    )
    invoice_fields: tuple[str, ...] = Field(
        default=(),
        description="The same of an invoice: the names of the parts of its key, in their order",
    )
    protocol: dict[str, str | bool | list[str]] = Field(
        default={"version": "v3", "versions": ["v2", "v3"], "discovery": False},
        description="What ION's question after /service/protocol is answered (its form is not published)",
    )
