"""Dossiers: handed in at the counter, found, shown, extended; their history and its replay."""

from typing import Any

from api.context import engine
from api.resources.once import once, request_key
from api.resources.resource import ETAG, Resource
from api.resources.versions import on_version, seen_version, tagged
from api.schemas.dossiers import (
    DossierFilterSchema,
    DossierPageSchema,
    DossierSchema,
    ExtensionSchema,
    IntakeSchema,
    OutcomeSchema,
    ReceiptSchema,
    ReceiveSchema,
)
from api.schemas.history import HistorySchema, ReplaySchema, RerunSchema
from api.security import officer, requires
from engine.domain.permission import Action
from engine.intake import Intake

resource = Resource("dossiers", "Hồ sơ: nộp tại quầy, tìm, xem, hẹn lại, nhật ký và phát lại.")


@resource.post("/dossiers", summary="Nộp hồ sơ tại quầy, chờ kiểm tra")
@requires(Action.SUBMIT_DOSSIER)
@once
@resource.arguments(IntakeSchema)
@resource.response(201, ReceiptSchema, headers=ETAG)
def submit(intake: dict[str, Any]) -> Any:
    """Begin a dossier; the check of its documents waits as its first task."""
    outcome = engine().dossiers.submit(officer(), Intake(**intake), key=request_key())
    return tagged(outcome, outcome.sequence)


@resource.post("/dossiers/receive", summary="Nộp và kiểm tra hồ sơ tại quầy trong một lần")
@requires(Action.SUBMIT_DOSSIER)
@once
@resource.arguments(ReceiveSchema)
@resource.response(201, ReceiptSchema, headers=ETAG)
def receive(intake: dict[str, Any]) -> Any:
    """Begin a dossier and finish its check, both or neither."""
    check = answers_of(intake.pop("check"))
    outcome = engine().dossiers.receive(officer(), Intake(**intake), decision=check, key=request_key())
    return tagged(outcome, outcome.sequence)


@resource.get("/dossiers", summary="Danh sách hồ sơ được xem, mới nhất trước")
@requires(Action.VIEW_DOSSIER)
@resource.arguments(DossierFilterSchema, location="query")
@resource.response(200, DossierPageSchema)
def search(wanted: dict[str, Any]) -> dict[str, Any]:
    """Dossiers the officer may see that hold all words of the text."""
    limit, offset = wanted["limit"], wanted["offset"]
    found = engine().dossiers.search(
        officer(), wanted["text"], only=wanted["only"], limit=limit + 1, offset=offset
    )
    return {"items": found[:limit], "next_offset": offset + limit if len(found) > limit else None}


@resource.get("/dossiers/<number>", summary="Một hồ sơ: tình trạng, hạn, việc, giấy tờ")
@requires(Action.VIEW_DOSSIER)
@resource.response(200, DossierSchema, headers=ETAG)
def show(number: str) -> Any:
    """A dossier with everything but its history.

    The words of ``light`` go on with the clock; the ETag is the version and does not.
    """
    view = engine().dossiers.get(officer(), number)
    return tagged(view, view.line.sequence)


@resource.get("/dossiers/<number>/history", summary="Nhật ký hồ sơ, từng lệnh một")
@requires(Action.VIEW_DOSSIER)
@resource.response(200, HistorySchema, headers=ETAG)
def history(number: str) -> Any:
    """Every command of a dossier, oldest first."""
    view = engine().dossiers.get(officer(), number)
    return tagged({"items": view.history}, view.line.sequence)


@resource.get("/dossiers/<number>/rerun", summary="Chạy lại mọi lệnh của hồ sơ và so với nhật ký")
@requires(Action.REPLAY_HISTORY)
@resource.response(200, RerunSchema)
def rerun(number: str) -> Any:
    """All commands run once more, in memory, by the program of today; the first that differs is told."""
    return engine().replays.rerun(officer(), number)


@resource.get("/dossiers/<number>/replay", summary="Phát lại hồ sơ trên sơ đồ, cho kiểm tra")
@requires(Action.REPLAY_HISTORY)
@resource.response(200, ReplaySchema, headers=ETAG)
def replay(number: str) -> Any:
    """The dossier after each of its commands, and whether the chain of its history holds."""
    found = engine().replays.of(officer(), number)
    frames = [
        {
            "entry": frame.entry,
            "path": [{"node": node, "count": count} for node, count in frame.path],
            **{name: getattr(frame, name) for name in ("present", "before", "after", "explanation")},
        }
        for frame in found.frames
    ]
    names = ("line", "diagrams", "process_of", "main_process", "faults")
    return tagged({"frames": frames, **{name: getattr(found, name) for name in names}}, found.line.sequence)


@resource.post("/dossiers/<number>/extensions", summary="Xin lỗi và hẹn lại ngày trả kết quả")
@requires(Action.EXTEND_DEADLINE)
@once
@on_version
@resource.arguments(ExtensionSchema)
@resource.response(200, OutcomeSchema, headers=ETAG)
def extend(wanted: dict[str, Any], number: str) -> Any:
    """Set a new appointment: once, at least one day before the old one is due."""
    outcome = engine().dossiers.extend(officer(), number, **wanted, seen=seen_version())
    return tagged(outcome, outcome.sequence)


def answers_of(decision: dict[str, Any]) -> dict[str, Any]:
    """Answers of a task as the engine takes them: form, decision and reason in one."""
    return {
        **decision["answers"],
        **{name: decision[name] for name in ("decision", "reason") if name in decision},
    }
