"""Where tables go and come from: what was read is merged into the file, and a *handle* comes back, never rows."""

from typing import TYPE_CHECKING, Any

import dagster as dg

from streak_infor_orchestration.defs.table_metadata import table_metadata

if TYPE_CHECKING:
    from upath import UPath

    from streak_infor_orchestration.analytics.delta import Delta
    from streak_infor_orchestration.analytics.handle import TableHandle
    from streak_infor_orchestration.analytics.warehouse import Published, Warehouse
    from streak_infor_orchestration.ledger.store import Store


class TableIOManager(dg.UPathIOManager):
    """`infor/invoices` is the file `infor/invoices.parquet` below the tables' root."""

    extension = ".parquet"

    def __init__(self, warehouse: "Warehouse", store: "Store") -> None:
        self.warehouse = warehouse
        self._store = store
        self._published: dict[str, Published] = {}
        super().__init__(base_path=warehouse.root)

    def handle(self, name: str) -> "TableHandle":
        """Of `infor/invoices`, say. Raises FileNotFoundError for a table that was not read yet."""
        handle = self.warehouse.handle_of(name)
        if handle is None:
            raise FileNotFoundError(f"{name} was not read yet: materialise it first")
        return handle

    def dump_to_path(self, context: dg.OutputContext, obj: "Delta", path: "UPath") -> None:
        """Publishes the merged table, then advances its watermark."""
        from streak_infor_orchestration.sync.tables.tables import publish

        self._published[obj.table.name] = publish(self._store, self.warehouse, obj)

    def get_metadata(self, context: dg.OutputContext, obj: "Delta") -> dict[str, Any]:
        from streak_infor_orchestration.sync.tables.tables import watermark_name

        handle = self.warehouse.handle(obj.table)
        assert handle is not None, "it was published just now"
        watermark = self._store.watermarks.get(watermark_name(obj.table.name))
        return table_metadata(handle, self._published[obj.table.name], watermark)

    def load_from_path(self, context: dg.InputContext, path: "UPath") -> "TableHandle":
        return self.handle("/".join(context.asset_key.path))
