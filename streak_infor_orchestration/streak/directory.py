"""Contacts and organizations of a team (Streak API contract §3.8, §3.9)."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.errors import IntegrationError, Unknown
from streak_infor_orchestration.streak.api import batches, by_key, explain, one, slice_of, sliced, success
from streak_infor_orchestration.streak.directory_walk import DirectoryWalk, is_of_walk
from streak_infor_orchestration.streak.models import Contact, Organization, Slice
from streak_infor_orchestration.streak.values import encoded_as_texts
from streak_infor_orchestration.streak.vocabulary import SYSTEM, Field, Team
from streak_infor_orchestration.streak.wire import ContactWire, EntryWire, OrganizationWire
from streak_infor_orchestration.transport.http import segment

W = TypeVar("W", bound=EntryWire)
M = TypeVar("M", Contact, Organization)


@dataclass(frozen=True)
class _Kind(Generic[W, M]):
    """What tells the two apart. `properties`: our names of what may be written, with Streak's; `links`: of what
    may only be written to one that exists, a list of keys."""

    plural: str
    wire: type[W]
    record: Callable[[W, tuple[Field, ...]], M]
    definitions: Callable[[Team], tuple[Field, ...]]
    properties: Mapping[str, str]
    links: Mapping[str, str]


_BOTH = {
    "phones": "phoneNumbers",
    "addresses": "addresses",
    "domains": "domains",
    "notes": "other",
    "twitter": "twitterHandle",
    "facebook": "facebookHandle",
    "linkedin": "linkedinHandle",
    "instagram": "instagramHandle",
}
_CONTACTS = _Kind(
    "contacts",
    ContactWire,
    ContactWire.contact,
    lambda team: team.contact_fields,
    {
        "given_name": "givenName",
        "family_name": "familyName",
        "title": "title",
        "photo_url": "photoUrl",
        "emails": "emailAddresses",
        **_BOTH,
    },
    {"organizations": "orgLinks"},
)
_ORGANIZATIONS = _Kind(
    "organizations",
    OrganizationWire,
    OrganizationWire.organization,
    lambda team: team.organization_fields,
    {"name": "name", "industry": "industry", "employees": "employeeCount", "logo_url": "logoURL", **_BOTH},
    {"contacts": "contactLinks"},
)


class Directory(DirectoryWalk):
    """`properties` are named as in `Contact` and `Organization`; lists replace, and "" clears a text. The keys of
    linked `organizations` or `contacts` can only be given to one that exists."""

    def contact(self, key: str) -> Contact | None:
        return self._one(_CONTACTS, key)

    def contacts(self, keys: Collection[str]) -> dict[str, Contact]:
        """Those that exist and that we may see, by key."""
        return self._several(_CONTACTS, keys)

    def team_contacts(
        self, team_key: str, *, since: datetime | None = None, cursor: str = "", limit: int = 1000
    ) -> Slice[Contact]:
        """Those last saved at or after `since` (to the second: contract §2.1), the same `since` for every slice.

        Where Streak has no such list: those on the team's boxes, each perhaps more than once.
        """
        after = {"after": int(since.timestamp())} if since else {}
        return self._slice(_CONTACTS, team_key, {**after, "limit": limit}, cursor)

    def contact_pages(self, team_key: str, *, since: datetime | None = None) -> Iterator[tuple[Contact, ...]]:
        """`team_contacts` to its end."""
        return sliced(lambda cursor: self.team_contacts(team_key, since=since, cursor=cursor))

    def create_contact(self, team_key: str, *, get_if_existing: bool = False, **properties: Any) -> Contact:
        """Without own fields. With `get_if_existing` a contact that has one of the e-mail addresses is the
        answer as it is: nothing is merged into it."""
        return self._create(_CONTACTS, team_key, get_if_existing, properties)

    def update_contact(
        self, key: str, team_key: str, *, fields: Mapping[str, Value] | None = None, **properties: Any
    ) -> Contact:
        """What is not named stays, of the own `fields` too."""
        return self._update(_CONTACTS, key, team_key, fields or {}, properties)

    def delete_contact(self, key: str) -> None:
        """Streak takes the links to it away some time later."""
        self._take_away(_CONTACTS, key)

    def organization(self, key: str) -> Organization | None:
        return self._one(_ORGANIZATIONS, key)

    def organizations(self, keys: Collection[str]) -> dict[str, Organization]:
        """Those that exist and that we may see, by key."""
        return self._several(_ORGANIZATIONS, keys)

    def team_organizations(
        self, team_key: str, *, cursor: str = "", limit: int = 1000
    ) -> Slice[Organization]:
        """All of them, by key: there is no filter by time. Where Streak has no such list: as for contacts."""
        return self._slice(_ORGANIZATIONS, team_key, {"limit": limit}, cursor)

    def organization_pages(self, team_key: str) -> Iterator[tuple[Organization, ...]]:
        """`team_organizations` to its end."""
        return sliced(lambda cursor: self.team_organizations(team_key, cursor=cursor))

    def lists_organizations(self, team_key: str) -> bool:
        """Whether Streak lists those too that are on no box."""
        return not is_of_walk(self.team_organizations(team_key, limit=1).cursor)

    def create_organization(
        self, team_key: str, *, get_if_existing: bool = False, **properties: Any
    ) -> Organization:
        """As for contacts, matched by domain. Streak may add to it what it knows."""
        return self._create(_ORGANIZATIONS, team_key, get_if_existing, properties)

    def update_organization(
        self, key: str, team_key: str, *, fields: Mapping[str, Value] | None = None, **properties: Any
    ) -> Organization:
        """What is not named stays, of the own `fields` too."""
        return self._update(_ORGANIZATIONS, key, team_key, fields or {}, properties)

    def delete_organization(self, key: str) -> None:
        """Streak takes the links to it away some time later."""
        self._take_away(_ORGANIZATIONS, key)

    def _one(self, kind: _Kind[W, M], key: str) -> M | None:
        decode = self._found(kind.plural, kind.wire)
        wire = self.http.find(f"/v2/{kind.plural}", key, decode=decode, explain=explain)
        decoded = partial(self._record, kind)
        return None if wire is None else self.http.records.one(kind.plural, wire, decoded, _key)

    def _several(self, kind: _Kind[W, M], keys: Collection[str]) -> dict[str, M]:
        found: list[W] = []
        path = f"/v2/{kind.plural}/batch/get"
        decode = by_key(self._readable(kind.plural, kind.wire.model_validate))
        for batch in batches(keys):
            wires = self._where_offered("POST", path, json=batch, decode=decode)
            if wires is None:
                return {record.key: record for key in keys if (record := self._one(kind, key)) is not None}
            found += wires
        return {record.key: record for record in self._records(kind, found)}

    def _slice(self, kind: _Kind[W, M], team_key: str, query: dict[str, Any], cursor: str) -> Slice[M]:
        if not is_of_walk(cursor):
            path = f"/v2/teams/{segment(team_key)}/{kind.plural}"
            params = query | ({"cursor": cursor} if cursor else {})
            decode = slice_of(self._readable(kind.plural, kind.wire.model_validate))
            found = self._where_offered("GET", path, decode=decode, params=params)
            if found is not None:
                return Slice(self._records(kind, found.items), found.cursor)
        stretch = self._walk(kind.plural, team_key, cursor if is_of_walk(cursor) else "")
        saved = query.get("after", 0) * 1000
        linked = self._several(kind, stretch.keys).values()
        return Slice(tuple(entry for entry in linked if entry.version >= saved), stretch.cursor)

    def _create(
        self, kind: _Kind[W, M], team_key: str, get_if_existing: bool, properties: dict[str, Any]
    ) -> M:
        wire = self.http.write(
            "POST",
            f"/v2/teams/{segment(team_key)}/{kind.plural}",
            params={"getIfExisting": "true"} if get_if_existing else None,
            json=_body(kind, properties),
            decode=one(kind.wire),
            explain=explain,
        )
        return self._written(kind, wire)

    def _update(
        self,
        kind: _Kind[W, M],
        key: str,
        team_key: str,
        fields: Mapping[str, Value],
        properties: dict[str, Any],
    ) -> M:
        linked = {name: properties.pop(name) for name in kind.links if name in properties}
        body = _body(kind, properties)
        body |= {kind.links[name]: [{"key": key} for key in keys] for name, keys in linked.items()}
        if fields:
            body["fields"] = self._teams.resolve(
                team_key,
                lambda team: encoded_as_texts(kind.definitions(team), fields, f'directory of "{team.name}"'),
            )
        path = f"/v2/{kind.plural}/{segment(key)}"
        wire = self.http.write("POST", path, json=body, decode=one(kind.wire), explain=explain)
        return self._written(kind, wire)

    def _take_away(self, kind: _Kind[W, M], key: str) -> None:
        path = f"/v2/{kind.plural}/{segment(key)}"
        self.http.write("DELETE", path, decode=success, explain=explain)

    def _written(self, kind: _Kind[W, M], wire: W) -> M:
        """The answer of a write that was done: whatever goes wrong now, it is not "certainly not done"."""
        try:
            return self._record(kind, wire)
        except IntegrationError as error:
            raise Unknown(f"written, but not understood: {error.message}", system=SYSTEM) from None

    def _records(self, kind: _Kind[W, M], wires: Sequence[W]) -> tuple[M, ...]:
        return self.http.records.readable(kind.plural, wires, partial(self._record, kind), _key)

    def _record(self, kind: _Kind[W, M], wire: W) -> M:
        return kind.record(wire, kind.definitions(self.team(wire.team_key)) if wire.fields else ())


def _key(wire: EntryWire) -> str:
    return wire.key


def _body(kind: _Kind[W, M], properties: dict[str, Any]) -> dict[str, Any]:
    return {
        kind.properties[name]: list(value) if isinstance(value, tuple) else value
        for name, value in properties.items()
    }
