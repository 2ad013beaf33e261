"""Reads the query of a load: names in any case, as the documents write them both ways. Contract, C.1."""

from collections.abc import Iterable

from streak_infor_orchestration.twins.syteline.load import BACKWARD, DEFAULT_CAP, FORWARD, LoadRequest
from streak_infor_orchestration.twins.syteline.refusals import Refusal

_KNOWN = frozenset(
    "properties filter orderby recordcap distinct clm clmparam loadtype bookmark pqc readonly".split()
)
_TRUTHS = {"true": True, "false": False, "": False}


def read_query(pairs: Iterable[tuple[str, str]]) -> LoadRequest:
    """Raises Refusal."""
    told: dict[str, str] = {}
    for name, value in pairs:
        if name.lower() not in _KNOWN:
            raise Refusal(f"Unknown parameter {name}", "unknown_query_parameter")
        if name.lower() in told:
            raise Refusal(f"Parameter {name} stands twice", "repeated_query_parameter")
        told[name.lower()] = value
    if told.get("clm"):
        raise Refusal(f"Custom load method {told['clm']} was not found", "unknown_method")
    if not told.get("properties"):
        raise Refusal("properties is missing", "properties_missing")
    names = told["properties"]
    load_type = told.get("loadtype", "").upper() or "FIRST"
    if load_type not in (*FORWARD, *BACKWARD):
        raise Refusal(f"loadType {load_type} is unknown", "unknown_load_type")
    return LoadRequest(
        names=None if names.strip() == "*" else tuple(name.strip() for name in names.split(",")),
        condition=told.get("filter", ""),
        order=tuple(map(_ordered, filter(str.strip, told.get("orderby", "").split(",")))),
        cap=_cap(told.get("recordcap", "-1")),
        load_type=load_type,
        bookmark=told.get("bookmark", ""),
        distinct=_truth("distinct", told),
        read_only=_truth("readonly", told),
    )


def _ordered(text: str) -> tuple[str, bool]:
    name, _, way = text.strip().partition(" ")
    if way.strip().upper() not in ("", "ASC", "DESC"):
        raise Refusal(f"Incorrect syntax in orderBy near {text!r}", "order_syntax")
    return name, way.strip().upper() == "DESC"


def _cap(text: str) -> int:
    """-1 is the default, 0 is no end."""
    try:
        cap = int(text)
    except ValueError as error:
        raise Refusal(f"recordCap {text} is not a number", "record_cap") from error
    if cap < -1:
        raise Refusal(f"recordCap {text} is out of range", "record_cap")
    return DEFAULT_CAP if cap == -1 else cap


def _truth(name: str, told: dict[str, str]) -> bool:
    text = told.get(name, "").lower()
    if text not in _TRUTHS:
        raise Refusal(f"{name} must be true or false", "flag_format")
    return _TRUTHS[text]
