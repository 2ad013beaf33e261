"""The order in which `check` looks."""

from streak_infor_orchestration.onboarding.checks.examine import AREAS


def test_every_area_needs_only_what_was_looked_at_before() -> None:
    before: set[str] = set()
    for area in AREAS:
        assert set(area.needs) <= before, area.name
        before.add(area.name)


def test_nothing_of_a_system_is_looked_at_without_a_file_and_a_login() -> None:
    needs = {area.name: set(area.needs) for area in AREAS}

    def all_of(name: str) -> set[str]:
        return needs[name].union(*(all_of(other) for other in needs[name]))

    for name in ("pipeline", "stages", "fields", "history", "webhooks", "clocks"):
        assert {"Streak", "configuration", "state folder"} <= all_of(name), name
    for name in ("permissions", "currency", "rates", "codes"):
        assert {"ERP", "configuration", "state folder"} <= all_of(name), name
    assert {"database"} <= all_of("stages") & all_of("fields"), "names are pinned there"
