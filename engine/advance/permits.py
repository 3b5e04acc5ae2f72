"""What is asked under the lock before a command runs: may this actor do this, and do the answers fit?

A permit looks at the dossier as it is at that moment. It also settles in which office the actor acts, and
replaces raw answers by checked ones, so that nothing unchecked reaches the process.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.advance import Permit
from engine.advance.commands import TaskClosed
from engine.advance.repairing import look_up
from engine.advance.work import Work
from engine.domain.actor import OfficerActor, Posting
from engine.domain.checklist import ITEMS, missing, unnamed
from engine.domain.command import By
from engine.domain.form import check
from engine.domain.permission import Action, Subject, acting_office, may, require
from engine.domain.record import OpenWork
from engine.errors import Invalid, NotFound

NOBODY = By(key="nobody")  # until a permit has said who acts


def subject(work: Work, task: OpenWork | None = None) -> Subject:
    """The dossier, and the task if there is one, as the table of rights looks at them."""
    columns = work.columns
    return Subject(
        handling=columns["handling"],
        agency=columns["agency"],
        received_agency=columns["received_agency"],
        involved=frozenset(one.agency for one in work.record.tasks.values()),
        task_role=task.role if task else None,
        task_agency=task.agency if task else None,
    )


def permit_task(officer: OfficerActor) -> Permit:
    """For claim and release."""

    def permit(work: Work) -> None:
        _act_on_task(work, officer)

    return permit


def permit_completion(officer: OfficerActor, raw: Mapping[str, Any]) -> Permit:
    """For completing a task: the officer's right, and every answer against the task's form."""

    def permit(work: Work) -> None:
        task = _act_on_task(work, officer)
        work.command = replace(work.command, answers=_checked(work, task, raw))

    return permit


def permit_dossier(officer: OfficerActor, action: Action) -> Permit:
    """For commands on the dossier as a whole."""

    def permit(work: Work) -> None:
        about = subject(work)
        if not may(officer, Action.VIEW_DOSSIER, about):
            raise NotFound(what="hồ sơ")
        require(officer, action, about)
        work.command = replace(work.command, by=by_officer(officer, acting_office(officer, action, about)))

    return permit


def permit_repair(officer: OfficerActor) -> Permit:
    """For those who watch over the system: they deal with an incident without seeing the dossier."""

    def permit(work: Work) -> None:
        look_up(work)
        about = subject(work)
        require(officer, Action.REPAIR_INCIDENT, about)
        office = acting_office(officer, Action.REPAIR_INCIDENT, about)
        work.command = replace(work.command, by=by_officer(officer, office))

    return permit


def by_officer(officer: OfficerActor, office: Posting | None) -> By:
    """The officer acting in one of his offices."""
    role, agency = (office.role, office.agency) if office else (None, None)
    return By(key=officer.key, role=role, agency=agency, officer=officer.officer_id)


def _act_on_task(work: Work, officer: OfficerActor) -> OpenWork:
    task = work.record.tasks.get(str(work.command.task_id))
    about = subject(work, task)
    if not may(officer, Action.VIEW_DOSSIER, about):
        raise NotFound(what="hồ sơ")
    if task is None:
        raise TaskClosed()
    require(officer, Action.COMPLETE_TASK, about)
    office = acting_office(officer, Action.COMPLETE_TASK, about)
    work.command = replace(work.command, by=by_officer(officer, office))
    return task


def _checked(work: Work, task: OpenWork, raw: Mapping[str, Any]) -> dict[str, Any]:
    node = work.definition.nodes[task.node]
    answers = dict(raw)
    decision, reason = answers.pop("decision", None), answers.pop("reason", None)
    values: dict[str, Any] = {}
    errors: dict[str, tuple[str, str]] = {}
    if node.form is not None:
        result = check(work.definition.questions(node.form), answers, work.scope())
        values, errors = dict(result.values), dict(result.errors)
    elif answers:
        errors = {key: ("Trường này không có trong biểu mẫu.", "No such field.") for key in answers}
    if node.decisions:
        errors.update(_decision_errors(node.decisions, decision, reason))
        if ITEMS in values:
            errors |= _request_errors(work, decision, values)
        values["decision"] = decision
        values["reason"] = reason or None
    if errors:
        raise Invalid(errors)
    return values


def _request_errors(work: Work, decision: Any, values: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Whoever asks for a supplement names what is missing; who does not, asks for nothing."""
    if decision != "supplement":
        values[ITEMS] = []
        return {}
    papers, handed = work.definition.procedure.documents, work.record.data.get("documents")
    forgotten = unnamed(missing(papers, handed, work.scope()), values[ITEMS])
    return {ITEMS: forgotten} if forgotten else {}


def _decision_errors(decisions: Any, decision: Any, reason: Any) -> dict[str, tuple[str, str]]:
    chosen = next((one for one in decisions if one.value == decision), None)
    if chosen is None:
        labels = ", ".join(one.label for one in decisions)
        return {"decision": (f"Chọn một trong các cách xử lý: {labels}.", f"Choose one of: {labels}.")}
    if chosen.reason_required and not str(reason or "").strip():
        return {"reason": (f"Nêu lý do khi chọn «{chosen.label}».", "Give the reason for this decision.")}
    return {}
