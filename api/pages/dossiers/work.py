"""The work on a dossier as its page shows it: the step at hand, what else may be noted, what it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from api.pages.forms import Errors, FormView, first_typed, form_view
from engine.domain.checklist import ITEMS, missing, rows_for
from engine.domain.dossier import Money
from engine.procedures import Definition
from engine.views import DossierView, OpenTaskView


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What an officer typed on a dossier's page and what was wrong with it; empty for a fresh page."""

    task: UUID | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    decision: str = ""
    reason: str = ""
    due_at: str = ""  # of a new appointment
    ground: str = ""
    message: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)  # of a message
    add: str = ""
    errors: Errors = field(default_factory=dict)
    sentence: str = ""  # why nothing was done, when it is no fault of one field


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """The step at hand."""

    view: OpenTaskView
    form: FormView | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something the dossier waits for and an officer at the counter may note."""

    name: str
    title: str
    hint: str
    fields: tuple[tuple[str, str, bool], ...]  # name, label, required


_MESSAGES: Mapping[str, Message] = {
    one.name: one
    for one in (
        Message(
            name="supplement",
            title="Nhận hồ sơ bổ sung tại quầy",
            hint="Tải giấy tờ lên ở mục Giấy tờ trước; ghi nhận xong, thời hạn được tính tiếp.",
            fields=(("supplement_note", "Giấy tờ đã nhận", False),),
        ),
        Message(
            name="fee_paid",
            title="Ghi nhận đã nộp phí, lệ phí",
            hint="",
            fields=(("fee_receipt", "Số biên lai hoặc mã giao dịch", True),),
        ),
        Message(
            name="withdraw",
            title="Người nộp rút hồ sơ",
            hint="Hồ sơ dừng giải quyết và không mở lại được.",
            fields=(("withdrawal_reason", "Lý do rút hồ sơ", True),),
        ),
    )
}


def task_view(dossier: DossierView, definition: Definition, typed: Typed, wanted: str) -> TaskView | None:
    """The step at hand: the one asked for, else the first that the reader may do; None when there is none."""
    found = _chosen(dossier, str(typed.task) if typed.task else wanted)
    if found is None:
        return None
    form = None
    if found.form is not None:
        own = typed.task == found.task_id
        answers = (
            typed.answers if own else {**first_typed(found.form), **_missing(dossier, definition, found)}
        )
        errors = typed.errors if own else {}
        scope = scope_of(dossier)
        form = form_view(found.form, answers, scope=scope, errors=errors, add=typed.add)
    return TaskView(view=found, form=form, reason=typed.reason)


def _missing(dossier: DossierView, definition: Definition, task: OpenTaskView) -> Mapping[str, Any]:
    """Papers that are not there stand ready in the list by which a supplement is asked for."""
    asks = any(one.get("path") == ITEMS for one in (task.form or {}).get("components", ()))
    if not asks:
        return {}
    papers = definition.procedure.documents
    return rows_for(missing(papers, dossier.data.get("documents"), scope_of(dossier)))


def _chosen(dossier: DossierView, wanted: str) -> OpenTaskView | None:
    tasks = dossier.tasks
    asked = [one for one in tasks if str(one.task_id) == wanted]
    mine = [one for one in tasks if one.may_complete]
    return next(iter([*asked, *mine, *tasks]), None)


def scope_of(dossier: DossierView) -> dict[str, Any]:
    """What conditions of a form look at: the document, and the dossier's own facts."""
    line, applicant = dossier.line, dossier.data.get("applicant") or {}
    facts = {
        "number": line.number,
        "procedure_code": line.procedure_code,
        "agency": line.agency,
        "channel": line.channel,
        "applicant_kind": applicant.get("kind"),
        "submitted_at": line.submitted_at,
        "received_at": line.received_at,
        "due_at": line.due_at,
        "fee_paid": line.money in (Money.PAID, Money.WAIVED),
        "result_channel": dossier.data.get("result_channel"),
    }
    return {**dossier.data, "dossier": facts}


def messages(dossier: DossierView) -> list[Message]:
    """What the reader may note at the counter now; who has the cash desk's step needs no note of a fee."""
    if "deliver_message" not in dossier.may:
        return []
    cash_desk = any(one.role == "cashier" and one.may_complete for one in dossier.tasks)
    names = (name for name in dossier.waits_for if not (cash_desk and name == "fee_paid"))
    waiting = (_MESSAGES.get(name) or _unknown(name) for name in names)
    order = list(_MESSAGES)
    return sorted(waiting, key=lambda one: order.index(one.name) if one.name in order else 1)


def message_of(name: str) -> Message:
    """A message by name; one that only a diagram knows has a note and nothing else."""
    return _MESSAGES.get(name) or _unknown(name)


def _unknown(name: str) -> Message:
    return Message(
        name=name, title=f"Ghi nhận: {name}", hint="", fields=((f"{name}_note", "Ghi chú", False),)
    )
