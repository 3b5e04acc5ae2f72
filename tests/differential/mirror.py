"""The interpreter as the walked side: to test, without the engine, that deviations are found and shrunk."""

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy

from tests.differential.graph import Model
from tests.differential.interpreter import Interpreter
from tests.differential.order import Order
from tests.differential.standing import Watch
from tests.differential.trace import Act, Open, Seen


class Mirror:
    def __init__(self, model: Model, order: Order, kind: type[Interpreter] = Interpreter) -> None:
        self._model, self._order, self._kind = model, order, kind
        self._running: Interpreter | None = None

    def act(self, act: Act, answers: Mapping[str, object]) -> Seen:
        if self._running is None:
            self._running = self._kind(self._model, dict(answers), self._order)
            return self._seen()
        running = self._running
        running.document.update(answers)
        if act.target is None:
            running.signal(act.word or "")
            return self._seen()
        things = [*running.open_runs(), *running.open_watches()]
        thing = next(one for one in things if str(one.id) == act.target.key[0])
        if isinstance(thing, Watch):
            running.happen(thing)
        elif act.kind == "fail":
            running.fail(thing, act.word or "")
        else:
            running.complete(thing)
        return self._seen()

    def _seen(self) -> Seen:
        running = self._running
        assert running is not None
        opened = []
        for run in running.open_runs():
            kind = "job" if run.busy.node.kind == "serviceTask" else "task"
            opened.append(Open(kind, run.busy.node.id, (str(run.id),)))
        for watch in running.open_watches():
            opened.append(Open(watch.event.kind, watch.name, (str(watch.id),)))
        return Seen(
            tuple(opened),
            Counter(running.completed),
            Counter(running.thrown),
            running.ended,
            running.error,
            deepcopy(running.document),
        )
