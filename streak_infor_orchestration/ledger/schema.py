"""The tables. Names begin with `sio_`, so that one Postgres database can also hold Dagster's tables.

Two groups, each with a migration history of its own: on SQLite they are two files, so that the gateway's commits
never wait for a worker's. A change here needs a revision in `migrations/`; a test compares the two.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

from streak_infor_orchestration.ledger.columns import Instant, Lane, document

inbox_metadata = MetaData()
ledger_metadata = MetaData()

# SQLite numbers rows by itself only in a column that is exactly INTEGER
RowNumber = BigInteger().with_variant(Integer(), "sqlite")

event = Table(
    "sio_event",
    inbox_metadata,
    Column("id", RowNumber, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("source", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("key", Text, nullable=False),
    Column("lane", Lane, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("body_hash", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("echo", Boolean, nullable=False),
    Index("sio_event_by_record", "kind", "key"),
    Index("sio_event_by_time", "at"),
)

inbox = Table(
    "sio_inbox",
    inbox_metadata,
    Column("kind", String(20), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("lane", Lane, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("claimed_seq", BigInteger, nullable=False),
    Column("due_at", Instant),
    Column("first_due_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("min_version", BigInteger, nullable=False),
    Column("own_version", BigInteger, nullable=False),
    Column("last_version", BigInteger, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("lease_owner", Text),
    Column("lease_token", Text),
    Column("lease_until", Double),
    Column("lease_clock", Text),
)
Index(
    "sio_inbox_in_claim_order",
    inbox.c.lane,
    inbox.c.due_at,
    sqlite_where=inbox.c.due_at.is_not(None),
    postgresql_where=inbox.c.due_at.is_not(None),
)

nudge = Table(
    "sio_nudge",
    inbox_metadata,
    Column("name", Text, primary_key=True),
    Column("until", Double, nullable=False),
    Column("clock", Text, nullable=False),
)

meta = Table(
    "sio_meta",
    ledger_metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

effect = Table(
    "sio_effect",
    ledger_metadata,
    Column("key", Text, primary_key=True),
    Column("shape", String(10), nullable=False),
    Column("subject", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("doubted", Boolean, nullable=False),
    Column("body", document(), nullable=False),
    Column("body_hash", String(64), nullable=False),
    Column("steps", document(), nullable=False),
    Column("result", document()),
    Column("external_id", Text),
    Column("error", document()),
    Column("sent_at", Instant),
    Column("call_deadline", Instant),
    Column("settle_until", Instant),
    Column("next_probe_at", Instant),
    Column("verify_at", Instant),
    Column("epoch", Text, nullable=False),
    Column("run_id", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("sio_effect_by_subject", "subject"),
)
unsettled = text("(state IN ('sent', 'unknown') OR verify_at IS NOT NULL)")
Index("sio_effect_unsettled", effect.c.created_at, sqlite_where=unsettled, postgresql_where=unsettled)

link = Table(
    "sio_link",
    ledger_metadata,
    Column("kind", String(20), primary_key=True),
    Column("streak_key", Text, primary_key=True),
    Column("erp_key", Text, nullable=False),
    Column("seen", Text, nullable=False, server_default=""),
    Column("closed", Boolean, nullable=False, server_default=false()),
    Column("by_hand", Boolean, nullable=False, server_default=false()),
    Column("told", Text, nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
    Index("sio_link_by_erp_key", "kind", "erp_key", unique=True),
)

alias = Table(
    "sio_alias",
    ledger_metadata,
    Column("kind", String(20), primary_key=True),
    Column("retired", Text, primary_key=True),
    Column("survivor", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

customer = Table(
    "sio_customer",
    ledger_metadata,
    Column("erp_key", Text, primary_key=True),
    Column("bare_name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("tax_id", Text, nullable=False),
    Column("closed", Boolean, nullable=False, server_default=false()),
    Index("sio_customer_by_bare_name", "bare_name"),
    Index("sio_customer_by_email", "email"),
    Index("sio_customer_by_domain", "domain"),
    Index("sio_customer_by_tax_id", "tax_id"),
)

newcomer = Table(
    "sio_newcomer",
    ledger_metadata,
    Column("streak_key", Text, primary_key=True),
    Column("identity", document(), nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
)

shadow = Table(
    "sio_shadow",
    ledger_metadata,
    Column("kind", String(20), primary_key=True),
    Column("streak_key", Text, primary_key=True),
    Column("erp_key", Text, primary_key=True),
    Column("box_key", Text, nullable=False),
    Column("contact_key", Text, nullable=False),
    Column("fields", document(), nullable=False),
    Column("changed", document(), nullable=False),
    Column("at", Instant, nullable=False),
    Index("sio_shadow_by_contact", "contact_key"),
)

invoice = Table(
    "sio_invoice",
    ledger_metadata,
    Column("invoice_id", Text, primary_key=True),
    Column("order_id", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("seen", Text, nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
    Index("sio_invoice_by_order", "order_id"),
)

backfill = Table(
    "sio_backfill",
    ledger_metadata,
    Column("box_key", Text, primary_key=True),
    Column("standing", String(10), nullable=False),
    Column("orders", document(), nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
)

reread = Table(
    "sio_reread",
    ledger_metadata,
    Column("erp_key", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),
    Index("sio_reread_by_time", "next_at"),
)

dead_letter = Table(
    "sio_dead_letter",
    ledger_metadata,
    Column("id", RowNumber, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("key", Text, nullable=False),
    Column("error_class", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("diagnosis", document(), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("occurrences", Integer, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("resolved_at", Instant),
    Column("resolved_by", Text),
    Column("resolution", Text),
)
Index(
    "sio_dead_letter_open",
    dead_letter.c.kind,
    dead_letter.c.key,
    unique=True,
    sqlite_where=dead_letter.c.resolved_at.is_(None),
    postgresql_where=dead_letter.c.resolved_at.is_(None),
)

watermark = Table(
    "sio_watermark",
    ledger_metadata,
    Column("name", Text, primary_key=True),
    Column("value", Instant, nullable=False),
    Column("at", Instant, nullable=False),
)

pause = Table(
    "sio_pause",
    ledger_metadata,
    Column("system", Text, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("probe_until", Double),
    Column("probe_clock", Text),
)

audit = Table(
    "sio_audit",
    ledger_metadata,
    Column("id", RowNumber, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", document(), nullable=False),
    Index("sio_audit_by_subject", "subject"),
)

outcome = Table(
    "sio_outcome",
    ledger_metadata,
    Column("id", RowNumber, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("key", Text, nullable=False),
    Column("run_id", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant, nullable=False),
    Column("summary", document(), nullable=False),
    Index("sio_outcome_by_record", "kind", "key"),
)

alert = Table(
    "sio_alert",
    ledger_metadata,
    Column("incident", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("claimed_at", Instant),
    Column("told_at", Instant),
)

pin = Table(
    "sio_pin",
    ledger_metadata,
    Column("name", Text, primary_key=True),
    Column("key", Text, nullable=False),
)

metadata = Table(
    "sio_metadata",
    ledger_metadata,
    Column("name", Text, primary_key=True),
    Column("content", document(), nullable=False),
    Column("asked_at", Instant, nullable=False),
)

held = Table(
    "sio_held",
    ledger_metadata,
    Column("name", Text, primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

drift = Table(
    "sio_drift",
    ledger_metadata,
    Column("fingerprint", String(16), primary_key=True),
    Column("entity", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("streak_key", Text, nullable=False),
    Column("erp_key", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("healed", Integer, nullable=False),
    Column("alarm", Boolean, nullable=False),
)

drift_count = Table(
    "sio_drift_count",
    ledger_metadata,
    Column("at", Instant, primary_key=True),
    Column("entity", String(20), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("count", Integer, nullable=False),
)
