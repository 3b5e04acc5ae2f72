"""Versions go from draft to live by two persons; repairs and migrations of running dossiers as well."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables import interventions, metadata, procedures

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    # A database born after these were thought of has them from 0001 on: what exists is left alone.
    if "state" not in {one["name"] for one in sa.inspect(connection).get_columns("procedure_version")}:
        _states()
    made = [procedures.version_act, interventions.intervention, interventions.migration]
    metadata.create_all(connection, tables=[*made, interventions.migration_item])
    _append_only(connection)


def _states() -> None:
    op.drop_index("uq_procedure_version_live", "procedure_version")
    with op.batch_alter_table("procedure_version") as table:
        table.add_column(sa.Column("state", sa.String(12), nullable=False, server_default="retired"))
    op.execute("UPDATE procedure_version SET state = 'live' WHERE live")
    with op.batch_alter_table("procedure_version") as table:
        table.alter_column("state", server_default=None)
        table.alter_column("deployed_at", nullable=True)
        table.alter_column("deployed_by", nullable=True)
        table.drop_column("live")
    op.create_index(
        "uq_procedure_version_live",
        "procedure_version",
        ["code"],
        unique=True,
        sqlite_where=sa.text("state = 'live'"),
        postgresql_where=sa.text("state = 'live'"),
    )


def _append_only(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER version_act_no_{verb.lower()} BEFORE {verb} ON version_act "
                "BEGIN SELECT RAISE(ABORT, 'the acts of a version are append-only'); END"
            )
        return
    connection.exec_driver_sql(
        "CREATE TRIGGER version_act_no_change BEFORE UPDATE OR DELETE ON version_act "
        "FOR EACH ROW EXECUTE FUNCTION history_is_append_only()"
    )
