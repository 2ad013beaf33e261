"""Whoever opens Dagster's catalogue finds tables that were read, checks that hold, and a graph."""

import pytest

from streak_infor_orchestration.analytics.tables import TABLES
from streak_infor_orchestration.demo.catalogue import CatalogueReader
from streak_infor_orchestration_tests.e2e.conftest import AcmeAtWork

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]  # a stack starts in 15 s, or in 90 on a busy machine


def test_the_demo_s_tables_are_read_and_sound(acme_at_work: AcmeAtWork) -> None:
    found = CatalogueReader(acme_at_work.stack.webserver_url).read_tables()
    assert found.is_good, found
    assert {*TABLES, "sync/links", "sync/dead_letters", "sync/inbox_lag", "sync/sweep"} <= set(found.assets)
    assert found.checks > 50
