"""The way a dossier took through its diagram, told by the events of its history."""

from collections import Counter
from collections.abc import Iterable, Mapping

Event = tuple[str, str, str]  # (entered, completed or cancelled; BPMN id; task id)


class Path:
    """Elements passed and elements where something waits; moved on command by command."""

    def __init__(self) -> None:
        self._entered: Counter[str] = Counter()
        self._waiting: dict[str, str] = {}  # task id to BPMN id

    def follow(self, events: Iterable[Event]) -> None:
        """Go on by the events of one command."""
        for what, node, task in events:
            if what == "entered" or (what == "completed" and task not in self._waiting):
                self._entered[node] += 1
            if what == "entered":
                self._waiting[task] = node
            else:
                self._waiting.pop(task, None)

    def rename(self, mapping: Mapping[str, str]) -> None:
        """The dossier follows another version from here on: its way so far, as far as that one knows it."""
        entered: Counter[str] = Counter()
        for node, count in self._entered.items():
            entered[mapping.get(node, node)] += count
        self._entered = entered
        self._waiting = {task: mapping.get(node, node) for task, node in self._waiting.items()}

    @property
    def entered(self) -> Mapping[str, int]:
        """BPMN ids in the order they were first reached, with how often."""
        return dict(self._entered)

    @property
    def present(self) -> tuple[str, ...]:
        """BPMN ids of what waits now."""
        return tuple(sorted(set(self._waiting.values())))
