"""Effects, links, invoices, dead letters, watermarks, pauses, audit, outcomes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Instant = sa.DateTime(timezone=True)
RowNumber = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sio_audit",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sio_audit_by_subject", "sio_audit", ["subject"])
    op.create_table(
        "sio_dead_letter",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("error_class", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("diagnosis", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("occurrences", sa.Integer(), nullable=False),
        sa.Column("correlation_id", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
        sa.Column("resolved_at", Instant),
        sa.Column("resolved_by", sa.Text()),
        sa.Column("resolution", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "sio_dead_letter_open",
        "sio_dead_letter",
        ["kind", "key"],
        unique=True,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "sio_effect",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("shape", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("doubted", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON()),
        sa.Column("external_id", sa.Text()),
        sa.Column("error", sa.JSON()),
        sa.Column("sent_at", Instant),
        sa.Column("call_deadline", Instant),
        sa.Column("settle_until", Instant),
        sa.Column("next_probe_at", Instant),
        sa.Column("verify_at", Instant),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("correlation_id", sa.Text(), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("updated_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("sio_effect_by_subject", "sio_effect", ["subject"])
    op.create_index(
        "sio_effect_unsettled",
        "sio_effect",
        ["created_at"],
        sqlite_where=sa.text("(state IN ('sent', 'unknown') OR verify_at IS NOT NULL)"),
        postgresql_where=sa.text("(state IN ('sent', 'unknown') OR verify_at IS NOT NULL)"),
    )
    op.create_table(
        "sio_invoice",
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("invoice_id"),
    )
    op.create_index("sio_invoice_by_order", "sio_invoice", ["order_id"])
    op.create_table(
        "sio_link",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("streak_key", sa.Text(), nullable=False),
        sa.Column("erp_key", sa.Text(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("kind", "streak_key"),
    )
    op.create_index("sio_link_by_erp_key", "sio_link", ["kind", "erp_key"], unique=True)
    op.create_table(
        "sio_meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "sio_outcome",
        sa.Column("id", RowNumber, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("correlation_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("started_at", Instant, nullable=False),
        sa.Column("finished_at", Instant, nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sio_outcome_by_record", "sio_outcome", ["kind", "key"])
    op.create_table(
        "sio_pause",
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("probe_until", sa.Double()),
        sa.Column("probe_clock", sa.Text()),
        sa.PrimaryKeyConstraint("system"),
    )
    op.create_table(
        "sio_watermark",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", Instant, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    for table in (
        "sio_audit",
        "sio_dead_letter",
        "sio_effect",
        "sio_invoice",
        "sio_link",
        "sio_meta",
        "sio_outcome",
        "sio_pause",
        "sio_watermark",
    ):
        op.drop_table(table)
