"""What people do to running dossiers beside their ordinary course: repairs by two, moves to a new version."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text, Uuid, text

from engine.store.tables.base import Moment, metadata

# Asked for by one person, decided by another; carried out as one command.
intervention = Table(
    "intervention",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("kind", String(12), nullable=False),  # move, redo, correct, cancel
    Column("details", LargeBinary, nullable=False),  # as the command will have them: JSON, zstd
    Column("reason", Text, nullable=False),
    Column("seen", Integer, nullable=False),  # version of the dossier it was asked for
    Column("requested_at", Moment, nullable=False),
    Column("requested_by", String(80), nullable=False),
    Column("role", String(40)),  # in which the asker acted
    Column("state", String(12), nullable=False),  # requested, done, refused
    Column("decided_at", Moment),
    Column("decided_by", String(80)),
    Column("note", Text),
    Column("sequence", Integer),  # of the command that carried it out
    Index(
        "ix_intervention_requested",
        "requested_at",
        sqlite_where=text("state = 'requested'"),
        postgresql_where=text("state = 'requested'"),
    ),
)

# Running dossiers of one version are to follow another one; approved by a second person, done in batches.
migration = Table(
    "migration",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", String(40), nullable=False),
    Column("source", Integer, nullable=False),  # number of the version they leave
    Column("target", Integer, nullable=False),
    Column("mapping", LargeBinary, nullable=False),  # BPMN id to BPMN id: JSON, zstd
    Column("reason", Text, nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("requested_by", String(80), nullable=False),
    Column("state", String(12), nullable=False),  # requested, running, paused, done, refused
    Column("decided_at", Moment),
    Column("decided_by", String(80)),
    Column("note", Text),
    Index("ix_migration_code_requested_at", "code", "requested_at"),
)

migration_item = Table(
    "migration_item",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("migration_id", Uuid, primary_key=True),
    Column("number", String(60), nullable=False),  # mã hồ sơ
    Column("state", String(12), nullable=False),  # waiting, done, refused, skipped
    Column("message", Text),  # why not
    Column("sequence", Integer),  # of the command that moved it
    Column("at", Moment),
    Index("ix_migration_item_migration_id", "migration_id", "state"),
)
