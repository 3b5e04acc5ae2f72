"""Which process of the file is ours, and that it can be executed."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing.drawing import Drawing, nodes_of, plain_reference
from engine.workflow.importing.repair import REFUSE, Case, Repair
from engine.workflow.importing.report import Outcome
from engine.workflow.reading.names import BPMN, bpmn


def _candidates(drawing: Drawing) -> list[etree._Element]:
    """Processes that nobody calls, those with the most in them first; they have something in them."""
    called = {plain_reference(one.get("calledElement")) for one in drawing.root.iter(bpmn("callActivity"))}
    found = [one for one in drawing.processes() if nodes_of(one)]
    found = [one for one in found if one.get("id") not in called] or found
    return sorted(found, key=lambda one: -len(list(one.iter(f"{{{BPMN}}}*"))))


def _nothing(drawing: Drawing) -> Iterator[Case]:
    if not _candidates(drawing):
        yield Case(element=drawing.root, default=REFUSE)


def _undecided(drawing: Drawing) -> Iterator[Case]:
    """Several processes that could be ours; those that are marked as executable come first."""
    found = _candidates(drawing)
    marked = [one for one in found if one.get("isExecutable") == "true"]
    if len(marked) != 1 and len(found) > 1:
        names = {str(one.get("id")): _name(drawing, one) for one in found}
        yield Case(element=drawing.root, default=str((marked or found)[0].get("id")), options=names)


def _name(drawing: Drawing, process: etree._Element) -> str:
    """What the pool of a process is called, else the process itself."""
    pools = [
        pool.get("name")
        for pool in drawing.root.iter(bpmn("participant"))
        if plain_reference(pool.get("processRef")) == process.get("id")
    ]
    return str(next((name for name in pools if name), process.get("name") or process.get("id")))


def _choose(drawing: Drawing, _: Case, answer: str) -> None:
    for process in drawing.processes():
        process.set("isExecutable", "true" if process.get("id") == answer else "false")


def _not_declared(drawing: Drawing) -> Iterator[Case]:
    found = _candidates(drawing)
    if found and all(one.get("isExecutable") != "true" for one in found):
        yield Case(element=found[0], default="true", before=f"isExecutable={found[0].get('isExecutable')}")


def _declare(drawing: Drawing, case: Case, _: str) -> None:
    _choose(drawing, case, str(case.element.get("id")))


def _partners(drawing: Drawing) -> Iterator[Case]:
    executed = drawing.executed()
    for process in drawing.processes():
        if executed and process not in executed and nodes_of(process):
            yield Case(element=process, default="drawing")


def _silence(_: Drawing, case: Case, __: str) -> None:
    if case.element.get("isExecutable") == "true":
        case.element.set("isExecutable", "false")


REPAIRS = (
    Repair(
        rule="nothing-to-do", find=_nothing, mend=lambda *_: None,
        vi="tệp không có quy trình nào có bước để thực hiện. Vẽ ít nhất một bước",
        en="no process in the file has anything to execute. Draw at least one step",
    ),
    Repair(
        rule="our-process", find=_undecided, mend=_choose,
        vi="tệp có nhiều quy trình. Quy trình nào là của mình?",
        en="the file has several processes. Which one is ours?",
    ),
    Repair(
        rule="executable", find=_not_declared, mend=_declare, asks=False,
        vi="quy trình chưa được đánh dấu thực hiện được (isExecutable)",
        en="the process was not declared executable (isExecutable)",
    ),
    Repair(
        rule="partner", find=_partners, mend=_silence, asks=False, outcome=Outcome.KEPT,
        vi="quy trình của bên khác: giữ trên hình vẽ, không thực hiện",
        en="a process of another party: kept as a drawing, not executed",
    ),
)  # fmt: skip
