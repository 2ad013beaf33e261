"""The twin's own control routes, below ``/__twin__`` beside those of every twin.

``GET|POST delivery`` shows and moves the levers of :class:`.delivery.levers.Levers`; ``GET deliveries`` is
their log ``{attempts: [{number, event, key, target, attempt, status, at, seconds}], pending}`` where ``status``
is a number, null (nothing answered) or ``"dropped"``; ``POST deliveries/flush`` attempts at once what waits.
``POST mail`` puts a thread into Gmail:
``{threadGmailId, subject, emailAddresses?, files?: [{fileName, mimeType, content}]}``.
``POST processing|search-lag|link-cleanup {seconds}``; ``POST v1-box-list {wrapped}``; ``POST
directory-fields``; ``POST computed``; ``POST stage-lost``; ``GET state[?pipelineKey=]``.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.twins.harness import Lever
from streak_infor_orchestration.twins.streak.dump import dump
from streak_infor_orchestration.twins.streak.state.system import Streak

Json = dict[str, Any]


def levers(streak: Streak) -> Sequence[Lever]:
    async def delivery(request: Request) -> Json:
        if request.method == "POST":
            streak.deliveries.move(streak.deliveries.levers.changed(await request.json()))
        return vars(streak.deliveries.levers)

    async def deliveries(_: Request) -> Json:
        return {"attempts": list(streak.deliveries.log), "pending": streak.deliveries.pending}

    async def flush(_: Request) -> Json:
        return {"attempted": await streak.deliveries.flush(), "pending": streak.deliveries.pending}

    async def processing(request: Request) -> Json:
        streak.processing_seconds = await _seconds(request)
        return {"seconds": streak.processing_seconds}

    async def search_lag(request: Request) -> Json:
        """A change of the lag first lets the index catch up."""
        streak.later.run_all()
        streak.search.lag_seconds = await _seconds(request)
        return {"seconds": streak.search.lag_seconds}

    async def link_cleanup(request: Request) -> Json:
        streak.later.run_all()
        streak.cleanup_seconds = await _seconds(request)
        return {"seconds": streak.cleanup_seconds}

    async def v1_box_list(request: Request) -> Json:
        streak.v1_boxes_wrapped = bool((await request.json())["wrapped"])
        return {"wrapped": streak.v1_boxes_wrapped}

    async def directory_fields(request: Request) -> Json:
        """``{"contacts": [{name, type, options?} or {name, renamed?, without?}], "organizations": […]}``: there is no
        API that adds them, renames them or takes the option ``without`` from them."""
        wanted = await request.json()
        for plural, directory in (("contacts", streak.contacts), ("organizations", streak.organizations)):
            for field in wanted.get(plural, ()):
                if "type" not in field:
                    directory.edit_field(**field, at=streak.tick())
                    continue
                directory.add_field(field["name"], field["type"], field.get("options", ()), streak.tick())
        return {"contacts": streak.contacts.fields, "organizations": streak.organizations.fields}

    async def mail(request: Request) -> Json:
        thread: Json = await request.json()
        streak.mail[thread["threadGmailId"]] = {"subject": "", **thread}
        return streak.mail[thread["threadGmailId"]]

    async def computed(request: Request) -> Json:
        """``{boxKey, fieldKey, value}``: a formula's value, as Streak computes it; tells nobody."""
        wanted = await request.json()
        box = streak.boxes[wanted["boxKey"]]
        box["fields"][wanted["fieldKey"]] = wanted["value"]
        return box

    async def stage_lost(request: Request) -> Json:
        """``{pipelineKey, stageKey}``: the stage is gone although boxes are in it, which Streak itself refuses."""
        wanted = await request.json()
        pipeline = streak.pipelines[wanted["pipelineKey"]]
        pipeline.stage_order.remove(wanted["stageKey"])
        return pipeline.stages.pop(wanted["stageKey"])

    async def state(request: Request) -> Json:
        return dump(streak, request.query_params.get("pipelineKey"))

    return (
        Lever("/delivery", _json(delivery), methods=["GET", "POST"]),
        Lever("/deliveries", _json(deliveries)),
        Lever("/deliveries/flush", _json(flush), methods=["POST"]),
        Lever("/processing", _json(processing), methods=["POST"]),
        Lever("/search-lag", _json(search_lag), methods=["POST"]),
        Lever("/link-cleanup", _json(link_cleanup), methods=["POST"]),
        Lever("/v1-box-list", _json(v1_box_list), methods=["POST"]),
        Lever("/directory-fields", _json(directory_fields), methods=["POST"]),
        Lever("/mail", _json(mail), methods=["POST"]),
        Lever("/computed", _json(computed), methods=["POST"]),
        Lever("/stage-lost", _json(stage_lost), methods=["POST"]),
        Lever("/state", _json(state)),
    )


def _json(answer: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    """Answers 400 to a body that the lever does not understand."""

    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await answer(request))
        except (ValueError, KeyError, TypeError) as error:
            return JSONResponse({"error": repr(error)}, 400)

    return endpoint


async def _seconds(request: Request) -> float:
    seconds = float((await request.json())["seconds"])
    if seconds < 0:
        raise ValueError("seconds can't be negative")
    return seconds
