"""What both sides returned last is kept per pair, and when a changed value was first seen."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

Instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sio_shadow_of_pair",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("streak_key", sa.Text(), nullable=False),
        sa.Column("erp_key", sa.Text(), nullable=False),
        sa.Column("box_key", sa.Text(), nullable=False),
        sa.Column("contact_key", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("kind", "streak_key", "erp_key"),
    )
    # one whose link was ended since is of no pair: the next link lays a ground of its own
    op.execute(
        "INSERT INTO sio_shadow_of_pair (kind, streak_key, erp_key, box_key, contact_key, fields, changed, at) "
        "SELECT sio_link.kind, sio_link.streak_key, sio_link.erp_key, box_key, contact_key, fields, '{}', "
        "sio_shadow.at "
        "FROM sio_shadow JOIN sio_link ON sio_link.streak_key = sio_shadow.streak_key "
        "WHERE sio_link.kind = 'customer'"
    )
    op.drop_table("sio_shadow")
    op.rename_table("sio_shadow_of_pair", "sio_shadow")
    op.create_index("sio_shadow_by_contact", "sio_shadow", ["contact_key"])


def downgrade() -> None:
    op.create_table(
        "sio_shadow_of_party",
        sa.Column("streak_key", sa.Text(), nullable=False),
        sa.Column("box_key", sa.Text(), nullable=False),
        sa.Column("contact_key", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("streak_key"),
    )
    op.execute(
        "INSERT INTO sio_shadow_of_party (streak_key, box_key, contact_key, fields, at) "
        "SELECT sio_shadow.streak_key, box_key, contact_key, fields, sio_shadow.at FROM sio_shadow "
        "JOIN sio_link ON sio_link.kind = sio_shadow.kind AND sio_link.streak_key = sio_shadow.streak_key "
        "AND sio_link.erp_key = sio_shadow.erp_key WHERE sio_shadow.kind = 'customer'"
    )
    op.drop_table("sio_shadow")
    op.rename_table("sio_shadow_of_party", "sio_shadow")
    op.create_index("sio_shadow_by_contact", "sio_shadow", ["contact_key"])
