"""Gateways, by tokens (BPMN 2.0.2, 13.4).

A token at a join is a waiting task that knows the flow it came along. A parallel join takes one token of
each incoming flow; an inclusive join one of each flow that has any, once no other can still come; a complex
join those that are there when its condition holds, and later, for its reset, the rest.
"""

from typing import Any

from engine.workflow.elements.element import WAITING, Element, enter, send, withdraw
from engine.workflow.elements.host import host_of
from engine.workflow.elements.variables import evaluate

NO_WAY = (
    "không nhánh nào thỏa điều kiện và không có nhánh mặc định",
    "no branch's condition holds, and there is no default branch",
)


class ExclusiveGateway(Element):
    """The first true condition decides, else the default (13.4.2)."""

    def leave(self, my_task: Any) -> None:
        host = host_of(my_task)
        for flow in self.flows:
            if not flow.get("default") and (len(self.flows) == 1 or _holds(my_task, flow)):
                return send(my_task.workflow, [flow])
        defaults = [flow for flow in self.flows if flow.get("default")]
        if self.flows and not defaults:
            raise host.failure(self, NO_WAY)
        return send(my_task.workflow, defaults)


def _holds(my_task: Any, flow: Any) -> bool:
    """A flow without a condition is always taken."""
    return "if" not in flow or evaluate(my_task, flow["if"]) is True


def chosen(element: Element, my_task: Any) -> list[Any]:
    """Every flow whose condition holds, else the default (13.4.3; for activities 13.3.2)."""
    flows = [flow for flow in element.flows if not flow.get("default") and _holds(my_task, flow)]
    flows = flows or [flow for flow in element.flows if flow.get("default")]
    if element.flows and not flows:
        raise host_of(my_task).failure(element, NO_WAY)
    return flows


class _Join(Element):
    """Several flows come together here."""

    def tokens(self, workflow: Any) -> dict[str, Any]:
        """The oldest waiting token of each incoming flow."""
        found: dict[str, Any] = {}
        for task in workflow.tasks.values():
            if task.task_spec is self and task.state == WAITING and "by" in task.internal_data:
                found.setdefault(task.internal_data["by"], task)
        return found

    @property
    def incoming(self) -> list[str]:
        return list(self.plan.get("in", ()))

    def _update_hook(self, my_task: Any) -> bool:
        if "by" not in my_task.internal_data:
            return True  # one way in: nothing to join
        my_task._set_state(WAITING)
        self.arrived(my_task.workflow)
        return False

    def arrived(self, workflow: Any) -> None:
        """A token has come."""

    def join(self, tokens: dict[str, Any]) -> None:
        """Make one token of these and let it go on."""
        first, *others = tokens.values()
        for token in others:
            withdraw(token)
        first.internal_data.pop("by")
        first._ready()


class ParallelGateway(_Join):
    """Waits for a token of every incoming flow, sends one along every outgoing one (13.4.1)."""

    def arrived(self, workflow: Any) -> None:
        tokens = self.tokens(workflow)
        if len(tokens) == len(self.incoming):
            self.join(tokens)


class InclusiveGateway(_Join):
    """Waits for every token that can still come, sends one along each flow that holds (13.4.3)."""

    def settle(self, workflow: Any) -> bool:
        """Join when nothing else can come; asked when no automatic element can go on. True when it joined."""
        tokens = self.tokens(workflow)
        if not tokens or may_still_come(self, workflow, set(self.incoming) - set(tokens), set(tokens)):
            return False
        self.join(tokens)
        return True

    def leave(self, my_task: Any) -> None:
        send(my_task.workflow, chosen(self, my_task))


def may_still_come(gateway: Element, workflow: Any, missing: set[str], there: set[str]) -> bool:
    """Whether a token elsewhere has a way to a missing flow, and none to one that has a token (13.4.3)."""
    if not missing:
        return False
    graph = workflow.spec.graph
    expected = graph.before(gateway.name, frozenset(missing))
    arrived = graph.before(gateway.name, frozenset(there))
    return any(
        token.task_spec is not gateway
        and token.task_spec.name in expected
        and token.task_spec.name not in arrived
        for token in workflow.tokens
        if not token.internal_data.get("listens")
    )


class ComplexGateway(_Join):
    """Fires when its condition holds for what has come; the rest only resets it (13.4.5).

    In conditions ``activationCount`` is the number of flows with a token, the id of a flow 1 or 0, and
    ``waitingForStart`` false during the reset. A flow without a condition is taken when it fires, not when it
    is reset: else a discriminator would let everything after it happen twice.
    """

    def arrived(self, workflow: Any) -> None:
        tokens = self.tokens(workflow)
        seen = self._state(workflow)
        if seen is None and tokens and self._activated(workflow, tokens):
            self._remember(workflow, sorted(tokens))
            self.join(tokens)

    def settle(self, workflow: Any) -> bool:
        """Reset once all that can still come has come."""
        seen = self._state(workflow)
        if seen is None:
            return False
        tokens = {flow: token for flow, token in self.tokens(workflow).items() if flow not in seen}
        missing = set(self.incoming) - set(seen) - set(tokens)
        if may_still_come(self, workflow, missing, set(tokens)):
            return False
        self._remember(workflow, None)
        if tokens:
            first = next(iter(tokens.values()))
            first.internal_data["reset"] = True
            self.join(tokens)
        self.arrived(workflow)
        return bool(tokens)

    def leave(self, my_task: Any) -> None:
        if not my_task.internal_data.get("reset"):
            return send(my_task.workflow, chosen(self, my_task))
        my_task.internal_data["local"] = {"waitingForStart": False}
        return send(my_task.workflow, [one for one in self.flows if "if" in one and _holds(my_task, one)])

    def _activated(self, workflow: Any, tokens: dict[str, Any]) -> bool:
        if "activation" not in self.plan:
            return len(tokens) == len(self.incoming)
        counts: dict[str, Any] = {flow: int(flow in tokens) for flow in self.incoming}
        one = next(iter(tokens.values()))
        known = {**counts, "activationCount": len(tokens), "waitingForStart": True}
        return evaluate(one, self.plan["activation"], known) is True

    def _state(self, workflow: Any) -> list[str] | None:
        seen: list[str] | None = workflow.task_tree.internal_data.get("activated", {}).get(self.name)
        return seen

    def _remember(self, workflow: Any, flows: list[str] | None) -> None:
        state = workflow.task_tree.internal_data.setdefault("activated", {})
        state.pop(self.name, None)
        if flows is not None:
            state[self.name] = flows


class EventBasedGateway(Element):
    """The first of its events decides (13.4.4); it stays started while they wait under it."""

    def _run_hook(self, my_task: Any) -> bool | None:
        for flow in self.flows:
            enter(my_task.workflow, flow["to"], parent=my_task, choice=True)
        return None

    def leave(self, my_task: Any) -> None:
        """Nothing: what goes on is the event that came."""
