"""Keys of records that a person merged into another one."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

Instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sio_alias",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("retired", sa.Text(), nullable=False),
        sa.Column("survivor", sa.Text(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("kind", "retired"),
    )


def downgrade() -> None:
    op.drop_table("sio_alias")
