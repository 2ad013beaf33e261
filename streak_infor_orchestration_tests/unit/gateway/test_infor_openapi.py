"""What Infor's API Gateway is given to register: every operation of it exists, and takes what it says."""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator, ValidationError, validate
from starlette.routing import Route

from streak_infor_orchestration.cli import _group
from streak_infor_orchestration.config.push import PushSection
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.infor_openapi import openapi
from streak_infor_orchestration.gateway.infor_proof import SharedSecret
from streak_infor_orchestration.gateway.infor_push import Push
from streak_infor_orchestration.infor.push.read import read
from streak_infor_orchestration.infor.push.unpacked import PushDelivery
from streak_infor_orchestration.ledger import Store

URL = "https://hooks.example.com"


def changed() -> dict[str, Any]:
    operation: dict[str, Any] = openapi(URL)["paths"]["/webhooks/infor"]["post"]
    return operation


def schema() -> dict[str, Any]:
    """Of a JSON body, with what it refers to."""
    content = changed()["requestBody"]["content"]["application/json"]["schema"]
    return {**content, "components": openapi(URL)["components"]}


def test_every_operation_is_a_route_of_the_gateway(store: Store) -> None:
    push = Push(SharedSecret("w"), lambda _message: None, PushSection().protocol)
    routes = {
        (route.path, method.lower())
        for route in create_app(store, secret="s", push=push).routes
        if isinstance(route, Route)
        for method in route.methods or ()
    }
    store.close()
    described = {(path, method) for path, methods in openapi(URL)["paths"].items() for method in methods}
    assert described <= routes and ("/webhooks/infor", "post") in described


def test_the_document_is_one_of_the_form_that_infor_reads() -> None:
    document = openapi(f"{URL}/")
    assert document["openapi"].startswith("3.0.") and document["servers"] == [{"url": URL}]
    assert {name for need in document["security"] for name in need} == set(
        document["components"]["securitySchemes"]
    )
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["operationId"] and all(r["description"] for r in operation["responses"].values())
    Draft7Validator.check_schema(document["components"]["schemas"]["Change"])


@pytest.mark.parametrize(
    "body",
    [
        openapi(URL)["components"]["schemas"]["Change"]["example"],
        [{"entity": "order", "key": "1"}, {"entity": "invoice", "key": "AAA/2026/1"}],
    ],
)
def test_what_it_describes_is_understood_without_knowing_the_product(body: Any) -> None:
    validate(body, schema())
    _, found = read(PushDelivery("application/json", json.dumps(body).encode(), {}), lambda _message: None)
    changes = body if isinstance(body, list) else [body]
    assert [(hint.entity, hint.key) for hint in found] == [(one["entity"], one["key"]) for one in changes]


@pytest.mark.parametrize("body", [{}, {"entity": "vendor", "key": "1"}, {"entity": "order", "key": ""}])
def test_what_nobody_would_understand_is_not_what_it_describes(body: Any) -> None:
    with pytest.raises(ValidationError):
        validate(body, schema())


def test_the_command_writes_it_for_where_the_gateway_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAK_INFOR_PUBLIC_URL", URL)
    monkeypatch.setenv("INFOR_WEBHOOK_SECRET", "not-in-there")
    written = CliRunner().invoke(_group, ["openapi"])
    assert json.loads(written.stdout) == openapi(URL) and "not-in-there" not in written.stdout


def test_without_an_address_it_asks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STREAK_INFOR_PUBLIC_URL", raising=False)
    assert "where is the gateway?" in str(CliRunner().invoke(_group, ["openapi"]).exception)
