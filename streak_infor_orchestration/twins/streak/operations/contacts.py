"""Contacts (§3.8)."""

from typing import Any

from streak_infor_orchestration.twins.streak.operations.directory_entries import operations_on
from streak_infor_orchestration.twins.streak.operations.directory_kind import DirectoryKind
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request

Json = dict[str, Any]

DUPLICATE_EMAILS = 801


def _emails(values: list[str]) -> list[str]:
    """Normalised, without duplicates, in the order of first occurrence. Raises Refused for a plain repeat."""
    if len(set(values)) < len(values):
        error = f"Contacts can't have duplicate emails: {', '.join(values)}"
        raise bad_request(error, "duplicate_emails", errorCode=DUPLICATE_EMAILS)
    return list(dict.fromkeys(value.strip().lower() for value in values))


def _complete(contact: Json) -> Json:
    if not (contact["givenName"] or contact["familyName"] or contact["emailAddresses"]):
        raise bad_request("Need to specify at least a name or email address")
    hosts = [email.rpartition("@")[2] for email in contact["emailAddresses"]]
    return {"normalizedDomains": list(dict.fromkeys([*hosts, *map(str.lower, contact["domains"])]))}


_KIND = DirectoryKind(
    plural="contacts",
    singular="Contact",
    datastore_kind="TeamContact",
    search_kind="contacts",
    event_prefix="CONTACT",
    linked_as="contactLinks",
    texts=(
        "givenName",
        "familyName",
        "title",
        "other",
        "twitterHandle",
        "facebookHandle",
        "linkedinHandle",
        "instagramHandle",
        "photoUrl",
    ),
    lists=("emailAddresses", "phoneNumbers", "addresses", "domains"),
    normalise={"emailAddresses": _emails},
    identity="emailAddresses",
    complete=_complete,
    searched=("givenName", "familyName", "title", "other", "emailAddresses"),
    list_query=("after", "cursor", "limit"),
)

OPERATIONS = operations_on(_KIND)
