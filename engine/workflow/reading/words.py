"""Our words in a diagram, read into the values of ``engine.domain.procedure``."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from engine.domain.duration import BadDuration, parse_timer
from engine.domain.procedure import (
    Basis,
    Decision,
    FeeRule,
    HandlerInput,
    HandlerOutput,
    NodeFacts,
    ProcedureFacts,
    RequiredDocument,
    ResultFacts,
)
from engine.workflow.reading.names import bpmn, find_all, local, our_word, our_words

_TIMES = (bpmn("timeDuration"), bpmn("timeDate"))
_CYCLE = bpmn("timeCycle")
_REPEATING = re.compile(r"R[0-9]*/")
_LOCAL_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+\Z")

# Elements that a token can stand on; everything else in a process is decoration or structure.
NODE_TAGS = frozenset(
    {
        "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask",
        "receiveTask", "callActivity", "subProcess", "transaction", "adHocSubProcess",
        "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway",
    }
)  # fmt: skip


def text_of(element: etree._Element | None) -> str | None:
    """The trimmed text of an element, None when there is none."""
    if element is None or element.text is None:
        return None
    return element.text.strip() or None


def timer_expression(timer: etree._Element) -> str | None:
    """What a timer's definition waits for, as FEEL; a plain code such as P10D or 5WD stands for itself.

    A cycle gives a text such as R3/P1D: how often, and how long between (ISO 8601).
    """
    text = next((text for text in map(text_of, timer.iterchildren(*_TIMES, _CYCLE)) if text), None)
    if text is None:
        return None
    if _REPEATING.match(text):
        return f'"{text}"'
    try:
        parse_timer(_zoned(text))
    except BadDuration:
        return text
    return f'"{_zoned(text)}"'


def timer_plan(timer: etree._Element) -> dict[str, Any]:
    """The same as a plan: the value, and whether it repeats."""
    plan: dict[str, Any] = {"value": timer_expression(timer) or "null"}
    if timer.find(_CYCLE) is not None:
        plan["cycle"] = True
    return plan


def _zoned(text: str) -> str:
    """A moment written without a zone is meant in Viet Nam."""
    return f"{text}+07:00" if _LOCAL_MOMENT.match(text) else text


def _count(value: str | None) -> int:
    return int(value) if value and value.isdigit() else 0


def bases(element: etree._Element) -> tuple[Basis, ...]:
    """The articles of law that an element names."""
    return tuple(
        Basis(document=word.get("document", ""), article=word.get("article", ""), note=word.get("note", ""))
        for word in our_words(element, "basis")
    )


def read_procedure(process: etree._Element) -> ProcedureFacts:
    """What a process says about its procedure; a process without our words stands for itself."""
    said = _attributes(our_word(process, "procedure"))
    identity = str(process.get("id", ""))
    limit = our_word(process, "timeLimit")
    return ProcedureFacts(
        code=said.get("code", identity),
        name=said.get("name", str(process.get("name", identity))),
        agency=said.get("agency", ""),
        domain=said.get("domain", ""),
        level=said.get("level", "partial"),
        resume=said.get("resume", "RESTART"),
        clock_starts=said.get("clockStarts", "received"),
        same_day=said.get("sameDay") == "true",
        appointment_slip=said.get("appointmentSlip", "always"),
        supplement_expiry=said.get("supplementExpiry") or None,
        retention=said.get("retention"),
        form=said.get("form") or None,
        source=said.get("source", ""),
        time_limit=text_of(limit),
        time_limit_note=limit.get("note", "") if limit is not None else "",
        fees=tuple(_fee(word) for word in our_words(process, "fee")),
        documents=tuple(_document(word) for word in our_words(process, "document")),
        result=_result(our_word(process, "result")),
        channels=tuple(word.get("name", "") for word in our_words(process, "channel")),
        basis=bases(process),
        open_questions=tuple(word.get("question", "") for word in our_words(process, "open")),
    )


def _attributes(word: etree._Element | None) -> dict[str, Any]:
    return {str(key): str(value) for key, value in word.attrib.items()} if word is not None else {}


def _fee(word: etree._Element) -> FeeRule:
    said = _attributes(word)
    return FeeRule(
        name=said.get("name", "Phí, lệ phí"),
        kind=said.get("kind", "fee"),
        when=said.get("when", "submission"),
        expression=text_of(word),
        table=said.get("table"),
    )


def _document(word: etree._Element) -> RequiredDocument:
    return RequiredDocument(
        id=word.get("id", ""),
        name=word.get("name", ""),
        original=_count(word.get("original")),
        copy=_count(word.get("copy")),
        certified=_count(word.get("certified")),
        condition=word.get("condition") or None,
        electronic=word.get("electronic") == "true",
        digitise=word.get("digitise") == "true",
    )


def _result(word: etree._Element | None) -> ResultFacts | None:
    if word is None:
        return None
    return ResultFacts(name=word.get("name", ""), type=word.get("type", ""), signer=word.get("signer", ""))


def read_nodes(process: etree._Element) -> dict[str, NodeFacts]:
    """All elements of a process that a token can stand on, those of embedded sub-processes included."""
    roles = _roles(process)
    nodes = {}
    for element in process.iter():
        if local(element) in NODE_TAGS and element.tag == bpmn(local(element)) and element.get("id"):
            facts = _node(element, process.get("id", ""), roles)
            nodes[facts.id] = facts
    return nodes


def _roles(process: etree._Element) -> dict[str, tuple[str | None, str | None]]:
    """Element id to the role and agency of the innermost lane that says so."""
    roles: dict[str, tuple[str | None, str | None]] = {}
    for lane in process.iter(bpmn("lane")):
        word = our_word(lane, "role")
        if word is None:
            continue
        for reference in lane.iterchildren(bpmn("flowNodeRef")):
            roles[(reference.text or "").strip()] = (word.get("name"), word.get("agency"))
        for reference in find_all(lane, "./bpmn:childLaneSet//bpmn:flowNodeRef"):
            roles.setdefault((reference.text or "").strip(), (word.get("name"), word.get("agency")))
    return roles


def _role(
    element: etree._Element, roles: Mapping[str, tuple[str | None, str | None]]
) -> tuple[str | None, str | None]:
    """The element's own word, else its lane, else the lane of the sub-process it stands in."""
    own = our_word(element, "task")
    role = own.get("role") if own is not None else None
    agency = own.get("agency") if own is not None else None
    here: etree._Element | None = element
    while here is not None and (role is None or agency is None):
        lane_role, lane_agency = roles.get(here.get("id", ""), (None, None))
        role, agency = role or lane_role, agency or lane_agency
        here = here.getparent()
    return role, agency or ("competent" if role else None)


def _node(
    element: etree._Element, process: str, roles: Mapping[str, tuple[str | None, str | None]]
) -> NodeFacts:
    task, handler, table = our_word(element, "task"), our_word(element, "handler"), our_word(element, "table")
    milestone, timer = our_word(element, "milestone"), our_word(element, "timer")
    role, agency = _role(element, roles)
    attributes = _attributes(milestone)
    clock = timer.get("clock", "legal") if timer is not None else "legal"
    return NodeFacts(
        id=element.get("id", ""),
        name=" ".join((element.get("name") or "").split()) or element.get("id", ""),
        kind=local(element),
        process=process,
        calls=element.get("calledElement"),
        role=role,
        agency=agency,
        form=task.get("form") if task is not None else None,
        time_limit=task.get("timeLimit") if task is not None else None,
        hint=task.get("hint") if task is not None else None,
        decisions=tuple(_decision(word) for word in our_words(element, "decision")),
        basis=bases(element),
        milestone=attributes.pop("name", None),
        milestone_attributes=attributes,
        papers=tuple(word.get("name", "") for word in our_words(element, "paper")),
        handler=handler.get("name") if handler is not None else None,
        inputs=_inputs(handler),
        outputs=_outputs(handler),
        decision_table=table.get("decision") if table is not None else None,
        decision_result=table.get("result") if table is not None else None,
        clock="elapsed" if clock == "elapsed" else "legal",
    )


def _decision(word: etree._Element) -> Decision:
    style = word.get("style", "secondary")
    return Decision(
        value=word.get("value", ""),
        label=word.get("label", ""),
        style=style if style in ("primary", "danger") else "secondary",  # type: ignore[arg-type]
        reason_required=word.get("reason") == "required",
    )


def _inputs(handler: etree._Element | None) -> tuple[HandlerInput, ...]:
    if handler is None:
        return ()
    return tuple(
        HandlerInput(name=word.get("name", ""), expression=text_of(word) or "null")
        for word in find_all(handler, "./motcua:input")
    )


def _outputs(handler: etree._Element | None) -> tuple[HandlerOutput, ...]:
    if handler is None:
        return ()
    return tuple(
        HandlerOutput(name=word.get("name", ""), source=word.get("from", word.get("name", "")))
        for word in find_all(handler, "./motcua:output")
    )
