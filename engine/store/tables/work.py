"""What waits: tasks for people, timers, jobs, messages, effects to deliver, incidents. Indexed rows."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text, Uuid, text

from engine.store.tables.base import Moment, metadata

task = Table(
    "task",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("task_id", Uuid, primary_key=True),
    Column("node", String(120), nullable=False),  # BPMN id
    Column("name", Text, nullable=False),
    Column("role", String(40), nullable=False),
    Column("agency", String(40), nullable=False),
    Column("assignee", Uuid),  # officer who has claimed it
    Column("claimed_at", Moment),
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment),  # budget of the step
    Column("urgent_at", Moment),  # the earlier of the step's and the dossier's due date: order of the inbox
    Column("state", String(12), nullable=False),  # open, done, cancelled
    Column("closed_at", Moment),
    Column("closed_by", String(80)),
    Index(
        "ix_task_inbox",
        "role",
        "agency",
        "urgent_at",
        "dossier_id",
        "task_id",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_task_assignee",
        "assignee",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

timer = Table(
    "timer",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("task_id", Uuid, primary_key=True),
    Column("name", String(120), primary_key=True),  # BPMN id of the event, or law:<id> of a statutory timer
    Column("value", String(80), nullable=False),  # legal time, e.g. 3WD, due-1WD
    Column(
        "clock", String(12), nullable=False
    ),  # legal: stands still while the dossier is returned; or elapsed
    Column("started_at", Moment, nullable=False),
    Column("due_at", Moment),  # the legal moment; NULL while it stands still
    Column("run_at", Moment),  # due_at, or the next try after a failure
    Column("state", String(12), nullable=False),  # pending, fired, cancelled
    Column("fired_at", Moment),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Index(
        "ix_timer_run_at",
        "run_at",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
)

job = Table(
    "job",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("task_id", Uuid, primary_key=True),  # also its idempotency key: new at every visit of the element
    Column("node", String(120), nullable=False),
    Column("handler", String(80), nullable=False),
    Column("inputs", LargeBinary, nullable=False),  # JSON
    Column("state", String(12), nullable=False),  # ready, done, cancelled, incident
    Column("attempt", Integer, nullable=False),
    Column("run_at", Moment, nullable=False),  # when ready; while leased, the end of the lease
    Column("created_at", Moment, nullable=False),
    Column("last_error", Text),
    Index(
        "ix_job_run_at",
        "run_at",
        sqlite_where=text("state = 'ready'"),
        postgresql_where=text("state = 'ready'"),
    ),
)

subscription = Table(
    "subscription",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("task_id", Uuid, primary_key=True),
    Column("message", String(120), primary_key=True),
    Column("node", String(120), nullable=False),
    Index("ix_subscription_message", "message", "dossier_id"),
)

# Effects that wait for the commit: notices to citizens and officers, messages to other dossiers.
outbox = Table(
    "outbox",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("handler", String(80), nullable=False),
    Column("payload", LargeBinary, nullable=False),  # JSON
    Column("state", String(12), nullable=False),  # ready, done, incident
    Column("attempt", Integer, nullable=False),
    Column("run_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_error", Text),
    Index(
        "ix_outbox_run_at",
        "run_at",
        sqlite_where=text("state = 'ready'"),
        postgresql_where=text("state = 'ready'"),
    ),
)

incident = Table(
    "incident",
    metadata,
    Column("dossier_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("kind", String(20), nullable=False),  # command, timer, job, outbox
    Column("node", String(120)),
    Column("task_id", Uuid),
    Column("message", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(80)),
    Column("reason", Text),  # why it was closed
    Index(
        "ix_incident_open",
        "opened_at",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)
