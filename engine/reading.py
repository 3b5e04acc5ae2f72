"""Reading dossiers for people: rows become the frozen values of ``engine.views``."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from engine.advance import Services
from engine.clock import vietnam
from engine.domain.actor import OfficerActor
from engine.domain.calendar import WorkingCalendar
from engine.domain.deadline import Reckoning, ResumePolicy, reckon
from engine.domain.dossier import ENDED, Handling
from engine.domain.duration import parse_duration
from engine.domain.permission import Action, Subject, allowed, may
from engine.domain.record import Record
from engine.domain.traffic_light import TrafficLight, traffic_light
from engine.errors import NotFound
from engine.history_views import history_views
from engine.store import attachments, codec, dossiers, history, inbox, people, visibility
from engine.store import work as work_rows
from engine.store.database import Connection, Row
from engine.views import DocumentView, DossierLine, DossierView, OpenTaskView, PaperView, TaskLine
from engine.workflow.bundle import Definition

# What a line of the inbox takes over from its row.
_SHOWN = (
    "dossier_id", "task_id", "number", "node", "name", "role", "agency", "procedure_code", "procedure_name",
    "applicant_name", "channel", "handling", "assignee", "assignee_name", "opened_at", "due_at",
    "dossier_due_at", "sequence",
)  # fmt: skip


class Reader:
    """Turns rows into views; holds no connection of its own."""

    def __init__(self, services: Services) -> None:
        self._services = services

    # Lists

    def line(self, connection: Connection, row: Row[Any], now: datetime) -> DossierLine:
        """A dossier in a list."""
        return DossierLine(
            id=row.id,
            number=row.number,
            procedure_code=row.procedure_code,
            procedure_name=row.procedure_name,
            agency=row.agency,
            agency_name=self._services.agency_name(row.agency),
            channel=row.channel,
            applicant_name=row.applicant_name,
            handling=row.handling,
            money=row.money,
            delivery=row.delivery,
            synchronisation=row.synchronisation,
            steps=row.steps,
            submitted_at=row.submitted_at,
            received_at=row.received_at,
            due_at=row.due_at,
            finished_at=row.finished_at,
            light=self.light(connection, row, now),
            sequence=row.sequence,
        )

    def light(self, connection: Connection, row: Row[Any], now: datetime) -> TrafficLight:
        """Shape and words for how the dossier stands against its deadline."""
        return traffic_light(
            due_at=row.due_at,
            paused=row.handling == Handling.AWAITING_SUPPLEMENT,
            received_at=row.received_at,
            finished_at=row.issued_at or row.finished_at,
            now=now,
            calendar=self._services.calendars.get(connection, row.calendar_version),
            agency=row.agency,
            clock_running=row.clock_running,
        )

    def task_lines(
        self, connection: Connection, rows: Sequence[Mapping[str, Any]], now: datetime
    ) -> list[TaskLine]:
        """Tasks of the inbox."""
        return [self._task_line(connection, row, now) for row in rows]

    def _task_line(self, connection: Connection, row: Mapping[str, Any], now: datetime) -> TaskLine:
        light = traffic_light(
            due_at=row["dossier_due_at"],
            paused=row["handling"] == Handling.AWAITING_SUPPLEMENT,
            received_at=row["received_at"],
            finished_at=None,
            now=now,
            calendar=self._services.calendars.get(connection, row["calendar_version"]),
            agency=row["agency"],
            clock_running=row["clock_running"],
        )
        return TaskLine(
            **{name: row[name] for name in _SHOWN},
            agency_name=self._services.agency_name(row["agency"]),
            late=_past(row["due_at"], now),
            light=light,
            cursor=inbox.encode_cursor((row["urgent_at"], row["dossier_id"], row["task_id"])),
        )

    # One dossier

    def visible(self, connection: Connection, officer: OfficerActor, number: str) -> Row[Any]:
        """The dossier's row; raises NotFound also when the officer may not see it."""
        row = dossiers.find_visible(connection, number, visibility.visible_dossiers(officer))
        if row is None:
            raise NotFound(what=f"hồ sơ {number}")
        return row

    def any(self, connection: Connection, number: str) -> Row[Any]:
        """The dossier's row for whoever works at the machine itself; raises NotFound."""
        row = dossiers.find(connection, number)
        if row is None:
            raise NotFound(what=f"hồ sơ {number}")
        return row

    def first_task(self, connection: Connection, dossier_id: UUID) -> UUID:
        """The one task that is open right after submission."""
        task_id: UUID = work_rows.open_tasks(connection, dossier_id)[0].task_id
        return task_id

    def reckoning(
        self,
        connection: Connection,
        row: Row[Any],
        record: Record,
        definition: Definition,
        *,
        calendar: int | WorkingCalendar | None = None,
    ) -> Reckoning:
        """The clock of a dossier, to be explained: by its own calendar, by that version or by another."""
        received = row.received_at or row.submitted_at or row.recorded_at
        procedure = definition.procedure
        if not isinstance(calendar, WorkingCalendar):
            calendar = self._services.calendars.get(connection, calendar or row.calendar_version)
        return reckon(
            record.ledger,
            policy=ResumePolicy.parse(procedure.resume),
            limit=parse_duration(record.limit) if record.limit else None,
            clock_starts=procedure.clock_starts,
            same_day=procedure.same_day,
            calendar=calendar,
            agency=row.agency,
            rules=self._services.law.rules_at(vietnam(received).date()),
        )

    def dossier(
        self, connection: Connection, officer: OfficerActor, number: str, now: datetime
    ) -> DossierView:
        """Everything the dossier's page shows to this officer."""
        row = self.visible(connection, officer, number)
        record = Record.from_json(codec.unpack(row.record))
        definition = self._services.definition(connection, row.bundle)
        reckoning = self.reckoning(connection, row, record, definition)
        entries = history.of_dossier(connection, row.id)
        about = Subject(
            handling=row.handling,
            agency=row.agency,
            received_agency=row.received_agency,
            involved=frozenset(one.agency for one in record.tasks.values()),
        )
        return DossierView(
            line=self.line(connection, row, now),
            tracking_code=row.tracking_code,
            tracking_url=self._services.tracking_url + row.tracking_code,
            procedure=definition.procedure,
            procedure_version=row.procedure_version,
            bundle=row.bundle,
            data=record.data,
            explanation=reckoning.explain("vi"),
            explanation_en=reckoning.explain("en"),
            limit=record.limit,
            elapsed_days=_elapsed_days(row, now),
            tasks=self._tasks(connection, officer, row, definition, about, now),
            waits_for=tuple(sorted({key.split("|", 1)[1] for key in record.subscriptions})),
            documents=self.documents(connection, row.id),
            papers=self.papers(connection, row.id),
            history=history_views(connection, entries, definition, self._services),
            extensions=reckoning.extensions,
            may=allowed(officer, about),
        )

    def _tasks(
        self,
        connection: Connection,
        officer: OfficerActor,
        row: Row[Any],
        definition: Definition,
        about: Subject,
        now: datetime,
    ) -> tuple[OpenTaskView, ...]:
        found = work_rows.open_tasks(connection, row.id)
        holders = people.names(connection, {task.assignee for task in found if task.assignee})
        views = []
        for task in found:
            node = definition.nodes[task.node]
            right = may(officer, Action.COMPLETE_TASK, about.with_task(role=task.role, agency=task.agency))
            free = task.assignee in (None, officer.officer_id)
            views.append(
                OpenTaskView(
                    task_id=task.task_id,
                    node=task.node,
                    name=task.name,
                    hint=node.hint or "",
                    role=task.role,
                    agency=task.agency,
                    agency_name=self._services.agency_name(task.agency),
                    form=definition.forms.get(node.form) if node.form else None,
                    decisions=node.decisions,
                    basis=node.basis,
                    assignee=task.assignee,
                    assignee_name=holders.get(task.assignee),
                    opened_at=task.opened_at,
                    due_at=task.due_at,
                    late=_past(task.due_at, now),
                    may_complete=right and free,
                    may_claim=right and task.assignee is None,
                )
            )
        return tuple(views)

    def documents(self, connection: Connection, dossier_id: UUID) -> tuple[DocumentView, ...]:
        """Documents of a dossier that were not withdrawn, in the order they came."""
        return tuple(
            DocumentView(
                id=row.id,
                required_id=row.required_id,
                name=row.name,
                media_type=row.media_type,
                size=row.size,
                sha256=row.sha256,
                added_at=row.added_at,
                added_by=row.added_by,
            )
            for row in attachments.documents(connection, dossier_id)
        )

    def papers(self, connection: Connection, dossier_id: UUID) -> tuple[PaperView, ...]:
        """Statutory papers of a dossier as issued, newest last."""
        return tuple(
            PaperView(
                id=row.id,
                name=row.name,
                version=row.version,
                title=codec.unpack(row.content)["title"],
                issued_at=row.issued_at,
                issued_by=row.issued_by,
            )
            for row in attachments.papers(connection, dossier_id)
        )


def _past(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and due_at < now


def _elapsed_days(row: Row[Any], now: datetime) -> float:
    """Calendar days from first contact till the result was in hand, or till now."""
    if row.submitted_at is None:
        return 0.0
    end = row.handed_over_at or (row.finished_at if row.handling in ENDED else None) or now
    elapsed: timedelta = end - row.submitted_at
    return round(elapsed / timedelta(days=1), 1)
