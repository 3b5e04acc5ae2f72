"""A token interpreter after the text of BPMN 2.0.2, chapters 10 and 13. Shares no code with the engine.

Tokens on flows wait in an agenda; whatever the standard lets happen in any order is left to an ``Order``.
"""

from collections.abc import Iterable

from tests.differential.activities import Activities, Token
from tests.differential.blocks import Event
from tests.differential.expressions import value
from tests.differential.graph import ACTIVITIES, Flow, Model, Node
from tests.differential.joins import inclusive_ready, parallel_ready
from tests.differential.order import Move, Order
from tests.differential.standing import (
    Busy,
    Holder,
    Run,
    Scope,
    Watch,
    at_border,
    catcher,
    runs,
    to_undo,
    watches,
)

MOST_MOVES = 30_000  # of one action; more than the engine's automatic elements of one


class Endless(Exception):
    """An action that never comes to rest."""

    def __init__(self, running: "Interpreter") -> None:
        super().__init__()
        self.running = running


# Where a token that arrives only begins something that waits, or opens what is inside.
_SETTLING = frozenset(
    ("userTask", "serviceTask", "receiveTask", "subProcess", "transaction", "callActivity",
     "intermediateCatchEvent", "eventBasedGateway")
)  # fmt: skip


class Interpreter(Activities):
    """One process; copy it with ``deepcopy`` and give the copy an order of its own."""

    def __init__(self, model: Model, document: dict[str, object], order: Order) -> None:
        super().__init__(model, document, order)
        self.root = self.open_scope(model.main, None)
        self._settle()

    # what may happen

    def complete(self, run: Run) -> None:
        """A person has done a task, or a handler a job."""
        self._begin_action()
        self.finish_run(run)
        self._settle()

    def fail(self, run: Run, code: str) -> None:
        """A handler has said no."""
        self._begin_action()
        event = Event("error", code)
        found = at_border(run.busy, event) or catcher(run.busy.scope, event)
        if found:  # otherwise the officers are told, and everything stays as it was
            self._trigger(*found)
            self._settle()

    def happen(self, watch: Watch) -> None:
        """A timer or message that is waited for has come."""
        self._begin_action()
        holder = next(who for who, one in watches(self.root) if one is watch)
        self._trigger(holder, watch)
        self._settle()

    def signal(self, name: str) -> None:
        self._begin_action()
        self._broadcast(name)
        self._settle()

    def open_runs(self) -> list[Run]:
        return list(runs(self.root)) if self.root.alive else []

    def open_watches(self) -> list[Watch]:
        """Timers, messages and signals that are waited for."""
        if not self.root.alive:
            return []
        return [one for _, one in watches(self.root) if one.event.kind in ("timer", "message", "signal")]

    def _begin_action(self) -> None:
        self.completed = []
        self.thrown = []

    # tokens

    def _settle(self) -> None:
        for _ in range(MOST_MOVES):
            ready = self._ready_joins() if not self.agenda or self.order.eager() else []
            if ready:
                moves = [Move(node.id) for _, node in ready]
                self._join(*ready[self.order.pick(moves, self.completed)])
            elif (not self.agenda or self.order.eager()) and self._conditions():
                continue
            elif self.agenda:
                moves = [self._announced(one) for _, one in self.agenda]
                scope, token = self.agenda.pop(self.order.pick(moves, self.completed))
                if scope.alive:
                    self._move(scope, token)
            else:
                return
        raise Endless(self)

    def _announced(self, token: Token) -> Move:
        """Where the token comes to, and whether something only begins and waits there."""
        if isinstance(token, Flow):
            return Move(token.target, self.model.nodes[token.target].kind in _SETTLING)
        return Move(token.id if isinstance(token, Node) else "")

    def _move(self, scope: Scope, token: Token) -> None:
        if isinstance(token, Flow):
            self._arrive(scope, token)
        elif isinstance(token, Busy):
            self.undo(token)
        elif isinstance(token, Scope):
            self.end(token)
        else:
            self.enter(scope, token)

    def _arrive(self, scope: Scope, flow: Flow) -> None:
        node = self.model.nodes[flow.target]
        if node.kind == "inclusiveGateway" and len(self.model.into(node)) > 1:
            scope.held[flow.id] += 1
        elif node.kind == "parallelGateway":
            scope.held[flow.id] += 1
            if parallel_ready(self.model, scope, node):
                self._join(scope, node)
        else:
            self.enter(scope, node)

    def _join(self, scope: Scope, node: Node) -> None:
        """Take one token from every incoming flow that has one."""
        for flow in self.model.into(node):
            scope.held[flow.id] -= 1 if scope.held[flow.id] else 0
        self.leave(scope, node)

    def _ready_joins(self) -> list[tuple[Scope, Node]]:
        found = []
        for scope in self._scopes(self.root):
            for target in {self.model.flow_target(one) for one, count in scope.held.items() if count}:
                moving = [self._ahead(token) for where, token in self.agenda if where is scope]
                if target.kind == "inclusiveGateway" and inclusive_ready(self.model, scope, target, moving):
                    found.append((scope, target))
        return sorted(found, key=lambda one: (one[0].id, one[1].id))

    def _ahead(self, token: Token) -> list[Flow]:
        """Flows that a moving token stands on or comes to first."""
        if isinstance(token, Busy | Scope):
            return []  # the one is among what is busy in the scope, the other leads nowhere in it
        return [token] if isinstance(token, Flow) else self.model.out(token)

    def _scopes(self, scope: Scope) -> Iterable[Scope]:
        if scope.alive:
            yield scope
            for busy in scope.inside:
                for run in busy.runs:
                    if run.scope:
                        yield from self._scopes(run.scope)

    def enter(self, scope: Scope, node: Node) -> None:
        """A token has come to a node."""
        if node.kind in ACTIVITIES:
            self._gather(scope, node)
        elif node.kind in ("endEvent", "intermediateThrowEvent"):
            self._throw(scope, node)
        elif node.kind == "intermediateCatchEvent":
            self._await(scope, node, [node])
        elif node.kind == "eventBasedGateway":
            self._await(scope, node, [self.model.nodes[one.target] for one in self.model.out(node)])
        elif node.kind == "linkThrow":
            self.completed.append(node.id)
            self.agenda.append((scope, self.model.nodes[f"{node.id}_to"]))
        else:
            self.leave(scope, node)

    def _gather(self, scope: Scope, node: Node) -> None:
        """An activity begins when as many tokens have come as it needs."""
        scope.early[node.id] += 1
        if scope.early[node.id] == node.needs:
            del scope.early[node.id]
            self.begin(scope, node)

    def _await(self, scope: Scope, node: Node, events: list[Node]) -> None:
        busy = self.busy(scope, node)
        busy.watches = [self.watch(one) for one in events]

    # events

    def _throw(self, scope: Scope, node: Node) -> None:
        """An event that throws in the middle or at an end; what it sets off may end the thrower."""
        event = node.event or Event("none")
        busy = self.busy(scope, node)
        if event.kind in ("compensate", "cancel"):
            self._compensate(busy, event)
            return
        self.completed.append(node.id)
        if event.kind == "terminate":
            self.empty(scope)
            self.check(scope)
            return
        self._send(scope, event)
        if busy.alive:
            self.drop(busy)
            self.emit(scope, node)

    def _send(self, scope: Scope, event: Event) -> None:
        if event.kind in ("message", "signal"):
            self.thrown.append((event.kind, event.word or ""))
        if event.kind == "signal":
            self._broadcast(event.word or "")
        elif event.kind in ("error", "escalation"):
            found = catcher(scope, event)
            if found:
                self._trigger(*found)
            elif event.kind == "error":
                self.error = event.word
                self.kill(self.root)

    def _broadcast(self, name: str) -> None:
        found = [
            (who, one)
            for who, one in watches(self.root)
            if one.event.kind == "signal" and one.event.word == name
        ]
        for holder, watch in self.order.shuffled(found):
            if self.waits(holder, watch):
                self._trigger(holder, watch)

    def _trigger(self, holder: Holder, watch: Watch) -> None:
        """An event has come to the one that waits for it."""
        if isinstance(holder, Scope):
            self._handle(holder, watch)
        elif isinstance(holder, Run):
            self.finish_run(holder)
        elif watch.node.attached:
            self._border(holder, watch)
        else:
            self.drop(holder)
            if holder.node is not watch.node:
                self.completed.append(holder.node.id)
            self.leave(holder.scope, watch.node)

    def _border(self, busy: Busy, watch: Watch) -> None:
        if watch.node.interrupting:
            self.drop(busy)
        else:
            self.spend(busy.watches, watch)
        self.leave(busy.scope, watch.node)

    def _handle(self, scope: Scope, watch: Watch) -> None:
        """An event sub-process begins; an interrupting one ends everything else in its scope."""
        if watch.node.interrupting:
            self.empty(scope)
        else:
            self.spend(scope.handlers, watch)
        self.begin(scope, watch.node)

    def _conditions(self) -> bool:
        """Conditions that have become true since they were looked at, or are when their wait begins."""
        came = False
        for holder, watch in self.order.shuffled(list(watches(self.root))):
            if watch.event.kind != "condition" or not self.waits(holder, watch):
                continue
            before, watch.held = watch.held, self._holds(holder, watch)
            if watch.held and not before:
                self._trigger(holder, watch)
                came = True
        return came

    def _holds(self, holder: Holder, watch: Watch) -> bool:
        scope = (
            holder
            if isinstance(holder, Scope)
            else (holder if isinstance(holder, Busy) else holder.busy).scope
        )
        return bool(value(str(watch.event.word), {**self.document, **scope.names()}))

    # compensation

    def _compensate(self, busy: Busy, event: Event) -> None:
        """Undo what was done in this scope. A transaction that gives up ends everything else before."""
        scope = busy.scope
        chosen = [one for one in scope.done if event.word in (None, one.node)]
        scope.done = [one for one in scope.done if one not in chosen]
        if event.kind == "cancel":
            self.completed.append(busy.node.id)
            self.empty(scope)
            busy = self.busy(scope, busy.node)
        busy.undoing = to_undo(chosen)
        self.undo_next(busy)

    def undone(self, busy: Busy) -> None:
        """All handlers of a compensation have run."""
        self.drop(busy)
        event = busy.node.event or Event("none")
        if event.kind != "cancel":
            self.leave(busy.scope, busy.node)
            return
        owner = busy.scope.owner
        assert owner is not None
        found = at_border(owner.busy, event)
        if found:
            self._trigger(*found)
        else:
            self.check(busy.scope)
