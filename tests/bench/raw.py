"""Raw SpiffWorkflow: W1 by the library as it comes, in memory, nothing stored. The floor under any engine."""

from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tests.bench.workload import STEPS, W1

# The library reads Python where our diagrams are FEEL and legal time.
_AS_PYTHON = {
    "sheets = 0": "sheets == 0",
    "fit = false": "fit == False",
    ">working days(5)<": '>"P5D"<',
}


class RawSpiff:
    """Starts instances and runs their user tasks."""

    def __init__(self) -> None:
        text = W1.read_text(encoding="utf-8")
        for feel, python in _AS_PYTHON.items():
            assert feel in text, feel
            text = text.replace(feel, python)
        parser = BpmnParser()
        parser.add_bpmn_str(text.encode())
        self._spec = parser.get_spec("w1")

    def start(self) -> Any:
        workflow = BpmnWorkflow(self._spec)
        workflow.do_engine_steps()
        return workflow

    def complete(self, dossier: Any, step: int) -> None:
        """Run the open user task with its answers, and everything behind it."""
        task = next(iter(dossier.get_tasks(state=TaskState.READY, manual=True)))
        task.data.update(STEPS[step][1])
        task.run()
        dossier.do_engine_steps()
        dossier.refresh_waiting_tasks()
