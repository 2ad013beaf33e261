"""Full-text search over boxes, contacts and organizations (Streak API contract §3.14)."""

from typing import Any

from streak_infor_orchestration.streak.api import Api, explain, one
from streak_infor_orchestration.streak.models import SearchHit
from streak_infor_orchestration.streak.wire import SearchWire


class Searching(Api):
    def search(
        self, query: str, *, team_key: str = "", pipeline_key: str = "", page: int = 0
    ) -> tuple[SearchHit, ...]:
        """One page, boxes first; how long a page is, is not documented: nothing found is the end. The index may lag
        behind. `pipeline_key` narrows the boxes only."""
        params: dict[str, Any] = {"query": query, "page": page}
        params |= {"teamKey": team_key} if team_key else {}
        params |= {"pipelineKey": pipeline_key} if pipeline_key else {}
        found = self.http.read("GET", "/v1/search", params=params, decode=one(SearchWire), explain=explain)
        return found.results.all()
