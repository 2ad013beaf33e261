"""Which version of the ERP's records was looked at last, and which orders are over."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for table in ("sio_link", "sio_invoice"):
        op.add_column(table, sa.Column("seen", sa.Text(), nullable=False, server_default=""))
    op.add_column("sio_link", sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("sio_link", "closed")
    for table in ("sio_invoice", "sio_link"):
        op.drop_column(table, "seen")
