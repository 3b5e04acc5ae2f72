"""Sequence flows that lead nowhere, come from nowhere, or join what a flow cannot join."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing import layout
from engine.workflow.importing.drawing import Drawing, flows_of, nodes_of, parent_of, plain_reference
from engine.workflow.importing.order import put
from engine.workflow.importing.repair import REFUSE, Case, Repair
from engine.workflow.reading.names import bpmn, local
from engine.workflow.reading.words import NODE_TAGS

_DECORATION = frozenset(
    {
        "textAnnotation",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "group",
        "dataInput",
        "dataOutput",
    }
)


def _ends(drawing: Drawing, flow: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    return drawing.find(flow.get("sourceRef")), drawing.find(flow.get("targetRef"))


def _is_node(element: etree._Element | None) -> bool:
    return element is not None and local(element) in NODE_TAGS


def _all_flows(drawing: Drawing) -> list[etree._Element]:
    return [flow for scope in drawing.scopes() for flow in flows_of(scope)]


def _prefixed(drawing: Drawing) -> Iterator[Case]:
    """References with the prefix of a namespace, as QName has them and IDREF has not."""
    for flow in _all_flows(drawing):
        for name in ("sourceRef", "targetRef"):
            said = flow.get(name, "")
            if said != plain_reference(said):
                yield Case(element=flow, default=plain_reference(said), before=said, more=name)


def _without_prefix(_: Drawing, case: Case, answer: str) -> None:
    case.element.set(case.more, answer)


def _misplaced(drawing: Drawing) -> Iterator[Case]:
    """Flows that stand in another scope than both of their ends."""
    for flow in _all_flows(drawing):
        source, target = _ends(drawing, flow)
        if source is None or target is None or not (_is_node(source) and _is_node(target)):
            continue
        scope = source.getparent()
        if scope is target.getparent() and scope is not flow.getparent() and scope in drawing.scopes():
            yield Case(element=flow, default=str(scope.get("id")), more=scope)


def _place(_: Drawing, case: Case, __: str) -> None:
    put(case.more, case.element)


def _decorating(drawing: Drawing) -> Iterator[Case]:
    """Flows to or from a note or a data object."""
    for flow in _all_flows(drawing):
        ends = [one for one in _ends(drawing, flow) if one is not None]
        if len(ends) == 2 and any(local(one) in _DECORATION for one in ends):
            yield Case(element=flow, default="association")


def _associate(_: Drawing, case: Case, __: str) -> None:
    flow, scope = case.element, parent_of(case.element)
    kept = {name: str(flow.get(name)) for name in ("id", "sourceRef", "targetRef")}
    association = etree.Element(bpmn("association"), attrib={**kept, "associationDirection": "One"})
    association.extend(flow.findall(bpmn("documentation")))
    association.extend(flow.findall(bpmn("extensionElements")))
    scope.remove(flow)
    put(scope, association)


def _crossing(drawing: Drawing) -> Iterator[Case]:
    """Flows between processes are messages; flows through the border of a sub-process are nothing."""
    for flow in _all_flows(drawing):
        source, target = _ends(drawing, flow)
        if source is None or target is None or not (_is_node(source) and _is_node(target)):
            continue
        if source.getparent() is not target.getparent():
            apart = _process(source) is not _process(target)
            pools = drawing.root.find(bpmn("collaboration")) is not None
            yield Case(element=flow, default="message" if apart and pools else REFUSE)


def _process(element: etree._Element) -> etree._Element | None:
    return next((one for one in element.iterancestors() if local(one) == "process"), None)


def _as_message(drawing: Drawing, case: Case, _: str) -> None:
    flow, collaboration = case.element, drawing.root.find(bpmn("collaboration"))
    if collaboration is None:
        return
    names = ("id", "name", "sourceRef", "targetRef")
    message = etree.Element(
        bpmn("messageFlow"), attrib={one: str(flow.get(one)) for one in names if flow.get(one)}
    )
    parent_of(flow).remove(flow)
    put(collaboration, message)


def _without_target(drawing: Drawing) -> Iterator[Case]:
    for flow in _all_flows(drawing):
        source, target = _ends(drawing, flow)
        if _is_node(source) and not _is_node(target):
            yield Case(element=flow, default="end", before=flow.get("targetRef") or "")


def _give_target(drawing: Drawing, case: Case, answer: str) -> None:
    flow = case.element
    source = drawing.find(flow.get("sourceRef"))
    if answer == "drop" or source is None:
        _drop(drawing, case, answer)
        return
    there = drawing.find(answer) if answer != "end" else None
    if there is None:
        there = drawing.add_node(parent_of(source), "endEvent", f"{flow.get('id')}_end")
        layout.draw_after(drawing.root, there, source)
    drawing.lead(flow, there)


def _without_source(drawing: Drawing) -> Iterator[Case]:
    """A flow that comes from nowhere never carries a token; from nowhere to nowhere it is a stray line."""
    for flow in _all_flows(drawing):
        source, target = _ends(drawing, flow)
        if not _is_node(source):
            stray = not _is_node(target)
            yield Case(element=flow, default="drop" if stray else REFUSE, before=flow.get("sourceRef") or "")


def _give_source(drawing: Drawing, case: Case, answer: str) -> None:
    if answer == "drop":
        _drop(drawing, case, answer)
    else:
        case.element.set("sourceRef", answer)


def _drop(drawing: Drawing, case: Case, _: str) -> None:
    identity = case.element.get("id")
    parent_of(case.element).remove(case.element)
    for mention in list(drawing.root.iter(bpmn("incoming"), bpmn("outgoing"))):
        parent = mention.getparent()
        if parent is not None and plain_reference(mention.text) == identity:
            parent.remove(mention)
    edge = layout.shape_of(drawing.root, identity)
    if edge is not None:
        parent_of(edge).remove(edge)


def _into_start(drawing: Drawing) -> Iterator[Case]:
    """To come back to a plain start event is to go on where it leads."""
    for start in drawing.nodes("startEvent"):
        onward = drawing.outgoing(start)
        plain = not any(local(one).endswith(("EventDefinition", "DefinitionRef")) for one in start)
        for flow in drawing.incoming(start):
            sound = plain and len(onward) == 1
            target = drawing.find(onward[0].get("targetRef")) if sound else None
            default = str(target.get("id")) if target is not None else REFUSE
            yield Case(element=flow, default=default, before=str(start.get("id")), more=target)


def _past_start(drawing: Drawing, case: Case, answer: str) -> None:
    target = drawing.find(answer)
    if target is not None:
        drawing.lead(case.element, target)


_MAY_GO_ON = frozenset({"messageEventDefinition", "signalEventDefinition", "escalationEventDefinition"})


def _out_of_end(drawing: Drawing) -> Iterator[Case]:
    for end in drawing.nodes("endEvent"):
        kinds = {local(one) for one in end if local(one).endswith(("EventDefinition", "DefinitionRef"))}
        if drawing.outgoing(end):
            yield Case(element=end, default="go on" if kinds <= _MAY_GO_ON else REFUSE, before="endEvent")


def _go_on(_: Drawing, case: Case, __: str) -> None:
    case.element.tag = bpmn("intermediateThrowEvent")


def _twins(drawing: Drawing) -> Iterator[Case]:
    """Boundary events that have lost their activity but are drawn on the border of one."""
    for event in drawing.nodes("boundaryEvent"):
        host = drawing.find(event.get("attachedToRef"))
        if host is not None and host.getparent() is event.getparent():
            continue
        touching = [one for one in nodes_of(parent_of(event)) if _touches(drawing, event, one)]
        default = str(touching[0].get("id")) if len(touching) == 1 else REFUSE
        yield Case(element=event, default=default, before=event.get("attachedToRef") or "")


def _touches(drawing: Drawing, event: etree._Element, node: etree._Element) -> bool:
    own, other = layout.box_of(drawing.root, event.get("id")), layout.box_of(drawing.root, node.get("id"))
    if own is None or other is None or not local(node).endswith(("ask", "ctivity", "Process", "transaction")):
        return False
    x, y = own[0] + own[2] / 2, own[1] + own[3] / 2
    inside = other[0] - 3 <= x <= other[0] + other[2] + 3 and other[1] - 3 <= y <= other[1] + other[3] + 3
    edge = min(
        abs(x - other[0]), abs(x - other[0] - other[2]), abs(y - other[1]), abs(y - other[1] - other[3])
    )
    return inside and edge <= 3


def _attach(_: Drawing, case: Case, answer: str) -> None:
    case.element.set("attachedToRef", answer)


def _is_id(answer: str) -> bool:
    return bool(answer.strip()) and not any(sign.isspace() for sign in answer)


REPAIRS = (
    Repair(
        rule="flow-prefix", find=_prefixed, mend=_without_prefix, asks=False,
        vi="luồng ghi mã có tiền tố không gian tên, được bỏ",
        en="a flow named its ends with a namespace prefix",
    ),
    Repair(
        rule="flow-misplaced", find=_misplaced, mend=_place, asks=False,
        vi="luồng được chuyển vào quy trình con chứa hai đầu của nó",
        en="the flow was moved into the sub-process that holds both of its ends",
    ),
    Repair(
        rule="flow-to-decoration", find=_decorating, mend=_associate,
        options={"association": "a dotted line"},
        vi="luồng nối với ghi chú hoặc dữ liệu, không phải bước. Vẽ thành đường chấm?",
        en="the flow joins a note or data, not a step. Make it a dotted line?",
    ),
    Repair(
        rule="flow-between", find=_crossing, mend=_as_message, options={"message": "a message flow"},
        vi="luồng đi qua ranh giới hồ hoặc quy trình con. Đó là luồng thông điệp?",
        en="the flow crosses the border of a pool or sub-process. Is it a message flow?",
    ),
    Repair(
        rule="flow-without-target", find=_without_target, mend=_give_target, takes=_is_id,
        options={"end": "the path ends there", "drop": "the flow is taken away"},
        vi="luồng không đến đâu. Nó dẫn đến phần tử nào, hay đường đi kết thúc ở đó?",
        en="the flow leads nowhere. To which element does it lead, or does the path end there?",
    ),
    Repair(
        rule="flow-without-source", find=_without_source, mend=_give_source, takes=_is_id,
        options={"drop": "the flow is taken away"},
        vi="luồng không đi từ đâu. Nó đi ra từ phần tử nào?",
        en="the flow comes from nowhere. Which element does it leave?",
    ),
    Repair(
        rule="flow-into-start", find=_into_start, mend=_past_start, takes=_is_id,
        vi="luồng quay về sự kiện bắt đầu. Nó quay về bước nào?",
        en="the flow goes back to a start event. To which step does it go back?",
    ),
    Repair(
        rule="flow-out-of-end", find=_out_of_end, mend=_go_on, options={"go on": "it is passed on the way"},
        vi="có luồng đi ra từ sự kiện kết thúc. Nó là sự kiện đi qua?",
        en="a flow leaves the end event. Is it an event on the way?",
    ),
    Repair(
        rule="boundary-lost", find=_twins, mend=_attach, takes=_is_id,
        vi="sự kiện biên không gắn vào bước nào. Nó thuộc bước nào?",
        en="the boundary event sits on no activity. To which does it belong?",
    ),
)  # fmt: skip
