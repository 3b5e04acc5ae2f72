"""What citizens do without an account: applications not yet handed in, and codes that nobody has."""

from sqlalchemy import Column, Index, LargeBinary, String, Table, Uuid

from engine.store.tables.base import Moment, metadata

draft = Table(
    "draft",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),  # the token itself is only with the citizen
    Column("procedure_code", String(40), nullable=False),
    Column("content", LargeBinary, nullable=False),  # packed JSON of engine.drafts; emptied when handed in
    Column("begun_at", Moment, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("tracking_code", String(20)),  # of the dossier it has become
    Index("ix_draft_saved_at", "saved_at"),
)

tracking_miss = Table(
    "tracking_miss",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("address", String(60), nullable=False),
    Column("code_hash", LargeBinary(32), nullable=False),  # a mistyped code is almost somebody's code
    Column("at", Moment, nullable=False),
    Index("ix_tracking_miss_address_at", "address", "at"),
    Index("ix_tracking_miss_code_hash_at", "code_hash", "at"),
    Index("ix_tracking_miss_at", "at"),
)
