"""A diagram read out: its facts, and step by step who does what, how long, and where it goes on."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from lxml import etree

from engine.domain.procedure import ProcedureFacts
from engine.workflow.drafting.expanding import span_words
from engine.workflow.drafting.layout.graph import SCOPES, graph_of
from engine.workflow.drafting.layout.order import order_of
from engine.workflow.drafting.steps_words import KIND_WORDS, doings
from engine.workflow.reading.names import bpmn, local, our_word
from engine.workflow.reading.words import read_procedure, text_of

_CHANNELS = {"counter": "trực tiếp", "online": "trực tuyến", "postal": "bưu chính"}
_MERGE = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldWay:
    """A flow onwards: its name, when it is taken, and the next step that has a name."""

    to: str
    flow: str = ""
    when: str = ""
    default: bool = False

    def sentence(self) -> str:
        when = "mặc định" if self.default else self.when
        named = f"{self.flow} ({when})" if self.flow and when else self.flow or when
        return f"{named} → {self.to}" if named else f"→ {self.to}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStep:
    """One element of a diagram."""

    id: str
    kind: str
    name: str
    lane: str
    depth: int  # sub-processes that it stands in
    doings: tuple[str, ...] = ()  # what it says of itself, in words
    ways: tuple[ToldWay, ...] = ()

    def sentence(self) -> str:
        ways = [one.sentence() for one in self.ways]
        said = "; ".join((*self.doings, *ways))
        name = self.name or KIND_WORDS.get(self.kind, self.kind)
        kind = KIND_WORDS.get(self.kind, self.kind) if self.name else ""
        head = f"{name} [{kind}]" if kind else name
        return f"{head}: {said}" if said else head


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A file read out."""

    process: str
    name: str
    facts: tuple[str, ...]
    steps: tuple[ToldStep, ...]

    def lines(self) -> Iterator[str]:
        """As text: the facts, then the steps under the name of their lane."""
        yield from self.facts
        yield "Các bước:"
        lane = None
        for step in self.steps:
            if step.lane != lane and not step.depth:
                lane = step.lane
                yield f"  {lane or 'Quy trình'}"
            yield f"  {'  ' * (step.depth + 1)}- {step.sentence()}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def tell(root: etree._Element) -> list[Told]:
    """All processes of a document."""
    return [_process(one) for one in root.iterchildren(bpmn("process"))]


def _process(process: etree._Element) -> Told:
    lanes = [lane for one in process.iterchildren(bpmn("laneSet")) for lane in one.iterchildren(bpmn("lane"))]
    facts = read_procedure(process)
    said = _facts(facts) if our_word(process, "procedure") is not None else [str(process.get("name") or "")]
    return Told(
        process=str(process.get("id")), name=facts.name, facts=tuple(said),
        steps=tuple(_steps(process, lanes, 0)),
    )  # fmt: skip


def _facts(facts: ProcedureFacts) -> list[str]:
    channels = ", ".join(_CHANNELS.get(one, one) for one in facts.channels)
    limit = facts.time_limit_note or (span_words(facts.time_limit) if facts.time_limit else "chưa ghi")
    found = [
        f"{facts.code}  {facts.name}",
        f"Cơ quan: {facts.agency}. Lĩnh vực: {facts.domain or 'chưa ghi'}. Nộp: {channels or 'chưa ghi'}.",
        f"Thời hạn: {limit}" + (f" — {facts.time_limit}" if facts.time_limit else ""),
        f"Phí, lệ phí: {facts.fee_name or 'không'}",
        f"Kết quả: {facts.result.name if facts.result else 'chưa ghi'}",
    ]
    found += [f"Giấy tờ: {one.name}{' (khi cần)' if one.condition else ''}" for one in facts.documents]
    found += [f"Căn cứ: {f'{one.document} {one.article}'.strip()}" for one in facts.basis]
    return found + [f"Còn câu hỏi: {one}" for one in facts.open_questions]


def _steps(scope: etree._Element, lanes: list[etree._Element], depth: int) -> Iterator[ToldStep]:
    graph = graph_of(scope, lanes, {})
    elements = {one.get("id", ""): one for one in scope.iterchildren()}
    flows = {one.get("id", ""): one for one in scope.iterchildren(bpmn("sequenceFlow"))}
    for place in order_of(graph).sorted:
        for identity in (place, *graph.edged[place]):
            element, node = elements[identity], graph.nodes[identity]
            if _meets_only(element, len(graph.leaving[identity])):
                continue
            ways = tuple(
                ToldWay(
                    to=_name(elements, flows, one.target), flow=one.name, default=one.default,
                    when=text_of(flows[one.id].find(bpmn("conditionExpression"))) or "",
                )
                for one in graph.leaving[identity]
            )  # fmt: skip
            lane = str(lanes[node.lane].get("name") or "") if lanes and not depth else ""
            yield ToldStep(
                id=identity, kind=node.kind, name=node.name, lane=lane, depth=depth,
                doings=tuple(doings(element)), ways=ways,
            )  # fmt: skip
            if local(element) in SCOPES:
                yield from _steps(element, [], depth + 1)


def _meets_only(element: etree._Element, leaving: int) -> bool:
    """A gateway where ways only meet tells nothing."""
    return local(element) in _MERGE and not element.get("name") and leaving == 1


def _name(elements: dict[str, etree._Element], flows: dict[str, etree._Element], identity: str) -> str:
    """The name of a step, or of what comes behind a gateway without one."""
    seen = set()
    while identity not in seen:
        seen.add(identity)
        if identity not in elements:  # a flow to what is not there: the check tells of it
            return identity
        element = elements[identity]
        onwards = [one for one in flows.values() if one.get("sourceRef") == identity]
        if element.get("name") or not _meets_only(element, len(onwards)):
            break
        identity = str(onwards[0].get("targetRef"))
    return " ".join((element.get("name") or KIND_WORDS.get(local(element), identity)).split())
