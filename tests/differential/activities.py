"""Activities: instances, loops, completion of scopes. The lower half of the interpreter."""

from abc import ABC, abstractmethod

from tests.differential.expressions import value
from tests.differential.graph import Flow, Model, Node
from tests.differential.order import Order
from tests.differential.standing import Busy, Done, Holder, Run, Scope, Watch, instance_names

# What moves: a token on a flow, at a node that a scope begins with, of a compensation that goes on; or a
# scope that has no token left and is about to end.
Token = Flow | Node | Busy | Scope


class Activities(ABC):
    def __init__(self, model: Model, document: dict[str, object], order: Order) -> None:
        self.model, self.document, self.order = model, document, order
        self.agenda: list[tuple[Scope, Token]] = []
        self.completed: list[str] = []  # in this action, in order
        self.thrown: list[tuple[str, str]] = []
        self.error: str | None = None
        self._count = 0
        self.root: Scope

    @property
    def ended(self) -> bool:
        return not self.root.alive

    @abstractmethod
    def enter(self, scope: Scope, node: Node) -> None: ...

    @abstractmethod
    def undone(self, busy: Busy) -> None: ...

    def number(self) -> int:
        self._count += 1
        return self._count

    # scopes

    def open_scope(self, plane: str, owner: Run | None) -> Scope:
        scope = Scope(self.number(), plane, owner)
        if owner is None:
            self.root = scope
        else:
            owner.scope = scope
        scope.handlers = [self.watch(one) for one in self.model.handlers(plane)]
        self.agenda += [(scope, node) for node in self.model.first(plane)]
        return scope

    def check(self, scope: Scope) -> None:
        """A scope is to end when no token is left in it; an event at that very moment may be first."""
        if self._is_empty(scope):
            self.agenda.append((scope, scope))

    def _is_empty(self, scope: Scope) -> bool:
        held = any(scope.held.values()) or any(scope.early.values())
        return scope.alive and not (scope.inside or held or any(where is scope for where, _ in self.agenda))

    def end(self, scope: Scope) -> None:
        """A scope completes, and with it its instance, if still no token is in it."""
        if not self._is_empty(scope):
            return
        scope.alive = False
        scope.handlers = []
        if scope.owner:
            self.finish_run(scope.owner)

    def empty(self, scope: Scope) -> None:
        """Everything in a scope ends, also what it waits for; the scope itself goes on."""
        for busy in list(scope.inside):
            self.drop(busy)
        scope.held.clear()
        scope.early.clear()
        scope.handlers = []
        scope.done = []
        self.agenda = [one for one in self.agenda if one[0] is not scope]

    def kill(self, scope: Scope) -> None:
        self.empty(scope)
        scope.alive = False

    def drop(self, busy: Busy) -> None:
        """A node gives its token up."""
        if not busy.alive:
            return
        busy.alive = False
        busy.scope.inside.remove(busy)
        for run in busy.runs:
            if run.scope:
                self.kill(run.scope)
        if busy.undoing is not None:  # its handlers work for nobody else
            for one in [one for one in busy.scope.inside if one.undoes is busy]:
                self.drop(one)

    # flows

    def leave(self, scope: Scope, node: Node) -> None:
        """A node is done: tokens on its outgoing flows."""
        self.completed.append(node.id)
        self.emit(scope, node)

    def emit(self, scope: Scope, node: Node) -> None:
        flows = self._taken(scope, node)
        self.agenda += [(scope, flow) for flow in flows for _ in range(node.gives)]
        if not flows:
            self.check(scope)

    def _taken(self, scope: Scope, node: Node) -> list[Flow]:
        """Exclusive: the first that is true. Everything else: all that are true or say nothing."""
        out = self.model.out(node)
        if node.kind in ("eventBasedGateway", "parallelGateway"):
            return out
        names = {**self.document, **scope.names()}
        true = [
            one
            for one in out
            if one.id != node.default and (one.condition is None or value(one.condition, names))
        ]
        if node.kind == "exclusiveGateway":
            true = true[:1]
        if not true:
            true = [one for one in out if one.id == node.default]
        assert true or not out, f"{node.id} cannot go on"
        return true

    # what is waited for

    def watch(self, node: Node) -> Watch:
        event = node.event
        assert event is not None
        left: int | None = 1
        if not node.interrupting:
            left = (event.cycle or 1) if event.kind == "timer" else None
        return Watch(self.number(), node, event, left)

    def waits(self, holder: Holder, watch: Watch) -> bool:
        """Still there after what else has happened."""
        if isinstance(holder, Scope):
            return holder.alive and watch in holder.handlers
        if isinstance(holder, Run):
            return holder.busy.alive and holder in holder.busy.runs
        return holder.alive and watch in holder.watches

    def spend(self, found: list[Watch], watch: Watch) -> None:
        if watch.left is not None:
            watch.left -= 1
            watch.id = self.number()  # each firing of a cycle is a timer of its own
            if not watch.left:
                found.remove(watch)

    # activities

    def busy(self, scope: Scope, node: Node) -> Busy:
        busy = Busy(self.number(), node, scope)
        scope.inside.append(busy)
        return busy

    def begin(self, scope: Scope, node: Node, undoes: Busy | None = None) -> None:
        """An activity gets a token: its border waits, its first instances run."""
        busy = self.busy(scope, node)
        busy.undoes = undoes
        busy.watches = [self.watch(one) for one in self.model.borders(node) if not one.undo]
        busy.items = self._items(scope, node)
        if node.repeat is None or node.repeat.kind != "parallel":
            self._go_on(busy)
            return
        for _ in busy.items:
            self._run(busy)
        for run in self.order.shuffled(list(busy.runs)):
            if busy.alive and run in busy.runs:
                self._perform(run)
        if not busy.items:
            self._finish(busy)

    def _items(self, scope: Scope, node: Node) -> list[object]:
        """One for each instance. Loops do not know how many turns they will take."""
        repeat = node.repeat
        names = {**self.document, **scope.names()}
        if repeat is None:
            return [None]
        if repeat.cardinality:
            return [None] * int(str(value(repeat.cardinality, names)))
        return list(names[repeat.collection]) if repeat.collection else []  # type: ignore[call-overload]

    def _run(self, busy: Busy) -> Run:
        item = busy.items[busy.begun] if busy.begun < len(busy.items) else None
        busy.begun += 1
        run = Run(self.number(), busy, busy.begun, {"item": item} if item is not None else {})
        busy.runs.append(run)
        return run

    def _go_on(self, busy: Busy) -> None:
        """The next instance of a sequence or turn of a loop, if there is one."""
        repeat = busy.node.repeat
        more = busy.begun < len(busy.items)
        if repeat is not None and repeat.kind == "loop":
            more = self._turn(busy)
        if more:
            self._perform(self._run(busy))
        else:
            self._finish(busy)

    def _turn(self, busy: Busy) -> bool:
        repeat = busy.node.repeat
        assert repeat is not None
        if repeat.maximum is not None and busy.begun >= repeat.maximum:
            return False
        if repeat.condition is None or (busy.begun == 0 and not repeat.before):
            return True
        names = {**self.document, **busy.scope.names(), "loopCounter": busy.begun}
        return bool(value(repeat.condition, names))

    def _perform(self, run: Run) -> None:
        node = run.busy.node
        if node.kind == "scriptTask":
            names = {**self.document, **instance_names(run)}
            self.document[f"c_{node.id}"] = value(f"c_{node.id} + {node.adds}", names)
            self.finish_run(run)
        elif node.plane is not None:
            self.open_scope(node.plane, run)
            assert run.scope is not None
            self.check(run.scope)
        elif node.kind == "receiveTask":
            run.watches = [self.watch(node)]
        else:
            run.open = True

    def finish_run(self, run: Run) -> None:
        """One instance has completed; perhaps that is enough, perhaps there are more."""
        busy, repeat = run.busy, run.busy.node.repeat
        self.completed.append(busy.node.id)  # every instance is told
        busy.runs.remove(run)
        busy.done += 1
        if repeat is not None and repeat.kind != "loop" and self._enough(run, repeat.condition):
            self._finish(busy)
            return
        if repeat is None or (repeat.kind == "parallel" and not busy.runs):
            self._finish(busy, run)
        elif repeat.kind != "parallel":
            self._go_on(busy)

    def _enough(self, run: Run, condition: str | None) -> bool:
        return condition is not None and bool(value(condition, {**self.document, **instance_names(run)}))

    def _finish(self, busy: Busy, last: Run | None = None) -> None:
        """An activity has completed."""
        self.drop(busy)
        node, scope = busy.node, busy.scope
        inside = last.scope.done if last and last.scope and node.kind != "callActivity" else []
        undo = self.model.undo_of(node)
        if (undo or inside) and node.kind != "eventSubProcess":
            scope.done.append(Done(node.id, undo, inside))
        if busy.undoes:
            self.undo_next(busy.undoes)
        else:
            self.emit(scope, node)

    def undo_next(self, busy: Busy) -> None:
        """The next handler of a compensation, one after the other."""
        assert busy.undoing is not None
        if not busy.undoing:
            self.undone(busy)
            return
        self.agenda.append((busy.scope, busy))

    def undo(self, busy: Busy) -> None:
        """The next handler begins."""
        if busy.alive and busy.undoing:
            handler = busy.undoing.pop(0).undo
            self.begin(busy.scope, self.model.nodes[str(handler)], busy)
