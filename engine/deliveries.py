"""Work that runs outside of a transaction: jobs of service tasks, and effects waiting in the outbox.

At least once, always with the same idempotency key; a lease keeps workers apart, the attempt number fences
off one that comes back too late.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from engine import failpoints
from engine.advance import Services, TaskClosed, Work, advance
from engine.clock import Clock
from engine.domain.command import By, Command, Kind
from engine.errors import MotcuaError
from engine.handler import BusinessError, Call, DossierFacts, RetryLater, UnknownHandler
from engine.incidents import open_incident, told
from engine.messages import ROUTE, Messages
from engine.retry import in_round, is_final, next_try
from engine.store import codec, dossiers, leases
from engine.store.database import Database, Row
from engine.timebox import TimeBox
from engine.workflow.errors import WorkflowFailed

BATCH = 20  # rows claimed in one beat; each may take as long as a handler's time-out
_CALL = 30.0  # seconds that a handler may take: half a lease, so that its answer still counts
_NEIGHBOURS = 20  # rows looked at beyond those wanted, for other workers look at the same ones


# What no later try can change: a person has to look at once.
_HOPELESS = (BusinessError, WorkflowFailed, UnknownHandler)


class LeaseLost(MotcuaError):
    """Another worker has taken the row over; its answer counts."""

    code = "lease-lost"
    vi = "Việc này đã chuyển cho tiến trình khác xử lý."
    en = "Another worker has taken this over."


class Deliveries:
    """Runs handlers for jobs and outbox rows whose moment has come."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._calls = TimeBox(_CALL)
        self._messages = Messages(database, services, clock)

    def run_jobs(self, limit: int = BATCH) -> int:
        """Run due jobs and tell their dossiers; returns how many were tried."""
        rows = self._claim(leases.JOB, limit)
        for row in self._held(rows):
            self._run_job(row)
        return len(rows)

    def deliver_outbox(self, limit: int = BATCH) -> int:
        """Deliver due effects; returns how many were tried."""
        rows = self._claim(leases.OUTBOX, limit)
        for row in self._held(rows):
            self._deliver(row)
        return len(rows)

    def _claim(self, table: leases.Table, limit: int) -> list[Row[Any]]:
        """Rows that are ours for a lease; each is taken in its own transaction."""
        now, taken = self._clock.now(), list[Row[Any]]()
        with self._database.glance() as connection:
            seen = leases.look(connection, table, now, limit + _NEIGHBOURS)
        for row in seen:
            if len(taken) == limit:
                break
            with self._database.transaction() as tx:
                ours = leases.take(tx, table, row, now)
            if ours is not None:
                taken.append(ours)
        return taken

    def _held(self, rows: Sequence[Row[Any]]) -> Iterator[Row[Any]]:
        """Those whose lease still holds when their turn comes: slow neighbours may have used it up."""
        return (row for row in rows if self._clock.now() < row.run_at)

    def _run_job(self, row: Row[Any]) -> None:
        by = By(key=f"system:{row.handler}")
        try:
            outputs = self._call(row, orjson.loads(row.inputs), str(row.task_id))
            command = Command(
                kind=Kind.JOB_DONE, by=by, at=self._clock.now(), task_id=row.task_id, answers=outputs
            )
        except BusinessError as no:
            command = Command(
                kind=Kind.JOB_ERROR,
                by=by,
                at=self._clock.now(),
                task_id=row.task_id,
                name=no.code,
                reason=str(no),
            )
        except Exception as error:  # noqa: BLE001  # whatever a handler does, its neighbours go on
            self._fail(leases.JOB, row, error, row.node)
            return
        self._tell(row, command)

    def _tell(self, row: Row[Any], command: Command) -> None:
        """The handler has answered: the dossier moves on, in one transaction with the end of the job.

        The job's row is touched under the dossier's lock, as every command does it: the other way round two
        of them could wait for each other.
        """

        def still_ours(work: Work) -> None:
            if not leases.settle(work.tx, leases.JOB, row, "done"):
                raise LeaseLost()

        try:
            with self._database.transaction() as tx:
                advance(tx, self._services, row.dossier_id, command, permit=still_ours)
        except LeaseLost:
            return
        except TaskClosed:
            with self._database.transaction() as tx:
                leases.settle(tx, leases.JOB, row, "cancelled")
        except Exception as error:  # noqa: BLE001  # whatever a dossier does, its neighbours go on
            self._fail(leases.JOB, row, error, row.node)

    def _deliver(self, row: Row[Any]) -> None:
        try:
            if row.handler == ROUTE:
                self._messages.route(row.dossier_id, orjson.loads(row.payload), str(row.id))
            else:
                self._call(row, orjson.loads(row.payload), str(row.id))
        except Exception as error:  # noqa: BLE001  # whatever a handler does, its neighbours go on
            self._fail(leases.OUTBOX, row, error, None)
            return
        with self._database.transaction() as tx:
            leases.settle(tx, leases.OUTBOX, row, "done")

    def _call(self, row: Row[Any], inputs: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """Call the handler of a row, outside of any transaction."""
        with self._database.reading() as connection:
            dossier = dossiers.get(connection, row.dossier_id)
        if dossier is None:
            raise TaskClosed()
        call = Call(
            handler=row.handler,
            inputs=inputs,
            dossier=self._facts(dossier),
            at=self._clock.now(),
            idempotency_key=key,
        )
        handler = self._services.handlers.get(row.handler)
        answer = self._calls.run(row.handler, lambda: handler.handle(call))
        failpoints.reached(failpoints.AFTER_CALL)
        return answer

    def _facts(self, dossier: Row[Any]) -> DossierFacts:
        return DossierFacts(
            id=dossier.id,
            number=dossier.number,
            procedure_code=dossier.procedure_code,
            procedure_name=dossier.procedure_name,
            agency=dossier.agency,
            agency_name=self._services.agency_name(dossier.agency),
            channel=dossier.channel,
            applicant=codec.unpack(dossier.record)["data"].get("applicant") or {},
            due_at=dossier.due_at,
            tracking_code=dossier.tracking_code,
        )

    def _fail(self, table: leases.Table, row: Row[Any], error: Exception, node: str | None) -> None:
        """Back off; a "no", a diagram that cannot go on, and too many attempts are left to a person."""
        now = self._clock.now()
        reason = str(error) if isinstance(error, RetryLater | BusinessError) else told(error)
        final = isinstance(error, _HOPELESS) or is_final(now, row.attempt, row.created_at)
        with self._database.transaction() as tx:
            kept = leases.settle(
                tx,
                table,
                row,
                "incident" if final else "ready",
                run_at=next_try(now, in_round(row.attempt), str(row.dossier_id)),
                error=reason[:2000],
            )
            if kept and final:
                open_incident(
                    tx,
                    dossier_id=row.dossier_id,
                    kind=table.name,
                    message=reason,
                    at=now,
                    node=getattr(error, "node_id", None) or node or row.handler,
                )
