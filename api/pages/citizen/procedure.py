"""A procedure as the citizen needs it: who, what to bring, how long, how much, where, how it goes on."""

from dataclasses import dataclass
from typing import Any

from flask import render_template

from api.context import engine
from api.i18n import _, language
from api.pages.citizen.conditions import Questions, condition_words
from api.pages.citizen.fees import Fee, fee_of
from api.pages.citizen.room import pages
from api.pages.shell import word
from api.security import public
from engine.domain.dossier import Channel
from engine.domain.duration import describe
from engine.domain.procedure import LimitFailed, ProcedureFacts, RequiredDocument
from engine.procedures import ProcedureVersion

_OWN_PLACES = ("centre", "competent", None)  # agencies of steps that are not another agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One station of the way, in the citizen's words."""

    title: str
    text: str
    inner: tuple[str, ...] = ()  # what the agency does meanwhile, as the diagram calls it


@pages.get("/thu-tuc/<code>")
@public
def procedure(code: str) -> str:
    """Everything about a procedure. Raises NotFound."""
    version = engine().procedures.get(code)
    definition = engine().procedures.definition(version.sha256)
    questions = questions_of(definition)
    fees = [fee_of(rule, definition.tables, questions) for rule in version.facts.fees]
    return render_template(
        "citizen/procedure.html",
        density="normal",
        version=version,
        facts=version.facts,
        channels=channels_of(version.facts),
        limits=_limits(version.facts),
        fees=fees,
        conditions={one.id: _condition(one, questions) for one in version.facts.documents},
        way=_way(version, fees),
        online=Channel.ONLINE in channels_of(version.facts),
    )


def channels_of(facts: ProcedureFacts) -> tuple[str, ...]:
    """How a dossier may be handed in; a diagram that says nothing offers all channels."""
    return facts.channels or tuple(Channel)


def questions_of(definition: Any) -> Questions:
    """The questions of the procedure's own form by key; none when it has no form."""
    form = definition.procedure.form
    return {field.key: field for field in definition.questions(form).each() if field.key} if form else {}


def _condition(document: RequiredDocument, questions: Questions) -> str:
    return condition_words(document.condition, questions) if document.condition else ""


def _limits(facts: ProcedureFacts) -> list[tuple[str, str]]:
    """Channel and time limit; the channel is empty when the limit is the same for all of them."""
    found = [(channel, _limit(facts, channel)) for channel in channels_of(facts)]
    if len({limit for _channel, limit in found}) == 1:
        return [("", found[0][1])]
    return [(word("channel", channel), limit) for channel, limit in found]


def _limit(facts: ProcedureFacts, channel: str) -> str:
    try:
        limit = facts.limit({"dossier": {"channel": channel, "applicant_kind": None}})
    except LimitFailed:
        return ""
    return describe(limit, language()) if limit is not None else _("Pháp luật không định thời hạn")


def _way(version: ProcedureVersion, fees: list[Fee]) -> list[Step]:
    steps = [
        Step(
            title=_("Ông/bà nộp hồ sơ"),
            text=_("Tại quầy của Trung tâm, trực tuyến hoặc qua bưu chính, theo các cách ghi ở trên."),
        ),
        Step(
            title=_("Trung tâm kiểm tra hồ sơ"),
            text=_(
                "Đủ giấy tờ: Trung tâm cấp giấy tiếp nhận và hẹn ngày trả kết quả. Thiếu: báo một lần đầy đủ "
                "các nội dung cần bổ sung. Hồ sơ trực tuyến được trả lời trong 8 giờ làm việc."
            ),
        ),
    ]
    if fees:
        steps.append(Step(title=_("Ông/bà nộp phí, lệ phí"), text="; ".join(fee.name for fee in fees)))
    steps.append(_handling(version))
    steps.append(
        Step(
            title=_("Ông/bà nhận kết quả"),
            text=_("Nhận tại Trung tâm, qua bưu chính hoặc bản điện tử; mang giấy hẹn và giấy tờ tùy thân."),
        )
    )
    return steps


def _handling(version: ProcedureVersion) -> Step:
    way = engine().procedures.way(version.sha256)
    others = {node.agency for node in way if node.agency not in _OWN_PLACES} - {version.agency}
    names = sorted(engine().services.agency_name(code) for code in others if code)
    text = _("Cơ quan thẩm định, trình ký và ban hành kết quả trong thời hạn ghi ở trên.")
    if names:
        text += " " + _("Cùng tham gia: {names}.", names=", ".join(names))
    inner = tuple(dict.fromkeys(node.name for node in way if node.agency != "centre"))
    return Step(title=_("{agency} giải quyết", agency=version.agency_name), text=text, inner=inner)
