"""A scenario test for a drafted procedure: each way that its people may choose, by the names of its steps.

What a draft says is played again whenever the diagram, a shared process or the law's file changes
(docs/how-to/scenarios.md). Steps of the shared processes are named as they are in ``processes/shared``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from engine.domain.duration import LegalDuration, describe
from engine.domain.feel import FeelEvaluationError, compile_expression
from engine.workflow.drafting.outline import Decision, Outline, Step
from engine.workflow.drafting.presets import DECLINE, SUPPLEMENT

_HEAD = (
    "# {name}\n# Do «motcua procedures import» viết; sửa tay thì lần nhập sau giữ nguyên, nêu chỗ khác.\n"
    "# Written by “motcua procedures import”; what people change is kept by the next one.\n"
)
_HANDED_IN = "02/03/2026 08:00"  # a Monday without a holiday in the weeks around it
_CHANNELS = {"counter": "trực tiếp", "online": "trực tuyến", "postal": "bưu chính"}
_RESULT = ("Vào số, đóng dấu và phát hành", "Trả kết quả cho người nộp")
_SAMPLES = {  # of forms whose answers decide how often a step is done
    "xac-dinh-lay-y-kien": {"consulted": [{"agency_name": "Sở Tài chính"}], "opinion_days": 5}
}

Act = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tale:
    """One way through the procedure."""

    name: str
    acts: list[Act]
    ends: str  # the state of the dossier at the end


class _Plain(yaml.SafeDumper):
    """Writes what comes twice twice: people copy and change it."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def scenario_name(code: str) -> str:
    """Place of the scenarios of a procedure, beside its diagram."""
    return f"tests/{code}.test.yaml"


def scenarios_of(outline: Outline) -> bytes:
    """Scenarios of a procedure whose steps are people's, one after the other; YAML in UTF-8."""
    channel = outline.channels[0] if outline.channels else "counter"
    said = {
        "thủ tục": outline.code,
        "kịch bản": [
            {
                "tên": tale.name,
                "cho": {"nộp lúc": _HANDED_IN, "kênh": _CHANNELS[channel]},
                "các bước": tale.acts,
                "mong đợi": {"tình trạng": tale.ends, "kết thúc": True},
            }
            for tale in _tales(outline, channel)
        ],
    }
    text = yaml.dump(said, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)
    return (_HEAD.format(name=outline.name.replace("\n", " ")) + text).encode()


def _tales(outline: Outline, channel: str) -> Iterator[_Tale]:
    begin = _received(channel, _limit(outline, channel))
    people = [step for step in outline.steps if step.kind == "task"]
    result = [{"bước": name} for name in _RESULT]
    yield _Tale(name="Được giải quyết", acts=[*begin, *_straight(people), *result], ends="Đã trả kết quả")
    for number, step in enumerate(people):
        before = [*begin, *_straight(people[:number])]
        for decision in step.decisions:
            if decision.way.then == SUPPLEMENT:
                acts = [*before, _did(step, decision), *_supplemented(), *_straight(people[number:]), *result]
                yield _Tale(name=f"{step.name}: bổ sung một lần", acts=acts, ends="Đã trả kết quả")
            elif decision.way.then == DECLINE:
                acts = [*before, _did(step, decision), *_declined(), *result]
                yield _Tale(name=f"{step.name}: không đủ điều kiện", acts=acts, ends="Không giải quyết")
    why = {"refusal_reason": "Không thuộc thẩm quyền giải quyết", "refusal_basis": "Điều 17 NĐ 61/2018/NĐ-CP"}
    refused = {"bước": "Kiểm tra hồ sơ", "quyết định": "Từ chối tiếp nhận", "trả lời": why}
    yield _Tale(name="Không tiếp nhận", acts=[refused], ends="Từ chối tiếp nhận")


def _received(channel: str, limit: str | None) -> list[Act]:
    check: Act = {"bước": "Kiểm tra hồ sơ", "quyết định": "Tiếp nhận hồ sơ"}
    if limit is not None:
        check["mong đợi"] = {"tình trạng": "Đang giải quyết", "thời hạn": limit}
    return [check] if channel == "online" else [check, {"bước": "Chuyển hồ sơ giấy đến cơ quan"}]


def _limit(outline: Outline, channel: str) -> str | None:
    """The time limit in words; None where the catalogue says none."""
    if outline.limit is None:
        return None
    try:
        found = compile_expression(outline.limit).evaluate({"dossier": {"channel": channel}})
    except FeelEvaluationError:
        return None
    return describe(found) if isinstance(found, LegalDuration.__args__) else None  # a union of classes


def _straight(steps: list[Step]) -> list[Act]:
    """Every step with its first decision, which leads on."""
    return [_did(step, step.decisions[0] if step.decisions else None) for step in steps]


def _did(step: Step, decision: Decision | None) -> Act:
    act: Act = {"bước": step.name}
    if decision is not None:
        act["quyết định"] = decision.label
        if decision.reason_required:
            act["lý do"] = "Có lý do ghi trong phiếu"
    if step.form in _SAMPLES:
        act["trả lời"] = _SAMPLES[step.form]
    return act


def _supplemented() -> list[Act]:
    asked = {"bước": "Ký phiếu yêu cầu bổ sung", "quyết định": "Đồng ý yêu cầu bổ sung"}
    return [{"bước": "Lập phiếu yêu cầu bổ sung"}, asked, {"bổ sung": "Đã nộp giấy tờ còn thiếu"}]


def _declined() -> list[Act]:
    return [{"bước": "Dự thảo văn bản từ chối"}, {"bước": "Ký văn bản từ chối"}]
