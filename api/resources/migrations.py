"""Running dossiers go over to another version of their procedure."""

from typing import Any
from uuid import UUID

from api.context import engine
from api.resources.once import once
from api.resources.resource import Resource
from api.schemas.interventions import ApproveSchema
from api.schemas.migrations import (
    MappedPairSchema,
    MigrationIdSchema,
    MigrationRequestSchema,
    MigrationSchema,
    MigrationsSchema,
    PlanSchema,
)
from api.schemas.procedures import ReasonSchema
from api.security import officer, requires
from engine.domain.permission import Action

resource = Resource("migrations", "Chuyển hồ sơ đang chạy sang bản quy trình khác: lập kế hoạch, duyệt.")

_ONE = "/migrations/<uuid:migration_id>"


@resource.post(
    "/procedures/<code>/migrations/plan", summary="So hai bản và chạy thử từng hồ sơ, không ghi gì"
)
@requires(Action.VIEW_MIGRATIONS)
@once
@resource.arguments(MappedPairSchema)
@resource.response(200, PlanSchema)
def plan(sent: dict[str, Any], code: str) -> Any:
    """Differences in words, the mapping of elements, and what would become of each running dossier."""
    pair = sent["source"], sent["target"]
    return engine().migrations.plan(officer(), code, *pair, sent.get("mapping"))


@resource.post("/procedures/<code>/migrations", summary="Đề nghị chuyển hồ sơ, chờ người thứ hai duyệt")
@requires(Action.REQUEST_MIGRATION)
@once
@resource.arguments(MigrationRequestSchema)
@resource.response(201, MigrationIdSchema)
def ask(sent: dict[str, Any], code: str) -> dict[str, UUID]:
    """Lay the migration of all dossiers of a version before a second person."""
    pair = sent["source"], sent["target"]
    asked = engine().migrations.request(officer(), code, *pair, sent.get("mapping"), reason=sent["reason"])
    return {"id": asked}


@resource.get("/migrations", summary="Các lần chuyển hồ sơ, mới nhất trước")
@requires(Action.VIEW_MIGRATIONS)
@resource.response(200, MigrationsSchema)
def list_() -> dict[str, Any]:
    """Migrations, newest first; their dossiers are told one by one."""
    return {"items": engine().migrations.listed(officer())}


@resource.get(_ONE, summary="Một lần chuyển và kết quả từng hồ sơ")
@requires(Action.VIEW_MIGRATIONS)
@resource.response(200, MigrationSchema)
def show(migration_id: UUID) -> Any:
    """One migration with the result of each dossier."""
    return engine().migrations.get(officer(), migration_id)


@resource.post(f"{_ONE}/approval", summary="Duyệt việc chuyển; người đề nghị không tự duyệt")
@requires(Action.APPROVE_MIGRATION)
@once
@resource.arguments(ApproveSchema)
@resource.response(200, MigrationSchema)
def approve(sent: dict[str, str], migration_id: UUID) -> Any:
    """The second person's yes: the heartbeat begins to move dossiers."""
    engine().migrations.approve(officer(), migration_id, note=sent["note"])
    return engine().migrations.get(officer(), migration_id)


@resource.post(f"{_ONE}/refusal", summary="Không duyệt việc chuyển")
@requires(Action.APPROVE_MIGRATION)
@once
@resource.arguments(ReasonSchema)
@resource.response(200, MigrationSchema)
def refuse(sent: dict[str, str], migration_id: UUID) -> Any:
    """The second person's no."""
    engine().migrations.refuse(officer(), migration_id, reason=sent["reason"])
    return engine().migrations.get(officer(), migration_id)


@resource.post(f"{_ONE}/pause", summary="Tạm dừng việc chuyển")
@requires(Action.VIEW_MIGRATIONS)
@once
@resource.response(200, MigrationSchema)
def pause(migration_id: UUID) -> Any:
    """Stop after the dossier at hand; for who may ask or approve."""
    engine().migrations.pause(officer(), migration_id)
    return engine().migrations.get(officer(), migration_id)


@resource.post(f"{_ONE}/resume", summary="Chuyển tiếp sau khi tạm dừng")
@requires(Action.VIEW_MIGRATIONS)
@once
@resource.response(200, MigrationSchema)
def resume(migration_id: UUID) -> Any:
    """Go on with the dossiers that are left; for who may ask or approve."""
    engine().migrations.resume(officer(), migration_id)
    return engine().migrations.get(officer(), migration_id)
