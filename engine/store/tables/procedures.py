"""Procedures, their versions and the frozen bundles behind them; calendars."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from engine.store.tables.base import Moment, metadata

# BPMN, called diagrams, forms and tables as deployed, with the compiled form beside them; never changed.
bundle = Table(
    "bundle",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
)

procedure_version = Table(
    "procedure_version",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", String(40), nullable=False),  # national code, e.g. 1.009397
    Column("number", Integer, nullable=False),  # 1, 2, 3 ... of the code
    Column("sha256", String(64), ForeignKey("bundle.sha256"), nullable=False),
    Column("name", Text, nullable=False),
    Column("agency", String(40), nullable=False),
    Column("domain", Text, nullable=False),
    Column("level", String(20), nullable=False),
    Column("search", Text, nullable=False),  # name and code without diacritics, lower case
    Column("facts", LargeBinary, nullable=False),  # JSON of ProcedureFacts, for pages that need no diagram
    Column("state", String(12), nullable=False),  # engine.domain.version.State
    Column("deployed_at", Moment),  # when it went live
    Column("deployed_by", String(80)),
    Column("reason", Text, nullable=False),  # decision that approved it; before that, its author's note
    UniqueConstraint("code", "number"),
    Index(
        "uq_procedure_version_live",
        "code",
        unique=True,
        sqlite_where=text("state = 'live'"),
        postgresql_where=text("state = 'live'"),
    ),
)

# What was done with a version, by whom and why. UPDATE and DELETE are refused by triggers.
version_act = Table(
    "version_act",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("act", String(12), nullable=False),  # engine.domain.version.Act
    Column("at", Moment, nullable=False),
    Column("by", String(80), nullable=False),  # officer:<id>, system:<name>
    Column("sha256", String(64), nullable=False),  # the bundle that it was done with
    Column("reason", Text, nullable=False),
)

calendar = Table(
    "calendar",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),  # the TOML as decided
    Column("sha256", String(64), nullable=False),
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", String(80), nullable=False),
    Column("reason", Text, nullable=False),  # number and date of the decision
)

# Yearly or daily series of printed numbers, one row a series: no global counter.
counter = Table(
    "counter",
    metadata,
    Column("series", String(120), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
