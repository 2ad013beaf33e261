"""The team, its users and their API keys: fixed for the life of the twin."""

from collections.abc import Mapping
from typing import Any

from streak_infor_orchestration.twins.streak.state.keys import datastore_key

Json = dict[str, Any]


class Roster:
    """Users and team in wire form (§3.1, §3.2), with the newer and the older names of each property."""

    def __init__(self, team_name: str, api_keys: Mapping[str, str], created: int) -> None:
        emails = list(dict.fromkeys(api_keys.values()))
        self.users = {
            user["key"]: user for n, email in enumerate(emails, 1) for user in [_user(n, email, created)]
        }
        self.by_email = {user["lowercaseEmail"]: user for user in self.users.values()}
        self.by_api_key = {key: self.by_email[email.lower()] for key, email in api_keys.items()}
        self.team_key = datastore_key(("Organization", emails[0]), ("Team", 5_629_499_534_213_120))
        self.team: Json = {
            "key": self.team_key,
            "creationDate": created,
            "creator": next(iter(self.users)),
            "members": [self._member(user) for user in self.users.values()],
            "name": team_name,
            "sharingRestrictedToTeam": False,
            "automaticallyApproveJoinRequests": False,
            "automaticallySendInvoiceEmails": False,
            "emailsToSendInvoiceTo": [],
            "lastSavedTimestamp": created,
            "contactOrgListPermissions": {},
        }
        self._first = [(shown, dict(shown)) for shown in (self.team, *self.users.values())]

    def reset(self) -> None:
        """Takes back what was changed of team and users."""
        for shown, first in self._first:
            shown.clear()
            shown.update(first)

    def find(self, reference: Any) -> Json | None:
        """A user by key, or by an object with ``userKey`` or ``email``, as assignees are written (§3.6)."""
        if isinstance(reference, str):
            return self.users.get(reference)
        if not isinstance(reference, dict):
            return None
        if "userKey" in reference:
            return self.users.get(reference["userKey"])
        return self.by_email.get(str(reference.get("email", "")).lower())

    def _member(self, user: Json) -> Json:
        role = "Owner" if user["key"] == next(iter(self.users)) else "Member"
        return {
            **sharing_entry(user),
            "role": role,
            "inviteDate": user["creationTimestamp"],
            "inviteStatus": "Accepted",
            "userType": "HUMAN",
            "emailSharing": "None",
        }


def sharing_entry(user: Json) -> Json:
    """How a user appears on a box, a comment or a team."""
    return {
        "displayName": user["displayName"],
        "fullName": user["displayName"],
        "email": user["email"],
        "image": "",
        "userKey": user["key"],
    }


def _user(number: int, email: str, created: int) -> Json:
    key = datastore_key(("Organization", email), ("User", 5_000_000_000_000_000 + number))
    return {
        "key": key,
        "userKey": key,
        "email": email,
        "lowercaseEmail": email.lower(),
        "displayName": email.partition("@")[0].replace(".", " ").title(),
        "creationTimestamp": created,
        "lastUpdatedTimestamp": created,
        "lastSavedTimestamp": created,
        "lastSeenTimestamp": created,
        "userType": "HUMAN",
        "isOauthComplete": True,
        "timezoneId": "UTC",
        "securityReportOnTeamsPipelines": False,
        "externalSharingRestrictionOnTeamsPipelines": False,
        "automaticallySendInvoiceEmails": False,
        "wantsTaskDigestEmail": False,
    }
