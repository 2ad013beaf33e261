"""The call to Dagster: against the schema it publishes, and over real HTTP."""

import json
import threading
import time

import pytest
from dagster_celery.tags import DAGSTER_CELERY_QUEUE_TAG
from graphql import GraphQLSchema, parse, validate
from graphql.execution.values import get_variable_values
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from streak_infor_orchestration.domain.errors import IntegrationError, Rejected, Unknown
from streak_infor_orchestration.gateway import launch_run, nudge
from streak_infor_orchestration.gateway.launch_run import RunLauncher
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration_tests.integration.gateway.running import in_thread


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    from dagster_graphql.schema import create_schema

    made: GraphQLSchema = create_schema().graphql_schema
    return made


def complaints(schema: GraphQLSchema, body: dict[str, object]) -> list[str]:
    document = parse(str(body["query"]))
    errors = validate(schema, document)
    if not errors:
        variables = document.definitions[0].variable_definitions  # type: ignore[attr-defined]  # an operation
        coerced = get_variable_values(schema, variables, json.loads(json.dumps(body["variables"])))
        errors = coerced if isinstance(coerced, list) else []
    return [error.message for error in errors]


def test_dagster_understands_the_call(schema: GraphQLSchema) -> None:
    body = launch_run.request(ORDER_TO_CASH.name, nudge.TAGS)
    assert complaints(schema, body) == []
    misspelt = json.loads(json.dumps(body).replace('"jobName"', '"job"'))
    assert complaints(schema, misspelt), "the check can fail"


def test_the_tag_is_the_one_that_chooses_the_queue() -> None:
    assert DAGSTER_CELERY_QUEUE_TAG in nudge.TAGS


class Webserver:
    """Answers with `result`, or not before it is released."""

    def __init__(self, schema: GraphQLSchema, result: object) -> None:
        self.released = threading.Event()
        self.bodies: list[dict[str, object]] = []
        self._schema = schema
        self._result = result
        self.app = Starlette(routes=[Route("/graphql", self._answer, methods=["POST"])])

    async def _answer(self, request: Request) -> JSONResponse:
        self.bodies.append(await request.json())
        assert complaints(self._schema, self.bodies[-1]) == []
        if self._result is None:
            await run_in_threadpool(self.released.wait, 5)
        return JSONResponse({"data": {"launchRun": self._result}})


def test_a_launched_run_is_told_by_its_id(schema: GraphQLSchema) -> None:
    server = Webserver(schema, {"__typename": "LaunchRunSuccess", "run": {"runId": "r1"}})
    with in_thread(server.app) as client:
        assert RunLauncher(str(client.base_url)).launch(ORDER_TO_CASH.name, nudge.TAGS) == "r1"
    (body,) = server.bodies
    params = body["variables"]["params"]  # type: ignore[index]  # JSON
    assert params["selector"] == {
        "repositoryLocationName": "streak_infor_orchestration",
        "repositoryName": "__repository__",
        "jobName": "order_to_cash",
    }
    assert params["runConfigData"] == {} and params["executionMetadata"] == {
        "tags": [
            {"key": "dagster-celery/queue", "value": "live"},
            {"key": "streak-infor/started-by", "value": "webhook"},
        ]
    }


def test_a_refused_run_is_told_by_its_reason(schema: GraphQLSchema) -> None:
    server = Webserver(schema, {"__typename": "PipelineNotFoundError"})
    with in_thread(server.app) as client, pytest.raises(Rejected, match="PipelineNotFoundError") as told:
        RunLauncher(str(client.base_url)).launch(ORDER_TO_CASH.name, nudge.TAGS)
    assert (told.value.code, told.value.system) == ("no_run", "dagster")


def test_a_webserver_in_trouble_is_asked_once(schema: GraphQLSchema) -> None:
    asked: list[str] = []

    async def trouble(request: Request) -> JSONResponse:
        asked.append(request.method)
        return JSONResponse({"error": "try again"}, 429)

    app = Starlette(routes=[Route("/graphql", trouble, methods=["POST"])])
    launcher = None
    with in_thread(app) as client, pytest.raises(IntegrationError) as told:
        launcher = RunLauncher(str(client.base_url))
        launcher.launch(ORDER_TO_CASH.name, nudge.TAGS)
    assert asked == ["POST"] and told.value.system == "dagster"
    assert launcher and launch_run.TIMEOUT_SECONDS == 2.0
    launcher.close()


def test_a_webserver_that_does_not_answer_is_given_up(schema: GraphQLSchema) -> None:
    server = Webserver(schema, None)
    with in_thread(server.app) as client:
        started = time.monotonic()
        with pytest.raises(Unknown):
            RunLauncher(str(client.base_url), timeout=0.3).launch(ORDER_TO_CASH.name, nudge.TAGS)
        assert time.monotonic() - started < 1.5
        server.released.set()


def test_a_webserver_that_is_not_there_is_given_up() -> None:
    with pytest.raises(IntegrationError):
        RunLauncher("http://127.0.0.1:9").launch(ORDER_TO_CASH.name, nudge.TAGS)
