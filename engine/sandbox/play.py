"""What a player can do: load diagrams, start them, finish tasks, let time pass, send messages and signals."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import orjson

from engine.advance.begin import NewDossier, begin
from engine.advance.execute import execute
from engine.clock import FixedClock
from engine.domain.command import By, Command, Kind
from engine.domain.message import ROUTE, SIGNAL
from engine.engine import Engine
from engine.errors import MotcuaError, NotFound
from engine.procedures import BundleSource
from engine.sandbox.case import Case, case_of
from engine.store import dossiers, leases
from engine.store import procedures as versions
from engine.store import work as rows
from engine.store.database import Row
from engine.workflow.bundle import Definition
from engine.workflow.errors import NO_PROCESS, WorkflowFailed
from engine.workflow.reading.closure import runnable

PLAYER = By(key="system:sandbox")
_NAMES = UUID("5e8a4d0c-6f0b-5d3e-9f5a-1b2c3d4e5f60")
_NUMBER = "THU-"  # before the numbers of cases
_ROUNDS = 1_000  # deliveries between cases after one deed: more is two cases answering each other for ever


class Unplayable(MotcuaError):
    """What was asked cannot be done now."""

    code = "unplayable"
    vi = "Không thực hiện được: {why_vi}"
    en = "This cannot be done: {why_en}"


class Sandbox:
    """A centre in memory with nobody in it but the player."""

    def __init__(self, engine: Engine, clock: FixedClock) -> None:
        self.clock = clock
        self.engine = engine
        self._processes: dict[str, str] = {}  # process id to its code in the catalogue
        self._cases: list[UUID] = []

    def resume(self) -> None:
        """Take over the processes and cases that a sandbox before has left in the database."""
        with self.engine.database.reading() as connection:
            while dossiers.get(connection, self._next_id()) is not None:
                self._cases.append(self._next_id())
        for version in self.engine.procedures.find():
            self._processes[self.engine.procedures.definition(version.sha256).main_process] = version.code

    def numbers(self) -> list[str]:
        """Numbers of all cases, as dossiers have them."""
        return [f"{_NUMBER}{place}" for place in range(1, len(self._cases) + 1)]

    def close(self) -> None:
        """Let go of the database."""
        self.engine.database.dispose()

    # ---- diagrams

    def load(self, source: BundleSource) -> list[str]:
        """Deploy every process of a diagram that can be run; their ids. Raises BundleRefused, XmlRefused."""
        found = runnable(source.files, source.main)
        for process in found:
            version = self.engine.procedures.deploy(
                replace(source, process=process), by=PLAYER.key, reason="chạy thử"
            )
            self._processes[process] = version.code
        return found

    @property
    def processes(self) -> tuple[str, ...]:
        return tuple(self._processes)

    def definition(self, process: str) -> Definition:
        """The definition of a loaded process; raises Unplayable."""
        code = self._processes.get(process)
        if not self._processes:
            raise Unplayable(why_vi=NO_PROCESS[0], why_en=NO_PROCESS[1])
        if code is None:
            raise Unplayable(
                why_vi=f"chưa nạp quy trình «{process}»", why_en=f"no process “{process}” is loaded"
            )
        return self.engine.procedures.definition(self.engine.procedures.get(code).sha256)

    # ---- cases

    def start(
        self, process: str | None = None, at: str | None = None, data: Mapping[str, Any] | None = None
    ) -> Case:
        """Begin a case of a process (the first one loaded), at its plain start or at a start event."""
        process = process or next(iter(self._processes), "")
        definition = self.definition(process)
        if at is None and not definition.starts:
            at = next(
                (node for node, kind, _ in definition.triggers if kind in ("timer", "conditional")), None
            )
        if at is None and not definition.starts:
            waiting = ", ".join(node for node, _, _ in definition.triggers) or "—"
            raise Unplayable(
                why_vi=f"«{process}» bắt đầu bằng sự kiện ({waiting}): nêu sự kiện hoặc gửi tin nhắn",
                why_en=f"“{process}” starts by an event ({waiting}): name it, or send its message or signal",
            )
        identity = self._next_id()
        number = f"{_NUMBER}{len(self._cases) + 1}"
        applicant = {"name": "Người chơi thử", "kind": "citizen"}
        new = NewDossier(
            id=identity, number=number, channel="counter", applicant=applicant,
            received_agency=self.engine.services.centre,
        )  # fmt: skip
        details = {"at": at} if at is not None else {}
        command = Command(
            kind=Kind.START, by=PLAYER, at=self.clock.now(), details=details,
            answers={"applicant": applicant, **(data or {})},
        )  # fmt: skip
        with self.engine.database.transaction() as tx:
            version = versions.live(tx, self._processes[process])
            assert version is not None  # noqa: S101  # loaded above
            begin(tx, self.engine.services, version, new, command)
        self._cases.append(identity)
        self._carry()
        return self.case(len(self._cases))

    def case(self, number: int) -> Case:
        """A case by the order of its start, from 1; raises Unplayable."""
        if not 1 <= number <= len(self._cases):
            raise Unplayable(why_vi=f"chưa có hồ sơ thử số {number}", why_en=f"there is no case {number}")
        with self.engine.database.reading() as connection:
            row = dossiers.get(connection, self._cases[number - 1])
            if row is None:
                raise NotFound(what="hồ sơ thử")
            return case_of(connection, number, row, self.engine.services.definition(connection, row.bundle))

    def cases(self) -> list[Case]:
        return [self.case(number) for number in range(1, len(self._cases) + 1)]

    # ---- deeds

    def complete(self, case: Case, node: str, answers: Mapping[str, Any]) -> None:
        """Finish the oldest open task of an element (or of that id or name)."""
        task = _one(case.tasks, node, "việc")
        self._do(case, Kind.COMPLETE, task_id=UUID(task["id"]), answers=answers)

    def answer(self, case: Case, node: str, answer: Mapping[str, Any]) -> None:
        """Answer a job in the place of its handler."""
        self._do(
            case, Kind.JOB_DONE, task_id=UUID(_one(case.jobs, node, "bước tự động")["id"]), answers=answer
        )

    def refuse(self, case: Case, node: str, code: str) -> None:
        """Let the handler of a job say no, with an error code."""
        self._do(case, Kind.JOB_ERROR, task_id=UUID(_one(case.jobs, node, "bước tự động")["id"]), name=code)

    def fire(self, case: Case, node: str) -> None:
        """Let time pass until a timer fires."""
        timer = _one(case.timers, node, "thời hạn")
        if timer["due"] is None:
            raise Unplayable(why_vi=f"thời hạn «{node}» đang dừng", why_en=f"the timer “{node}” stands still")
        self.clock.move_to(max(self.clock.at, datetime.fromisoformat(timer["due"])))
        self._do(case, Kind.FIRE, task_id=UUID(timer["id"]), name=timer["node"])

    def message(self, name: str, data: Mapping[str, Any], case: Case | None = None) -> None:
        """A message comes from outside: to a case, to whoever waits for it, or to start a process."""
        waiting = [one for one in (self.cases() if case is None else [case]) if _waits(one.messages, name)]
        if waiting:
            self._do(waiting[0], Kind.MESSAGE, name=name, answers=data, details={"from": "—"})
        elif case is not None or not self._begin("message", name, data):
            raise Unplayable(
                why_vi=f"không ai chờ tin nhắn «{name}»", why_en=f"nobody waits for message “{name}”"
            )

    def signal(self, name: str) -> None:
        """A signal from outside: all who wait hear it, and processes that it starts begin."""
        waiting = [one for one in self.cases() if _waits(one.signals, name)]
        for one in waiting:
            self._do(one, Kind.MESSAGE, name=f"{SIGNAL}{name}", details={"from": "—"})
        if not self._begin("signal", name, {}) and not waiting:
            raise Unplayable(
                why_vi=f"không ai chờ tín hiệu «{name}»", why_en=f"nobody waits for signal “{name}”"
            )

    def next_timer(self) -> tuple[Case, str, datetime] | None:
        """The timer that is due first, of all cases: its case, its element and its moment."""
        due = [
            (datetime.fromisoformat(one["due"]), case.number, one["node"])
            for case in self.cases()
            for one in case.timers
            if one["due"]
        ]
        if not due:
            return None
        moment, number, node = min(due)
        return self.case(number), node, moment

    def wait(self, span: timedelta) -> int:
        """Let time pass, firing what becomes due in its order; returns how many timers fired."""
        until, fired = self.clock.at + span, 0
        while (found := self.next_timer()) is not None and found[2] <= until:
            self.fire(*found[:2])
            fired += 1
        self.clock.move_to(until)
        self.engine.deliveries.deliver_outbox()
        self._carry()
        return fired

    # ---- inside

    def _next_id(self) -> UUID:
        return uuid5(_NAMES, str(len(self._cases)))

    def _do(self, case: Case, kind: Kind, **parts: Any) -> None:
        command = Command(kind=kind, by=PLAYER, at=self.clock.now(), **parts)
        execute(self.engine.database, self.engine.services, case.id, command)
        self._carry()

    def _begin(
        self, kind: str, name: str, data: Mapping[str, Any], before: Callable[[], None] = lambda: None
    ) -> bool:
        """Start the processes that begin with a message (one) or signal (all); False when there is none."""
        found = [
            (process, node)
            for process in self._processes
            for node, what, which in self.definition(process).triggers
            if (what, which) == (kind, name)
        ]
        if found:
            before()
        for process, node in found[: 1 if kind == "message" else None]:
            self.start(process, node, data)
        return bool(found)

    def _carry(self) -> None:
        """Take what was thrown to whoever waits, and start what it starts, until nothing is left to carry."""
        for _ in range(_ROUNDS):
            fresh = self._carriable()
            if not fresh:
                return
            self._carry_one(fresh[0], orjson.loads(fresh[0].payload))
        raise WorkflowFailed("?", (f"quá {_ROUNDS} tin nhắn qua lại", f"more than {_ROUNDS} messages"))

    def _carriable(self) -> list[Row[Any]]:
        """What was just thrown, and messages thrown before for which somebody waits by now."""
        with self.engine.database.reading() as connection:
            thrown = rows.open_outbox(connection, ROUTE)
        if not thrown:
            return []
        awaited = {one["name"] for case in self.cases() for one in case.messages}
        late = [one for one in thrown if one.attempt and orjson.loads(one.payload)["name"] in awaited]
        with self.engine.database.transaction() as tx:
            for row in late:
                rows.hurry(tx, row, self.clock.now())
        return [one for one in thrown if one.attempt == 0] + late

    def _carry_one(self, row: Row[Any], thrown: Mapping[str, Any]) -> None:
        kind, name = thrown["kind"], thrown["name"]
        heard = kind == "message" and any(_waits(one.messages, name) for one in self.cases())
        begun = not heard and self._begin(kind, name, thrown["data"], lambda: self._settle(row, kind))
        if not (begun and kind == "message"):
            self.engine.deliveries.deliver_outbox()

    def _settle(self, row: Row[Any], kind: str) -> None:
        """A message that starts a process has found its receiver."""
        if kind == "message":
            with self.engine.database.transaction() as tx:
                leases.settle(tx, leases.OUTBOX, row, "done")


def _one(things: Iterable[Mapping[str, Any]], wanted: str, what: str) -> Mapping[str, Any]:
    """The oldest of things with that element, id or name; raises Unplayable naming what there is."""
    known = list(things)
    for key in ("node", "id", "name"):
        for one in known:
            if one.get(key) == wanted:
                return one
    there = ", ".join(str(one["node"]) for one in known) or "—"
    raise Unplayable(
        why_vi=f"không có {what} «{wanted}» đang mở (đang mở: {there})",
        why_en=f"“{wanted}” is not open (open: {there})",
    )


def _waits(things: Iterable[Mapping[str, Any]], name: str) -> bool:
    return any(one["name"] == name for one in things)
