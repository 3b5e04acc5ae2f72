"""Agencies, officers, their postings, and who is signed in."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, LargeBinary, String, Table, Text, Uuid

from engine.store.tables.base import Moment, metadata

agency = Table(
    "agency",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("kind", String(20), nullable=False),  # centre, division, department, province, central, commune
    Column("successor", String(40)),  # code of the agency that took over
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("address", Text, nullable=False, server_default=""),
    Column("phone", String(40), nullable=False, server_default=""),
)

officer = Table(
    "officer",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("username", String(80), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("disabled_at", Moment),
    Column("created_at", Moment, nullable=False),
)

# A role at an agency from a day to a day; the paper is the decision behind it.
posting = Table(
    "posting",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("officer_id", Uuid, ForeignKey("officer.id"), nullable=False),
    Column("role", String(40), nullable=False),
    Column("agency", String(40), ForeignKey("agency.code"), nullable=False),
    Column("place", String(80), nullable=False, server_default=""),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),  # last day
    Column("paper", Text, nullable=False),
    Index("ix_posting_officer_id", "officer_id"),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),  # the token itself is only with the browser
    Column("officer_id", Uuid, ForeignKey("officer.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ip", String(60), nullable=False),
    Column("agent", Text, nullable=False),
    Index("ix_session_officer_id", "officer_id"),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("username", String(80), nullable=False),
    Column("ip", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Index("ix_sign_in_attempt_username_at", "username", "at"),
    Index("ix_sign_in_attempt_ip_at", "ip", "at"),
)
