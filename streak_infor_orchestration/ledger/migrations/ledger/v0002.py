"""The directory of the ERP's customers, and the shadows of linked ones."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Instant = sa.DateTime(timezone=True)
SEARCHED = ("bare_name", "email", "domain", "tax_id")


def upgrade() -> None:
    op.create_table(
        "sio_customer",
        sa.Column("erp_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bare_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("tax_id", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("modified_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("erp_key"),
    )
    for column in SEARCHED:
        op.create_index(f"sio_customer_by_{column}", "sio_customer", [column])
    op.create_table(
        "sio_shadow",
        sa.Column("streak_key", sa.Text(), nullable=False),
        sa.Column("box_key", sa.Text(), nullable=False),
        sa.Column("contact_key", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("streak_key"),
    )
    op.create_index("sio_shadow_by_contact", "sio_shadow", ["contact_key"])


def downgrade() -> None:
    op.drop_table("sio_shadow")
    op.drop_table("sio_customer")
