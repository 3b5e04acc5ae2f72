"""Dealing with an incident: failed work is tried again, passed over or given up, as one command."""

from dataclasses import replace
from uuid import UUID

from engine.advance.commands import move
from engine.advance.work import Work
from engine.domain.incident import Remedy, chosen_remedy
from engine.errors import MotcuaError
from engine.store import incidents
from engine.workflow.step import JobDone


class IncidentClosed(MotcuaError):
    """Somebody else has dealt with the incident."""

    code = "incident-closed"
    vi = "Sự cố này đã được xử lý. Mở lại danh sách sự cố."
    en = "This incident was dealt with already. Open the list again."


def look_up(work: Work) -> None:
    """Put into the command what it needs to know of its incident, so that it can be run again without it.

    Raises IncidentClosed, NoRemedy.
    """
    details = dict(work.command.details)
    row = incidents.to_close(work.tx, work.dossier_id, UUID(details["incident"]))
    if row is None:
        raise IncidentClosed()
    remedy = chosen_remedy(row.kind, details.get("remedy"))
    details |= {"remedy": remedy, "kind": row.kind, "node": row.node}
    if remedy == Remedy.SKIP:
        job = incidents.failed_job(work.tx, work.dossier_id, row.node)
        if job is None:
            raise IncidentClosed()
        details["job"] = str(job)
    work.command = replace(work.command, details=details)


def repair(work: Work) -> None:
    """Close the incident with the reason, and do about its cause what was chosen."""
    command, details = work.command, work.command.details
    incident_id, kind, node, at = UUID(details["incident"]), details["kind"], details["node"], work.at
    by, reason, dossier_id = command.by.key, command.reason or "", work.dossier_id
    work.node = node if node in work.definition.nodes else None
    work.writes.append(lambda tx: incidents.close(tx, dossier_id, incident_id, at, by, reason))
    if details["remedy"] == Remedy.SKIP:
        move(work, JobDone(UUID(details["job"]), {}))
    elif details["remedy"] == Remedy.RETRY:
        work.writes.append(lambda tx: incidents.retry(tx, dossier_id, kind, node, at))
