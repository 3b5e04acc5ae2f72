"""What a running process sees of its dossier, and what it may do to it."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.advance.effects import tell_applicant
from engine.advance.work import Occurrence, Work
from engine.clock import vietnam
from engine.domain.dossier import moved
from engine.domain.ledger import Entry, LedgerEntry
from engine.domain.milestone import MILESTONES, Milestone
from engine.domain.supplement import doubts
from engine.errors import MotcuaError
from engine.handler import BusinessError, Call, DossierFacts, Place
from engine.store import procedures as rows
from engine.workflow.errors import WorkflowFailed


class MoveRefused(WorkflowFailed):
    """A diagram reaches a milestone that the dossier's status does not allow."""

    code = "move-refused"
    vi = "Bước «{node}» đánh dấu «{milestone}», nhưng hồ sơ đang ở trạng thái «{status}». Cần sửa quy trình."
    en = "Step “{node}” marks “{milestone}”, but the dossier is in status “{status}”. Mend the diagram."

    def __init__(self, node: str, milestone: str, status: str) -> None:
        self.node_id = node
        MotcuaError.__init__(self, node=node, milestone=milestone, status=status)


class DossierWorld:
    """The World that ``engine.workflow`` is given for one command."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.dossier_id: UUID = work.dossier_id
        self.sequence = work.sequence
        self.at: datetime = work.at

    def scope(self) -> Mapping[str, object]:
        return self._work.scope()

    def assign(self, name: str, value: object) -> None:
        self._work.put(name, value)

    def handler_place(self, handler: str) -> Place:
        return self._work.services.handlers.get(handler).place

    def call_inside(self, handler: str, inputs: Mapping[str, object], node: str) -> Mapping[str, object]:
        work = self._work
        if work.recorded is not None:
            return recorded_answer(work.recorded, node)
        call = Call(
            handler=handler,
            inputs=inputs,
            dossier=facts(work),
            at=work.at,
            idempotency_key=f"{work.dossier_id}:{work.sequence}:{node}",
            next_number=lambda series: rows.next_number(work.tx, series),
        )
        try:
            answer = work.services.handlers.get(handler).handle(call)
        except BusinessError as no:
            work.answered.append([node, None, no.code, str(no)])
            raise
        wanted = work.definition.nodes[node].outputs if node in work.definition.nodes else ()
        work.answered.append([node, {one.source: answer.get(one.source) for one in wanted}])
        return answer

    def milestone(self, name: str, node: str, attributes: Mapping[str, str]) -> None:
        reach(self._work, MILESTONES[name], node, attributes)

    def paper(self, name: str, node: str) -> None:
        self._work.papers.append((name, node))


class OtherAnswers(MotcuaError):
    """A command that is run again asks handlers for something else than it did then."""

    code = "other-answers"
    vi = "Chạy lại thì bước «{node}» gọi xử lý tự động mà lần ghi nhận trước không gọi."
    en = "Run again, step “{node}” asks a handler that was not asked when it was recorded."


def recorded_answer(recorded: deque[list[Any]], node: str) -> Mapping[str, object]:
    """What the handler of an element said when the command was recorded; raises BusinessError as it did."""
    if not recorded or recorded[0][0] != node:
        raise OtherAnswers(node=node)
    _node, answer, *no = recorded.popleft()
    if answer is None:
        raise BusinessError(no[0], no[1])
    found: Mapping[str, object] = answer
    return found


def facts(work: Work) -> DossierFacts:
    """What handlers may know of the dossier."""
    columns = work.columns
    return DossierFacts(
        id=work.dossier_id,
        number=columns["number"],
        procedure_code=columns["procedure_code"],
        procedure_name=columns["procedure_name"],
        agency=columns["agency"],
        agency_name=work.services.agency_name(columns["agency"]),
        channel=columns["channel"],
        applicant=work.record.data.get("applicant") or {},
        due_at=columns["due_at"],
        tracking_code=columns["tracking_code"],
    )


def reach(work: Work, milestone: Milestone, node: str, attributes: Mapping[str, str]) -> None:
    """Do what the table of milestones says; raises MoveRefused when the dossier's status forbids it."""
    columns = work.columns
    _move_handling(work, milestone, node)
    for dimension in ("money", "delivery", "synchronisation"):
        value = getattr(milestone, dimension)
        if value is not None:
            columns[dimension] = value
    if milestone.stamp and columns[milestone.stamp] is None:
        columns[milestone.stamp] = work.at
    if milestone.ledger:
        ground = attributes.get("ground") or work.rules.basis.get(milestone.name) or milestone.basis
        enter(work, milestone.ledger, ground=ground, node=node)
    work.occurrences.append(Occurrence(milestone=milestone, node=node, attributes=attributes))
    if milestone.paper:
        work.papers.append((milestone.paper, node))
    if milestone.notify:
        tell_applicant(work, milestone.name)


def _move_handling(work: Work, milestone: Milestone, node: str) -> None:
    if milestone.handling is None:
        return
    try:
        work.columns["handling"] = moved(work.handling, milestone.handling)
    except ValueError as error:
        raise MoveRefused(node=node, milestone=milestone.vi, status=work.handling) from error


# Entries at which the limit is evaluated, because what it depends on may have become known.
_SETS_LIMIT = frozenset({"received", "fee_paid", "limit_set", "supplemented"})


def enter(work: Work, kind: str, *, ground: str, node: str = "", **detail: Any) -> None:
    """Write an entry of the ledger of legal time and reckon the due date anew."""
    if kind in _SETS_LIMIT:
        limit = work.definition.procedure.limit(work.scope())
        work.record.limit = str(limit) if limit is not None else None
        detail["limit"] = work.record.limit
    if kind == Entry.RETURNED:
        detail |= _doubts(work)
    if node:
        detail["node"] = node
    entry = LedgerEntry(kind=kind, at=vietnam(work.at), ground=ground, by=work.command.by.key, detail=detail)
    work.record.ledger = (*work.record.ledger, entry)
    work.reckoning = None


def _doubts(work: Work) -> dict[str, list[str]]:
    """What the law holds against this request for a supplement, kept with it for whoever audits."""
    found = doubts(
        work.record.ledger,
        at=work.at,
        rules=work.rules,
        calendar=work.calendar,
        agency=work.columns["agency"],
    )
    return {"doubts": [doubt.code for doubt in found]} if found else {}
