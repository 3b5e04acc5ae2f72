"""Running dossiers go over to another version: planned and tried out, asked for, approved, followed."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.context import engine
from api.errors import status_of
from api.i18n import _, pick
from api.pages.procedures.room import pages
from api.security import officer, requires
from engine.domain.mapping import KINDS
from engine.domain.migration import ITEM_NAMES, STAGE_NAMES, ItemState, Stage
from engine.domain.permission import Action, may_anywhere
from engine.errors import Forbidden, Invalid, MotcuaError, NotFound

_LONGEST = 1000  # characters of a reason
_FIELD = "m."  # before the id of an element: what it becomes


@pages.get("/chuyen")
@requires(Action.VIEW_MIGRATIONS)
def migrations() -> str:
    """All migrations, newest first."""
    return render_template(
        "procedures/migrations.html",
        migrations=engine().migrations.listed(officer()),
        stage_words=stage_words,
        item_words=item_words,
    )


@pages.get("/<code>/chuyen")
@requires(Action.VIEW_MIGRATIONS)
def plan_migration(code: str) -> Response | str:
    """What differs, which element became which, what would become of each running dossier."""
    source, target = _numbers(code)
    if source == target:
        return redirect(url_for("procedures.show", code=code), 303)
    return _plan(code, source, target)


@pages.post("/<code>/chuyen")
@requires(Action.REQUEST_MIGRATION)
def ask_migration(code: str) -> Response:
    """Try the mapping that was chosen, or lay the migration before a second person."""
    source, target = _numbers(code)
    mapping = {
        name.removeprefix(_FIELD): to for name, to in request.form.items() if name.startswith(_FIELD) and to
    }
    reason = request.form.get("reason", "")[:_LONGEST]
    if request.form.get("act") != "ask":
        return make_response(_plan(code, source, target, mapping, reason))
    try:
        identity = engine().migrations.request(officer(), code, source, target, mapping, reason=reason)
    except (Forbidden, NotFound):
        raise
    except MotcuaError as refused:
        return make_response(_plan(code, source, target, mapping, reason, _told(refused)), status_of(refused))
    flash(_("Đã gửi đề nghị chuyển hồ sơ. Người khác phải duyệt thì mới chuyển."), "good")
    return redirect(url_for("procedures.migration", migration_id=identity), 303)


@pages.get("/chuyen/<uuid:migration_id>")
@requires(Action.VIEW_MIGRATIONS)
def migration(migration_id: UUID) -> str:
    """One migration with the result of each dossier."""
    return _one(migration_id)


@pages.post("/chuyen/<uuid:migration_id>/duyet")
@requires(Action.APPROVE_MIGRATION)
def approve_migration(migration_id: UUID) -> Response:
    """The second person's yes."""
    note = request.form.get("note", "")[:_LONGEST]
    return _done(
        migration_id,
        lambda: engine().migrations.approve(officer(), migration_id, note=note),
        _("Đã duyệt. Hệ thống chuyển lần lượt từng hồ sơ."),
    )


@pages.post("/chuyen/<uuid:migration_id>/khong-duyet")
@requires(Action.APPROVE_MIGRATION)
def refuse_migration(migration_id: UUID) -> Response:
    """The second person's no."""
    note = request.form.get("note", "")[:_LONGEST]
    return _done(
        migration_id,
        lambda: engine().migrations.refuse(officer(), migration_id, reason=note),
        _("Đã ghi không duyệt."),
    )


@pages.post("/chuyen/<uuid:migration_id>/tam-dung")
@requires(Action.VIEW_MIGRATIONS)
def pause_migration(migration_id: UUID) -> Response:
    """Stop after the dossier at hand."""
    return _done(migration_id, lambda: engine().migrations.pause(officer(), migration_id), _("Đã tạm dừng."))


@pages.post("/chuyen/<uuid:migration_id>/tiep-tuc")
@requires(Action.VIEW_MIGRATIONS)
def resume_migration(migration_id: UUID) -> Response:
    """Go on with those that are left."""
    return _done(
        migration_id, lambda: engine().migrations.resume(officer(), migration_id), _("Đang chuyển tiếp.")
    )


def stage_words(stage: str) -> str:
    """Where a migration stands."""
    return pick(*STAGE_NAMES[Stage(stage)])


def item_words(state: str) -> str:
    """What came of a dossier."""
    return pick(*ITEM_NAMES[ItemState(state)])


def _numbers(code: str) -> tuple[int, int]:
    """The versions ``?tu=&den=``; by default the live one, and the newest before it that dossiers follow."""
    versions = engine().procedures.versions(code)
    live = next((one.number for one in versions if one.live), versions[0].number)
    before = next((one.number for one in versions if one.running and not one.live), live)
    return request.args.get("tu", before, type=int), request.args.get("den", live, type=int)


def _plan(
    code: str,
    source: int,
    target: int,
    mapping: dict[str, str] | None = None,
    reason: str = "",
    refused: str = "",
) -> str:
    try:
        plan = engine().migrations.plan(officer(), code, source, target, mapping)
    except Invalid as error:
        if mapping is None:
            raise
        plan = engine().migrations.plan(officer(), code, source, target)
        refused = refused or _told(error)
    return render_template(
        "procedures/migration_plan.html",
        plan=plan,
        questions=[one for one in plan.pairings if one.to != one.element],
        same=[one for one in plan.pairings if one.to == one.element],
        kind_words=lambda kind: pick(*KINDS.get(kind, (kind, kind))),
        may_ask=may_anywhere(officer(), Action.REQUEST_MIGRATION),
        reason=reason,
        refused=refused,
    )


def _one(migration_id: UUID, refused: str = "") -> str:
    me = officer()
    found = engine().migrations.get(me, migration_id)
    decides = may_anywhere(me, Action.APPROVE_MIGRATION)
    return render_template(
        "procedures/migration.html",
        migration=found,
        stage_words=stage_words,
        item_words=item_words,
        may_decide=decides and found.state == Stage.REQUESTED and found.requested_by != me.key,
        may_steer=decides or may_anywhere(me, Action.REQUEST_MIGRATION),
        may_open=may_anywhere(me, Action.VIEW_DOSSIER),
        refused=refused,
    )


def _done(migration_id: UUID, act: Callable[[], None], sentence: str) -> Response:
    try:
        act()
    except (Forbidden, NotFound):
        raise
    except MotcuaError as refused:
        return make_response(_one(migration_id, _told(refused)), status_of(refused))
    flash(sentence, "good")
    return redirect(url_for("procedures.migration", migration_id=migration_id), 303)


def _told(refused: MotcuaError) -> str:
    if isinstance(refused, Invalid):
        return " ".join(pick(vi, en) for vi, en in refused.fields.values())
    return pick(refused.message("vi"), refused.message("en"))
