"""Where tables go and come from: what was read is merged into the file, and a *handle* comes back, never rows."""

from typing import TYPE_CHECKING, Any

import dagster as dg

from streak_infor_orchestration.defs.entities.metadata import table_metadata
from streak_infor_orchestration.defs.resources import IntegrationResource

if TYPE_CHECKING:
    from upath import UPath

    from streak_infor_orchestration.analytics.delta import Delta
    from streak_infor_orchestration.analytics.handle import TableHandle
    from streak_infor_orchestration.analytics.warehouse import Published
    from streak_infor_orchestration.wiring import Wiring


class TableIOManager(dg.UPathIOManager):
    """`infor/invoices` is the file `infor/invoices.parquet` below the tables' root."""

    extension = ".parquet"

    def __init__(self, parts: "Wiring") -> None:
        self._parts = parts
        self._published: dict[str, Published] = {}
        super().__init__(base_path=parts.warehouse.root)

    def dump_to_path(self, context: dg.OutputContext, obj: "Delta", path: "UPath") -> None:
        """Publishes the merged table, then advances its watermark."""
        from streak_infor_orchestration.sync.tables.tables import publish

        self._published[obj.table.name] = publish(self._parts.store, self._parts.warehouse, obj)

    def get_metadata(self, context: dg.OutputContext, obj: "Delta") -> dict[str, Any]:
        from streak_infor_orchestration.sync.tables.tables import watermark_name

        handle = self._parts.warehouse.handle(obj.table)
        assert handle is not None, "it was published just now"
        watermark = self._parts.store.watermarks.get(watermark_name(obj.table.name))
        return table_metadata(handle, self._published[obj.table.name], watermark)

    def load_from_path(self, context: dg.InputContext, path: "UPath") -> "TableHandle":
        name = "/".join(context.asset_key.path)
        handle = self._parts.warehouse.handle_of(name)
        if handle is None:
            raise FileNotFoundError(f"{name} was not read yet: materialise it first")
        return handle


class TableStore(dg.ConfigurableIOManagerFactory[TableIOManager]):
    integration: IntegrationResource

    def create_io_manager(self, context: dg.InitResourceContext) -> TableIOManager:
        return TableIOManager(self.integration.parts())


@dg.definitions
def resources() -> dg.Definitions:
    return dg.Definitions(resources={"tables": TableStore(integration=IntegrationResource())})
