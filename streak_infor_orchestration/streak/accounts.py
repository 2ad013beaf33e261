"""Users, teams and pipelines (Streak API contract §3.1 to §3.5)."""

from datetime import datetime

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.names import NameCode
from streak_infor_orchestration.streak.api import METADATA_LIFE, Api, explain, one, page_of
from streak_infor_orchestration.streak.models import User
from streak_infor_orchestration.streak.remembered import Memory, Remembered
from streak_infor_orchestration.streak.vocabulary import SYSTEM, Pipeline, Team, only
from streak_infor_orchestration.streak.wire import PipelineWire, TeamWire, UserWire
from streak_infor_orchestration.transport.http import HttpClient, segment


class Accounts(Api):
    def __init__(self, http: HttpClient, clock: Clock | None = None) -> None:
        super().__init__(http, clock)
        self._pipelines = Remembered(self._fetch_pipeline, self._clock, METADATA_LIFE, Pipeline)
        self._teams = Remembered(self._fetch_team, self._clock, METADATA_LIFE, Team)

    def share(self, memory: Memory) -> None:
        """What other processes have learned of pipelines and teams counts from now on, and they learn from us."""
        self._pipelines.memory = self._teams.memory = memory

    def me(self) -> User:
        """Whose API key this is; also the cheapest way to test it."""
        return self.http.read("GET", "/v1/users/me", decode=one(UserWire), explain=explain).user()

    def user(self, key: str) -> User | None:
        wire = self.http.find("/v1/users", key, decode=self._found("users", UserWire), explain=explain)
        return None if wire is None else wire.user()

    def edit_user(self, key: str, *, given_name: str = "", family_name: str = "", timezone: str = "") -> User:
        """Our own details; what is not named stays."""
        given = {"firstName": given_name, "lastName": family_name, "timezoneId": timezone}
        body = {name: text for name, text in given.items() if text}
        path, decode = f"/v1/users/{segment(key)}", one(UserWire)
        return self.http.write("POST", path, json=body, decode=decode, explain=explain).user()

    def users(self, team_key: str) -> tuple[User, ...]:
        """All of the team's, also those who have left it and those who are no people (§3.1)."""
        read = self._readable("users", lambda item: UserWire.model_validate(item).user())
        return self._all(f"/v2/teams/{segment(team_key)}/users", read)

    def teams(self) -> tuple[Team, ...]:
        read = self._readable("teams", lambda item: TeamWire.model_validate(item).team())
        return self._all("/v2/users/me/teams", read)

    def team(self, key: str, *, anew: bool = False) -> Team:
        """With the names of its contact and organization fields; remembered, unless it is wanted `anew`. Raises
        `Misconfigured`."""
        return self._teams.fresh(key) if anew else self._teams.get(key)

    def newest_team(self, key: str) -> tuple[datetime, Team]:
        """As `team`, as any process has learned it last, with when that was asked for."""
        return self._teams.newest(key)

    def rename_team(self, key: str, name: str) -> Team:
        path, decode = f"/v2/teams/{segment(key)}", one(TeamWire)
        wire = self.http.write("POST", path, json={"name": name}, decode=decode, explain=explain)
        self._teams.forget(key)
        return wire.team()

    def team_named(self, name: str) -> Team:
        """Raises `Misconfigured` for a name that none or several teams bear."""
        return only(self.teams(), name, "team", Misconfigured, field="streak.team")

    def pipelines(self, team_key: str = "") -> tuple[Pipeline, ...]:
        """All that we may see, or those of a team; one whose team Streak does not tell is never left out."""
        read = self._readable("pipelines", lambda item: PipelineWire.model_validate(item).pipeline())
        found = self._all_where_offered("/v2/pipelines", read)
        if found is None:  # version 1 is what Streak documents; it does not tell a pipeline's team
            found = self.http.read("GET", "/v1/pipelines", decode=page_of(read), explain=explain).items
        for pipeline in found:
            self._pipelines.put(pipeline.key, pipeline)
        return tuple(p for p in found if not team_key or p.team_key in ("", team_key))

    def pipeline(self, key: str) -> Pipeline:
        """Stages, fields and options; remembered. Raises `Misconfigured` where there is none."""
        return self._pipelines.get(key)

    def pipeline_now(self, key: str) -> Pipeline:
        """As it is now, or was a moment ago."""
        return self._pipelines.fresh(key)

    def newest_pipeline(self, key: str) -> tuple[datetime, Pipeline]:
        """As `pipeline`, as any process has learned it last, with when that was asked for."""
        return self._pipelines.newest(key)

    def pipeline_named(self, name: str, team_key: str = "") -> Pipeline:
        """Raises `Misconfigured` for a name that none or several pipelines bear."""
        return only(self.pipelines(team_key), name, "pipeline", Misconfigured, field="streak.pipeline")

    def _fetch_pipeline(self, key: str) -> Pipeline:
        wire = self.http.find(
            "/v1/pipelines", key, decode=self._found("pipelines", PipelineWire), explain=explain
        )
        if wire is None:
            raise Misconfigured("the pipeline does not exist", code=NameCode.NO_PIPELINE, system=SYSTEM)
        return wire.pipeline()

    def _fetch_team(self, key: str) -> Team:
        wire = self.http.find("/v2/teams", key, decode=self._found("teams", TeamWire), explain=explain)
        if wire is None:
            raise Misconfigured("the team does not exist", code=NameCode.NO_TEAM, system=SYSTEM)
        return wire.team()
