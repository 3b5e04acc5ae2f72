"""From a scenario file to scenarios; BadScenario tells file, line and field of whatever is not understood."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.scenario.document import Node, read_document
from engine.scenario.expecting import read_refusal, read_wants
from engine.scenario.model import Answer, Deed, Given, Scenario, ScenarioFile
from engine.scenario.spans import read_moment, read_until
from engine.scenario.words import (
    ALWAYS,
    APPLICANT,
    BY,
    CHANNELS,
    DEEDS,
    FILE,
    GIVEN,
    KINDS,
    SCENARIO,
    SERVICE,
    SILENT,
    Words,
    key,
    meant,
)

_MOMENT = (
    "ghi ngày giờ dạng 02/03/2026 08:00",
    "write the moment as dd/mm/yyyy hh:mm",
)
_UNTIL = (
    "ghi khoảng thời gian như «3 ngày làm việc», «2 giờ», hoặc «đến 23/02/2026 08:00», «đến hẹn trả»",
    "write a span such as “3 working days”, “2 hours”, or “until 23/02/2026 08:00”, “until due”",
)
_COUNTS: Words = {
    "id": "mã", "originals": "bản chính", "copies": "bản sao", "certified": "bản sao chứng thực",
    "digital": "bản điện tử",
}  # fmt: skip


def read_scenarios(text: str, file: str) -> ScenarioFile:
    """All scenarios of a file's text."""
    root = read_document(text, file)
    fields = root.fields(FILE)
    for wanted in ("procedure", "scenarios"):
        if wanted not in fields:
            raise root.fault(f"thiếu mục «{FILE[wanted]}»", f"“{wanted}” is missing")
    scenarios = tuple(_scenario(one) for one in fields["scenarios"].items())
    names = [one.name for one in scenarios]
    for place, one in enumerate(fields["scenarios"].items()):
        if names[place] in names[:place]:
            raise one.fault(
                f"tên kịch bản «{names[place]}» đã dùng ở trên",
                f"the name “{names[place]}” is used above",
            )
    return ScenarioFile(
        file=file,
        line=fields["procedure"].line,
        procedure=fields["procedure"].text(),
        diagram=fields["diagram"].text() if "diagram" in fields else None,
        coverage=_percent(fields.get("coverage")),
        scenarios=scenarios,
    )


def _percent(node: Node | None) -> int | None:
    if node is None:
        return None
    text = node.text().removesuffix("%").strip()
    if not text.isdigit() or int(text) > 100:
        raise node.fault("ghi số phần trăm từ 0 đến 100", "write a percentage from 0 to 100")
    return int(text)


def _scenario(node: Node) -> Scenario:
    fields = node.fields(SCENARIO)
    for wanted in ("name", "given"):
        if wanted not in fields:
            raise node.fault(f"kịch bản thiếu mục «{SCENARIO[wanted]}»", f"“{wanted}” is missing")
    return Scenario(
        file=node.file,
        line=node.line,
        name=fields["name"].text(),
        given=_given(fields["given"]),
        deeds=tuple(_deed(one) for one in fields["steps"].items()) if "steps" in fields else (),
        wants=read_wants(fields.get("expect")),
    )


def _given(node: Node) -> Given:
    fields = node.fields(GIVEN)
    if "submitted_at" not in fields:
        raise node.fault(f"thiếu mục «{GIVEN['submitted_at']}»", "“submitted_at” is missing")
    return Given(
        line=node.line,
        at=_moment(fields["submitted_at"]),
        channel=fields["channel"].word(CHANNELS) if "channel" in fields else "counter",
        applicant=_applicant(fields.get("applicant")),
        answers=_answers(fields.get("answers")),
        documents=tuple(_document(one) for one in fields["documents"].items())
        if "documents" in fields
        else (),
        result_channel=fields["result_channel"].word(CHANNELS) if "result_channel" in fields else "counter",
        services={
            name: _answer(answer)
            for name, answer in (fields["services"].pairs() if "services" in fields else {}).items()
        },
        refused=read_refusal(fields.get("refused")),
        wants=read_wants(fields.get("expect")),
    )


def _moment(node: Node) -> datetime:
    at = read_moment(node.text())
    if at is None:
        raise node.fault(*_MOMENT)
    return at


def _answers(node: Node | None) -> Mapping[str, Any]:
    return {name: value.written() for name, value in node.pairs().items()} if node is not None else {}


def _applicant(node: Node | None) -> Mapping[str, str]:
    """Who hands in: some fields, or one of the words citizen and organisation alone."""
    if node is None:
        return {}
    if node.is_text:
        return {"kind": node.word(KINDS)}
    fields = node.fields(APPLICANT)
    return {name: one.word(KINDS) if name == "kind" else one.text() for name, one in fields.items()}


def _document(node: Node) -> Mapping[str, Any]:
    """A document that is handed in: its id alone means one original."""
    if node.is_text:
        return {"id": node.text(), "originals": 1}
    return {name: one.text() for name, one in node.fields(_COUNTS).items()}


def _answer(node: Node) -> Answer:
    if node.is_text:
        if key(node.text()) in map(key, SILENT):
            return Answer(silent=True)
        raise node.fault(
            "ghi «kết quả: …», «lỗi: mã», hoặc «im lặng»", "write “result: …”, “error: code” or “silent”"
        )
    fields = node.fields(SERVICE)
    return _answered(fields)


def _answered(fields: Mapping[str, Node]) -> Answer:
    result = fields["result"].value() if "result" in fields else {}
    if not isinstance(result, dict):
        raise fields["result"].fault("ghi từng tên và giá trị trả về", "write names with their values")
    return Answer(result=result, error=fields["error"].text() if "error" in fields else "")


def _deed(node: Node) -> Deed:
    said = node.pairs()
    leads: Words = {name: vi for name, (vi, _) in DEEDS.items()}
    kind = next((found for word in said if (found := meant(word, leads)) is not None), None)
    if kind is None:
        listed = ", ".join(f"«{vi}»" for vi in leads.values())
        raise node.fault(f"mỗi bước cần một trong các mục {listed}", f"a step has one of {', '.join(leads)}")
    fields = node.fields({kind: leads[kind]}, DEEDS[kind][1], ALWAYS)
    lead = fields[kind]
    until = read_until(lead.text()) if kind in ("wait", "extend") else None
    if (kind == "wait" and until is None) or (kind == "extend" and (until is None or until.moment is None)):
        raise lead.fault(*(_UNTIL if kind == "wait" else _MOMENT))
    return Deed(
        kind=kind,
        line=node.line,
        name="" if kind == "supplement" and not lead.is_text else lead.text(),
        until=until,
        decision=fields["decision"].text() if "decision" in fields else None,
        reason=fields["reason"].text() if "reason" in fields else None,
        answers=_said(kind, fields),
        by=_by(fields.get("by")),
        answer=_answered(fields) if kind == "service" else None,
        refused=read_refusal(fields.get("refused")),
        wants=read_wants(fields.get("expect")),
    )


def _said(kind: str, fields: Mapping[str, Node]) -> Mapping[str, Any]:
    """What a deed brings into the document."""
    if kind == "supplement":
        lead = fields["supplement"]
        return {"supplement_note": lead.text()} if lead.is_text else _answers(lead)
    return _answers(fields.get("answers") or fields.get("content"))


def _by(node: Node | None) -> tuple[str | None, str | None] | None:
    """Somebody else than the one whose step it is: a role, and an agency if not the step's own."""
    if node is None:
        return None
    if node.is_text:
        return node.text(), None
    fields = node.fields(BY)
    return tuple(fields[name].text() if name in fields else None for name in BY)  # type: ignore[return-value]
