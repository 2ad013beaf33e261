"""Which customers are closed, and who is about to be made one. The directory is read anew, in its new spellings."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

Instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "sio_customer", sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "sio_newcomer",
        sa.Column("streak_key", sa.Text(), nullable=False),
        sa.Column("identity", sa.JSON(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.PrimaryKeyConstraint("streak_key"),
    )
    op.execute("DELETE FROM sio_watermark WHERE name = 'erp:customers'")


def downgrade() -> None:
    op.drop_table("sio_newcomer")
    op.drop_column("sio_customer", "closed")
