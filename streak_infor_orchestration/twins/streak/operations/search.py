"""Search: full text over everything, or boxes by exact name (§3.14)."""

from typing import Any

from streak_infor_orchestration.twins.streak.protocol.operation import Call, Operation
from streak_infor_orchestration.twins.streak.protocol.paging import whole_number
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request

Json = dict[str, Any]

PAGE_SIZE = 50  # assumed: the size of a page is not documented


def _search(call: Call) -> Json:
    """``pipelineKey`` and ``stageKey`` filter boxes; each filter may be repeated."""
    query, name = call.query.get("query"), call.query.get("name")
    if (query is None) is (name is None):
        raise bad_request("Specify exactly one of query and name", "query_or_name")
    index = call.streak.search
    found = index.find_words(query) if query is not None else index.find_boxes_named(name or "")
    if call.streak.roster.team_key not in (call.query.getlist("teamKey") or [call.streak.roster.team_key]):
        found = []
    results: dict[str, list[Json]] = {"boxes": [], "contacts": [], "orgs": []}
    for kind, summary in found:
        if kind != "boxes" or _in_filters(call, summary):
            results[kind].append(summary)
    number = whole_number(call, "page", 0, 0)
    window = slice(number * PAGE_SIZE, (number + 1) * PAGE_SIZE)
    return {
        "results": {kind: summaries[window] for kind, summaries in results.items()},
        "page": number,
        "query": query,
    }


def _in_filters(call: Call, box: Json) -> bool:
    return all(
        not call.query.getlist(name) or box[name] in call.query.getlist(name)
        for name in ("pipelineKey", "stageKey")
    )


_QUERY = ("query", "name", "pipelineKey", "stageKey", "teamKey", "page")

OPERATIONS = (Operation("GET", "/v1/search", _search, query=_QUERY),)
