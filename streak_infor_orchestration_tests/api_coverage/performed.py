"""A test that claims an operation must have made it: the twin's own log of calls says so."""

import re
from collections.abc import Iterable

import pytest

from streak_infor_orchestration_tests.api_coverage.plugin import claims_of


def assert_performed(item: pytest.Item, calls: Iterable[str], prefix: str = "") -> None:
    """`calls` as "METHOD /path"; `prefix` stands before each path a claim names."""
    seen = list(calls)
    for made in claims_of(item):
        method, _, path = made.by.partition(" ")
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(f"{method} {prefix}{path}")).replace(r"\ ", " ")
        assert any(re.fullmatch(pattern, call) for call in seen), f"claims {made.by} and never did it"
