"""Procedures: the catalogue, versions and diagrams; for analysts writing, checking, approving."""

from typing import Any

from api.bootstrap import PROCESSES
from api.context import engine
from api.resources.once import once
from api.resources.resource import Resource
from api.schemas.procedures import (
    ActsSchema,
    ApprovalSchema,
    BundleDraftSchema,
    BundleUploadSchema,
    CheckSchema,
    DiagramQuestionSchema,
    DiagramsSchema,
    NoteSchema,
    ProcedureFilterSchema,
    ProcedurePageSchema,
    ProcedureSchema,
    ReasonSchema,
    VersionSchema,
    VersionsSchema,
)
from api.security import officer, public, requires
from api.sources import files_in, placed_files, unzipped
from engine.domain.finding import Severity
from engine.domain.form import read_form
from engine.domain.form.schema import json_schema
from engine.domain.permission import Action
from engine.errors import Invalid, NotFound
from engine.procedures import BundleSource

resource = Resource("procedures", "Thủ tục: danh mục, phiên bản, sơ đồ; kiểm tra, trình duyệt và áp dụng.")


@resource.get("/procedures", summary="Tìm thủ tục đang áp dụng")
@public
@resource.arguments(ProcedureFilterSchema, location="query")
@resource.response(200, ProcedurePageSchema)
def find(wanted: dict[str, Any]) -> dict[str, Any]:
    """Live procedures that hold all words of the text."""
    limit, offset = wanted["limit"], wanted["offset"]
    found = engine().procedures.find(wanted["text"], wanted.get("agency"))
    more = len(found) > offset + limit
    return {"items": found[offset : offset + limit], "next_offset": offset + limit if more else None}


@resource.get("/procedures/<code>", summary="Một thủ tục: thành phần hồ sơ, phí, thời hạn, tờ khai")
@public
@resource.response(200, ProcedureSchema)
def show(code: str) -> dict[str, Any]:
    """The live version as a citizen and an officer need it."""
    version = engine().procedures.get(code)
    facts = version.facts
    form = engine().procedures.definition(version.sha256).form(facts.form) if facts.form else None
    line = {name: getattr(version, name) for name in ("number", "agency_name")}
    answers = json_schema(read_form(form)) if form else None
    return {**facts.to_json(), **line, "form": form, "answers": answers}


@resource.get("/procedures/<code>/versions", summary="Các phiên bản, kể cả bản thảo")
@requires(Action.VIEW_PROCEDURES)
@resource.response(200, VersionsSchema)
def versions(code: str) -> dict[str, Any]:
    """All versions, newest first, with the dossiers that still follow them."""
    return {"items": engine().procedures.versions(code)}


@resource.get("/procedures/<code>/diagrams", summary="Sơ đồ BPMN của một phiên bản")
@requires(Action.VIEW_PROCEDURES)
@resource.arguments(DiagramQuestionSchema, location="query")
@resource.response(200, DiagramsSchema)
def diagrams(wanted: dict[str, int], code: str) -> Any:
    """BPMN XML of the procedure and of the diagrams it calls."""
    for version in engine().procedures.versions(code):
        if version.number == wanted.get("version", version.number):
            return engine().procedures.definition(version.sha256)
    raise NotFound(what=f"thủ tục {code} phiên bản {wanted['version']}")


@resource.post("/procedures/check", summary="Kiểm tra tệp quy trình, không lưu gì")
@requires(Action.CHECK_PROCEDURE)
@once
@resource.arguments(BundleUploadSchema, location="multipart")
@resource.response(200, CheckSchema)
def check(sent: dict[str, Any]) -> dict[str, Any]:
    """All findings about a diagram and its files, errors first, each with its remedy in both languages."""
    findings = engine().procedures.check(_source(sent))
    return {"findings": findings, "deployable": all(one.severity != Severity.ERROR for one in findings)}


@resource.post("/procedures", summary="Soạn bản mới của quy trình: bản thảo, chưa ai phải theo")
@requires(Action.CHECK_PROCEDURE)
@once
@resource.arguments(BundleDraftSchema, location="multipart")
@resource.response(201, VersionSchema)
def draft(sent: dict[str, Any]) -> Any:
    """Keep the files as a draft of their procedure; refused with all findings when one is an error."""
    return engine().versions.draft(officer(), _source(sent), reason=sent["reason"])


@resource.get("/procedures/<code>/acts", summary="Nhật ký các phiên bản: ai soạn, trình, duyệt, áp dụng")
@requires(Action.VIEW_PROCEDURES)
@resource.response(200, ActsSchema)
def acts(code: str) -> dict[str, Any]:
    """What was done with all versions of a procedure, oldest first."""
    engine().procedures.versions(code)
    return {"items": engine().versions.acts(code)}


_VERSION = "/procedures/<code>/versions/<int:version>"


@resource.post(f"{_VERSION}/draft", summary="Thay tệp của một bản thảo")
@requires(Action.CHECK_PROCEDURE)
@once
@resource.arguments(BundleDraftSchema, location="multipart")
@resource.response(200, VersionSchema)
def redraft(sent: dict[str, Any], code: str, version: int) -> Any:
    """Put other files into a version that is still a draft."""
    source = _source({**sent, "code": sent.get("code", code)})
    return engine().versions.redraft(officer(), code, version, source, reason=sent["reason"])


@resource.post(f"{_VERSION}/submission", summary="Trình duyệt một bản thảo")
@requires(Action.CHECK_PROCEDURE)
@once
@resource.arguments(NoteSchema)
@resource.response(200, VersionSchema)
def submit(sent: dict[str, str], code: str, version: int) -> Any:
    """Lay a draft before a second person."""
    return engine().versions.submit(officer(), code, version, reason=sent["reason"])


@resource.post(f"{_VERSION}/return", summary="Trả lại bản thảo để sửa")
@requires(Action.APPROVE_PROCEDURE)
@once
@resource.arguments(ReasonSchema)
@resource.response(200, VersionSchema)
def give_back(sent: dict[str, str], code: str, version: int) -> Any:
    """Give a version back to its author, with what has to be mended."""
    return engine().versions.give_back(officer(), code, version, reason=sent["reason"])


@resource.post(f"{_VERSION}/approval", summary="Phê duyệt; người soạn, người trình không tự duyệt")
@requires(Action.APPROVE_PROCEDURE)
@once
@resource.arguments(ApprovalSchema)
@resource.response(200, VersionSchema)
def approve(sent: dict[str, str], code: str, version: int) -> Any:
    """Say yes as the second person; refused to who drafted or submitted the version."""
    return engine().versions.approve(officer(), code, version, decision=sent["decision"])


@resource.post(f"{_VERSION}/release", summary="Đưa bản đã duyệt vào áp dụng cho hồ sơ mới")
@requires(Action.RELEASE_PROCEDURE)
@once
@resource.arguments(NoteSchema)
@resource.response(200, VersionSchema)
def release(sent: dict[str, str], code: str, version: int) -> Any:
    """Bring an approved version live; running dossiers keep theirs."""
    return engine().versions.release(officer(), code, version, reason=sent["reason"])


@resource.post(f"{_VERSION}/retirement", summary="Ngừng áp dụng một bản, hoặc bỏ bản chưa áp dụng")
@requires(Action.RELEASE_PROCEDURE)
@once
@resource.arguments(ReasonSchema)
@resource.response(200, VersionSchema)
def retire(sent: dict[str, str], code: str, version: int) -> Any:
    """Offer a version no longer; dossiers that began with it go on to their end."""
    return engine().versions.retire(officer(), code, version, reason=sent["reason"])


def _source(sent: dict[str, Any]) -> BundleSource:
    """Uploaded files, with what they lack taken from the live version; raises Invalid, NotFound."""
    procedures, code = engine().procedures, sent.get("code")
    files = unzipped((file.filename, file.stream.read()) for file in sent["files"])
    shared = files_in(PROCESSES / "shared")
    source = procedures.completed(placed_files(files), code, shared=shared)
    drawn = procedures.examine(source).procedure.code if code else None
    if drawn and drawn != code:
        vi = f"Sơ đồ này là của thủ tục {drawn}, không phải {code}. Sửa «code» hoặc chọn lại tệp."
        raise Invalid({"code": (vi, f"This diagram is of procedure {drawn}, not {code}.")})
    return source
