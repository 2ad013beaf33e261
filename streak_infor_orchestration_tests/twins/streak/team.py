"""A served twin with a pipeline, and the few calls that the tests of its levers make."""

from typing import Any

import httpx

Json = dict[str, Any]


class Team:
    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.key = self.get("/api/v2/users/me/teams")["results"][0]["key"]
        self.pipeline = self.post(
            "/api/v2/pipelines",
            {
                "name": "Sales",
                "teamKey": self.key,
                "stages": ["Lead", "Won"],
                "fields": [{"name": "Region", "type": "DROPDOWN"}, {"name": "Sum", "type": "FORMULA"}],
            },
        )["key"]
        self.post(
            f"/api/v1/pipelines/{self.pipeline}/fields/1001",
            {"dropdownSettings": {"items": [{"name": "EU"}]}},
        )

    def get(self, path: str) -> Any:
        return self.client.get(path).raise_for_status().json()

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(path, json=body).raise_for_status().json()

    def hook(self, event: str, url: str, **more: str) -> str:
        scope = (
            {"teamKey": self.key} if event.startswith(("CONTACT", "ORG")) else {"pipelineKey": self.pipeline}
        )
        body = {"event": event, "targetUrl": f"{url}/{event}", **more}
        answer = self.client.post("/api/v2/webhooks", params=scope, json=body)
        return str(answer.raise_for_status().json()["key"])

    def box(self, name: str = "A") -> str:
        return str(self.post(f"/api/v2/pipelines/{self.pipeline}/boxes", {"name": name})["key"])

    def edit(self, box: str, **changes: Any) -> Json:
        answer: Json = self.post(f"/api/v1/boxes/{box}", changes)
        return answer

    def levers(self, **levers: Any) -> Json:
        answer: Json = self.post("/__twin__/delivery", levers)
        return answer

    def attempts(self) -> list[Json]:
        answer: list[Json] = self.get("/__twin__/deliveries")["attempts"]
        return answer

    def pending(self) -> int:
        return int(self.get("/__twin__/deliveries")["pending"])
