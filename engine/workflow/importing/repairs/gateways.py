"""Gateways that do not say how they decide: a person does, with the names of the branches as buttons."""

from collections.abc import Iterator
from itertools import chain, combinations

from lxml import etree

from engine.workflow.importing import layout
from engine.workflow.importing.drawing import Drawing, label_of, parent_of
from engine.workflow.importing.order import put
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.importing.repairs.conditions import is_feel, set_condition
from engine.workflow.importing.repairs.decisions import PEOPLE, add_button, chosen, labels_of, quoted
from engine.workflow.reading.names import bpmn, local, our_word
from engine.workflow.reading.words import text_of

_MOST = 4  # branches of which a person may choose any: more make too many buttons


def _undecided(drawing: Drawing, gateway: etree._Element) -> list[etree._Element]:
    """Flows out of a gateway, its default one aside, that say no condition."""
    leaving = drawing.outgoing(gateway)
    return [
        flow
        for flow in (leaving if len(leaving) > 1 else ())
        if text_of(flow.find(bpmn("conditionExpression"))) is None
        and flow.get("id") != gateway.get("default")
    ]


def _branches(drawing: Drawing) -> Iterator[Case]:
    """Every branch without a condition, so that an answer of its own can be given."""
    for gateway in drawing.nodes("exclusiveGateway", "inclusiveGateway", "complexGateway"):
        for flow in _undecided(drawing, gateway):
            yield Case(element=flow, default="ask")


def _write(_: Drawing, case: Case, answer: str) -> None:
    if answer != "ask":
        set_condition(case.element, answer)


def _defaults(drawing: Drawing) -> Iterator[Case]:
    """One branch is left over when all the others have conditions: it is the one for everything else."""
    for gateway in drawing.nodes("exclusiveGateway"):
        left = _undecided(drawing, gateway)
        if len(left) == 1 and not gateway.get("default"):
            yield Case(element=gateway, default=str(left[0].get("id")))


def _set_default(_: Drawing, case: Case, answer: str) -> None:
    case.element.set("default", answer)


def _deciding(drawing: Drawing) -> Iterator[Case]:
    for gateway in drawing.nodes("exclusiveGateway"):
        if _undecided(drawing, gateway):
            before = _person_before(drawing, gateway)
            yield Case(element=gateway, default="before" if before is not None else "insert", more=before)


def _person_before(drawing: Drawing, gateway: etree._Element) -> etree._Element | None:
    """The one task of a person that leads to a gateway and to nothing else, free to decide."""
    entering = drawing.incoming(gateway)
    task = drawing.find(entering[0].get("sourceRef")) if len(entering) == 1 else None
    if task is None or local(task) not in PEOPLE or len(drawing.outgoing(task)) != 1:
        return None
    repeated = any("LoopCharacteristics" in local(child) for child in task)
    return None if repeated or our_word(task, "decision") is not None else task


def _decide(drawing: Drawing, case: Case, answer: str) -> None:
    gateway = case.element
    left = _undecided(drawing, gateway)
    leaving = drawing.outgoing(gateway)
    default = next((flow for flow in leaving if flow.get("id") == gateway.get("default")), None)
    asked = [flow for flow in leaving if flow in left or flow is default]
    task = _task(drawing, case, answer)
    labels = labels_of(drawing, asked)
    for flow, label in zip(asked, labels, strict=True):
        add_button(task, label)
        if flow in left and (default is not None or flow is not left[-1]):
            set_condition(flow, chosen(drawing, task, label))
    if default is None:
        gateway.set("default", str(left[-1].get("id")))


def _task(drawing: Drawing, case: Case, answer: str) -> etree._Element:
    """Who decides: the person before the gateway, or a new task in front of it."""
    task: etree._Element | None = case.more if answer == "before" else None
    if task is not None and our_word(task, "decision") is None:
        return task
    gateway = case.element
    made = drawing.add_node(parent_of(gateway), "userTask", f"{gateway.get('id')}_task", label_of(gateway))
    for lane in list(drawing.root.iter(bpmn("flowNodeRef"))):
        holder = lane.getparent()
        if holder is not None and (lane.text or "").strip() == gateway.get("id"):
            reference = etree.Element(bpmn("flowNodeRef"))
            reference.text = made.get("id")
            put(holder, reference)
    layout.draw_above(drawing.root, made, gateway)
    for flow in drawing.incoming(gateway):
        drawing.lead(flow, made)
    drawing.add_flow(made, gateway)
    return made


def _choosing(drawing: Drawing) -> Iterator[Case]:
    """Inclusive gateways without conditions, of drawings that nobody has executed yet."""
    for gateway in drawing.nodes("inclusiveGateway", "complexGateway") if drawing.drawn else ():
        left = _undecided(drawing, gateway)
        if left:
            few = len(left) <= _MOST and len(drawing.incoming(gateway)) < 2
            before = _person_before(drawing, gateway)
            person = "before" if before is not None else "insert"
            yield Case(element=gateway, default=person if few else "all", more=before)


def _choose(drawing: Drawing, case: Case, answer: str) -> None:
    """A button for every set of branches that may be taken together."""
    left = _undecided(drawing, case.element)
    if answer == "all" or len(left) > _MOST or len(drawing.incoming(case.element)) > 1:
        for flow in left:
            set_condition(flow, "true")
        return
    task = _task(drawing, case, answer)
    labels = labels_of(drawing, left)
    decision = f"{drawing.plain(task)}_decision"
    sets = list(chain.from_iterable(combinations(labels, count) for count in range(1, len(labels) + 1)))
    for some in sets:
        add_button(task, " + ".join(some))
    if case.element.get("default"):
        default = next(
            one for one in drawing.outgoing(case.element) if one.get("id") == case.element.get("default")
        )
        add_button(task, labels_of(drawing, [*left, default])[-1])
    for flow, label in zip(left, labels, strict=True):
        ways = ", ".join(quoted(" + ".join(some)) for some in sets if label in some)
        set_condition(flow, f"list contains([{ways}], {decision})")


def _joining(drawing: Drawing) -> Iterator[Case]:
    for gateway in drawing.nodes("complexGateway"):
        several = len(drawing.incoming(gateway))
        if several > 1 and text_of(gateway.find(bpmn("activationCondition"))) is None:
            yield Case(element=gateway, default=f"activationCount >= {several}")


def _activate(_: Drawing, case: Case, answer: str) -> None:
    condition = case.element.find(bpmn("activationCondition"))
    if condition is None:
        condition = etree.SubElement(case.element, bpmn("activationCondition"))
    condition.text = answer


_WHO = {"before": "the person whose task leads to it", "insert": "a task of its own, put in front of it"}

REPAIRS = (
    Repair(
        rule="condition", find=_branches, mend=_write, takes=is_feel, silent="ask",
        options={"ask": "see the question of the gateway"},
        vi="nhánh chưa có điều kiện. Khi nào đi nhánh này?",
        en="the branch has no condition. When is it taken?",
    ),
    Repair(
        rule="default-flow", find=_defaults, mend=_set_default, takes=lambda answer: bool(answer.strip()),
        vi="mọi nhánh khác đều có điều kiện. Nhánh nào cho các trường hợp còn lại?",
        en="all other branches have conditions. Which one is for everything else?",
    ),
    Repair(
        rule="who-decides", find=_deciding, mend=_decide, options=_WHO,
        vi="cổng chưa nói ai quyết định. Ai quyết định ở cổng này?",
        en="the gateway does not say how it decides. Who decides at this gateway?",
    ),
    Repair(
        rule="which-branches", find=_choosing, mend=_choose, options={**_WHO, "all": "all of them are taken"},
        vi="cổng bao hàm chưa có điều kiện. Ai chọn các nhánh?",
        en="the inclusive gateway has no conditions. Who chooses the branches?",
    ),
    Repair(
        rule="activation", find=_joining, mend=_activate, takes=is_feel,
        vi="cổng phức hợp gộp nhiều nhánh. Nó đi tiếp khi nào?",
        en="a complex gateway joins branches. When does it go on?",
    ),
)  # fmt: skip
