"""A command as its own transaction, and what is left behind when it fails."""

from uuid import UUID

from engine.advance import Outcome, Permit, Services, advance
from engine.domain.command import Command
from engine.incidents import record_failure
from engine.store.database import Database
from engine.workflow.errors import WorkflowFailed


def execute(
    database: Database,
    services: Services,
    dossier_id: UUID,
    command: Command,
    *,
    permit: Permit | None = None,
) -> Outcome:
    """Carry out one command in one transaction.

    When the process itself fails, everything is rolled back and an incident with the element stays.
    Raises what ``advance`` raises.
    """
    try:
        with database.transaction() as tx:
            return advance(tx, services, dossier_id, command, permit=permit)
    except WorkflowFailed as error:
        record_failure(
            database,
            dossier_id=dossier_id,
            kind="command",
            error=error,
            at=command.at,
            task_id=command.task_id,
        )
        raise
