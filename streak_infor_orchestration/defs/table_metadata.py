"""What Dagster is told of a table after it was read."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import dagster as dg

if TYPE_CHECKING:
    from streak_infor_orchestration.analytics.handle import TableHandle
    from streak_infor_orchestration.analytics.warehouse import Published


def drawn(pictures: Sequence[str], name: str = "") -> dg.MetadataValue:
    """SVG, in the text itself, so that nothing is fetched from anywhere."""
    encoded = (b64encode(svg.encode()).decode() for svg in pictures)
    return dg.MetadataValue.md("\n\n".join(f"![{name}](data:image/svg+xml;base64,{svg})" for svg in encoded))


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
