"""Procedures: the catalogue, versions and diagrams; for analysts checking and deploying."""

from typing import Any

from api.context import engine
from api.resources.once import once
from api.resources.resource import Resource
from api.schemas.procedures import (
    BundleUploadSchema,
    CheckSchema,
    DeploymentSchema,
    DiagramQuestionSchema,
    DiagramsSchema,
    ProcedureFilterSchema,
    ProcedurePageSchema,
    ProcedureSchema,
    VersionSchema,
    VersionsSchema,
)
from api.security import officer, public, requires
from api.sources import placed_files, unzipped
from engine.domain.finding import Severity
from engine.domain.permission import Action
from engine.errors import Invalid, NotFound
from engine.procedures import BundleSource

resource = Resource("procedures", "Thủ tục: danh mục, phiên bản, sơ đồ; kiểm tra và triển khai.")


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
    return {**facts.to_json(), **line, "form": form}


@resource.get("/procedures/<code>/versions", summary="Các phiên bản đã triển khai")
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


@resource.post("/procedures", summary="Triển khai quy trình; hồ sơ đang chạy giữ phiên bản cũ")
@requires(Action.DEPLOY_PROCEDURE)
@once
@resource.arguments(DeploymentSchema, location="multipart")
@resource.response(201, VersionSchema)
def deploy(sent: dict[str, Any]) -> Any:
    """Make the files the live version of their procedure; refused with all findings when one is an error."""
    return engine().procedures.deploy(_source(sent), by=officer().key, reason=sent["reason"])


def _source(sent: dict[str, Any]) -> BundleSource:
    """Uploaded files, with what they lack taken from the live version; raises Invalid, NotFound."""
    procedures, code = engine().procedures, sent.get("code")
    files = unzipped((file.filename, file.stream.read()) for file in sent["files"])
    source = procedures.completed(placed_files(files), code)
    drawn = procedures.examine(source).procedure.code if code else None
    if drawn and drawn != code:
        vi = f"Sơ đồ này là của thủ tục {drawn}, không phải {code}. Sửa «code» hoặc chọn lại tệp."
        raise Invalid({"code": (vi, f"This diagram is of procedure {drawn}, not {code}.")})
    return source
