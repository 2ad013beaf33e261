"""What only some work needs is not loaded with our definitions. What the rest costs, `make bench` holds."""

from streak_infor_orchestration_tests.bench.imports import cost


def test_loading_our_definitions_loads_nothing_heavy() -> None:
    assert cost().heavy == []
