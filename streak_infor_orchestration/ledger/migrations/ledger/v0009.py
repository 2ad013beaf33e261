"""What nobody reads is kept no longer: of a listed customer, of the lease that sent a write, of a pinned name."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

Instant = sa.DateTime(timezone=True)
LONG_AGO = "1970-01-01 00:00:00+00:00"


def upgrade() -> None:
    for column in ("name", "city", "modified_at"):
        op.drop_column("sio_customer", column)
    op.drop_column("sio_effect", "owner")
    op.drop_column("sio_pin", "at")


def downgrade() -> None:
    for column in ("name", "city"):
        op.add_column("sio_customer", sa.Column(column, sa.Text(), nullable=False, server_default=""))
    op.add_column("sio_customer", sa.Column("modified_at", Instant, nullable=False, server_default=LONG_AGO))
    op.add_column("sio_effect", sa.Column("owner", sa.Text(), nullable=False, server_default=""))
    op.add_column("sio_pin", sa.Column("at", Instant, nullable=False, server_default=LONG_AGO))
