"""Deals that were there before the integration, and what was decided of each."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "sio_backfill",
        sa.Column("box_key", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(10), nullable=False),
        sa.Column("orders", sa.JSON(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("box_key"),
    )


def downgrade() -> None:
    op.drop_table("sio_backfill")
