"""Who buys: the starred organization, else the only one, else the starred contact, else the only contact."""

from streak_infor_orchestration.domain.deal import Party, PartyKind, Problem
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.streak.models import Box, BoxParty


def find_party(box: Box, source: PartyKind, rule: str) -> Party | Problem:
    """`source` contact passes over the organizations. `rule` is the place in the configuration, for diagnoses."""
    if source is PartyKind.ORGANIZATION and (key := main_link(box.organizations)):
        return Party(kind=PartyKind.ORGANIZATION, key=key)
    if key := main_link(box.contacts):
        return Party(kind=PartyKind.CONTACT, key=key)
    if box.contacts or (box.organizations and source is PartyKind.ORGANIZATION):
        return Problem(
            code=DealCode.AMBIGUOUS_PARTY,
            message="The deal has several people or companies, and none is marked as the customer.",
            field="Organizations" if source is PartyKind.ORGANIZATION and box.organizations else "Contacts",
            rule=rule,
        )
    return Problem(
        code=DealCode.NO_PARTY,
        message="The deal does not say who buys.",
        field="Organizations" if source is PartyKind.ORGANIZATION else "Contacts",
        rule=rule,
        fix="Add the customer's organization to the deal."
        if source is PartyKind.ORGANIZATION
        else "Add the customer's contact to the deal.",
    )


def main_link(links: tuple[BoxParty, ...]) -> str | None:
    """The key of the starred one, else of the only one."""
    starred = {link.key for link in links if link.starred}
    candidates = starred or {link.key for link in links}
    return candidates.pop() if len(candidates) == 1 else None
