"""The dossier: the row that every command locks first, and what hangs on it.

Every primary key begins with the dossier's id and no foreign key leaves the dossier but to small reference
tables, so that the tables can be distributed by dossier over several machines.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
    text,
)

from engine.store.tables.base import Moment, metadata

dossier = Table(
    "dossier",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", String(60), nullable=False),  # mã hồ sơ
    Column("tracking_code", String(20), nullable=False),  # 60 random bits, for the citizen
    Column("procedure_code", String(40), nullable=False),
    Column("procedure_name", Text, nullable=False),
    Column("procedure_version", Integer, nullable=False),
    Column("bundle", String(64), ForeignKey("bundle.sha256"), nullable=False),  # the version it began with
    Column("agency", String(40), nullable=False),  # competent agency
    Column("received_agency", String(40), nullable=False),  # place of reception
    Column("channel", String(20), nullable=False),
    Column("applicant_name", Text, nullable=False),
    Column("search", Text, nullable=False),  # number, name, procedure without diacritics
    # The four dimensions, engine.domain.dossier.
    Column("handling", String(24), nullable=False),
    Column("money", String(12), nullable=False),
    Column("delivery", String(12), nullable=False),
    Column("synchronisation", String(16), nullable=False),
    Column("steps", Text, nullable=False),  # names of the open steps, for lists
    Column("clock_running", Boolean, nullable=False),
    Column("submitted_at", Moment),
    Column("received_at", Moment),
    Column("due_at", Moment),
    Column("signed_at", Moment),
    Column("issued_at", Moment),
    Column("finished_at", Moment),
    Column("handed_over_at", Moment),
    Column("closed_at", Moment),  # the process has ended
    Column("calendar_version", Integer, nullable=False),
    # Head of the history chain; sequence is also the version that ETag and If-Match speak of.
    Column("sequence", Integer, nullable=False),
    Column("recorded_at", Moment, nullable=False),  # of the newest command; never goes back
    Column("head_hash", LargeBinary(32), nullable=False),
    Column("salt", LargeBinary(16), nullable=False),  # keys the digests of personal data in history
    Column("record", LargeBinary, nullable=False),  # document, ledger and open things, JSON, zstd
    Column("state", LargeBinary),  # state of the process, zstd; NULL once it has ended
    Index("ix_dossier_agency_handling_due_at", "agency", "handling", "due_at", "id"),
    Index("ix_dossier_submitted_at", "submitted_at", "id"),
    Index("ix_dossier_closed_at_due_at", "closed_at", "due_at", "id"),
    # Few wait for the citizen: the inbox counts their tasks without looking at all the others.
    Index(
        "ix_dossier_awaiting_supplement",
        "id",
        sqlite_where=text("handling = 'awaiting_supplement'"),
        postgresql_where=text("handling = 'awaiting_supplement'"),
    ),
)

# Number and tracking code to dossier: the only place where they are unique.
dossier_key = Table(
    "dossier_key",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("dossier_id", Uuid, nullable=False),
)

# Agencies that take part besides the competent one: who may see the dossier.
dossier_agency = Table(
    "dossier_agency",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("agency", String(40), primary_key=True),
    Index("ix_dossier_agency_agency", "agency", "dossier_id"),
)

document = Table(
    "document",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("sequence", Integer, nullable=False),  # command that brought it
    Column("required_id", String(80)),  # id of the motcua:document it fulfils
    Column("name", Text, nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", String(80), nullable=False),
    Column("withdrawn_at", Moment),  # replaced or given back: the row stays
)

paper = Table(
    "paper",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("name", String(60), nullable=False),
    Column("version", String(20), nullable=False),
    Column("content", LargeBinary, nullable=False),  # the paper as issued, JSON, zstd
    Column("sha256", String(64), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("issued_by", String(80), nullable=False),
)
