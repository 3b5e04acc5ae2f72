"""What the diagram island draws, and the same as a list of steps for those who cannot see or point."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from api.i18n import _
from api.pages.shell import word
from engine.domain.path import Path
from engine.domain.procedure import NodeFacts
from engine.procedures import Definition
from engine.views import DossierView, Replay, ReplayFrame

KINDS: Mapping[str, str] = {
    "userTask": "Việc của cán bộ",
    "manualTask": "Việc làm tay",
    "serviceTask": "Tự động",
    "scriptTask": "Tự động",
    "businessRuleTask": "Bảng quyết định",
    "callActivity": "Quy trình con",
    "intermediateCatchEvent": "Chờ",
    "intermediateThrowEvent": "Mốc",
    "boundaryEvent": "Chờ",
    "startEvent": "Bắt đầu",
    "endEvent": "Kết thúc",
}
PEOPLE = ("userTask", "manualTask")


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the list beside a diagram."""

    node: str  # BPMN id
    name: str
    role: str
    kind: str
    count: int  # how often it was reached
    state: str  # done, now, late or nothing


@dataclass(frozen=True, slots=True)
class DiagramView:
    """``data`` is JSON for the island, ``steps`` the twin list."""

    data: Mapping[str, Any]
    steps: tuple[Step, ...]


class Drawn(Protocol):
    """Diagrams with what is said about their elements: of a deployed version, or of files being checked."""

    @property
    def main_process(self) -> str: ...
    @property
    def nodes(self) -> Mapping[str, NodeFacts]: ...
    @property
    def diagrams(self) -> Mapping[str, str]: ...
    @property
    def diagram_names(self) -> Mapping[str, str]: ...


def of_definition(definition: Drawn) -> DiagramView:
    """The procedure as drawn, without any dossier."""
    return DiagramView(_drawn(definition), _steps(definition, {}, (), ()))


def of_dossier(view: DossierView, definition: Definition) -> DiagramView:
    """Where the dossier has been and where it stands; late when its appointment has passed."""
    path = Path()
    for entry in view.history:
        path.follow(entry.events)
        path.rename(entry.details.get("mapping") or {})
    late = view.line.light.state == "overdue"
    marks = _marks(definition, path.entered, path.present, late=late)
    return _marked(definition, marks)


def of_replay(replay: Replay, definition: Definition, step: int) -> DiagramView:
    """All frames for the island; the list as it stood after command ``step``, counted from 1.

    A history that somebody has emptied has no frames: then the bare diagram.
    """
    if not replay.frames:
        return of_definition(definition)
    frames = [_frame(definition, frame) for frame in replay.frames]
    view = _marked(definition, frames[step - 1])
    return DiagramView({**view.data, "frames": frames}, view.steps)


def _frame(definition: Definition, frame: ReplayFrame) -> dict[str, Any]:
    entry = frame.entry
    late = entry.due_at is not None and entry.recorded_at > entry.due_at
    return _marks(definition, dict(frame.path), frame.present, late=late)


def _marked(definition: Definition, marks: Mapping[str, Any]) -> DiagramView:
    steps = _steps(definition, marks["path"], marks["now"], marks["late"])
    return DiagramView({**_drawn(definition), **marks}, steps)


def _drawn(definition: Drawn) -> dict[str, Any]:
    """The diagrams, the procedure's own first, and which of them shows an element."""
    others = [one for one in definition.diagrams if one != definition.main_process]
    return {
        "diagrams": [
            {"id": one, "name": definition.diagram_names[one], "xml": definition.diagrams[one]}
            for one in (definition.main_process, *others)
        ],
        "main": definition.main_process,
        "processOf": {node.id: node.process for node in definition.nodes.values()},
    }


def _marks(
    definition: Definition, path: Mapping[str, int], present: Iterable[str], *, late: bool
) -> dict[str, Any]:
    known = definition.nodes  # of a version before this one, elements that are gone are not drawn
    now = sorted((node for node in present if node in known), key=lambda node: _weight(definition, node))
    steps = [node for node in now if definition.nodes[node].kind in PEOPLE]
    return {
        "path": {node: count for node, count in path.items() if node in known},
        "now": now,
        "late": steps if late else [],
    }


def _weight(definition: Definition, node: str) -> tuple[bool, bool, str]:
    """The island opens the diagram of the first: a person's work before waiting, inner before outer."""
    facts = definition.nodes[node]
    return facts.kind not in PEOPLE, facts.process == definition.main_process, node


def _steps(
    definition: Drawn, path: Mapping[str, int], now: Iterable[str], late: Iterable[str]
) -> tuple[Step, ...]:
    present, delayed = set(now), set(late)

    def state(node: str) -> str:
        if node in delayed:
            return "late"
        return "now" if node in present else "done" if path.get(node) else ""

    return tuple(
        Step(
            node.id,
            node.name,
            word("role", node.role) if node.kind in (*PEOPLE, "callActivity") else _("Hệ thống"),
            _(KINDS[node.kind]),
            path.get(node.id, 0),
            state(node.id),
        )
        for node in in_order(definition)
        if node.kind in KINDS
    )


def in_order(definition: Drawn) -> list[NodeFacts]:
    """Elements as they are drawn; those of a called process stand behind its first call."""
    inner: dict[str, list[NodeFacts]] = {}
    for node in definition.nodes.values():
        inner.setdefault(node.process, []).append(node)
    ordered: list[NodeFacts] = []
    waiting = list(reversed(inner.pop(definition.main_process, [])))
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        if node.calls:
            waiting.extend(reversed(inner.pop(node.calls, [])))
    return ordered
