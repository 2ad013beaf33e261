"""The section `contacts:`: the people at a customer, in both systems."""

from typing import Literal

from pydantic import Field

from streak_infor_orchestration.domain.agreement import Clears, Owner
from streak_infor_orchestration.domain.model import Model


class ContactsSection(Model):
    """Contacts of a linked organization beside those of its customer in the ERP. For products that keep them as records
    of their own; elsewhere they are fields of the customer, and rules with `to: customer.…` fill those."""

    create: Literal["none", "infor", "streak", "both"] = Field(
        default="none", description="The systems in which somebody is made whom only the other one knows"
    )
    owner: Owner = Field(default="streak", description="Which side wins where both changed the same field")
    clears: Clears = Field(
        default="keep", description="Whether a field that is emptied empties the other side"
    )
    gone: Literal["ignore", "flag", "close"] = Field(
        default="flag",
        description="Somebody is taken off the organization, or deleted: nothing; a person is told; or the ERP's "
        "contact is made inactive. None is ever deleted",
    )
    custom: dict[str, str] = Field(
        default={},
        description="Custom fields of the ERP's contact, each with its own field of contacts in Streak",
    )
