"""The outside: both systems as people use them, and as an auditor finds them afterwards. Speaks only HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.lines import LinkedBoxLines
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.infor import create_app as infor_app
from streak_infor_orchestration.twins.streak import create_app as streak_app

INTEGRATION_KEY, SALES_KEY, ERP_KEY = "strk_integration", "strk_sales", "twin-key"
USERS = {INTEGRATION_KEY: "integration@acme.example", SALES_KEY: "sales@acme.example"}
Json = dict[str, Any]
Kind = str | tuple[str, ...] | list[str]
"""A field's type by Streak's name, the options of a dropdown, or the tags of a tag field."""


class Company:
    """Acme: a Streak team with a person in sales, and an Infor company with products and no customers yet."""

    def __init__(self, streak_url: str, infor_url: str, clock: ManualClock) -> None:
        self.clock = clock
        self.streak_url = f"{streak_url}/api"
        self.infor_url = f"{infor_url}/infor/api/v1"
        self.streak_twin = _client(f"{streak_url}/__twin__")
        self.infor_twin = _client(f"{infor_url}/__twin__")
        self._accountant = _client(self.infor_url)
        self._sales = _client(self.streak_url, auth=(SALES_KEY, ""))
        self.team_key = ""
        self.pipeline_key = ""
        self.linked_pipeline_key = ""
        self._stages: dict[str, str] = {}
        self._fields: dict[str, str] = {}
        self._linked_stages: dict[str, str] = {}
        self._linked_fields: dict[str, str] = {}

    def open_for_business(self, config: Integration, kinds: Mapping[str, Kind] | None = None) -> None:
        """Empties both systems and sets up the pipeline that `config` describes. `kinds`: fields that are no text."""
        self.reset()
        stages = config.stages
        names = {
            name: "TEXT_INPUT"
            for fields in (config.fields_read(), config.fields_written())
            for name, _ in fields
        }
        names["Requested ship"] = "DATE"
        for name, kind in (kinds or {}).items():
            names[name] = kind if isinstance(kind, str) else "TAG" if isinstance(kind, list) else "DROPDOWN"
        self.team_key = self._ask("GET", "/v2/users/me/teams")["results"][0]["key"]
        classed = [*stages.before, *stages.order, *stages.invoice, *stages.lost]
        self.pipeline_key = self.pipeline(config.streak.pipeline, classed, names)
        shown = self._ask("GET", f"/v1/pipelines/{self.pipeline_key}")
        self._stages = {stage["name"]: key for key, stage in shown["stages"].items()}
        self._fields = {field["name"]: field["key"] for field in shown["fields"]}
        for name, kind in (kinds or {}).items():
            self._offer(name, kind)
        self.linked_pipeline_key = ""
        if isinstance(config.lines, LinkedBoxLines):
            self._open_linked_pipeline(config, config.lines)

    def _offer(self, field: str, options: Kind) -> None:
        path = f"/v1/pipelines/{self.pipeline_key}/fields/{self._fields[field]}"
        if isinstance(options, tuple):
            self._ask("POST", path, {"dropdownSettings": {"items": [{"name": option} for option in options]}})
        elif isinstance(options, list):
            self._ask("POST", path, {"tagSettings": {"tags": [{"tag": option} for option in options]}})

    def reset(self) -> None:
        for twin in (self.streak_twin, self.infor_twin):
            twin.post("/reset").raise_for_status()

    def _open_linked_pipeline(self, config: Integration, lines: LinkedBoxLines) -> None:
        names = dict.fromkeys(name for name, _ in config.linked_fields_read())
        pipeline = self._ask(
            "POST",
            "/v2/pipelines",
            {
                "name": lines.pipeline,
                "teamKey": self.team_key,
                "stages": ["Draft", *lines.stages],
                "fields": [{"name": name, "type": "TEXT_INPUT"} for name in names],
            },
        )
        self.linked_pipeline_key = pipeline["key"]
        shown = self._ask("GET", f"/v1/pipelines/{self.linked_pipeline_key}")
        self._linked_stages = {stage["name"]: key for key, stage in shown["stages"].items()}
        self._linked_fields = {field["name"]: field["key"] for field in shown["fields"]}

    def pipeline(self, name: str, stages: Sequence[str], fields: Mapping[str, str] | None = None) -> str:
        """Makes one with these stages, and fields by name and type; its key."""
        kinds = [{"name": field, "type": kind} for field, kind in (fields or {}).items()]
        body = {"name": name, "teamKey": self.team_key, "stages": list(stages), "fields": kinds}
        return str(self._ask("POST", "/v2/pipelines", body)["key"])

    def add_field(self, name: str, kind: str, *options: str) -> None:
        """To the pipeline; `options` are a dropdown's."""
        path = f"/v1/pipelines/{self.pipeline_key}/fields"
        made = self._sales.put(path, data={"name": name, "type": kind}).raise_for_status().json()
        self._fields[name] = made["key"]
        if options:
            self._offer(name, options)

    def rename_field(self, name: str, new: str) -> None:
        """`name` as it was when the company opened."""
        self._redefine(name, {"name": new})

    def second_field(self, name: str) -> str:
        """Another one of the same name; its key."""
        path = f"/v2/pipelines/{self.pipeline_key}/fields"
        return str(self._ask("POST", path, {"name": name, "type": "TEXT_INPUT"})["key"])

    def delete_field(self, name: str) -> None:
        self._ask("DELETE", f"/v1/pipelines/{self.pipeline_key}/fields/{self._fields[name]}")

    def options(self, field: str) -> dict[str, str]:
        """Of a dropdown: keys by name."""
        shown = self._ask("GET", f"/v1/pipelines/{self.pipeline_key}/fields/{self._fields[field]}")
        return {item["name"]: item["key"] for item in shown["dropdownSettings"]["items"]}

    def keep_options(self, field: str, options: Mapping[str, str]) -> None:
        """Of a dropdown: names by key; all others are deleted."""
        items = [{"key": key, "name": name} for key, name in options.items()]
        self._redefine(field, {"dropdownSettings": {"items": items}})

    def _redefine(self, field: str, body: Json) -> None:
        self._ask("POST", f"/v1/pipelines/{self.pipeline_key}/fields/{self._fields[field]}", body)

    def rename_stage(self, name: str, new: str) -> None:
        path = f"/v1/pipelines/{self.pipeline_key}/stages/{self._stages[name]}"
        self._ask("POST", path, {"name": new})

    def rename_pipeline(self, new: str) -> None:
        self._ask("POST", f"/v1/pipelines/{self.pipeline_key}", {"name": new})

    def close(self) -> None:
        for client in (self.streak_twin, self.infor_twin, self._sales, self._accountant):
            client.close()

    # -- what people do in Streak -----------------------------------------------------------------------

    def organization(self, name: str, **properties: Any) -> str:
        path = f"/v2/teams/{self.team_key}/organizations"
        return str(self._ask("POST", path, {"name": name, **properties})["key"])

    def contact(self, given_name: str, family_name: str, **properties: Any) -> str:
        path = f"/v2/teams/{self.team_key}/contacts"
        return str(
            self._ask("POST", path, {"givenName": given_name, "familyName": family_name, **properties})["key"]
        )

    def delete_entry(self, kind: str, key: str) -> None:
        """One of `contacts` or `organizations`."""
        self._ask("DELETE", f"/v2/{kind}/{key}")

    def edit_party(self, link_key: str, **properties: Any) -> None:
        """`organization:KEY` or `contact:KEY`."""
        kind, _, key = link_key.partition(":")
        self._ask("POST", f"/v2/{kind}s/{key}", properties)

    def party(self, link_key: str) -> Json:
        kind, _, key = link_key.partition(":")
        return dict(self._ask("GET", f"/v2/{kind}s/{key}"))

    def deal(
        self,
        name: str,
        *,
        lines: Sequence[tuple[str, str, str]] = (("BRK-1001", "2", "180.00"),),
        organization: str = "",
        stage: str = "Lead",
    ) -> str:
        """A box with order lines (SKU, quantity, price) and its customer; without one a new organization."""
        customer = organization or self.organization(f"{name} Ltd", domains=[f"{name.lower()}.example"])
        key = str(self._ask("POST", f"/v2/pipelines/{self.pipeline_key}/boxes", {"name": name})["key"])
        columns = ("SKU {n}", "Qty {n}", "Price {n}")
        self.edit(
            key,
            {
                column.format(n=n): value
                for n, line in enumerate(lines, 1)
                for column, value in zip(columns, line, strict=True)
            },
            stage=stage,
            organizations=[{"key": customer, "isStarred": True}],
        )
        return key

    def edit(
        self, box: str, fields: Mapping[str, Any] | None = None, *, stage: str = "", **properties: Any
    ) -> None:
        body = {"fields": {self._fields[name]: value for name, value in (fields or {}).items()}, **properties}
        self._ask(
            "POST", f"/v1/boxes/{box}", {**body, **({"stageKey": self._stages[stage]} if stage else {})}
        )

    def webhook(self, event: str, url: str) -> None:
        """From now on Streak tells `url` of it."""
        path = f"/v2/webhooks?pipelineKey={self.pipeline_key}"
        self._ask("POST", path, {"event": event, "targetUrl": url})

    def delivered(self) -> None:
        """Every webhook that is under way has arrived."""
        assert self.streak("/deliveries/flush")["pending"] == 0

    def move_elsewhere(self, box: str) -> None:
        """Into a pipeline that is none of ours, with other fields."""
        stages = {"name": "Support", "teamKey": self.team_key, "stages": ["New"]}
        elsewhere = self._ask("POST", "/v2/pipelines", stages)["key"]
        moved = [{"key": box, "boxKey": box, "pipelineKey": elsewhere}]
        self._ask("POST", f"/v2/pipelines/{self.pipeline_key}/boxes/batch", moved)

    def quote(self, name: str, fields: Mapping[str, str], *, stage: str) -> str:
        """A box of the pipeline whose boxes are linked to deals."""
        path = f"/v2/pipelines/{self.linked_pipeline_key}/boxes"
        body = {"name": name, "stageKey": self._linked_stages[stage]}
        key = str(self._ask("POST", path, body)["key"])
        self.edit_quote(key, fields)
        return key

    def edit_quote(self, box: str, fields: Mapping[str, str]) -> None:
        values = {self._linked_fields[name]: value for name, value in fields.items()}
        self._ask("POST", f"/v1/boxes/{box}", {"fields": values})

    def delete(self, box: str) -> None:
        self._ask("DELETE", f"/v1/boxes/{box}")

    def delete_task(self, key: str) -> None:
        self._ask("DELETE", f"/v2/tasks/{key}")

    def delete_comments(self, box: str) -> None:
        for comment in self._streak_state()["comments"]:
            if comment["boxKey"] == box:
                self._ask("DELETE", f"/v2/comments/{comment['key']}")

    # -- what people do in the ERP ----------------------------------------------------------------------

    def pays(self, invoice: str, amount: str) -> None:
        self.erp(
            "/payments", {"InvoiceID": invoice, "Amount": amount, "Method": "transfer", "Reference": "bank"}
        )

    def book(self, collection: str, record: Json) -> Json:
        """Somebody enters a record by hand."""
        headers = {"X-API-Key": ERP_KEY}
        answer = self._accountant.post(f"/{collection}", json=record, headers=headers)
        return dict(answer.raise_for_status().json())

    def correct(self, collection: str, key: str, changes: Json) -> Json:
        """Somebody changes a record by hand."""
        answer = self._accountant.put(f"/{collection}/{key}", json=changes, headers={"X-API-Key": ERP_KEY})
        return dict(answer.raise_for_status().json())

    def erp(self, lever: str, body: Any = None) -> Any:
        return self.infor_twin.post(lever, json=body or {}).raise_for_status().json()

    def streak(self, lever: str, body: Any = None) -> Any:
        return self.streak_twin.post(lever, json=body or {}).raise_for_status().json()

    # -- what an auditor finds --------------------------------------------------------------------------

    def found_in_erp(self, collection: str, **members: str) -> list[Json]:
        """Records of `salesorders`, `customers`, `invoices`, … whose members have these values."""
        records = self.infor_twin.get("/state").raise_for_status().json()[collection]
        return [r for r in records if all(r[name] == value for name, value in members.items())]

    def box(self, key: str) -> Json:
        """With `stageName` and `fieldsByName`."""
        return next(box for box in self._streak_state()["boxes"] if box["key"] == key)

    def comments(self, box: str) -> list[str]:
        return [c["message"] for c in self._streak_state()["comments"] if c["boxKey"] == box]

    def tasks(self, box: str) -> list[Json]:
        return [task for task in self._streak_state()["tasks"] if task["boxKey"] == box]

    def violations(self) -> list[Json]:
        """What was sent to either system against its contract."""
        logs = (
            twin.get("/violations").raise_for_status().json() for twin in (self.streak_twin, self.infor_twin)
        )
        return [entry for log in logs for entry in log]

    def calls(self) -> list[str]:
        """Every API call both systems have seen since they were emptied: `POST /api/v1/boxes/…`."""
        logs = (twin.get("/calls").raise_for_status().json() for twin in (self.streak_twin, self.infor_twin))
        return [f"{call['method']} {call['path']}" for log in logs for call in log]

    def _streak_state(self) -> Json:
        answer = self.streak_twin.get("/state", params={"pipelineKey": self.pipeline_key}).raise_for_status()
        return dict(answer.json())

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        return self._sales.request(method, path, json=body).raise_for_status().json()


@contextmanager
def company(clock: ManualClock) -> Iterator[Company]:
    """Both twins, served while the context lasts, in the time of `clock`."""
    streak, infor = streak_app(USERS, now=clock.now), infor_app(api_key=ERP_KEY, now=clock.now)
    with serve(streak) as streak_url, serve(infor) as infor_url:
        opened = Company(streak_url, infor_url, clock)
        try:
            yield opened
        finally:
            opened.close()


def _client(base_url: str, **options: Any) -> httpx.Client:
    # no TLS on loopback: reading the machine's certificates takes longer than all of the rest
    return httpx.Client(base_url=base_url, timeout=10, trust_env=False, verify=False, **options)
