"""The interpreter itself, on cases worked by hand; and that what walks find is found and made small.

Without the engine: where the standard's text decides, the case names the chapter.
"""

from random import Random

import pytest

from tests.differential import blocks as b
from tests.differential.drawing import draw
from tests.differential.explaining import EFFORTS, explain
from tests.differential.graph import Node
from tests.differential.interpreter import Interpreter
from tests.differential.laying import lay
from tests.differential.making import CLASSES, Maker
from tests.differential.mirror import Mirror
from tests.differential.order import AnyOrder, Order
from tests.differential.shrinking import Case, shrink
from tests.differential.standing import Scope
from tests.differential.walking import plan, walk

NO = dict.fromkeys((f"q{number}" for number in range(1, 7)), False)


def started(*parts: b.Block, handlers: tuple[b.Handler, ...] = (), **document: object) -> Interpreter:
    process = b.Activity("p", "process", b.Sequence(parts), handlers=handlers)
    return Interpreter(lay(process), {**NO, **document}, Order())


def tasks(running: Interpreter) -> list[str]:
    return sorted(run.busy.node.id for run in running.open_runs())


def do(running: Interpreter, name: str) -> Interpreter:
    running.complete(next(run for run in running.open_runs() if run.busy.node.id == name))
    return running


def come(running: Interpreter, name: str) -> Interpreter:
    """The first event that is waited for under this BPMN id."""
    running.happen(next(watch for watch in running.open_watches() if watch.node.id == name))
    return running


def test_a_parallel_join_takes_one_token_from_each_way_and_leaves_the_rest() -> None:
    """13.4.1. Two tokens in one branch: the second waits for a partner that never comes."""
    twice = b.Sequence((b.Parallel((b.Task("t1"), b.Task("t2")), joined=False), b.Task("t3")))
    running = started(b.Parallel((twice, b.Task("t4"))), b.Task("t5"))
    for name in ("t1", "t2", "t3", "t4", "t3"):
        do(running, name)
    assert tasks(running) == ["t5"]
    assert not do(running, "t5").ended


def test_an_inclusive_join_waits_for_what_is_on_its_way_and_for_nothing_else() -> None:
    """13.4.3. A branch that ends elsewhere is waited for no longer; one that must end elsewhere, never."""
    ending = b.Sequence((b.Task("t2"), b.Choice(("q3",), (b.Stop("e1", b.Event("none")), b.Sequence(())))))
    apart = b.Sequence((b.Task("t5"), b.Stop("e2", b.Event("none"))))
    split = b.Inclusive(("q1", "q2", "q3"), (b.Task("t1"), ending, apart, b.Task("t3")))
    running = started(split, b.Task("t4"), q1=True, q2=True, q3=True)
    assert tasks(running) == ["t1", "t2", "t5"]
    assert tasks(do(running, "t1")) == ["t2", "t5"]
    assert tasks(do(running, "t2")) == ["t4", "t5"]


def test_without_a_true_condition_the_default_way_is_taken() -> None:
    assert tasks(started(b.Inclusive(("q1",), (b.Task("t1"), b.Task("t2"))))) == ["t2"]
    assert tasks(started(b.Choice(("q1",), (b.Task("t1"), b.Task("t2"))), q1=True)) == ["t1"]


def test_an_activity_gives_a_token_to_every_way_out_whose_condition_is_true() -> None:
    running = do(
        started(b.Fork("t1", ("q1", "q2"), (b.Task("t2"), b.Task("t3"), b.Task("t4"))), q2=True), "t1"
    )
    assert tasks(running) == ["t2", "t4"]
    running = do(started(b.Fork("t1", ("q1",), (b.Task("t2"), b.Task("t3")), default=True), q1=True), "t1")
    assert tasks(running) == ["t3"]


def test_an_interrupting_border_ends_what_is_inside_and_another_one_does_not() -> None:
    def sub(interrupting: bool) -> b.Activity:
        border = b.Boundary("b1", b.Event("timer"), interrupting, b.Task("t2"), ends=True)
        return b.Activity("a1", "sub", b.Parallel((b.Task("t1"), b.Task("t3"))), boundaries=(border,))

    assert tasks(come(started(sub(True)), "b1")) == ["t2"]
    running = come(started(sub(False)), "b1")
    assert tasks(running) == ["t1", "t2", "t3"]
    assert running.open_watches() == []


def test_a_cycle_fires_as_often_as_it_says() -> None:
    border = b.Boundary("b1", b.Event("timer", cycle=3), False, b.Script("s1"), ends=True)
    running = started(b.Activity("a1", "user", boundaries=(border,)), c_s1=0)
    for _ in range(3):
        come(running, "b1")
    assert running.document["c_s1"] == 3
    assert running.open_watches() == []


def test_the_catcher_with_the_exact_code_comes_before_the_one_for_all() -> None:
    stop = b.Sequence((b.Task("t1"), b.Stop("e1", b.Event("error", "E1"))))
    every = b.Boundary("b1", b.Event("error"), True, b.Task("t2"), ends=True)
    exact = b.Boundary("b2", b.Event("error", "E1"), True, b.Task("t3"), ends=True)
    inner = b.Activity("a1", "sub", stop, boundaries=(every, exact))
    assert tasks(do(started(inner), "t1")) == ["t3"]


def test_an_error_that_nobody_takes_ends_the_process_and_an_escalation_does_not() -> None:
    def stop(kind: str) -> b.Parallel:
        return b.Parallel((b.Sequence((b.Task("t1"), b.Stop("e1", b.Event(kind, "E1")))), b.Task("t2")))

    running = do(started(stop("error")), "t1")
    assert (running.ended, running.error) == (True, "E1")
    running = do(started(stop("escalation")), "t1")
    assert (running.ended, tasks(running)) == (False, ["t2"])


def test_an_interrupting_event_sub_process_takes_the_place_of_its_scope() -> None:
    handler = b.Handler("v1", b.Event("message", "M1"), True, b.Task("t2"))
    running = started(b.Activity("a1", "sub", b.Task("t1"), handlers=(handler,)), b.Task("t3"))
    assert tasks(come(running, "v1")) == ["t2"]
    assert tasks(do(running, "t2")) == ["t3"]


def test_a_signal_reaches_all_that_wait_and_an_interrupted_thrower_goes_no_further() -> None:
    thrower = b.Sequence((b.Task("t1"), b.Throw("h1", b.Event("signal", "S1")), b.Task("t2")))
    border = b.Boundary("b1", b.Event("signal", "S1"), True, b.Task("t3"), ends=True)
    waiting = b.Sequence((b.Wait("w1", b.Event("signal", "S1")), b.Task("t4")))
    running = started(b.Parallel((b.Activity("a1", "sub", thrower, boundaries=(border,)), waiting)))
    assert tasks(do(running, "t1")) == ["t3", "t4"]


def test_instances_run_side_by_side_or_one_by_one_until_enough_have_completed() -> None:
    def several(kind: str, enough: str | None = None) -> b.Activity:
        return b.Activity("a1", "user", repeat=b.Repeat(kind, enough, cardinality="3"))

    assert tasks(started(several("parallel"))) == ["a1", "a1", "a1"]
    running = started(several("sequential", "numberOfCompletedInstances >= 2"), b.Task("t1"))
    assert tasks(running) == ["a1"]
    assert tasks(do(do(running, "a1"), "a1")) == ["t1"]
    assert tasks(
        started(b.Activity("a1", "user", repeat=b.Repeat("parallel", cardinality="0")), b.Task("t1"))
    ) == ["t1"]


def test_items_of_a_list_are_seen_inside() -> None:
    body = b.Sequence((b.Script("s1", "item"), b.Script("s2", "loopCounter")))
    running = started(
        b.Activity("a1", "sub", body, repeat=b.Repeat("parallel", collection="l1")), l1=[7, 8], c_s1=0, c_s2=0
    )
    assert (running.document["c_s1"], running.document["c_s2"], running.ended) == (15, 3, True)


def test_what_was_done_is_undone_one_by_one_the_last_first() -> None:
    """10.6: an inner sub-process without a handler of its own is undone from inside."""
    inner = b.Activity("a2", "sub", b.Activity("a3", "script", undo=b.Task("u3")))
    first = b.Activity("a1", "script", undo=b.Task("u1"))
    running = started(first, inner, b.Throw("h1", b.Event("compensate")), b.Task("t1"), c_a1=0, c_a3=0)
    assert tasks(running) == ["u3"]
    assert tasks(do(running, "u3")) == ["u1"]
    assert tasks(do(running, "u1")) == ["t1"]


def test_a_transaction_that_gives_up_is_undone_and_left_at_its_border() -> None:
    body = b.Sequence((b.Activity("a2", "script", undo=b.Task("u1")), b.Parallel((b.Task("t1"), b.Sequence((
        b.Task("t2"), b.Stop("e1", b.Event("cancel"))))))))  # fmt: skip
    border = b.Boundary("b1", b.Event("cancel"), True, b.Task("t3"), ends=True)
    running = started(b.Activity("a1", "transaction", body, boundaries=(border,)), c_a2=0)
    assert tasks(do(running, "t2")) == ["u1"]
    assert tasks(do(running, "u1")) == ["t3"]


def test_terminate_ends_its_own_scope_only() -> None:
    body = b.Parallel((b.Task("t1"), b.Sequence((b.Task("t2"), b.Stop("e1", b.Event("terminate"))))))
    running = started(b.Parallel((b.Activity("a1", "sub", body), b.Task("t3"))))
    assert tasks(do(running, "t2")) == ["t3"]


def test_links_are_ways_on_paper() -> None:
    assert tasks(do(started(b.Task("t1"), b.Jump("k1"), b.Task("t2")), "t1")) == ["t2"]


def test_a_condition_comes_when_it_becomes_true_and_again_only_after_it_was_false() -> None:
    border = b.Boundary("b1", b.Event("condition", "q1"), False, b.Script("s1"), ends=True)
    host = b.Activity("a1", "user", boundaries=(border,))
    running = started(b.Parallel((host, b.Loop("q2", b.Task("t1")))), q1=True, q2=True, c_s1=0)
    assert running.document["c_s1"] == 1  # true when its wait began
    for now, times in ((True, 1), (False, 1), (True, 2)):
        running.document["q1"] = now
        assert do(running, "t1").document["c_s1"] == times


def test_an_activity_waits_for_as_many_tokens_as_it_needs() -> None:
    running = started(b.Task("t1", gives=2), b.Task("t2", needs=2), b.Task("t3"))
    assert tasks(do(running, "t1")) == ["t2"]
    assert tasks(do(running, "t2")) == ["t3"]
    assert tasks(do(started(b.Task("t1", gives=2), b.Task("t2")), "t1")) == ["t2", "t2"]


class Hasty(Interpreter):
    """Has a defect: inclusive joins do not wait."""

    def _ready_joins(self) -> list[tuple[Scope, Node]]:
        found = []
        for scope in self._scopes(self.root):
            targets = {self.model.flow_target(one) for one, count in scope.held.items() if count}
            found += [(scope, one) for one in targets if one.kind == "inclusiveGateway"]
        return found


class Forgetful(Interpreter):
    """Has a defect: what is interrupted leaves its instances of user tasks open."""

    def _border(self, busy, watch) -> None:  # type: ignore[no-untyped-def]
        kept = list(busy.runs)
        super()._border(busy, watch)
        for run in kept:
            if run.open and watch.node.interrupting:
                left = self.busy(busy.scope, busy.node)
                left.runs, run.busy = [run], left


def deviates(case: Case, defect: type[Interpreter]) -> bool:
    model = lay(case[0])
    done = walk(Mirror(model, Order(), defect), model, case[1])
    return bool(done.broken) or explain(model, done.moments, efforts=EFFORTS[:2]) is not None


@pytest.mark.parametrize(("defect", "kind"), [(Hasty, "inclusive"), (Forgetful, "timers and messages")])
def test_a_planted_defect_is_found_and_its_case_is_made_small(defect: type[Interpreter], kind: str) -> None:
    cases = (
        (Maker(Random(f"planted {seed}"), CLASSES[kind]).process(), plan(Random(seed), 25))
        for seed in range(200)
    )
    found = next(case for case in cases if deviates(case, defect))
    process, steps = shrink(found, lambda one: deviates(one, defect))
    assert deviates((process, steps), defect)
    assert len(lay(process).nodes) <= 9
    assert len(steps) <= 4


@pytest.mark.parametrize("kind", CLASSES)
def test_every_order_that_the_standard_allows_is_accepted(kind: str) -> None:
    for seed in range(6):
        model = lay(Maker(Random(f"orders {kind} {seed}"), CLASSES[kind]).process())
        done = walk(Mirror(model, AnyOrder(seed)), model, plan(Random(seed), 20))
        assert done.broken is None
        assert explain(model, done.moments) is None, draw(model)
