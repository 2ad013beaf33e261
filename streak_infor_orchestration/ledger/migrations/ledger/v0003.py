"""Which incident was told to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sio_alert",
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("claimed_at", Instant),
        sa.Column("told_at", Instant),
        sa.PrimaryKeyConstraint("incident", "channel"),
    )


def downgrade() -> None:
    op.drop_table("sio_alert")
