"""Where a process begins: what the drawing leaves to be understood is drawn."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing import layout
from engine.workflow.importing.drawing import SCOPES, Drawing, label_of, nodes_of
from engine.workflow.importing.repair import REFUSE, Case, Repair
from engine.workflow.reading.names import bpmn, local


def _starts(scope: etree._Element) -> list[etree._Element]:
    return [node for node in nodes_of(scope) if local(node) == "startEvent"]


def _instantiates(scope: etree._Element) -> bool:
    return any(node.get("instantiate") == "true" for node in nodes_of(scope))


def free(drawing: Drawing, scope: etree._Element) -> list[etree._Element]:
    """Nodes that no flow leads to and that nothing else starts."""
    return [
        node
        for node in nodes_of(scope)
        if local(node) not in ("startEvent", "boundaryEvent")
        and not drawing.incoming(node)
        and "true"
        not in (node.get("triggeredByEvent"), node.get("isForCompensation"), node.get("instantiate"))
        and not (
            local(node) == "intermediateCatchEvent" and node.find(bpmn("linkEventDefinition")) is not None
        )
    ]


def _empty(drawing: Drawing) -> Iterator[Case]:
    for node in drawing.nodes(*SCOPES):
        if not nodes_of(node) and node.get("triggeredByEvent") != "true":
            yield Case(element=node, default="person")


def _fill(drawing: Drawing, case: Case, _: str) -> None:
    """What is not drawn is one task of a person, named like the sub-process."""
    scope = case.element
    adhoc = local(scope) == "adHocSubProcess"
    hint, name = str(scope.get("id")), label_of(scope)
    task = drawing.add_node(scope, "userTask", f"{hint}_task", name)
    if not adhoc:
        start = drawing.add_node(scope, "startEvent", f"{hint}_start")
        end = drawing.add_node(scope, "endEvent", f"{hint}_end")
        drawing.add_flow(start, task)
        drawing.add_flow(task, end)


def _without(drawing: Drawing) -> Iterator[Case]:
    for scope in drawing.scopes():
        plain = local(scope) != "adHocSubProcess" and scope.get("triggeredByEvent") != "true"
        if plain and not _starts(scope) and not _instantiates(scope):
            found = free(drawing, scope)
            if found:
                names = ", ".join(str(one.get("id")) for one in found)
                yield Case(element=scope, default="start", told=f"startEvent → {names}", more=found)


def _begin(drawing: Drawing, case: Case, answer: str) -> None:
    if answer == "keep":
        return
    start = drawing.add_node(case.element, "startEvent", f"{case.element.get('id')}_start")
    layout.draw_before(drawing.root, start, case.more[0])
    for node in case.more:
        drawing.add_flow(start, node)


def _several(drawing: Drawing) -> Iterator[Case]:
    for scope in drawing.scopes():
        if local(scope) in ("subProcess", "transaction") and len(_starts(scope)) > 1:
            plain = all(_is_plain(one) for one in _starts(scope))
            sound = plain and scope.get("triggeredByEvent") != "true"
            names = ", ".join(str(one.get("id")) for one in _starts(scope))
            default = "together" if sound else REFUSE
            yield Case(element=scope, default=default, before=names, more=_starts(scope))


def _is_plain(event: etree._Element) -> bool:
    return not any(local(one).endswith(("EventDefinition", "DefinitionRef")) for one in event)


def _together(drawing: Drawing, case: Case, _: str) -> None:
    start = drawing.add_node(case.element, "startEvent", f"{case.element.get('id')}_start")
    layout.draw_before(drawing.root, start, case.more[0])
    for event in case.more:
        event.tag = bpmn("intermediateThrowEvent")
        event.attrib.pop("isInterrupting", None)
        drawing.add_flow(start, event)


def _lost(drawing: Drawing) -> Iterator[Case]:
    """Nodes that nothing leads to, beside start events."""
    for scope in drawing.scopes():
        starts = _starts(scope)
        if not starts or local(scope) == "adHocSubProcess":
            continue
        plain = [one for one in starts if _is_plain(one)]
        default = str(plain[0].get("id")) if plain else REFUSE
        for node in free(drawing, scope):
            idle = not drawing.outgoing(node) and local(node) == "endEvent"
            yield Case(element=node, default=REFUSE if idle else default)


def _lead_to(drawing: Drawing, case: Case, answer: str) -> None:
    source = drawing.find(answer)
    if source is not None and source.getparent() is case.element.getparent():
        drawing.add_flow(source, case.element)


REPAIRS = (
    Repair(
        rule="sub-process-empty", find=_empty, mend=_fill, options={"person": "one task of a person"},
        vi="quy trình con chưa vẽ bên trong. Một người làm việc này?",
        en="what is inside of the sub-process is not drawn. Does one person do it?",
    ),
    Repair(
        rule="no-start", find=_without, mend=_begin,
        options={"start": "a start event leads to all without a flow in", "keep": "left to be understood"},
        vi="chưa vẽ sự kiện bắt đầu; theo BPMN mọi bước không có luồng vào cùng bắt đầu. Vẽ thêm?",
        en="no start event is drawn; by BPMN all steps without a flow in begin together. Draw it?",
    ),
    Repair(
        rule="several-starts", find=_several, mend=_together,
        options={"together": "all of them begin at once"},
        vi="quy trình con có nhiều sự kiện bắt đầu. Chúng cùng bắt đầu?",
        en="the sub-process has several start events. Do they begin together?",
    ),
    Repair(
        rule="not-reached", find=_lost, mend=_lead_to, takes=lambda answer: bool(answer.strip()),
        vi="không luồng nào dẫn đến phần tử này. Nó bắt đầu sau phần tử nào?",
        en="no flow leads to this element. After which element does it begin?",
    ),
)  # fmt: skip
