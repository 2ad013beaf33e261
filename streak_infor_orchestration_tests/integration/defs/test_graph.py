"""Dagster's asset graph says what is made of what."""

import dagster as dg

from streak_infor_orchestration.analytics.tables import TABLES
from streak_infor_orchestration.definitions import defs


def parents(asset: str) -> set[str]:
    graph = defs().get_repository_def().asset_graph
    return {"/".join(key.path) for key in graph.get(dg.AssetKey(asset.split("/"))).parent_keys}


def test_a_table_stands_behind_those_its_records_refer_to() -> None:
    assert parents("streak/boxes") == {
        "streak/pipelines",
        "streak/stages",
        "streak/fields",
        "streak/contacts",
        "streak/organizations",
    }
    assert parents("infor/sales_orders") == {"infor/customers", "infor/products"}
    assert parents("infor/payments") == {"infor/invoices"}
    for name, table in TABLES.items():
        assert parents(name) == set(table.refers_to)


def test_the_ledger_stands_behind_both_systems() -> None:
    assert {"streak/boxes", "streak/organizations", "infor/customers", "infor/sales_orders"} <= parents(
        "sync/links"
    )
    assert "streak/boxes" in parents("sync/dead_letters")
    assert {"streak/boxes", "infor/payments", "sync/sweep"} <= parents("sync/inbox_lag")
    assert parents("sync/unsettled_writes") == {"streak/boxes", "sync/links"}
