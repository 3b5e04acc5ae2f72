"""Moving running dossiers to another version of their procedure: its states, what is refused beforehand."""

from collections.abc import Mapping
from enum import StrEnum

from engine.domain.mapping import Drawn
from engine.errors import Invalid, MotcuaError


class Stage(StrEnum):
    """Where a migration stands."""

    REQUESTED = "requested"  # waits for a second person
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"  # every dossier has its result
    REFUSED = "refused"


class ItemState(StrEnum):
    """What came of one dossier."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"  # it follows its old version on; the message says why
    FAILED = "failed"  # an unforeseen fault, with an incident


STAGE_NAMES: dict[Stage, tuple[str, str]] = {
    Stage.REQUESTED: ("chờ duyệt", "waiting for approval"),
    Stage.RUNNING: ("đang chuyển", "running"),
    Stage.PAUSED: ("tạm dừng", "paused"),
    Stage.DONE: ("đã xong", "done"),
    Stage.REFUSED: ("không duyệt", "refused"),
}
ITEM_NAMES: dict[ItemState, tuple[str, str]] = {
    ItemState.WAITING: ("chờ chuyển", "waiting"),
    ItemState.DONE: ("đã chuyển", "moved"),
    ItemState.REFUSED: ("giữ bản cũ", "keeps its version"),
    ItemState.FAILED: ("gặp lỗi", "failed"),
}


class MigrationOutOfTurn(MotcuaError):
    """A migration is not in the state that this act begins from."""

    code = "migration-out-of-turn"
    vi = "Việc chuyển này đang ở trạng thái «{state}». Tải lại trang để xem kết quả."
    en = "This migration is {state_en} now. Reload the page to see what came of it."


def require_stage(stage: str, *allowed: Stage) -> None:
    """Raise MigrationOutOfTurn unless the migration is in one of these states."""
    if Stage(stage) not in allowed:
        vi, en = STAGE_NAMES[Stage(stage)]
        raise MigrationOutOfTurn(state=vi, state_en=en)


def checked_mapping(old: Drawn, new: Drawn, mapping: Mapping[str, str]) -> dict[str, str]:
    """A mapping as it was typed: known elements of the same kind, no two to the same one. Raises Invalid."""
    errors: dict[str, tuple[str, str]] = {}
    taken: dict[str, str] = {}
    for was, now in mapping.items():
        before, after = old.elements.get(was), new.elements.get(now)
        if before is None or after is None:
            vi = f"Không có phần tử «{was if before is None else now}» trong bản này."
            errors[was] = (vi, f"There is no element “{was if before is None else now}” in that version.")
        elif before.kind != after.kind:
            vi = f"«{before.name}» và «{after.name}» không cùng loại phần tử."
            errors[was] = (vi, f"“{before.name}” and “{after.name}” are of different kinds.")
        elif now in taken:
            vi = f"«{after.name}» đã được ghép với «{old.elements[taken[now]].name}»."
            errors[was] = (vi, f"“{after.name}” is taken by “{old.elements[taken[now]].name}”.")
        taken.setdefault(now, was)
    if errors:
        raise Invalid(errors)
    return dict(mapping)
