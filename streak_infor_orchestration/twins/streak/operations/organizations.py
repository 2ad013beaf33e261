"""Organizations (§3.9)."""

from typing import Any

from streak_infor_orchestration.twins.streak.operations.directory_entries import operations_on
from streak_infor_orchestration.twins.streak.operations.directory_kind import DirectoryKind
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request

Json = dict[str, Any]


def _domains(values: list[str]) -> list[str]:
    domains = [value.strip().lower() for value in values]
    if len(set(domains)) < len(domains):
        raise bad_request("Organizations can't have duplicate websites", "duplicate_domains")
    return domains


def _complete(organization: Json) -> Json:
    if not (organization["name"] or organization["domains"]):
        raise bad_request("Need to specify at least a name or domain")
    return {"normalizedDomains": [domain.removeprefix("www.") for domain in organization["domains"]]}


_KIND = DirectoryKind(
    plural="organizations",
    singular="Organization",
    datastore_kind="TeamOrganization",
    search_kind="orgs",
    event_prefix="ORG",
    linked_as="orgLinks",
    texts=(
        "name",
        "other",
        "industry",
        "employeeCount",
        "logoURL",
        "twitterHandle",
        "facebookHandle",
        "linkedinHandle",
        "instagramHandle",
    ),
    lists=("domains", "phoneNumbers", "addresses"),
    normalise={"domains": _domains},
    identity="domains",
    complete=_complete,
    searched=("name", "other", "industry", "domains"),
    list_query=("cursor", "limit"),
)

OPERATIONS = operations_on(_KIND)
