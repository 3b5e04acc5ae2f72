"""Unit tests as SpiffArena keeps them beside its diagrams: ``test_<name>.json`` for ``<name>.bpmn``.

Each case gives data for elements, once for every visit, and the data that must be there at the end. They are
played in the sandbox; engine.scenario.dialect makes the diagram playable.
"""

import json
from collections.abc import Mapping
from time import perf_counter
from typing import Any

from engine.errors import MotcuaError
from engine.procedures import BundleSource
from engine.sandbox import Case, Sandbox
from engine.scenario.coverage import drawn, reached
from engine.scenario.dialect import MORNING, Open, playable, scripts
from engine.scenario.errors import BadScenario
from engine.scenario.result import Difference, FileResult, Part, Reached, Result

_MOST = 2_000  # deeds of one case
_OURS = frozenset({"applicant", "decision", "reason"})  # what the house itself writes into the document


def play_arena(text: str, file: str, source: BundleSource, opened: Open) -> FileResult:
    """What came of the cases of a file; raises BadScenario for one that is not in that format."""
    cases = _read(text, file)
    sources: dict[frozenset[str], BundleSource] = {}  # by what is answered: mostly the same in all cases
    results: list[Result] = []
    parts: tuple[Part, ...] = ()
    for name, case in cases.items():
        answered = frozenset(element.rsplit(":", 1)[-1] for element in case.get("tasks", {}))
        if answered not in sources:
            sources[answered] = playable(source, answered, opened)
        sandbox = opened(MORNING)
        try:
            process = sandbox.load(sources[answered])[0]
            results.append(
                _Play(sandbox, process, case, file, _line(text, name)).whole(name, scripts(source))
            )
            parts = parts or drawn(sandbox.definition(process))
        finally:
            sandbox.close()
    return FileResult(file=file, procedure=source.main, results=tuple(results), drawn=parts)


def _read(text: str, file: str) -> Mapping[str, Any]:
    try:
        cases = json.loads(text)
    except ValueError as error:
        why = f"không đọc được JSON ({error})", f"this is no JSON ({error})"
        raise BadScenario(file=file, line=getattr(error, "lineno", 1), field="JSON", why=why) from error
    good = isinstance(cases, dict) and all(isinstance(one, dict) for one in cases.values())
    if not good or any("expected_output_json" not in one for one in cases.values()):
        why = (
            "mỗi ca cần «expected_output_json», có thể có «tasks»",
            "each case needs “expected_output_json” and may have “tasks”",
        )
        raise BadScenario(file=file, line=1, field="JSON", why=why)
    found: Mapping[str, Any] = cases
    return found


def _line(text: str, name: str) -> int:
    """Where a case begins."""
    before, found, _ = text.partition(json.dumps(name, ensure_ascii=False))
    return before.count("\n") + 1 if found else 1


class _Play:
    """One case, driven until nothing is left to do."""

    def __init__(self, sandbox: Sandbox, process: str, case: Mapping[str, Any], file: str, line: int) -> None:
        self._sandbox, self._process, self._name = sandbox, process, ""
        self._file, self._line, self._scripts = file, line, set[str]()
        self._given: dict[str, list[Any]] = {
            element: list(one.get("data", [])) for element, one in case.get("tasks", {}).items()
        }
        wanted = dict(case["expected_output_json"])
        self._wanted = {**wanted.pop("data_objects", {}), **wanted}  # with us they are data as all others

    def whole(self, name: str, scripts: set[str]) -> Result:
        """Play it under its name; ``scripts`` are the elements that were scripts in the diagram."""
        self._name, self._scripts = name, scripts
        begun = perf_counter()
        try:
            self._sandbox.start(self._process)
            differences = self._driven()
        except MotcuaError as refusal:
            differences = [self._difference("step", "chạy được", refusal.message("vi"))]
        return Result(
            name=self._name,
            line=self._line,
            differences=tuple(differences),
            reached=self._reached(),
            seconds=perf_counter() - begun,
        )

    def _driven(self) -> list[Difference]:
        for _ in range(_MOST):
            case = self._sandbox.case(1)
            if case.ended:
                return self._compared(case)
            missing = self._one_more(case)
            if missing is not None:
                return [missing]
        return [self._difference("step", "kết thúc", f"quá {_MOST} việc")]

    def _one_more(self, case: Case) -> Difference | None:
        """Do what is open: work, then services, then the next timer; what cannot be done is told."""
        if case.tasks:
            return self._worked(case, case.tasks[0])
        if case.jobs:
            self._sandbox.answer(case, case.jobs[0]["id"], self._data(case.jobs[0]["node"]) or {})
        elif (due := self._sandbox.next_timer()) is not None:
            self._sandbox.fire(due[0], due[1])
        else:
            return self._difference("step", "kết thúc", f"dừng ở {', '.join(case.stuck) or 'nơi đang chờ'}")
        return None

    def _worked(self, case: Case, task: Mapping[str, Any]) -> Difference | None:
        node, data = task["node"], self._data(task["node"])
        if data is None and node in self._scripts:
            found = f"đoạn lệnh của «{node}» không phải FEEL"
            return self._difference("step", f"có dữ liệu cho «{node}», hoặc đoạn lệnh viết bằng FEEL", found)
        if data is None and self._sandbox.definition(self._process).nodes[node].kind == "userTask":
            return self._difference("step", f"có dữ liệu cho «{node}»", "hết dữ liệu trong tệp")
        self._sandbox.complete(case, task["id"], data or {})
        return None

    def _data(self, node: str) -> Any:
        """The next data for an element, named alone or behind its process."""
        process = self._sandbox.definition(self._process).process_of(node)
        for name in (node, f"{process}:{node}"):
            if name in self._given:
                return self._given[name].pop(0) if self._given[name] else None
        return None

    def _compared(self, case: Case) -> list[Difference]:
        if case.error is not None:
            return [self._difference("step", "kết thúc bình thường", f"lỗi «{case.error}»")]
        nodes = self._sandbox.definition(self._process).nodes
        house = {f"{node}_decision" for node in nodes} | _OURS - set(self._wanted)
        found = {name: value for name, value in case.data.items() if name not in house}
        if found == self._wanted:
            return []
        return [
            Difference(
                file=self._file, line=self._line, step=self._name, what="output",
                expected=_lines(self._wanted), found=_lines(found),
            )
        ]  # fmt: skip

    def _difference(self, what: str, expected: str, found: str) -> Difference:
        return Difference(
            file=self._file, line=self._line, step=self._name, what=what, expected=(expected,), found=(found,)
        )

    def _reached(self) -> Reached:
        definition = self._sandbox.definition(self._process)
        paths = [case.path for case in self._sandbox.cases()]
        return reached(definition, [[("completed", node, "") for node in path] for path in paths])


def _lines(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in sorted(data.items()))
