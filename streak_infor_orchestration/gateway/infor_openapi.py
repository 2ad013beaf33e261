"""The route for the ERP's messages as OpenAPI: what an administrator registers at Infor's API Gateway, so that a
document flow's "ION API" connection point can call it (Infor API contract E.3)."""

from typing import Any

from streak_infor_orchestration.gateway.infor_proof import SECRET_HEADER
from streak_infor_orchestration.gateway.infor_push import PATH

_CHANGE = {
    "type": "object",
    "required": ["entity", "key"],
    "properties": {
        "entity": {"type": "string", "enum": ["order", "invoice"]},
        "key": {
            "type": "string",
            "minLength": 1,
            "maxLength": 120,
            "description": "Its number in the ERP; where that has parts, they are joined: AAA/2026/123456.",
        },
    },
    "example": {"entity": "order", "key": "0010004711"},
}
_TEXT = {"text/plain": {"schema": {"type": "string"}}}


def openapi(base_url: str) -> dict[str, Any]:
    """OpenAPI 3.0 of the gateway at `base_url`, without its secret."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Streak to Infor: what changed in the ERP",
            "version": "1",
            "description": "Says that an order or an invoice may have changed. Nothing in a message is acted upon: the "
            "record is read again. Twice, late or out of order does no harm.",
        },
        "servers": [{"url": base_url.rstrip("/")}],
        "security": [{"secret": []}, {"bearer": []}, {"basic": []}],
        "paths": {
            PATH: {"post": _receive()},
            f"{PATH}/service/ping": {
                "get": {
                    "operationId": "ping",
                    "summary": "Whether the route is there and knows the secret",
                    "responses": {"200": {"description": "It is"}, "401": {"description": "Another secret"}},
                }
            },
        },
        "components": {
            "schemas": {"Change": _CHANGE},
            "securitySchemes": {
                "secret": {"type": "apiKey", "in": "header", "name": SECRET_HEADER},
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {
                    "type": "http",
                    "scheme": "basic",
                    "description": "Any user; the secret is the password",
                },
            },
        },
    }


def _receive() -> dict[str, Any]:
    change = {"$ref": "#/components/schemas/Change"}
    return {
        "operationId": "changed",
        "summary": "An order or an invoice may have changed",
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"oneOf": [change, {"type": "array", "items": change, "maxItems": 500}]}
                },
                "application/xml": {
                    "schema": {"type": "string", "description": "A BOD, such as SyncSalesOrder, as it is"}
                },
            },
        },
        "responses": {
            "200": {"description": "Stored, or of no concern", "content": _TEXT},
            "401": {"description": "Another secret", "content": _TEXT},
            "503": {"description": "Not stored: send it again", "content": _TEXT},
        },
    }
