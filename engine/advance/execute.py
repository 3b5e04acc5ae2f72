"""A command as its own transaction, and what is left behind when it fails."""

from engine.advance import Address, Outcome, Permit, Services, advance
from engine.domain.command import Command
from engine.incidents import faults_noted
from engine.store.database import Database


def execute(
    database: Database,
    services: Services,
    dossier: Address,
    command: Command,
    *,
    permit: Permit | None = None,
) -> Outcome:
    """Carry out one command in one transaction; again where the database asks only for that.

    When the process itself fails, everything is rolled back and an incident with the element stays.
    Raises what ``advance`` raises.
    """

    def carry_out() -> Outcome:
        with database.transaction() as tx:
            return advance(tx, services, dossier, command, permit=permit)

    with faults_noted(database, dossier, at=command.at, task_id=command.task_id):
        return database.again(carry_out)
