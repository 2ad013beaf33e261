"""Who of the people at one customer is who in the other system.

A shared address (info@, the assistant's) says nothing by itself, nor does a name that two people have: linked is only
who is the same by name, agrees in whatever else both sides know, and is the only one on either side.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from streak_infor_orchestration.domain.identity import email_key, name_key


class Somebody(NamedTuple):
    """Somebody at a customer, by the key of the system that knows them."""

    key: str
    name: str
    emails: frozenset[str]  # canonical


class Paired(NamedTuple):
    """`same`: by the key in Streak that in the ERP. `alone`: keys of those whom the other side certainly does not know.
    Whoever is in neither may be somebody there, and that is a person's to say."""

    same: Mapping[str, str]
    ours_alone: Sequence[str]
    theirs_alone: Sequence[str]


def person(key: str, given_name: str, family_name: str, emails: Sequence[str]) -> Somebody:
    name = name_key(f"{given_name} {family_name}")
    return Somebody(key, name, frozenset(map(email_key, emails)) - {""})


def paired(ours: Sequence[Somebody], theirs: Sequence[Somebody]) -> Paired:
    """Of people that are linked to nobody yet."""
    known_here = {one.key: [other.key for other in theirs if _is(one, other)] for one in ours}
    known_there = {other.key: [one.key for one in ours if _is(one, other)] for other in theirs}
    same = {
        key: found[0]
        for key, found in known_here.items()
        if len(found) == 1 and len(known_there[found[0]]) == 1
    }
    ours = [one for one in ours if one.key not in same]
    theirs = [other for other in theirs if other.key not in same.values()]
    return Paired(
        same,
        ours_alone=[one.key for one in ours if not any(_may_be(one, other) for other in theirs)],
        theirs_alone=[other.key for other in theirs if not any(_may_be(one, other) for one in ours)],
    )


def _is(one: Somebody, other: Somebody) -> bool:
    """Whether the two are one person: by name, unless their addresses, where both have some, contradict it."""
    contradicted = one.emails and other.emails and not one.emails & other.emails
    return bool(one.name) and one.name == other.name and not contradicted


def _may_be(one: Somebody, other: Somebody) -> bool:
    return bool(one.emails & other.emails) or (bool(one.name) and one.name == other.name)
