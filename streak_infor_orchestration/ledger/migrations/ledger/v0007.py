"""What an order looked like when it was read again last, where the ERP keeps no list of changes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

Instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sio_reread",
        sa.Column("erp_key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("next_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("erp_key"),
    )
    op.create_index("sio_reread_by_time", "sio_reread", ["next_at"])


def downgrade() -> None:
    op.drop_table("sio_reread")
