"""Work for people: the inbox, taking a task, giving it back, finishing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine.advance import Address, Outcome, Permit, Services
from engine.advance.execute import execute
from engine.advance.permits import NOBODY, permit_completion, permit_task
from engine.clock import Clock
from engine.domain.actor import OfficerActor
from engine.domain.command import Command, Kind
from engine.errors import Invalid
from engine.reading import Reader
from engine.store import inbox as rows
from engine.store.database import Database
from engine.views import TaskLine

INBOX_FILTERS = rows.FILTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Part of the inbox, most urgent first."""

    lines: Sequence[TaskLine]
    next_cursor: str | None  # ask with this for the rest; None: there is no more


class Tasks:
    """What officers have to do."""

    def __init__(self, database: Database, services: Services, clock: Clock, reader: Reader) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._reader = reader

    def inbox(
        self,
        officer: OfficerActor,
        *,
        only: str = "all",
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page:
        """Open tasks of the officer's roles and agencies, what is due first at the top.

        ``only`` is one of all, mine, free, overdue, due_soon, paused. Raises Invalid for a broken cursor.
        """
        now = self._clock.now()
        with self._database.glance() as connection:
            found = rows.page(
                connection, sorted(officer.pairs), only, officer.officer_id, now, _after(cursor), limit + 1
            )
            lines = self._reader.task_lines(connection, found[:limit], now)
        more = len(found) > limit
        return Page(lines=lines, next_cursor=lines[-1].cursor if more else None)

    def counts(self, officer: OfficerActor) -> Mapping[str, int]:
        """How many tasks each filter of the inbox holds, each counted no further than 100."""
        now = self._clock.now()
        with self._database.glance() as connection:
            return rows.counts(connection, sorted(officer.pairs), officer.officer_id, now, 100)

    def claim(
        self, officer: OfficerActor, dossier: Address, task_id: UUID, *, seen: int | None = None
    ) -> Outcome:
        """Take the task; raises TaskClaimed when somebody else has it."""
        return self._do(Kind.CLAIM, dossier, task_id, seen, permit_task(officer))

    def release(
        self, officer: OfficerActor, dossier: Address, task_id: UUID, *, seen: int | None = None
    ) -> Outcome:
        """Give the task back to all of the role."""
        return self._do(Kind.RELEASE, dossier, task_id, seen, permit_task(officer))

    def complete(
        self,
        officer: OfficerActor,
        dossier: Address,
        task_id: UUID,
        *,
        answers: Mapping[str, Any],
        seen: int | None = None,
    ) -> Outcome:
        """Finish the task with the answers of its form and, where it has buttons, a ``decision``.

        Raises Invalid with a sentence for each field, Conflict when the dossier has changed since version
        ``seen``, TaskClosed, TaskClaimed, NotFound, Forbidden.
        """
        return self._do(Kind.COMPLETE, dossier, task_id, seen, permit_completion(officer, answers))

    def _do(self, kind: Kind, dossier: Address, task_id: UUID, seen: int | None, permit: Permit) -> Outcome:
        command = Command(kind=kind, by=NOBODY, at=self._clock.now(), task_id=task_id, seen=seen)
        return execute(self._database, self._services, dossier, command, permit=permit)


def _after(cursor: str | None) -> rows.Place | None:
    if not cursor:
        return None
    try:
        return rows.decode_cursor(cursor)
    except ValueError as error:
        raise Invalid({"cursor": ("Vị trí trang không hợp lệ.", "The page cursor is not valid.")}) from error
