"""Automatic steps: handlers inside and outside of the transaction, and decision tables."""

from collections.abc import Mapping
from typing import Any

from engine.domain.feel import FeelEvaluationError, to_json
from engine.domain.procedure import NodeFacts
from engine.handler import BusinessError
from engine.workflow.elements.activities import Activity
from engine.workflow.elements.host import Host, host_of
from engine.workflow.elements.throwing import throw_error
from engine.workflow.elements.variables import assign, evaluate, scope_of


class ServiceTask(Activity):
    """Calls a handler. An outside one leaves the task started: a job does the work and comes back."""

    def _run_hook(self, my_task: Any) -> bool | None:
        host = host_of(my_task)
        facts = _facts(host, self)
        handler = facts.handler or ""
        inputs = {one.name: to_json(evaluate(my_task, one.expression)) for one in facts.inputs}
        if host.world.handler_place(handler) == "outside":
            host.job_inputs[my_task.id] = inputs
            return None
        try:
            answer = host.world.call_inside(handler, inputs, facts.id)
        except BusinessError as error:
            fail(my_task, error.code, str(error))
            return None
        take_outputs(my_task, answer)
        return True


def take_outputs(my_task: Any, answer: Mapping[str, object]) -> None:
    """Write the handler's answer to the names that the diagram gives it."""
    for output in _facts(host_of(my_task), my_task.task_spec).outputs:
        assign(my_task, output.name, answer.get(output.source))


def fail(my_task: Any, code: str, why: str) -> None:
    """A handler's "no": the diagram's boundary event takes it, or the process fails."""
    if not throw_error(my_task, code):
        vi, en = f"{why} (mã {code}, sơ đồ không bắt lỗi này)", f"{why} (code {code}, which nothing catches)"
        raise host_of(my_task).failure(my_task.task_spec, (vi, en))


class BusinessRuleTask(ServiceTask):
    """Evaluates a decision table and writes its result; a rule that names none is asked outside (13.3.3)."""

    def _run_hook(self, my_task: Any) -> bool | None:
        host = host_of(my_task)
        facts = _facts(host, self)
        if not facts.decision_table:
            return super()._run_hook(my_task)
        table = host.tables.get(facts.decision_table or "")
        if table is None:
            name = facts.decision_table
            raise host.failure(self, (f"không có bảng quyết định «{name}»", f"there is no decision “{name}”"))
        try:
            value = table.evaluate(scope_of(my_task))
        except FeelEvaluationError as error:
            raise host.failure(self, (error.message("vi"), error.message("en"))) from error
        assign(my_task, facts.decision_result or table.id, to_json(value))
        return True


def _facts(host: Host, spec: Any) -> NodeFacts:
    facts = host.facts(spec)
    if facts is None:
        raise host.failure(spec, ("bước này không có trong sơ đồ", "this step is not in the diagram"))
    return facts
