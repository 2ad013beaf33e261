"""The tables as somebody finds them who opens Dagster's catalogue: read, and what must hold of them checked."""

from dataclasses import dataclass
from functools import partial

from streak_infor_orchestration.demo.gateway import RUN
from streak_infor_orchestration.demo.http import Json, client, until

JOBS = ("streak_tables", "infor_tables", "ledger_tables", "sweep", "analytics_tables", "reconciliation")
PATIENCE = 180.0
"""Seconds for each: it queues at the one bulk worker, behind whatever the story left there."""

_SELECTOR = {"repositoryLocationName": "streak_infor_orchestration", "repositoryName": "__repository__"}
_LAUNCH = """mutation($params: ExecutionParams!) { launchRun(executionParams: $params) {
  __typename ... on LaunchRunSuccess { run { runId } } } }"""
_ASSETS = """{ assetNodes { assetKey { path } assetMaterializations(limit: 1) { timestamp }
  assetChecksOrError { ... on AssetChecks { checks { name executionForLatestMaterialization {
    status evaluation { severity } } } } } } }"""


@dataclass(frozen=True)
class AssetCatalogue:
    """Names. `unread`: of assets that were never materialised; `failed`: of checks that are not green."""

    assets: tuple[str, ...]
    unread: tuple[str, ...]
    checks: int
    failed: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return bool(self.assets) and not self.unread and not self.failed


class CatalogueReader:
    """Over Dagster's GraphQL, as its own pages ask."""

    def __init__(self, webserver_url: str) -> None:
        self._dagster = client(webserver_url, timeout=PATIENCE)  # on a busy machine its pages are slow

    def read_tables(self) -> AssetCatalogue:
        """Both systems and the ledger into the tables; the ledger's own state reports itself every quarter of a minute.

        One after the other, and again where one did not begin: Dagster gives up a run that waits for a worker too long.
        Raises TooLate."""
        for job in JOBS:
            until(partial(self._succeeds, job), PATIENCE, partial("no run of {} succeeded".format, job))
        until(lambda: not self.look().unread or None, PATIENCE, lambda: f"not read: {self.look().unread}")
        return self.look()

    def look(self) -> AssetCatalogue:
        """The definitions as Dagster has them now."""
        nodes = self._ask(_ASSETS)["assetNodes"]
        checks = [
            (
                f"{_name(node)} {check['name']}",
                (check["executionForLatestMaterialization"] or {}).get("status"),
            )
            for node in nodes
            for check in node["assetChecksOrError"].get("checks", [])
        ]
        return AssetCatalogue(
            assets=tuple(sorted(map(_name, nodes))),
            unread=tuple(sorted(_name(node) for node in nodes if not node["assetMaterializations"])),
            checks=len(checks),
            failed=tuple(sorted(name for name, status in checks if status not in ("SUCCEEDED", None))),
        )

    def _launch(self, job: str) -> str:
        params = {"selector": {**_SELECTOR, "jobName": job}, "runConfigData": {}}
        return str(self._ask(_LAUNCH, params=params)["launchRun"]["run"]["runId"])

    def _succeeds(self, job: str) -> bool | None:
        run = self._launch(job)
        return (
            until(lambda: self._end(run), PATIENCE, lambda: f"run {run} of {job} does not end") == "SUCCESS"
            or None
        )

    def _end(self, run: str) -> str | None:
        status = str(self._ask(RUN, run=run)["runOrError"]["status"])
        return status if status in ("SUCCESS", "FAILURE", "CANCELED") else None

    def _ask(self, query: str, **variables: object) -> Json:
        answer = self._dagster.post("/graphql", json={"query": query, "variables": variables})
        return dict(answer.raise_for_status().json()["data"])


def _name(node: Json) -> str:
    return "/".join(node["assetKey"]["path"])
