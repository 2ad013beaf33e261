"""Run by Alembic for every command; `ledger/migrate.py` hands over the connection."""

from alembic import context

from streak_infor_orchestration.ledger import schema
from streak_infor_orchestration.ledger.migrate import version_table

history = context.config.attributes["history"]
metadata = {"inbox": schema.inbox_metadata, "ledger": schema.ledger_metadata}[history]

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=version_table(history),
    render_as_batch=True,
    # the database may hold the other history and Dagster's tables
    include_name=lambda name, type_, _: type_ != "table" or name in metadata.tables,
)
context.run_migrations()
