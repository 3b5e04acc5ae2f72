"""What is handed in with a dossier, checked before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.domain.applicant import Errors, checked_applicant
from engine.domain.dossier import Channel
from engine.domain.form import check_answers
from engine.errors import Invalid
from engine.workflow.bundle import Definition

RESULT_CHANNELS = ("counter", "postal", "online")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A dossier as it comes over the counter or the net; nothing in here has been checked."""

    procedure_code: str
    channel: str
    applicant: Mapping[str, Any]
    answers: Mapping[str, Any] = field(default_factory=dict)  # of the procedure's own form
    documents: Sequence[Mapping[str, Any]] = ()  # id, originals, copies, certified, digital
    result_channel: str = "counter"


def checked_intake(definition: Definition, intake: Intake) -> dict[str, Any]:
    """The document a dossier begins with; raises Invalid with a sentence for each field that does not fit."""
    procedure = definition.procedure
    applicant, errors = checked_applicant(intake.applicant)
    offered = procedure.channels or tuple(Channel)
    if intake.channel not in offered:
        errors["channel"] = (
            f"Thủ tục này không nhận hồ sơ qua kênh «{intake.channel}».",
            f"This procedure takes no dossiers by the channel “{intake.channel}”.",
        )
    if intake.result_channel not in RESULT_CHANNELS:
        errors["result_channel"] = (
            "Chọn nơi nhận kết quả: tại quầy, bưu chính hoặc trực tuyến.",
            "Choose where to get the result: counter, postal or online.",
        )
    documents = _documents(definition, intake.documents, errors)
    values: dict[str, Any] = {
        "applicant": applicant,
        "documents": documents,
        "result_channel": intake.result_channel,
        "request": procedure.name,
    }
    if procedure.form is not None:
        scope = {**values, "dossier": {"channel": intake.channel, "applicant_kind": applicant.get("kind")}}
        result = check_answers(definition.form(procedure.form), intake.answers, scope)
        errors.update(result.errors)
        values = {**result.values, **values}
    elif intake.answers:
        errors["answers"] = (
            "Thủ tục này không có tờ khai điện tử.",
            "This procedure has no form of its own.",
        )
    if errors:
        raise Invalid(errors)
    return values


_COUNTS = ("originals", "copies", "certified", "digital")
_MOST = 99  # sheets of one kind that a counter can take


def _documents(
    definition: Definition, raw: Sequence[Mapping[str, Any]], errors: Errors
) -> list[dict[str, Any]]:
    known = {document.id: document for document in definition.procedure.documents}
    checked = []
    for entry in raw:
        document = known.get(str(entry.get("id", "")))
        if document is None:
            errors["documents"] = (
                f"Giấy tờ «{entry.get('id')}» không có trong thành phần hồ sơ của thủ tục.",
                f"“{entry.get('id')}” is not among the documents of this procedure.",
            )
            continue
        counts = {name: _count(entry.get(name)) for name in _COUNTS}
        if None in counts.values():
            errors[f"documents.{document.id}"] = (
                f"Số lượng «{document.name}» phải là số nguyên từ 0 đến {_MOST}.",
                f"The number of “{document.name}” must be a whole number from 0 to {_MOST}.",
            )
        checked.append({"id": document.id, "name": document.name, **counts})
    return checked


def _count(value: Any) -> int | None:
    text = str(value if value not in (None, "") else 0).strip()
    if not text.isascii() or not text.isdigit() or int(text) > _MOST:
        return None
    return int(text)
