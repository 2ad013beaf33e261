"""What Dagster is told of a table after it was written."""

from typing import TYPE_CHECKING

import dagster as dg

if TYPE_CHECKING:
    from streak_infor_orchestration.analytics.handle import TableHandle


def table_metadata(handle: "TableHandle") -> dict[str, dg.MetadataValue]:
    facts = handle.facts()
    rows = handle.preview()
    counts = {name: dg.MetadataValue.int(facts[name]) for name in ("added", "updated", "removed")}
    watermark = facts.get("watermark")
    return {
        "dagster/row_count": dg.MetadataValue.int(facts["rows"]),
        **counts,
        **({"watermark": dg.MetadataValue.text(watermark)} if watermark else {}),
        "preview": dg.MetadataValue.table(
            [dg.TableRecord(row) for row in rows],
            schema=dg.TableSchema([dg.TableColumn(column.name) for column in handle.table.columns]),
        ),
    }
