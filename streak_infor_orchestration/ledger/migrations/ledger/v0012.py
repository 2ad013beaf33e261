"""On what the two systems disagree, and how many there were."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

Instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sio_drift",
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("entity", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("streak_key", sa.Text(), nullable=False),
        sa.Column("erp_key", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("first_seen", Instant, nullable=False),
        sa.Column("healed", sa.Integer(), nullable=False),
        sa.Column("alarm", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint"),
    )
    op.create_table(
        "sio_drift_count",
        sa.Column("at", Instant, nullable=False),
        sa.Column("entity", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("at", "entity", "kind"),
    )


def downgrade() -> None:
    op.drop_table("sio_drift_count")
    op.drop_table("sio_drift")
