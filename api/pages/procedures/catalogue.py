"""Procedures as they are deployed: the list, one version with its diagram, and its files."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, render_template, request, url_for

from api.context import engine
from api.i18n import _, pick
from api.pages.diagrams import in_order, of_definition
from api.pages.paging import page_of
from api.pages.procedures.room import pages
from api.pages.procedures.terms import limit_words, resume_words
from api.resources.files import as_file
from api.security import officer, requires
from api.sources import zipped
from engine.domain.finding import Finding
from engine.domain.permission import Action, may_anywhere
from engine.domain.version import ACT_NAMES, MOVES, STATE_NAMES, Act, State
from engine.errors import NotFound
from engine.procedures import Definition, ProcedureVersion
from engine.views import VersionAct

_ROWS = 50  # procedures a page
_WORK = ("userTask", "manualTask", "serviceTask", "businessRuleTask", "callActivity")


@dataclass(frozen=True, slots=True)
class FormUse:
    """A form of a version: its questions, and the steps that ask them."""

    id: str
    questions: tuple[str, ...]
    steps: tuple[str, ...]


@pages.get("")
@requires(Action.VIEW_PROCEDURES)
def catalogue() -> str:
    """Live procedures by words and agency."""
    text, agency = request.args.get("tim", "")[:200], request.args.get("co-quan", "")
    procedures = engine().procedures
    found = page_of(procedures.find(text, agency or None), _ROWS)
    return render_template(
        "procedures/catalogue.html",
        text=text,
        agency=agency,
        agencies=sorted({(one.agency, one.agency_name) for one in procedures.find()}, key=lambda one: one[1]),
        page=found,
        running=procedures.running(),
        notes={one.code: len(procedures.definition(one.sha256).findings) for one in found.items},
        pending=procedures.pending(),
        state_words=state_words,
        may_change=may_change(),
    )


@pages.get("/<code>")
@requires(Action.VIEW_PROCEDURES)
def show(code: str) -> str:
    """The live version; of a procedure that has none, the newest."""
    return page(code, None)


@pages.get("/<code>/ban/<int:number>")
@requires(Action.VIEW_PROCEDURES)
def version(code: str, number: int) -> str:
    """Any version, from its draft till after its end."""
    return page(code, number)


@pages.get("/<code>/ban/<int:number>/so-do.bpmn")
@requires(Action.VIEW_PROCEDURES)
def diagram(code: str, number: int) -> Response:
    """The diagram's file, byte for byte as it was deployed."""
    source = engine().procedures.source(_chosen(_versions(code), number).sha256)
    return as_file(source.files[source.main], media_type="application/xml", name=source.main)


@pages.get("/<code>/ban/<int:number>/ho-so-quy-trinh.zip")
@requires(Action.VIEW_PROCEDURES)
def bundle(code: str, number: int) -> Response:
    """Diagram, called diagrams, forms and tables of a version in one archive."""
    source = engine().procedures.source(_chosen(_versions(code), number).sha256)
    return as_file(zipped(source.files), media_type="application/zip", name=f"{code}-ban-{number}.zip")


def may_change() -> bool:
    """Whether this officer may check files and write drafts."""
    return may_anywhere(officer(), Action.CHECK_PROCEDURE)


def message(finding: Finding) -> tuple[str, str]:
    """What is wrong and what to do, in the reader's language."""
    return pick(finding.message_vi, finding.message_en), pick(finding.remedy_vi, finding.remedy_en)


def _versions(code: str) -> Sequence[ProcedureVersion]:
    return engine().procedures.versions(code)


def _chosen(versions: Sequence[ProcedureVersion], number: int | None) -> ProcedureVersion:
    for one in versions:
        if one.live if number is None else one.number == number:
            return one
    if number is None:
        return versions[0]
    raise NotFound(what=f"bản {number} của thủ tục {versions[0].code}")


def state_words(state: str) -> str:
    """Where a version stands, in the reader's language."""
    return pick(*STATE_NAMES[State(state)])


def page(code: str, number: int | None, *, refused: str = "", typed: str = "") -> str:
    """A version with its diagram, its history, and what may be done with it now."""
    versions = _versions(code)
    chosen = _chosen(versions, number)
    definition = engine().procedures.definition(chosen.sha256)
    acts = engine().versions.acts(code, chosen.number)
    before = next((one for one in versions if one.live), None)
    return render_template(
        "procedures/version.html",
        version=chosen,
        versions=versions,
        acts=acts,
        act_words=lambda act: pick(*ACT_NAMES[Act(act)]),
        state_words=state_words,
        state_tone=STATE_TONE,
        offered=_offered(chosen, acts),
        compared=before if before and before.number != chosen.number else None,
        differences=engine().versions.differences(code, chosen.number),
        refused=refused,
        typed=typed,
        diagram=of_definition(definition),
        work=[node for node in in_order(definition) if node.kind in _WORK],
        forms=_forms(definition),
        files=sorted(engine().procedures.source(chosen.sha256).files),
        findings=definition.findings,
        message=message,
        limit_words=limit_words,
        resume_words=resume_words,
        may_change=may_change(),
    )


# What may be done with a version: act, endpoint, right, what is asked for, whether it has to be said.
_OFFERS = (
    (Act.SUBMIT, "procedures.submit", Action.CHECK_PROCEDURE, "Ghi chú cho người duyệt", False),
    (Act.APPROVE, "procedures.approve", Action.APPROVE_PROCEDURE, "Quyết định, số và ngày", True),
    (Act.GIVE_BACK, "procedures.give_back", Action.APPROVE_PROCEDURE, "Cần sửa gì", True),
    (Act.RELEASE, "procedures.release", Action.RELEASE_PROCEDURE, "Ghi chú", False),
    (Act.RETIRE, "procedures.retire", Action.RELEASE_PROCEDURE, "Vì sao ngừng hoặc bỏ", True),
)
STATE_TONE = {"draft": "soon", "submitted": "soon", "approved": "blue", "live": "good", "retired": ""}


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that this officer may do with the version now."""

    act: str
    url: str
    title: str
    label: str
    required: bool


def _offered(version: ProcedureVersion, acts: Sequence[VersionAct]) -> list[Offer]:
    """Acts that lead on from the version's state; approval is not offered to who wrote it."""
    state, me = State(version.state), officer()
    own = any(one.by == me.key and one.act in (Act.DRAFT, Act.SUBMIT) for one in acts)
    return [
        Offer(
            act.value,
            url_for(endpoint, code=version.code, number=version.number),
            pick(*ACT_NAMES[act]) if act != Act.RETIRE or version.live else _("Bỏ bản này"),
            _(label),
            required,
        )
        for act, endpoint, right, label, required in _OFFERS
        if state in MOVES[act][0] and may_anywhere(me, right) and not (own and act == Act.APPROVE)
    ]


def _forms(definition: Definition) -> list[FormUse]:
    """Forms with their questions in order and the steps that use them."""
    steps: dict[str, list[str]] = {}
    for node in definition.nodes.values():
        if node.form:
            steps.setdefault(node.form, []).append(node.name)
    if definition.procedure.form:
        steps.setdefault(definition.procedure.form, []).append(_("Người nộp hồ sơ"))
    return [
        FormUse(name, _questions(definition, name), tuple(steps.get(name, ())))
        for name in sorted(definition.forms)
    ]


def _questions(definition: Definition, form: str) -> tuple[str, ...]:
    return tuple(field.label for field in definition.questions(form).each() if field.key and field.label)
