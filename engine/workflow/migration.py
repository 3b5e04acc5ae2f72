"""A running process on another version of its diagram: whether it fits, and the state that it has there.

Tokens keep their ids, so tasks, timers and jobs go on as they are. Refused is whatever would be lost or would
wait for ever; nothing is moved, begun or forgotten.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from SpiffWorkflow.exceptions import SpiffWorkflowException

from engine.workflow.bundle import Definition
from engine.workflow.elements.host import Host
from engine.workflow.errors import WorkflowFailed
from engine.workflow.instance import go_on
from engine.workflow.running.codec import load_state
from engine.workflow.running.identity import derived_ids
from engine.workflow.running.outcome import Before, step_of
from engine.workflow.running.process import ROOT
from engine.workflow.step import Step
from engine.workflow.world import World

_JOINS = ("parallelGateway", "complexGateway")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a dossier cannot follow another version as it stands now."""

    element: str  # BPMN id in the old version
    vi: str
    en: str


class _Fit:
    """Two versions and how their elements, scopes and flows correspond."""

    def __init__(self, old: Definition, new: Definition, mapping: Mapping[str, str]) -> None:
        self.old, self.new = old, new
        self.mapping = {**mapping, old.main_process: new.main_process}
        self.mapping.update((name, name) for name in old.plans if name not in self.mapping)
        self.old_flows, self.new_flows = _flows(old), _flows(new)
        ways = {(scope, source, to): flow for flow, (scope, source, to) in self.new_flows.items()}
        self.flow_of = {
            flow: ways.get((str(self.name(scope)), str(self.name(source)), str(self.name(to))))
            for flow, (scope, source, to) in self.old_flows.items()
        }

    def name(self, identity: str) -> str | None:
        return self.mapping.get(identity)

    def called(self, identity: str) -> str:
        facts = self.old.nodes.get(identity)
        return facts.name if facts else identity

    def plan(self, definition: Definition, scope: str, identity: str | None) -> Mapping[str, Any] | None:
        specs = definition.scopes.get(scope)
        return specs.task_specs[identity].plan if specs and identity in specs.task_specs else None


def why_not(old: Definition, new: Definition, state: bytes, mapping: Mapping[str, str]) -> list[Obstacle]:
    """Everything that keeps this process from going on by the new version; [] when nothing does."""
    fit, found = _Fit(old, new, mapping), dict[tuple[str, str], Obstacle]()
    for scope, part in _parts(old, orjson.loads(old.packing.plain(state))):
        for obstacle in (*_tokens(fit, scope, part), *_joins(fit, scope, part)):
            found.setdefault((obstacle.element, obstacle.vi), obstacle)
    return list(found.values())


def rebind(old: Definition, new: Definition, state: bytes, mapping: Mapping[str, str], world: World) -> Step:
    """The step by which a process that ``why_not`` has nothing against goes over to the new version.

    Raises WorkflowFailed when an element cannot go on there, and whatever the world raises.
    """
    raw = _renamed(_Fit(old, new, mapping), orjson.loads(old.packing.plain(state)))
    host = Host(world, new.nodes, new.tables, new.aliases)
    with derived_ids(world.dossier_id, world.sequence):
        try:
            process = load_state(raw, new.spec, new.scopes, host)
            before = Before(process)
            go_on(process, host)
        except (SpiffWorkflowException, KeyError) as error:
            spec = getattr(error, "task_spec", None)
            raise WorkflowFailed(getattr(spec, "name", "?"), (str(error), str(error))) from error
        return step_of(new, process, host, before)


def _parts(definition: Definition, state: Any) -> Iterator[tuple[str, Any]]:
    """Open scopes: the id of each, and what is stored of it."""
    for part in state["parts"]:
        yield part.get("scope", definition.main_process), part


def _flows(definition: Definition) -> dict[str, tuple[str, str, str]]:
    """Flow to scope, source and target."""
    return {
        flow["id"]: (scope, one["id"], flow["to"])
        for scope, plan in definition.plans.items()
        for one in plan["elements"]
        for flow in one.get("flows", ())
    }


# ---- what keeps a token from going over


def _tokens(fit: _Fit, scope: str, part: Any) -> Iterator[Obstacle]:
    root, *tokens = part["tasks"]
    yield from _memory(fit, scope, root)
    for token in tokens:
        identity, data = token[2], token[4] if len(token) > 4 else {}
        was = fit.plan(fit.old, scope, identity)
        now = fit.plan(fit.new, str(fit.name(scope)), fit.name(identity))
        if was is None or now is None:
            yield _obstacle(
                fit,
                identity,
                "không có trong cùng khối ở bản mới",
                "is not in the same block of the new version",
            )
        elif was["kind"] != now["kind"]:
            yield _obstacle(fit, identity, "là phần tử loại khác ở bản mới", "is of another kind there")
        else:
            yield from _changes(fit, identity, was, now)
            yield from _memory(fit, scope, token)
            if "by" in data and fit.flow_of.get(data["by"]) is None:
                yield _obstacle(
                    fit,
                    identity,
                    "đang giữ một nhánh mà bản mới không còn",
                    "holds a branch that is gone there",
                )


def _changes(fit: _Fit, identity: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Obstacle]:
    """What must not change about an element while a token stands at it."""
    attached = {fit.name(event) for event in was.get("attached", ())}
    if attached != set(now.get("attached", ())):
        yield _obstacle(
            fit,
            identity,
            "được thêm hoặc bớt sự kiện gắn bên bước đang mở",
            "gains or loses a boundary event",
        )
    if _awaited(was) != _awaited(now):
        yield _obstacle(fit, identity, "chờ một điều khác ở bản mới", "waits for something else there")
    if was.get("repeat") != now.get("repeat"):
        yield _obstacle(fit, identity, "lặp theo cách khác ở bản mới", "is repeated in another way there")
    if fit.name(str(was.get("scope"))) != now.get("scope") and "scope" in was:
        yield _obstacle(fit, identity, "gọi một quy trình khác ở bản mới", "calls another process there")
    handlers = [
        facts.handler if facts else None
        for facts in (fit.old.nodes.get(identity), fit.new.nodes.get(str(fit.name(identity))))
    ]
    if handlers[0] != handlers[1]:
        yield _obstacle(
            fit, identity, "chờ một việc tự động khác ở bản mới", "waits for another handler there"
        )


def _awaited(plan: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What a listener waits for; the value of a timer that runs already is the dossier's own."""
    return [(one["kind"], one.get("name")) for one in plan.get("events", ())]


def _memory(fit: _Fit, scope: str, token: Any) -> Iterator[Obstacle]:
    """What a token or scope remembers by the names of elements must have its counterpart."""
    data = token[4] if len(token) > 4 else {}
    names = [*data.get("performed", ()), *(data["left"] if isinstance(data.get("left"), list) else ())]
    for name in names:
        if fit.plan(fit.new, str(fit.name(scope)), fit.name(name)) is None:
            yield _obstacle(fit, name, "còn được chờ, nhưng bản mới không có", "is waited for, but not there")
    for name in _to_be_undone([data.get(key) for key in ("done", "undo", "inside")]):
        if fit.name(name) != name:  # what undoing remembers is nested: it is carried over as it is
            yield _obstacle(
                fit,
                name,
                "còn có thể phải hoàn tác, nhưng bản mới không giữ",
                "may still be undone, but is gone",
            )
    if data.get("activated"):
        yield _obstacle(fit, scope, "có cổng phức hợp đang mở dở", "has a complex gateway half open")


def _to_be_undone(remembered: Any) -> Iterator[str]:
    """Activities that compensation remembers, however deep."""
    if isinstance(remembered, list):
        for one in remembered:
            yield from _to_be_undone(one)
    elif isinstance(remembered, dict):
        if "activity" in remembered:
            yield remembered["activity"]
        yield from _to_be_undone(list(remembered.values()))


def _joins(fit: _Fit, scope: str, part: Any) -> Iterator[Obstacle]:
    """No join may wait for a branch that nothing can come along any more."""
    target = str(fit.name(scope))
    if target not in fit.new.scopes:
        return
    standing, arrived = set[str](), set[str]()
    for _identity, _parent, name, _state, *rest in part["tasks"][1:]:
        by = rest[0].get("by") if rest else None
        if by is not None:
            arrived.add(str(fit.flow_of.get(by)))
        elif name != ROOT:
            standing.add(str(fit.name(name)))
    graph = fit.new.scopes[target].graph
    for join in fit.new.plans[target]["elements"]:
        incoming = join.get("in", ())
        if join["kind"] not in _JOINS or len(incoming) < 2:
            continue
        expected = {flow for flow in incoming if standing & graph.before(join["id"], frozenset([flow]))}
        there = expected | (set(incoming) & arrived)
        if there and there != set(incoming):
            yield Obstacle(
                join["id"],
                f"«{_named(fit.new, join['id'])}» sẽ chờ mãi một nhánh mà khối song song đang mở không có.",
                f"“{_named(fit.new, join['id'])}” would wait for ever for a branch that the block lacks.",
            )


def _named(definition: Definition, identity: str) -> str:
    facts = definition.nodes.get(identity)
    return facts.name if facts else identity


def _obstacle(fit: _Fit, identity: str, vi: str, en: str) -> Obstacle:
    name = fit.called(identity)
    return Obstacle(identity, f"«{name}» {vi}.", f"“{name}” {en}.")


# ---- going over


def _renamed(fit: _Fit, state: Any) -> bytes:
    for part in state["parts"]:
        if "scope" in part:
            part["scope"] = fit.name(part["scope"])
        for token in part["tasks"]:
            if token[2] != ROOT:
                token[2] = fit.name(token[2])
            if len(token) > 4:
                token[4] = _remembered(fit, token[4])
    return orjson.dumps(state)


def _remembered(fit: _Fit, data: dict[str, Any]) -> dict[str, Any]:
    renamed = dict(data)
    if "by" in data:
        renamed["by"] = fit.flow_of[data["by"]]
    if "token" in data:
        renamed["token"] = fit.name(data["token"])
    if "timers" in data:
        renamed["timers"] = {timer_name(fit.mapping, name): code for name, code in data["timers"].items()}
    if "performed" in data:
        renamed["performed"] = [fit.name(name) for name in data["performed"]]
    if isinstance(data.get("left"), list):
        renamed["left"] = [fit.name(name) for name in data["left"]]
    return renamed


def timer_name(mapping: Mapping[str, str], name: str) -> str:
    """The name that a timer has in the new version: the id of its event, and its number among several."""
    event, sign, number = name.partition("#")
    return f"{mapping.get(event, event)}{sign}{number}"
