"""Single steps as BPMN elements with our words."""

from lxml import etree

from engine.domain.procedure import Basis
from engine.workflow.drafting.canvas import Canvas, text, word
from engine.workflow.drafting.outline import Edge, Repetition, Step, Trigger
from engine.workflow.reading.names import bpmn

TAGS = {
    "task": "userTask", "service": "serviceTask", "script": "scriptTask", "table": "businessRuleTask",
    "call": "callActivity", "group": "subProcess", "wait": "intermediateCatchEvent",
    "mark": "intermediateThrowEvent", "end": "endEvent",
}  # fmt: skip
_TIMES = {"after": "timeDuration", "at": "timeDate", "every": "timeCycle"}


def element_of(canvas: Canvas, step: Step, identity: str, lane: str) -> etree._Element:
    """The element of a step that is one."""
    element = canvas.node(TAGS[step.kind], identity, step.name, lane)
    if step.documentation:
        text(element, "documentation", step.documentation)
    extensions(element, step)
    repetition(element, step.repeat)
    if step.kind == "call":
        element.set("calledElement", step.calls or "")
    elif step.kind == "script":
        element.set("scriptFormat", "feel")
        text(element, "script", step.script or "")
    elif step.kind in ("wait", "mark") and step.trigger is not None:
        event_definition(canvas, element, step.trigger)
    elif step.kind == "end":
        _ending(canvas, element, step)
    return element


def edge_of(canvas: Canvas, edge: Edge, identity: str, host: str, lane: str) -> etree._Element:
    """An event on the border of a step."""
    element = canvas.node("boundaryEvent", identity, edge.name, lane, attachedToRef=host)
    if not edge.interrupting:
        element.set("cancelActivity", "false")
    said = Step(kind="wait", milestone=edge.milestone, basis=edge.basis, trigger=edge.trigger)
    extensions(element, said)
    event_definition(canvas, element, edge.trigger)
    return element


def event_definition(canvas: Canvas, element: etree._Element, trigger: Trigger) -> None:
    """What an event waits for or sends."""
    if trigger.kind in _TIMES:
        timer = etree.SubElement(element, bpmn("timerEventDefinition"))
        text(timer, _TIMES[trigger.kind], trigger.value)
        return
    reference = canvas.named.refer(trigger.kind, trigger.value)
    etree.SubElement(
        element, bpmn(f"{trigger.kind}EventDefinition"), attrib={f"{trigger.kind}Ref": reference}
    )


def _ending(canvas: Canvas, element: etree._Element, step: Step) -> None:
    if step.terminate:
        etree.SubElement(element, bpmn("terminateEventDefinition"))
    elif step.error:
        event_definition(canvas, element, Trigger(kind="error", value=step.error))


def repetition(element: etree._Element, repeat: Repetition | None) -> None:
    """How often a step is done."""
    if repeat is None:
        return
    if repeat.again or (repeat.most and not repeat.each and not repeat.times):
        loop = etree.SubElement(element, bpmn("standardLoopCharacteristics"))
        if repeat.most:
            loop.set("loopMaximum", str(repeat.most))
        if repeat.again:
            text(loop, "loopCondition", repeat.again)
        return
    _instances(element, repeat)


def _instances(element: etree._Element, repeat: Repetition) -> None:
    many = etree.SubElement(element, bpmn("multiInstanceLoopCharacteristics"))
    if repeat.sequential:
        many.set("isSequential", "true")
    if repeat.times:
        text(many, "loopCardinality", repeat.times)
    if repeat.each:
        text(many, "loopDataInputRef", repeat.each)
    if repeat.into:
        text(many, "loopDataOutputRef", repeat.into)
    if repeat.each:
        etree.SubElement(many, bpmn("inputDataItem"), id=repeat.item or f"{repeat.each}_item")
    if repeat.into:
        etree.SubElement(many, bpmn("outputDataItem"), id=repeat.gives or f"{repeat.into}_item")
    if repeat.until:
        text(many, "completionCondition", repeat.until)


def extensions(element: etree._Element, step: Step) -> None:
    """Our words of a step; none, then nothing is written."""
    words = etree.Element(bpmn("extensionElements"))
    _work(words, step)
    if step.milestone:
        word(words, "milestone", name=step.milestone)
    if step.paper:
        word(words, "paper", name=step.paper)
    if step.trigger is not None and step.trigger.clock != "legal":
        word(words, "timer", clock=step.trigger.clock)
    basis_words(words, step.basis)
    if len(words):
        element.append(words)


def basis_words(words: etree._Element, basis: tuple[Basis, ...]) -> None:
    for one in basis:
        word(words, "basis", document=one.document, article=one.article or None, note=one.note or None)


def _work(words: etree._Element, step: Step) -> None:
    if step.kind == "task":
        word(
            words,
            "task",
            form=step.form,
            timeLimit=step.limit,
            hint=step.hint,
            role=step.role,
            agency=step.agency,
        )
    for one in step.decisions:
        reason = "required" if one.reason_required else None
        word(words, "decision", value=one.value, label=one.label, style=one.style, reason=reason)
    if step.handler:
        handler = word(words, "handler", name=step.handler)
        for name, expression in step.inputs.items():
            word(handler, "input", expression, name=name)
        for name, source in step.outputs.items():
            word(handler, "output", name=name, **{"from": source if source != name else None})
    if step.kind == "table":
        word(words, "table", decision=step.table, result=step.result)
