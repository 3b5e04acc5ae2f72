"""The history of each dossier: append-only, chained by hashes; and the replies already given."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text, Uuid

from engine.store.tables.base import Moment, metadata

# One row a command. Holds no personal data: values stand in history_detail, here only their keyed digest,
# so that a lawful erasure leaves the chain whole. UPDATE and DELETE are refused by triggers.
history = Table(
    "history",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("actor", String(80), nullable=False),  # officer:<id>, citizen, system:<name>
    Column("role", String(40)),
    Column("agency", String(40)),
    Column("node", String(120)),
    Column("task_id", Uuid),
    Column("handling", String(24), nullable=False),  # after the command
    Column("due_at", Moment),  # after the command
    Column("body", LargeBinary, nullable=False),  # canonical JSON of everything that is hashed
    Column("prev_hash", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Index("ix_history_recorded_at", "recorded_at"),
)

# What a command brought and changed, and after every tenth the state. May be erased; the chain stays.
history_detail = Table(
    "history_detail",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("payload", LargeBinary),  # answers, reason, changes of the document: JSON, zstd
    Column("snapshot", LargeBinary),  # state after every tenth command, zstd
)

# The answer to every request that carried an Idempotency-Key; scope is the dossier, or the nil UUID.
reply = Table(
    "reply",
    metadata,
    Column("scope", Uuid, primary_key=True),
    Column("actor", String(80), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("request_hash", LargeBinary(32), nullable=False),
    Column("status", Integer, nullable=False),
    Column("media_type", String(80), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("etag", Text),
    Column("created_at", Moment, nullable=False),
    Index("ix_reply_created_at", "created_at"),
)
