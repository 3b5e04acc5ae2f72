"""The heart: one dossier, one command, one transaction.

Lock the dossier, restore its process, do the one thing, settle the clock, write what changed, chain the
history. The caller's transaction commits; whatever raises leaves the dossier as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine.advance import plan
from engine.advance.actions import ACTIONS
from engine.advance.commands import NotWaiting, TaskClaimed, TaskClosed
from engine.advance.open_work import Before
from engine.advance.save import save
from engine.advance.services import CalendarShelf, Services
from engine.advance.work import Work, load
from engine.domain.command import Command
from engine.errors import Conflict, NotFound
from engine.store import dossiers
from engine.store.database import Connection
from engine.store.dossiers import Address

__all__ = [
    "Address",
    "CalendarShelf",
    "NotWaiting",
    "Outcome",
    "Services",
    "TaskClaimed",
    "TaskClosed",
    "Work",
    "advance",
    "carry_out",
    "perform",
]

Permit = Callable[[Work], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command came to."""

    dossier_id: UUID
    number: str
    tracking_code: str
    sequence: int  # version of the dossier now
    handling: str
    due_at: Any
    ended: bool
    milestones: tuple[str, ...]
    papers: tuple[UUID, ...]
    changes: Mapping[str, Any]


def advance(
    tx: Connection, services: Services, dossier: Address, command: Command, *, permit: Permit | None = None
) -> Outcome:
    """Carry out a command on a dossier within ``tx``.

    ``permit`` is asked under the lock, with the dossier as it is now; it raises Forbidden to refuse.
    Raises NotFound, Forbidden, Conflict (another version than ``command.seen``), TaskClosed, TaskClaimed,
    NotWaiting, and whatever the process itself refuses.
    """
    row = dossiers.lock(tx, dossier)
    if row is None:
        raise NotFound(what="hồ sơ")
    work = load(tx, services, row, command)
    if permit is not None:
        permit(work)
    if command.seen is not None and command.seen != work.columns["sequence"]:
        raise Conflict(seen=command.seen, current=work.columns["sequence"])
    return carry_out(work)


def perform(work: Work) -> None:
    """Do what the command asks, in memory: nothing is written, and run again it comes to the same."""
    ACTIONS[work.command.kind](work)
    plan.settle_clock(work)
    plan.statutory_timers(work)
    plan.plan_timers(work)
    plan.order_tasks(work)


def carry_out(work: Work) -> Outcome:
    """Do the work of a command whose dossier is locked, loaded and permitted, and save it."""
    before = Before(work)
    perform(work)
    save(work, before)
    return Outcome(
        dossier_id=work.dossier_id,
        number=work.columns["number"],
        tracking_code=work.columns["tracking_code"],
        sequence=work.sequence,
        handling=work.columns["handling"],
        due_at=work.columns["due_at"],
        ended=work.ended,
        milestones=tuple(occurrence.milestone.name for occurrence in work.occurrences),
        papers=tuple(work.issued),
        changes=work.changes,
    )
