"""What Dagster is told of a table after it was read."""

from datetime import datetime
from typing import TYPE_CHECKING

import dagster as dg

if TYPE_CHECKING:
    from streak_infor_orchestration.analytics.handle import TableHandle
    from streak_infor_orchestration.analytics.warehouse import Published


def table_metadata(
    handle: "TableHandle", published: "Published", watermark: datetime | None
) -> dict[str, dg.MetadataValue]:
    """Counts, how far the source was read, and the records that changed last. Dagster keeps that longer than anybody's
    data may be kept: nothing of a person is in it."""
    return {
        "dagster/row_count": dg.MetadataValue.int(published.rows),
        "added": dg.MetadataValue.int(published.added),
        "updated": dg.MetadataValue.int(published.updated),
        "removed": dg.MetadataValue.int(published.removed),
        **({"read up to": dg.MetadataValue.text(watermark.isoformat())} if watermark else {}),
        "preview": dg.MetadataValue.table(
            [dg.TableRecord(row) for row in handle.preview()],
            schema=dg.TableSchema([dg.TableColumn(column.name) for column in handle.table.impersonal]),
        ),
    }
