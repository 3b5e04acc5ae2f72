"""From the steps of an outline to elements and flows: what follows what, and where ways part and meet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from engine.workflow.drafting import expanding
from engine.workflow.drafting.canvas import Canvas, slug
from engine.workflow.drafting.elements import edge_of, element_of, event_definition, extensions, repetition
from engine.workflow.drafting.outline import Branch, Edge, Outline, Step, walked
from engine.workflow.drafting.presets import DECLINE, NEXT, RESULT, STOP, SUPPLEMENT
from engine.workflow.drafting.problems import BadOutline, Problem

_TARGET = "traketqua"  # id of the step that RESULT leads to
_GATEWAYS = {"parallel": "parallelGateway", "race": "eventBasedGateway"}


@dataclass(frozen=True, slots=True)
class End:
    """A flow that waits for what comes next."""

    source: str
    name: str = ""
    when: str | None = None
    default: bool = False


@dataclass(frozen=True, slots=True)
class _Jump:
    end: End
    target: str
    line: int


class Sketch:
    """Draws one scope."""

    def __init__(self, canvas: Canvas, outline: Outline, lane: str) -> None:
        self._canvas, self._outline, self._lane = canvas, outline, lane
        self._entries: dict[str, str] = {}  # id of a step to the node where it begins
        self._jumps: list[_Jump] = []
        self._aims: Counter[str] = Counter()
        self._parallel = 0
        self._stop: str | None = None

    def draw(self, steps: tuple[Step, ...], start: str, name: str) -> list[End]:
        """A start event and all steps; what is left open ends there."""
        self._aims = _aims(steps)
        first = self._canvas.ids.claim(start)
        self._canvas.node("startEvent", first, name, self._first_lane(steps))
        open_ends = self._steps(steps, [End(first)])
        self._close(open_ends, "Kết thúc")
        self._jump()
        return open_ends

    def _first_lane(self, steps: tuple[Step, ...]) -> str:
        return next((one.lane for one in steps if one.lane), self._lane)

    def start(self, element: etree._Element) -> None:
        """Use another start event, as event sub-processes do."""
        self._canvas.nodes[element.get("id", "")] = element

    def _close(self, ends: list[End], name: str) -> None:
        if ends:
            self._end(Step(kind="end", name=name), ends)

    def _steps(self, steps: Iterable[Step], ends: list[End]) -> list[End]:
        for step in steps:
            for one in self._expanded(step):
                if one.kind != "on" and not ends and not self._aims[one.id or ""]:
                    raise _problem(one, "không đường nào dẫn tới bước này", "no way leads to this step")
                ends = self._step(one, ends)
        return ends

    def _expanded(self, step: Step) -> tuple[Step, ...]:
        if step.kind == "fee":
            if not self._outline.fees:
                raise _problem(
                    step, "bước thu phí nhưng chưa ghi fees", "a fee is collected but none is said"
                )
            return expanding.fee(step, self._outline)
        if step.kind == "supplement":
            return expanding.supplement(step)
        return expanding.decline(step) if step.kind == "decline" else (step,)

    def _step(self, step: Step, ends: list[End]) -> list[End]:
        self._lane = step.lane or self._lane
        if step.kind == "go":
            return self._leave(ends, step.target or "", step)
        if step.kind == "on":
            self._beside(step)
            return ends
        if step.kind == "end":
            self._end(step, ends)
            return []
        if step.kind in ("choice", "parallel", "race"):
            return self._fork(step, ends)
        return self._activity(step, ends)

    def _activity(self, step: Step, ends: list[End]) -> list[End]:
        identity = self._claim(step, slug(step.name))
        self._enter(identity, step, ends)
        if step.kind == "task":
            step = self._with_form(step, identity)
        element = element_of(self._canvas, step, identity, self._lane)
        if step.kind == "group":
            self._inside(element, step, identity)
        after = self._decided(step, identity) if step.decisions else [End(identity)]
        lane = self._lane
        for edge in step.edges:
            after += self._edge(edge, step, identity)
            self._lane = lane
        return after

    def _with_form(self, step: Step, identity: str) -> Step:
        """A task that nothing is decided in writes down what came of it."""
        if step.form is None and not step.decisions:
            step = replace(step, form=f"{self._outline.code.lower()}-{identity.replace('_', '-')}")
        self._canvas.named.tasks.append(step)
        return step

    def _claim(self, step: Step, otherwise: str) -> str:
        """The id that the outline says, which must be free, or one of the name."""
        if step.id and self._canvas.ids.has(step.id) and (step.line or step.id in self._aims):
            raise _problem(step, f"id «{step.id}» đã có", f"the id “{step.id}” is taken")
        return self._canvas.ids.claim(step.id or otherwise)

    def _enter(self, identity: str, step: Step, ends: list[End]) -> None:
        """Lead what is open to a node; by a gateway where several ways meet."""
        aims = self._aims[step.id or ""] if step.kind not in ("end",) or step.id else 0
        if step.id == _TARGET:
            aims += self._aims[RESULT]
        if len(ends) + aims > 1:
            name = "gop_kq" if identity == _TARGET else f"gop_{identity}"
            entry = self._meet(ends, name, self._meeting_lane(identity, ends))
            ends = [End(entry)]
        else:
            entry = identity
        self._entries[step.id or identity] = entry
        for end in ends:
            self._waiting(end, identity)

    def _meeting_lane(self, identity: str, ends: list[End]) -> str:
        if identity != _TARGET or not ends:
            return self._lane
        return self._lane_of(ends[0].source)

    def _lane_of(self, identity: str) -> str:
        return next((lane for lane, nodes in self._canvas.lanes.items() if identity in nodes), self._lane)

    def _meet(self, ends: list[End], name: str, lane: str) -> str:
        gateway = self._canvas.ids.claim(name)
        self._canvas.node("exclusiveGateway", gateway, "", lane)
        for end in ends:
            self._waiting(end, gateway)
        return gateway

    def _waiting(self, end: End, target: str) -> None:
        self._canvas.flow(end.source, target, end.name, None if end.default else end.when, end.default)

    # ---- ways apart

    def _decided(self, step: Step, identity: str) -> list[End]:
        """The gateway behind a task: one way for each decision that leads elsewhere, else straight on."""
        apart = [one for one in step.decisions if one.way.steps or one.way.then not in (None, NEXT)]
        if not apart:
            return [End(identity)]
        plain = [one for one in step.decisions if one not in apart] or [apart.pop(0)]
        name = f"{identity}_decision" if self._parallel else "decision"
        branches = [replace(one.way, when=f'{name} = "{one.value}"') for one in apart]
        default = replace(plain[0].way, when=None)
        gateway = Step(
            kind="choice", name=step.ask or "Kết quả?", id=None, line=step.line, branches=(*branches, default)
        )
        return self._fork(gateway, [End(identity)], back=step, wanted=f"kq_{identity}")

    def _fork(self, step: Step, ends: list[End], back: Step | None = None, wanted: str = "") -> list[End]:
        split = "inclusiveGateway" if step.inclusive else _GATEWAYS.get(step.kind, "exclusiveGateway")
        identity = self._claim(step, wanted or ("chia" if step.kind == "parallel" else slug(step.name)))
        self._enter(identity, step, ends)
        element = self._canvas.node(split, identity, step.name, self._lane)
        extensions(element, replace(step, kind="choice"))
        lane, found = self._lane, []
        together = step.kind == "parallel" or step.inclusive
        self._parallel += together
        for branch in step.branches:
            deciding = step.kind == "choice"
            end = End(identity, branch.flow, branch.when, deciding and branch.when is None)
            left = self._way(branch, [end], back or step)
            found.append(left)
            self._lane = lane
        self._parallel -= together
        return self._joined(step, split, identity, found)

    def _joined(self, step: Step, split: str, identity: str, found: list[list[End]]) -> list[End]:
        """All branches of a fork are waited for; of the ways of a choice only one is gone."""
        left = [ends for ends in found if ends]
        if split not in ("parallelGateway", "inclusiveGateway") or len(left) < 2:
            return [end for ends in left for end in ends]
        single = [
            ends if len(ends) == 1 else [End(self._meet(ends, f"gop_{identity}", self._lane))]
            for ends in left
        ]
        join = self._canvas.ids.claim(
            identity.replace("chia", "hop") if "chia" in identity else f"hop_{identity}"
        )
        self._canvas.node(split, join, "", self._lane)
        for ends in single:
            self._waiting(ends[0], join)
        return [End(join)]

    def _way(self, branch: Branch, ends: list[End], origin: Step) -> list[End]:
        left = self._steps(branch.steps, ends)
        if branch.then in (None, NEXT) or not left:
            return left
        return self._leave(left, branch.then or "", origin)

    def _leave(self, ends: list[End], target: str, origin: Step) -> list[End]:
        """Go where a way leads: to one of the usual places or to a step of the outline."""
        if target == SUPPLEMENT:
            back = origin.id or ""
            if not back:
                raise _problem(origin, "bước có đường bổ sung cần id", "a step with a supplement needs an id")
            return self._steps((Step(kind="supplement", target=back, lane=self._lane),), ends)
        if target == DECLINE:
            return self._steps((Step(kind="decline", lane=self._lane, line=origin.line),), ends)
        if target == STOP:
            return self._steps(expanding.stop(), ends)
        self._jumps += [_Jump(end, target, origin.line) for end in ends]
        return []

    def _jump(self) -> None:
        for jump in self._jumps:
            entry = self._entries.get(_TARGET if jump.target == RESULT else jump.target)
            if entry is None:
                known = ", ".join(sorted(self._entries))
                raise BadOutline([Problem(
                    jump.line, "then", f"không có bước «{jump.target}»; có: {known}",
                    f"there is no step “{jump.target}”; there are: {known}",
                )])  # fmt: skip
            self._waiting(jump.end, entry)

    # ---- ends, borders and what is inside

    def _end(self, step: Step, ends: list[End]) -> None:
        identity = self._claim(step, f"kt_{slug(step.name)}")
        self._enter(identity, step, ends)
        element_of(self._canvas, step, identity, self._lane)

    def _edge(self, edge: Edge, host: Step, identity: str) -> list[End]:
        name = self._canvas.ids.claim(edge.id or f"{slug(edge.name)}_{identity}")
        edge_of(self._canvas, edge, name, identity, self._lane)
        left = self._way(edge.way, [End(name)], host)
        if edge.interrupting:
            return left
        self._close(left, "Xong")
        return []

    def _inside(self, element: etree._Element, step: Step, identity: str) -> None:
        canvas = Canvas(self._canvas.ids, self._canvas.named, {}, self._canvas.count)
        inner = Sketch(canvas, self._outline, self._lane)
        inner.draw(step.steps, f"bd_{identity}", "Bắt đầu")
        canvas.finish(element)

    def _beside(self, step: Step) -> None:
        """An event sub-process: nothing leads to it, its start event waits."""
        identity = self._claim(step, slug(step.name))
        element = self._canvas.node("subProcess", identity, step.name, self._lane, triggeredByEvent="true")
        extensions(element, replace(step, trigger=None))
        repetition(element, None)
        canvas = Canvas(self._canvas.ids, self._canvas.named, {}, self._canvas.count)
        inner = Sketch(canvas, self._outline, self._lane)
        inner.draw(step.steps, f"bd_{identity}", step.name)
        first = next(iter(canvas.nodes.values()))
        if not step.interrupting:
            first.set("isInterrupting", "false")
        if step.trigger is not None:
            event_definition(canvas, first, step.trigger)
        canvas.finish(element)


def _aims(steps: tuple[Step, ...]) -> Counter[str]:
    """How many ways lead to each step by its id."""
    found: Counter[str] = Counter()
    for step in walked(steps):
        found[RESULT] += step.kind == "decline"
        for target in (step.target, *(way.then for way in step.ways())):
            if target == SUPPLEMENT:
                found[step.id or ""] += 1
            elif target:
                found[RESULT if target == DECLINE else target] += 1
    return found


def _problem(step: Step, vi: str, en: str) -> BadOutline:
    return BadOutline([Problem(step.line, step.id or step.name, vi, en)])
