"""Repairs of a running dossier that take two people: one asks with a reason, another decides."""

from enum import StrEnum

from engine.errors import MotcuaError


class Intervention(StrEnum):
    """What may be done to a dossier beside its ordinary course; also the kind of the command that does it."""

    MOVE = "move"  # an open element is taken away and another one of the same block entered
    REDO = "redo"  # an open element is begun anew: its claim and its timers are forgotten
    CORRECT = "correct"  # values of the document are put right
    CANCEL = "cancel"  # the dossier is ended without a result


class Stage(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    DONE = "done"
    REFUSED = "refused"


NAMES: dict[Intervention, tuple[str, str]] = {
    Intervention.MOVE: ("Chuyển bước", "Move to another step"),
    Intervention.REDO: ("Làm lại bước", "Begin a step anew"),
    Intervention.CORRECT: ("Sửa dữ liệu", "Correct data"),
    Intervention.CANCEL: ("Hủy hồ sơ", "Cancel the dossier"),
}


class RequestDecided(MotcuaError):
    """Somebody else has decided on the request."""

    code = "request-decided"
    vi = "Đề nghị này đã được quyết định. Mở lại danh sách đề nghị."
    en = "This request was decided already. Open the list again."


class DossierMovedOn(MotcuaError):
    """What was asked for rests on a state of the dossier that is no more."""

    code = "dossier-moved-on"
    vi = "Hồ sơ đã thay đổi từ lúc đề nghị ({what}). Từ chối đề nghị này rồi lập đề nghị mới nếu vẫn cần."
    en = "The dossier has changed since the request ({what}). Refuse it, and ask anew if it is still needed."


class ResultOut(MotcuaError):
    """A dossier with its result is not cancelled: what was issued is revoked by a decision of its own."""

    code = "result-out"
    vi = "Hồ sơ đã có kết quả nên không hủy được; kết quả sai phải thu hồi bằng quyết định riêng."
    en = "The dossier has its result and cannot be cancelled; a wrong result is revoked by its own decision."
