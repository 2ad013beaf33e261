"""JSON Schema of `integration.yaml`: completion and checks while typing (`# yaml-language-server: $schema=`)."""

from typing import Any

from streak_infor_orchestration.config.integration import Integration


def json_schema(model: type[Integration]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    return (
        {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema | {"title": "integration.yaml"}
    )
