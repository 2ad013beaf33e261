"""The control API of a served twin, for tests."""

from typing import Any

import httpx


class Control:
    """`base_url` is the twin's. Every method raises for an answer that is no success."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._client = httpx.Client(base_url=f"{base_url}/__twin__", timeout=5, trust_env=False)

    def get(self, path: str) -> Any:
        return self._client.get(path).raise_for_status().json()

    def post(self, path: str, body: Any = None) -> Any:
        return self._client.post(path, json={} if body is None else body).raise_for_status().json()

    def delete(self, path: str) -> Any:
        return self._client.delete(path).raise_for_status().json()

    def fault(self, kind: str, **switch: Any) -> None:
        self.post("/faults", {"kind": kind, **switch})

    def mend(self) -> None:
        """Takes every fault away."""
        self._client.delete("/faults").raise_for_status()

    def violations(self) -> list[tuple[str, str]]:
        return [(entry["rule"], entry["detail"]) for entry in self.get("/violations")]

    def calls(self) -> list[str]:
        return [f"{call['method']} {call['path']}" for call in self.get("/calls")]

    def last_call(self) -> int:
        """The number of the last call: give it to `calls_since`."""
        calls = self.get("/calls")
        return int(calls[-1]["n"]) if calls else 0

    def calls_since(self, n: int) -> list[str]:
        return [f"{call['method']} {call['path']}" for call in self.get(f"/calls?since={n}")]

    def reset(self) -> None:
        self.post("/reset")

    def close(self) -> None:
        self._client.close()
