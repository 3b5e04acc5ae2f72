"""The reception sheet: one screen in the order of the paper, sent once, one dossier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Response, flash, make_response, redirect, render_template, request, url_for

from api.context import engine
from api.errors import status_of
from api.i18n import _, pick
from api.pages.forms import PREFIX, FormView, field_id, form_view, only_shown_again
from api.pages.reception.intake import CHECK_PREFIX, Typed, complete, offered, typed_on, untouched
from api.pages.reception.room import pages
from api.pages.shell import word
from api.security import officer, requires
from engine.domain.duration import describe
from engine.domain.form import check
from engine.domain.permission import Action
from engine.domain.procedure import Decision, LimitFailed, NodeFacts, ProcedureFacts, RequiredDocument
from engine.domain.upload import UploadRefused, check_upload
from engine.errors import Forbidden, Invalid, MotcuaError, NotFound
from engine.procedures import Definition, ProcedureVersion

log = structlog.get_logger("motcua.reception")
Sentences = dict[str, tuple[str, str]]  # name of a field to a Vietnamese and an English sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistLine:
    """A document of the checklist with what was counted of it."""

    facts: RequiredDocument
    needed: bool  # as far as the answers say
    counts: Mapping[str, str]
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The step that decides whether the dossier is received."""

    hint: str
    form: FormView | None
    decisions: tuple[Decision, ...]
    reason: str


@pages.get("/<code>")
@requires(Action.SUBMIT_DOSSIER)
def receive(code: str) -> str:
    """An empty sheet. Raises NotFound for an unknown procedure."""
    version, definition = _procedure(code)
    step = definition.opening_task()
    return _page(version, definition, untouched(definition, step.form if step else None))


@pages.post("/<code>")
@requires(Action.SUBMIT_DOSSIER)
def record(code: str) -> Response:
    """Receive, ask for a supplement or refuse: all of the sheet at once, or nothing and every reason."""
    version, definition = _procedure(code)
    typed = typed_on(request, definition)
    if "_full" in request.form:
        return make_response(_page(version, definition, complete(typed, definition)))
    if only_shown_again(request.form):
        return make_response(_page(version, definition, typed, add=request.form.get("_add", "")))
    errors = _scan_errors(typed)
    status = 422
    if not errors:
        try:
            number = _hand_in(code, definition, typed)
        except (Forbidden, NotFound):
            raise
        except Invalid as refused:
            errors = dict(refused.fields)
        except MotcuaError as refused:
            status = status_of(refused)
            errors = {"decision": (refused.message("vi"), refused.message("en"))}
        else:
            return make_response(redirect(url_for("reception.received", number=number), 303))
    return make_response(_page(version, definition, typed, errors=errors), status)


def _procedure(code: str) -> tuple[ProcedureVersion, Definition]:
    version = engine().procedures.get(code)
    return version, engine().procedures.definition(version.sha256)


def _scan_errors(typed: Typed) -> Sentences:
    """Files that would be refused: said before anything is written."""
    errors: Sentences = {}
    for scan in typed.scans:
        try:
            check_upload(scan.name, scan.content)
        except UploadRefused as refused:
            errors[f"documents.{scan.required_id}"] = (refused.message("vi"), refused.message("en"))
    return errors


def _hand_in(code: str, definition: Definition, typed: Typed) -> str:
    """The number of the dossier, new or from the first time this sheet was sent."""
    dossiers = engine().dossiers
    if definition.opening_task() is None:
        outcome = dossiers.submit(officer(), typed.intake(code), key=typed.key)
    else:
        outcome = dossiers.receive(officer(), typed.intake(code), decision=typed.decided(), key=typed.key)
    _keep_scans(outcome.number, typed)
    return outcome.number


def _keep_scans(number: str, typed: Typed) -> None:
    """Store the scans that are not there yet; the dossier stands also when one of them fails."""
    there = {(one.required_id, one.name) for one in engine().dossiers.get(officer(), number).documents}
    for scan in typed.scans:
        if (scan.required_id, scan.name) in there:
            continue
        try:
            engine().documents.add(
                officer(), number, name=scan.name, content=scan.content, required_id=scan.required_id
            )
        except MotcuaError as refused:
            log.warning("scan.refused", dossier=number, code=refused.code)
            sentence = pick(refused.message("vi"), refused.message("en"))
            flash(f"{_('Chưa lưu được tệp quét')} «{scan.name[:60]}»: {sentence}", "error")


def _page(
    version: ProcedureVersion,
    definition: Definition,
    typed: Typed,
    *,
    errors: Mapping[str, tuple[str, str]] | None = None,
    add: str = "",
) -> str:
    scope = typed.scope(definition)
    faulty = errors is not None
    own = _form(definition, definition.procedure.form, typed.answers, scope, PREFIX, add, faulty)
    step = definition.opening_task()
    check_form = _form(definition, step.form, typed.check, scope, CHECK_PREFIX, add, faulty) if step else None
    told = {name: pick(vi, en) for name, (vi, en) in (errors or {}).items()}
    outside = _outside_forms(definition, step, told)
    return render_template(
        "staff/reception.html",
        version=version,
        key=typed.key,
        errors=outside,
        errors_list=_summary(definition, outside, own, check_form),
        files_lost=bool(typed.scans),
        applicant=typed.applicant,
        documents=[_line(one, typed, scope, outside) for one in definition.procedure.documents],
        form=own,
        check=Check(hint=step.hint or "", form=check_form, decisions=step.decisions, reason=typed.reason)
        if step
        else None,
        channel=typed.channel,
        channels=[(one, word("channel", one)) for one in offered(definition)],
        result_channel=typed.result_channel,
        limit_text=_limit(definition.procedure, scope),
    )


def _form(
    definition: Definition,
    form: str | None,
    typed: Mapping[str, Any],
    scope: Mapping[str, Any],
    prefix: str,
    add: str,
    faulty: bool,
) -> FormView | None:
    """A form of the sheet; its own errors are found again here, so that both forms tell theirs at once."""
    if form is None:
        return None
    questions = definition.questions(form)
    errors = check(questions, typed, scope).errors if faulty else {}
    return form_view(questions, typed, scope=scope, errors=errors, prefix=prefix, add=add)


def _outside_forms(definition: Definition, step: NodeFacts | None, told: Mapping[str, str]) -> dict[str, str]:
    """Errors of the sheet itself: applicant, documents, ways, decision."""
    forms = [form for form in (definition.procedure.form, step.form if step else None) if form]
    inside = {field.key for form in forms for field in definition.questions(form).each() if field.key}
    return {name: text for name, text in told.items() if name.partition(".")[0] not in inside}


def _summary(
    definition: Definition, outside: Mapping[str, str], own: FormView | None, check_form: FormView | None
) -> list[tuple[str, str]]:
    """All errors from the top of the sheet to its end, each with the id of its field."""
    before = [
        (field_id(name), text) for name, text in outside.items() if name.startswith(("applicant.", "doc"))
    ]
    after = [
        (field_id(name), text) for name, text in outside.items() if not name.startswith(("applicant.", "doc"))
    ]
    return [*before, *(own.problems if own else ()), *(check_form.problems if check_form else ()), *after]


def _line(
    document: RequiredDocument, typed: Typed, scope: Mapping[str, Any], errors: Mapping[str, str]
) -> ChecklistLine:
    return ChecklistLine(
        facts=document,
        needed=document.needed(scope),
        counts=typed.counts[document.id],
        error=errors.get(f"documents.{document.id}", ""),
    )


def _limit(facts: ProcedureFacts, scope: Mapping[str, Any]) -> str:
    """The time limit of a dossier like the one on the sheet."""
    try:
        limit = facts.limit(scope)
    except LimitFailed:
        return _("Tùy nội dung hồ sơ")
    if limit is None:
        return _("Không quy định")
    return _("Trong ngày") if str(limit) == "0WD" else describe(limit, pick("vi", "en"))
