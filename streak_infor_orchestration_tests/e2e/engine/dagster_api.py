"""Dagster as its users' programs see it: GraphQL over HTTP."""

import json
import time
import urllib.request
from dataclasses import dataclass
from typing import Any

LAUNCH = """mutation($execution: ExecutionParams!) {
  launchRun(executionParams: $execution) { __typename ... on LaunchRunSuccess { run { runId } } }
}"""
STATUS = "query($run: ID!) { runOrError(runId: $run) { ... on Run { status startTime endTime } } }"
TERMINATE = "mutation($run: String!) { terminateRun(runId: $run) { __typename } }"
FINISHED = {"SUCCESS", "FAILURE", "CANCELED"}


@dataclass(frozen=True)
class DagsterApi:
    url: str
    location: str

    def ask(self, query: str, **variables: Any) -> Any:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            told = json.load(answer)
        assert "errors" not in told, told["errors"]
        return told["data"]

    def launch(self, job: str, run_config: dict[str, Any], queue: str = "live") -> str:
        execution = {
            "selector": {
                "repositoryLocationName": self.location,
                "repositoryName": "__repository__",
                "jobName": job,
            },
            "runConfigData": run_config,
            "executionMetadata": {"tags": [{"key": "dagster-celery/queue", "value": queue}]},
        }
        launched = self.ask(LAUNCH, execution=execution)["launchRun"]
        assert launched["__typename"] == "LaunchRunSuccess", launched
        return str(launched["run"]["runId"])

    def status(self, run: str) -> str:
        return str(self.ask(STATUS, run=run)["runOrError"]["status"])

    def terminate(self, run: str) -> None:
        self.ask(TERMINATE, run=run)

    def finished(self, run: str, within: float) -> str:
        """The status a run ends with. Fails the test when it has not ended `within` seconds."""
        deadline = time.monotonic() + within
        while (status := self.status(run)) not in FINISHED:
            assert time.monotonic() < deadline, f"run still {status} after {within} s"
            time.sleep(0.05)
        return status
