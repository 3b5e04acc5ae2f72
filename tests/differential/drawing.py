"""Nodes and flows as BPMN XML, as an analyst's tool would save them."""

from tests.differential.blocks import Event, Repeat
from tests.differential.graph import Model, Node, Plane

_HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motcua="urn:motcua:bpmn:1" '
    'id="d" targetNamespace="urn:x">'
)
_TAGS = {
    "linkThrow": "intermediateThrowEvent",
    "linkCatch": "intermediateCatchEvent",
    "eventSubProcess": "subProcess",
}
_REFERRED = {"message": "message", "signal": "signal", "error": "error", "escalation": "escalation"}


def draw(model: Model) -> str:
    """The whole model as one BPMN file, the started process first."""
    return _Drawing(model).file()


class _Drawing:
    def __init__(self, model: Model) -> None:
        self._model = model
        self._words: dict[tuple[str, str], None] = {}  # (kind, word) of what events refer to

    def file(self) -> str:
        processes = "".join(
            f'<process id="{one}" isExecutable="true">{self._plane(self._model.planes[one])}</process>\n'
            for one in (self._model.main, *self._model.called)
        )
        tasks = "".join(f'<globalUserTask id="{one}"/>' for one in self._model.global_tasks)
        words = "".join(_root(kind, word) for kind, word in self._words)
        return f"{_HEAD}{words}{tasks}\n{processes}</definitions>"

    def _plane(self, plane: Plane) -> str:
        nodes = "".join(f"\n{self._node(one)}" for one in plane.nodes)
        flows = "".join(
            f'\n<sequenceFlow id="{one.id}" sourceRef="{one.source}" targetRef="{one.target}">'
            f"{_condition(one.condition)}</sequenceFlow>"
            for one in plane.flows
        )
        undone = "".join(
            f'\n<association id="{one.id}_a" associationDirection="One" sourceRef="{one.id}" '
            f'targetRef="{one.undo}"/>'
            for one in plane.nodes
            if one.undo
        )
        return nodes + flows + undone

    def _node(self, node: Node) -> str:
        tag = _TAGS.get(node.kind, node.kind)
        return f'<{tag} id="{node.id}"{self._attributes(node)}>{self._content(node)}</{tag}>'

    def _attributes(self, node: Node) -> str:
        said = {"default": node.default, "attachedToRef": node.attached, **self._own(node)}
        if node.kind == "boundaryEvent" and node.undo is None:
            said["cancelActivity"] = _bool(node.interrupting)
        if node.undoes:
            said["isForCompensation"] = "true"
        if (node.needs, node.gives) != (1, 1):
            said |= {"startQuantity": str(node.needs), "completionQuantity": str(node.gives)}
        return "".join(f' {name}="{text}"' for name, text in said.items() if text is not None)

    def _own(self, node: Node) -> dict[str, str | None]:
        """What only elements of this kind have."""
        match node.kind:
            case "eventSubProcess":
                return {"triggeredByEvent": "true"}
            case "callActivity":
                return {"calledElement": node.plane}
            case "receiveTask" if node.event:
                return {"messageRef": self._refer("message", node.event.word or "")}
            case "startEvent" if node.event:
                return {
                    "isInterrupting": _bool(self._model.nodes[node.id.removesuffix("_begin")].interrupting)
                }
            case "scriptTask":
                return {"scriptFormat": "feel"}
        return {}

    def _content(self, node: Node) -> str:
        if node.kind in ("linkThrow", "linkCatch"):
            name = node.id.removesuffix("_to")
            return f'<linkEventDefinition id="{node.id}_d" name="{name}"/>'
        marker = _repeat(node.id, node.repeat) if node.repeat else ""
        if node.kind == "serviceTask":
            return f'<extensionElements><motcua:handler name="x"/></extensionElements>{marker}'
        if node.adds is not None:
            return f"{marker}<script>c_{node.id} = c_{node.id} + {node.adds}</script>"
        if node.plane is not None and node.kind != "callActivity":
            return marker + self._plane(self._model.planes[node.plane])
        if node.event is not None and node.kind != "receiveTask":
            return self._event(node, node.event)
        return marker

    def _event(self, node: Node, event: Event) -> str:
        kind = event.kind
        if kind == "none":
            return ""
        identity = f'id="{node.id}_d"'
        if kind == "timer":
            what, text = ("timeCycle", f"R{event.cycle}/P1D") if event.cycle else ("timeDuration", "P1D")
            return f"<timerEventDefinition {identity}><{what}>{text}</{what}></timerEventDefinition>"
        if kind == "condition":
            inner = _text("condition", event.word or "")
            return f"<conditionalEventDefinition {identity}>{inner}</conditionalEventDefinition>"
        said = ""
        if kind == "compensate" and event.word:
            said = f' activityRef="{event.word}"'
        elif kind in _REFERRED and event.word:
            said = f' {kind}Ref="{self._refer(kind, event.word)}"'
        return f"<{kind}EventDefinition {identity}{said}/>"

    def _refer(self, kind: str, word: str) -> str:
        self._words[kind, word] = None
        return f"{kind}_{word}"


def _root(kind: str, word: str) -> str:
    code = {"error": "errorCode", "escalation": "escalationCode"}.get(kind, "name")
    return f'<{kind} id="{kind}_{word}" {code}="{word}"/>'


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _text(tag: str, text: str) -> str:
    said = text.replace("<", "&lt;")
    return f'<{tag} xsi:type="tFormalExpression">{said}</{tag}>'


def _condition(text: str | None) -> str:
    return _text("conditionExpression", text) if text else ""


def _repeat(identity: str, repeat: Repeat) -> str:
    if repeat.kind == "loop":
        most = f' loopMaximum="{repeat.maximum}"' if repeat.maximum is not None else ""
        inner = _text("loopCondition", repeat.condition) if repeat.condition else ""
        return (
            f'<standardLoopCharacteristics testBefore="{_bool(repeat.before)}"{most}>{inner}'
            "</standardLoopCharacteristics>"
        )
    parts = _text("loopCardinality", repeat.cardinality) if repeat.cardinality else ""
    if repeat.collection:
        item = f'<inputDataItem id="{identity}_i" name="item"/>'
        parts = f"<loopDataInputRef>{repeat.collection}</loopDataInputRef>{item}"
    parts += _text("completionCondition", repeat.condition) if repeat.condition else ""
    one_by_one = _bool(repeat.kind == "sequential")
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{one_by_one}">{parts}'
        "</multiInstanceLoopCharacteristics>"
    )
