"""What came of scenarios: differences with what was expected beside what was found, and what was reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.scenario.words import EXPECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not as the scenario says."""

    file: str
    line: int
    step: str  # what was being done, in Vietnamese
    what: str  # of EXPECT, or step, refused, incident, chain
    expected: tuple[str, ...]
    found: tuple[str, ...]
    hint: str = ""

    @property
    def title(self) -> str:
        return EXPECT.get(self.what, _OTHER.get(self.what, self.what))

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file, "line": self.line, "step": self.step, "what": self.what,
            "expected": list(self.expected), "found": list(self.found), "hint": self.hint,
        }  # fmt: skip


_OTHER = {
    "step": "bước", "refused": "bị từ chối", "incident": "sự cố", "chain": "nhật ký", "file": "tệp",
    "output": "dữ liệu cuối", "event": "sự kiện", "service": "dịch vụ",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Elements and flows that were passed."""

    nodes: frozenset[str] = frozenset()
    flows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one scenario."""

    name: str
    line: int
    differences: tuple[Difference, ...] = ()
    reached: Reached = field(default_factory=Reached)
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        return not self.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was reached of one process."""

    process: str
    name: str
    nodes: int
    flows: int
    missing_nodes: tuple[str, ...]
    missing_flows: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)  # of elements and flows, for people

    def label(self, identity: str) -> str:
        """How people call an element, with its id; a flow by the elements at its ends."""
        label = self.labels.get(identity, "")
        return f"{label} ({identity})" if label else identity

    @property
    def percent(self) -> float:
        """Of elements; of a process without any, all."""
        return 100.0 if not self.nodes else 100.0 * (self.nodes - len(self.missing_nodes)) / self.nodes

    @property
    def flow_percent(self) -> float:
        return 100.0 if not self.flows else 100.0 * (self.flows - len(self.missing_flows)) / self.flows

    def to_json(self) -> dict[str, Any]:
        return {
            "process": self.process, "name": self.name, "nodes": self.nodes, "flows": self.flows,
            "percent": round(self.percent, 1), "flow_percent": round(self.flow_percent, 1),
            "missing_nodes": list(self.missing_nodes), "missing_flows": list(self.missing_flows),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What came of one file."""

    file: str
    procedure: str
    results: tuple[Result, ...] = ()
    drawn: tuple[Part, ...] = ()  # what there is to reach, the procedure's own diagram first
    fault: str = ""  # why the file could not be run at all, in Vietnamese
    fault_en: str = ""
    coverage: int | None = None  # percent that the file asks for

    @property
    def passed(self) -> bool:
        return not self.fault and all(one.passed for one in self.results)
