"""A Streak team with a pipeline, its client over real HTTP, and a person who works in Streak."""

from collections import Counter
from typing import Any

import httpx

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.transport.auth import Basic
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.conformance.control import Control

OURS, SOMEBODYS = "strk_integration", "strk_sales"
USERS = {OURS: "integration@acme.example", SOMEBODYS: "sales@acme.example"}
STAGES = ["Lead", "Proposal Accepted", "Closed-Won"]
FIELDS = {
    "Deal value": "TEXT_INPUT",
    "Requested ship": "DATE",
    "Ship via": "DROPDOWN",
    "Labels": "TAG",
    "Signed": "CHECKBOX",
    "Weighted": "FORMULA",
    "Owner": "PERSON",
}
OPTIONS = {
    "Ship via": {"dropdownSettings": {"items": [{"name": "Ground"}, {"name": "Air freight"}]}},
    "Labels": {"tagSettings": {"tags": [{"tag": "hot"}, {"tag": "vip"}]}},
}
NOT_OFFERED: dict[str, Any] = {
    "status": 404,
    "body": {"success": False, "error": "Invalid API path specified"},
    "times": None,
}
"""What a path that Streak does not have answers: given as a fault to a newest operation, it is not there."""


class StreakLab:
    def __init__(self, control: Control) -> None:
        self.control = control
        self.clock = ManualClock()
        self.client = self.new_client()
        self._person = httpx.Client(
            base_url=f"{control.base_url}/api", auth=(SOMEBODYS, ""), timeout=5, trust_env=False
        )
        self.expected_violations: set[str] = set()
        self.by_hand: list[str] = []  # calls of the person, as the twin's log has them
        self.team_key = self.person("GET", "/v2/users/me/teams")["results"][0]["key"]
        self.pipeline_key = self.make_pipeline("Sales", FIELDS)
        keys = {field["name"]: field["key"] for field in self.shown()["fields"]}
        for name, settings in OPTIONS.items():
            self.person("POST", f"/v1/pipelines/{self.pipeline_key}/fields/{keys[name]}", settings)

    def new_client(self, **options: Any) -> StreakClient:
        """As another process would have it: it remembers nothing yet."""
        http = HttpClient(
            "streak",
            f"{self.control.base_url}/api",
            **{"auth": Basic(OURS), "clock": self.clock, "timeout": 5.0, "attempts": 2, **options},
        )
        return StreakClient(http, self.clock)

    def person(self, method: str, path: str, body: Any = None) -> Any:
        self.by_hand.append(f"{method} /api{path.partition('?')[0]}")
        return self._person.request(method, path, json=body).raise_for_status().json()

    def make_pipeline(self, name: str, fields: dict[str, str]) -> str:
        body = {
            "name": name,
            "teamKey": self.team_key,
            "stages": STAGES,
            "fields": [{"name": field, "type": kind} for field, kind in fields.items()],
        }
        return str(self.person("POST", "/v2/pipelines", body)["key"])

    def shown(self) -> Any:
        """The pipeline as Streak shows it."""
        return self.person("GET", f"/v1/pipelines/{self.pipeline_key}")

    def add_field(self, name: str, kind: str) -> str:
        path = f"/v2/pipelines/{self.pipeline_key}/fields"
        return str(self.person("POST", path, {"name": name, "type": kind})["key"])

    def make_box(self, name: str = "Northwind renewal", **properties: Any) -> str:
        key = str(self.person("POST", f"/v2/pipelines/{self.pipeline_key}/boxes", {"name": name})["key"])
        if properties:
            self.person("POST", f"/v1/boxes/{key}", properties)
        return key

    def truth(self, box_key: str) -> Any:
        """The box as the twin holds it, with `stageName` and `fieldsByName`."""
        return next(box for box in self.control.get("/state")["boxes"] if box["key"] == box_key)

    def field_key(self, name: str) -> str:
        return next(str(field["key"]) for field in self.shown()["fields"] if field["name"] == name)

    def calls_of_client(self) -> list[str]:
        return list((Counter(self.control.calls()) - Counter(self.by_hand)).elements())

    def expect_violations(self, *rules: str) -> None:
        """This test provokes what a client should not do."""
        self.expected_violations |= set(rules)

    def close(self) -> None:
        self._person.close()
        self.client.http.close()
