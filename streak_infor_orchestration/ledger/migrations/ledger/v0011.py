"""Of a link: whether the ERP's record was there first, and which state of it was acted upon in Streak last."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("sio_link") as link:
        link.add_column(sa.Column("by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
        link.add_column(sa.Column("told", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("sio_link") as link:
        link.drop_column("told")
        link.drop_column("by_hand")
