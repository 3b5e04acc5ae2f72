"""Pools and lanes: messages go between pools, and every pool and lane speaks of what is there."""

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import ACTIVITIES, Subject, definitions
from engine.workflow.reading.names import BPMN, bpmn, local

_SOURCES = ACTIVITIES | {"participant", "intermediateThrowEvent", "endEvent"}
_TARGETS = ACTIVITIES | {"participant", "intermediateCatchEvent", "startEvent", "boundaryEvent"}
_CHILDREN = frozenset({"callConversation", "conversation", "subConversation"})


def message_flows(subject: Subject) -> Iterable[Finding]:
    """Messages flow from one pool to another, out of what can send into what can receive (7.6.2, 9.4)."""
    for file, root in subject.closure.roots.items():
        known = {str(one.get("id")): one for one in root.iter(f"{{{BPMN}}}*") if one.get("id")}
        pools = {one.get("processRef", "").rsplit(":", 1)[-1]: one for one in root.iter(bpmn("participant"))}
        for flow in root.iter(bpmn("messageFlow")):
            ends = [known.get((flow.get(end) or "").rsplit(":", 1)[-1]) for end in ("sourceRef", "targetRef")]
            why = _fault(ends[0], ends[1], pools)
            if why is not None:
                yield finding(
                    "message-flow", Severity.ERROR, file, flow, vi=why[0], en=why[1],
                    remedy_vi="Nối từ chỗ gửi của bể này đến chỗ nhận của bể khác, hoặc dùng luồng thường.",
                    remedy_en="Draw it from a sender in one pool to a receiver in another, or use a flow.",
                )  # fmt: skip


def _fault(
    source: etree._Element | None, target: etree._Element | None, pools: dict[str, etree._Element]
) -> tuple[str, str] | None:
    if source is None or target is None:
        return "luồng tin nhắn thiếu nguồn hoặc đích", "the message flow lacks its source or target"
    if _CHILDREN & {local(source), local(target)}:
        return None
    if local(source) not in _SOURCES or not _speaks(source):
        return f"«{local(source)}» không gửi được tin nhắn", f"a {local(source)} sends no messages"
    if local(target) not in _TARGETS or not _speaks(target):
        return f"«{local(target)}» không nhận được tin nhắn", f"a {local(target)} receives no messages"
    if _pool(source, pools) is _pool(target, pools):
        return "luồng tin nhắn nằm trong một bể", "the message flow stays within one pool"
    return None


def _speaks(end: etree._Element) -> bool:
    """Whether an event is one of messages; what has no definition may be detailed elsewhere."""
    said = definitions(end) if local(end).endswith("Event") else []
    return not said or "messageEventDefinition" in said


def _pool(element: etree._Element, pools: dict[str, etree._Element]) -> etree._Element | None:
    """The pool, or the process of an element that stands in no pool."""
    here: etree._Element | None = element
    while here is not None and local(here) not in ("participant", "process"):
        here = here.getparent()
    return pools.get(here.get("id", ""), here) if here is not None and local(here) == "process" else here


def multiplicities(subject: Subject) -> Iterable[Finding]:
    """The least number of participants is not above the most, and the most is at least one (table 9.4)."""
    for file, root in subject.closure.roots.items():
        for pool in root.iter(bpmn("participant")):
            said = pool.find(bpmn("participantMultiplicity"))
            if said is None:
                continue
            least, most = (_number(said, name) for name in ("minimum", "maximum"))
            if (least or 0) < 0 or (most is not None and (most < 1 or most < (least or 0))):
                yield finding(
                    "multiplicity", Severity.ERROR, file, pool,
                    vi=f"số bên tham gia từ {least} đến {most} là vô lý",
                    en=f"a number of participants from {least} to {most} makes no sense",
                    remedy_vi="Ghi maximum từ 1 trở lên và không nhỏ hơn minimum.",
                    remedy_en="Write a maximum of at least 1 and not below the minimum.",
                )  # fmt: skip


def _number(said: etree._Element, name: str) -> int | None:
    text = (said.get(name) or "").strip()
    return int(text) if text.lstrip("-").isdigit() else None


def executable(subject: Subject) -> Iterable[Finding]:
    """What a public process shows others is not what is executed (BPMN 2.0.2, 10.2.1)."""
    for identity, process in subject.closure.processes.items():
        if process.get("processType") == "Public" and process.get("isExecutable") == "true":
            yield finding(
                "public-process", Severity.ERROR, subject.closure.files_of[identity], process,
                vi="quy trình công khai (Public) không thực hiện được",
                en="a public process is not executable",
                remedy_vi="Đổi processType thành Private, hoặc bỏ isExecutable.",
                remedy_en="Make it Private, or remove isExecutable.",
            )  # fmt: skip


def lanes(subject: Subject) -> Iterable[Finding]:
    """An element lies in one lane of a set: else two roles would have it."""
    for scope in subject.scopes:
        for lane_set in scope.owner.iterchildren(bpmn("laneSet")):
            counts = Counter(_in_lanes(lane_set))
            for identity, count in counts.items():
                if count > 1 and identity in scope.nodes:
                    yield finding(
                        "lane-twice", subject.house_severity, scope.file, scope.nodes[identity],
                        vi=f"phần tử nằm trong {count} làn", en=f"it lies in {count} lanes",
                        remedy_vi="Để phần tử trong đúng một làn.", remedy_en="Leave it in one lane.",
                    )  # fmt: skip


def _in_lanes(lane_set: etree._Element) -> Iterator[str]:
    """Ids in the lanes of a set; one that a lane and a lane within it name counts once."""
    for lane in lane_set.iterchildren(bpmn("lane")):
        yield from {(one.text or "").strip() for one in lane.iter(bpmn("flowNodeRef"))}


RULES = (message_flows, multiplicities, executable, lanes)
