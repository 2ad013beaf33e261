"""Users and the team (§3.1, §3.2)."""

from typing import Any

from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.paging import PAGE, wrapped
from streak_infor_orchestration.twins.streak.protocol.refused import invalid_path, not_found
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


def _my_teams(call: Call) -> dict[str, Any]:
    return wrapped(call, [_team(call)])


def _team_users(call: Call) -> dict[str, Any]:
    team_of(call)
    return wrapped(call, call.streak.roster.users.values())


OPERATIONS = (
    Operation("GET", "/v1/users/me", _me),
    Operation("GET", "/v1/users/{user}", _user),
    Operation("GET", "/v2/users/me/teams", _my_teams, query=PAGE),
    Operation("GET", "/v2/teams/{team}", team_of),
    Operation("GET", "/v2/teams/{team}/users", _team_users, query=PAGE),
)
