"""Asks Dagster's webserver for a run, over its GraphQL interface (the schema of Dagster 1.13)."""

from collections.abc import Mapping

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient

LOCATION = "streak_infor_orchestration"
REPOSITORY = "__repository__"
TIMEOUT_SECONDS = 2.0

MUTATION = """
mutation Nudge($params: ExecutionParams!) {
  launchRun(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
  }
}
"""


class RunLauncher:
    """One try within `timeout` seconds: nudging is not worth insisting."""

    def __init__(self, webserver_url: str, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._client = HttpClient("dagster", webserver_url, timeout=timeout, attempts=1)

    def launch(self, job: str, tags: Mapping[str, str]) -> str:
        """The run's id. Raises IntegrationError; after an `Unknown` the run may exist all the same."""
        return self._client.write("POST", "/graphql", decode=_run_id, json=request(job, tags))

    def close(self) -> None:
        self._client.close()


def request(job: str, tags: Mapping[str, str]) -> dict[str, object]:
    """The body of the call, with the job's default configuration."""
    selector = {"repositoryLocationName": LOCATION, "repositoryName": REPOSITORY, "jobName": job}
    metadata = {"tags": [{"key": key, "value": value} for key, value in tags.items()]}
    return {
        "query": MUTATION,
        "variables": {"params": {"selector": selector, "runConfigData": {}, "executionMetadata": metadata}},
    }


def _run_id(answer: Answer) -> str:
    result = answer.body["data"]["launchRun"]
    if result["__typename"] != "LaunchRunSuccess":
        raise Rejected(f"Dagster answered {result['__typename']}", code=SystemCode.NO_RUN, system="dagster")
    run_id: str = result["run"]["runId"]
    return run_id
