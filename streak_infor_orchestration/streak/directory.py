"""Contacts and organizations of a team (Streak API contract §3.8, §3.9)."""

from collections.abc import Collection, Iterator
from itertools import islice

from streak_infor_orchestration.streak.accounts import Accounts
from streak_infor_orchestration.streak.api import by_key, explain, one
from streak_infor_orchestration.streak.models import Contact, Organization
from streak_infor_orchestration.streak.wire import ContactWire, OrganizationWire

_BATCH = 100


class Directory(Accounts):
    def contact(self, key: str) -> Contact | None:
        wire = self.http.find("/v2/contacts", key, decode=one(ContactWire), explain=explain)
        return None if wire is None else self._contact(wire)

    def contacts(self, keys: Collection[str]) -> dict[str, Contact]:
        """Those that exist and that we may see, by key."""
        found: dict[str, ContactWire] = {}
        for batch in _batches(keys):
            found |= self.http.read(
                "POST", "/v2/contacts/batch/get", json=batch, decode=by_key(ContactWire), explain=explain
            )
        return {key: self._contact(wire) for key, wire in found.items()}

    def organization(self, key: str) -> Organization | None:
        wire = self.http.find("/v2/organizations", key, decode=one(OrganizationWire), explain=explain)
        return None if wire is None else self._organization(wire)

    def organizations(self, keys: Collection[str]) -> dict[str, Organization]:
        """Those that exist and that we may see, by key."""
        found: dict[str, OrganizationWire] = {}
        for batch in _batches(keys):
            found |= self.http.read(
                "POST",
                "/v2/organizations/batch/get",
                json=batch,
                decode=by_key(OrganizationWire),
                explain=explain,
            )
        return {key: self._organization(wire) for key, wire in found.items()}

    def _contact(self, wire: ContactWire) -> Contact:
        return wire.contact(self.team(wire.team_key).contact_fields if wire.fields else {})

    def _organization(self, wire: OrganizationWire) -> Organization:
        return wire.organization(self.team(wire.team_key).organization_fields if wire.fields else {})


def _batches(keys: Collection[str]) -> Iterator[list[str]]:
    distinct = iter(dict.fromkeys(keys))
    while batch := list(islice(distinct, _BATCH)):
        yield batch
