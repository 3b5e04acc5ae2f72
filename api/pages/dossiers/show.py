"""The page of a dossier: where it is, until when, with whom, and what is to be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from api.context import engine
from api.i18n import pick
from api.pages.diagrams import of_dossier
from api.pages.dossiers.content import Words, given_words
from api.pages.dossiers.room import pages
from api.pages.dossiers.work import TaskView, Typed, messages, task_view
from api.pages.forms import field_id
from api.security import officer, requires
from engine.domain.permission import Action, may_anywhere
from engine.domain.procedure import RequiredDocument
from engine.views import DocumentView, DossierView

_TABS: Mapping[str, str] = {
    "cong-viec": "Công việc",
    "tien-do": "Tiến độ",
    "to-khai": "Tờ khai",
    "giay-to": "Giấy tờ",
    "nhat-ky": "Nhật ký",
    "so-do": "Sơ đồ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A part of the page."""

    url: str
    text: str
    count: int | None
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistLine:
    """A document that the procedure asks for, what came of it on paper, and its files."""

    facts: RequiredDocument
    given: str
    files: tuple[DocumentView, ...]


@pages.get("/<number>")
@requires(Action.VIEW_DOSSIER)
def show(number: str) -> str:
    """The dossier. Raises NotFound, also for one that the officer may not see."""
    return page(number, Typed(), request.args.get("the", ""))


def page(number: str, typed: Typed, tab: str = "") -> str:
    """The dossier's page with what was typed on it."""
    dossier = engine().dossiers.get(officer(), number)
    definition = engine().procedures.definition(dossier.bundle)
    task = task_view(dossier, definition, typed, request.args.get("viec", ""))
    words = Words(definition)
    waiting = messages(dossier)
    if tab not in _TABS:
        tab = "cong-viec" if dossier.tasks or waiting else "tien-do"
    required, loose = _documents(dossier)
    told = {name: pick(vi, en) for name, (vi, en) in typed.errors.items()}
    return render_template(
        "staff/dossier.html",
        dossier=dossier,
        tab=tab,
        tabs=_tabs(dossier, tab),
        task=task,
        other_tasks=[one for one in dossier.tasks if task and one.task_id != task.view.task_id],
        messages=waiting,
        typed=typed,
        kept=_kept(typed, task, words),
        errors=told,
        errors_list=_summary(typed, task, told),
        diagram=of_dossier(dossier, definition) if tab == "so-do" else None,
        words=words,
        required=required,
        loose_files=loose,
        me=officer().officer_id,
        works=may_anywhere(officer(), Action.VIEW_INBOX),
    )


def _tabs(dossier: DossierView, current: str) -> list[Tab]:
    counts = {
        "cong-viec": sum(one.may_complete for one in dossier.tasks),
        "giay-to": len(dossier.documents) + len(dossier.papers),
        "nhat-ky": len(dossier.history),
    }
    number = dossier.line.number
    return [
        Tab(
            url=url_for("dossiers.show", number=number, the=name),
            text=text,
            count=counts.get(name),
            current=name == current,
        )
        for name, text in _TABS.items()
    ]


def _kept(typed: Typed, task: TaskView | None, words: Words) -> list[tuple[str, str]]:
    """What was typed into a step that is not open any more: to be read and copied, not lost."""
    if typed.task is None or (task and task.view.task_id == typed.task):
        return []
    given = {**typed.answers, "reason": typed.reason}
    return [(words.label(key.partition(".")[0]), _text(text)) for key, text in given.items() if _text(text)]


def _text(given: Any) -> str:
    return "; ".join(given) if isinstance(given, list) else str(given)


def _summary(typed: Typed, task: TaskView | None, told: Mapping[str, str]) -> list[tuple[str, str]]:
    """All that went wrong, each with the id of its field."""
    problems = task.form.problems if task and task.form else []
    shown = {text for _target, text in problems}
    others = [(field_id(name), text) for name, text in told.items() if text not in shown]
    whole = [("noi-dung", typed.sentence)] if typed.sentence else []
    return [*whole, *problems, *others]


def _documents(dossier: DossierView) -> tuple[list[ChecklistLine], list[DocumentView]]:
    """The checklist with what came, and the files that belong to none of its lines."""
    asked = {one.id for one in dossier.procedure.documents}
    counts = {str(one.get("id")): one for one in dossier.data.get("documents") or ()}
    lines = [
        ChecklistLine(
            facts=one,
            given=given_words(counts.get(one.id) or {}),
            files=tuple(file for file in dossier.documents if file.required_id == one.id),
        )
        for one in dossier.procedure.documents
    ]
    return lines, [file for file in dossier.documents if file.required_id not in asked]
