"""Users and the team (§3.1, §3.2)."""

from typing import Any

from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding
from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.paging import PAGE, wrapped
from streak_infor_orchestration.twins.streak.protocol.properties import flag, properties, text
from streak_infor_orchestration.twins.streak.protocol.refused import Refused, invalid_path, not_found
from streak_infor_orchestration.twins.streak.state.roster import Json


def team_of(call: Call) -> Json:
    """The team the path names, with the settings of its directories. Raises Refused."""
    if call.path["team"] != call.streak.roster.team_key:
        raise invalid_path()
    return _team(call)


def _team(call: Call) -> Json:
    return {
        **call.streak.roster.team,
        "contactSettings": {"fields": call.streak.contacts.fields},
        "organizationSettings": {"fields": call.streak.organizations.fields},
    }


def _me(call: Call) -> Json:
    return call.user


def _user(call: Call) -> Json:
    user = call.streak.roster.users.get(call.path["user"])
    if user is None:
        raise not_found("User")
    return user


def _edit_user(call: Call) -> Json:
    """Raises Refused: one's own details only (assumed)."""
    user = _user(call)
    if user["key"] != call.user["key"]:
        raise Refused(401, {"success": False, "error": "No access"})
    body = properties(call)
    given, family = text(body, "firstName"), text(body, "lastName")
    if given or family:
        user["displayName"] = " ".join(name for name in (given, family) if name)
    user["timezoneId"] = text(body, "timezoneId") or user["timezoneId"]
    user["lastUpdatedTimestamp"] = user["lastSavedTimestamp"] = call.streak.tick()
    return user


def _edit_team(call: Call) -> Json:
    team_of(call)
    body, team = properties(call), call.streak.roster.team
    team["name"] = text(body, "name") or team["name"]
    for name in ("sharingRestrictedToTeam", "automaticallyApproveJoinRequests"):
        team[name] = flag(body, name, team[name])
    team["lastSavedTimestamp"] = call.streak.tick()
    return _team(call)


def _my_teams(call: Call) -> dict[str, Any]:
    return wrapped(call, [_team(call)])


def _team_users(call: Call) -> dict[str, Any]:
    team_of(call)
    return wrapped(call, call.streak.roster.users.values())


_OWN_DETAILS = (
    "timezoneId",
    "firstName",
    "lastName",
    "automaticallySendInvoiceEmails",
    "emailsToSendInvoiceTo",
    "customerSpecifiedInvoiceData",
)
_TEAM_DETAILS = ("name", "members", "sharingRestrictedToTeam", "automaticallyApproveJoinRequests")

OPERATIONS = (
    Operation("GET", "/v1/users/me", _me),
    Operation("GET", "/v1/users/{user}", _user),
    Operation("POST", "/v1/users/{user}", _edit_user, Encoding.JSON, accepts=_OWN_DETAILS),
    Operation("POST", "/v2/teams/{team}", _edit_team, Encoding.JSON, accepts=_TEAM_DETAILS),
    Operation("GET", "/v2/users/me/teams", _my_teams, query=PAGE),
    Operation("GET", "/v2/teams/{team}", team_of),
    Operation("GET", "/v2/teams/{team}/users", _team_users, query=PAGE),
)
