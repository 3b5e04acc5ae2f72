"""Messages: what a dossier waits for and an officer notes, such as a supplement at the counter or a fee."""

from typing import Any

from api.context import engine
from api.resources.once import once
from api.resources.resource import ETAG, Resource
from api.resources.versions import on_version, seen_version, tagged
from api.schemas.dossiers import OutcomeSchema
from api.schemas.messages import MessageSchema
from api.security import officer, requires
from engine.domain.permission import Action
from engine.errors import Invalid

resource = Resource("messages", "Ghi nhận điều hồ sơ đang chờ: bổ sung, nộp phí, rút hồ sơ.")


@resource.post("/dossiers/<number>/messages", summary="Ghi nhận bổ sung, nộp phí hoặc rút hồ sơ tại quầy")
@requires(Action.DELIVER_MESSAGE)
@once
@on_version
@resource.arguments(MessageSchema)
@resource.response(200, OutcomeSchema, headers=ETAG)
def deliver(sent: dict[str, str], number: str) -> Any:
    """Note that what the dossier waits for has come; see ``waits_for`` of the dossier."""
    message = sent.pop("message")
    answers = _answers(message, sent)
    outcome = engine().dossiers.deliver(officer(), number, message, answers, seen=seen_version())
    return tagged(outcome, outcome.sequence)


def _answers(message: str, sent: dict[str, str]) -> dict[str, str]:
    """What is entered into the dossier's document, each under the name that the diagrams know."""
    answers = {f"{message}_note": sent["note"]} if sent.get("note") else {}
    if message == "fee_paid":
        answers |= {name: sent[name] for name in ("fee_receipt", "fee_method") if sent.get(name)}
    if message == "withdraw":
        reason = sent.get("reason", "").strip()
        if not reason:
            raise Invalid({"reason": ("Nêu lý do rút hồ sơ.", "Say why the dossier is withdrawn.")})
        answers["withdrawal_reason"] = reason
    return answers
