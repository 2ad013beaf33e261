"""Which fields of a customer are kept in agreement with Streak, who owns each, and where Streak could take a value."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from streak_infor_orchestration.config.vocabulary import Source
from streak_infor_orchestration.domain.agreement import Clears, Owner
from streak_infor_orchestration.domain.party import Address
from streak_infor_orchestration.streak.models import Organization

if TYPE_CHECKING:  # every process of Dagster imports this module, few read a configuration
    from streak_infor_orchestration.config.integration import Integration
    from streak_infor_orchestration.config.rules import Rule

_IMPLIED: dict[str, tuple[frozenset[str], Source | None]] = {
    "customer.name": (frozenset(), Source(record="organization", name="name")),
    "customer.contact_name": (frozenset({"contact"}), None),
    "customer.email": (frozenset({"contact"}), Source(record="contact", name="email")),
    "customer.phone": (frozenset({"contact"}), Source(record="contact", name="phone")),
}
"""What a customer is given without a rule, what that is read from, and where it could go back to. A name is always
somebody's."""

_ADDRESSES = ("customer.billing_address", "customer.shipping_address")

_WRITABLE: "dict[Literal['contact', 'organization'], tuple[str, ...]]" = {
    "contact": ("given_name", "family_name", "title", "email", "phone", "address"),
    "organization": ("name", "industry", "phone", "address"),
}


@dataclass(frozen=True)
class KeptField:
    """`reads`: the records that Streak's side of it is read from: deal, contact, organization. `back` None: the value
    is worked out (or stands on a deal), and can only be read."""

    target: str
    owner: Owner
    clears: Clears
    rule: str  # the place in the configuration, for diagnoses
    reads: frozenset[str]
    back: Source | None


class KeptFields:
    """The rules for `customer.` fields, and what is implied where there is none."""

    def __init__(self, config: "Integration") -> None:
        rules = [(n, rule) for n, rule in enumerate(config.fields) if rule.to.startswith("customer.")]
        ruled = {rule.to for _, rule in rules}
        kept = [
            KeptField(target, rule.owner, rule.clears, config.place("fields", n), _reads(rule), _back(rule))
            for n, rule in rules
            for target in _targets(rule.to, ruled)
        ]
        place = config.place("customer")
        self._kept = (
            *kept,
            *(
                KeptField(target, "streak", "keep", place, reads, back)
                for target, (reads, back) in _IMPLIED.items()
                if target not in ruled
            ),
        )
        self._phone_is_implied = "customer.phone" not in ruled

    def of(self, organization: Organization | None) -> tuple[KeptField, ...]:
        """Without a rule the company's own number comes before the person's."""
        if not self._phone_is_implied or organization is None or not organization.phones:
            return self._kept
        own = Source(record="organization", name="phone")
        return tuple(
            replace(kept, reads=frozenset({"organization"}), back=own)
            if kept.target == "customer.phone"
            else kept
            for kept in self._kept
        )


def _targets(to: str, ruled: set[str]) -> list[str]:
    """An address that is read as a whole is compared part by part; a rule for one part goes before it."""
    if to not in _ADDRESSES:
        return [to]
    return [part for name in Address.model_fields if (part := f"{to}.{name}") not in ruled]


def _reads(rule: "Rule") -> frozenset[str]:
    people = {record for record in _WRITABLE if rule.reads(record)}
    alone = rule.expression is None and not rule.box_fields
    by_people_alone = alone and all(source.record in (*_WRITABLE, "const") for source in rule.sources)
    return frozenset(people if by_people_alone else {*people, "deal"})


def _back(rule: "Rule") -> Source | None:
    """Where a value that came by this rule can go back to: only a rule that copies can be read backwards."""
    if (
        rule.to in _ADDRESSES
        or rule.transform is not None
        or rule.expression is not None
        or len(rule.sources) != 1
    ):
        return None
    source = rule.sources[0]
    if source.record not in _WRITABLE:
        return None
    return source if source.custom or source.name in _WRITABLE[source.record] else None
