"""Words of Camunda 7 and 8, Flowable, Activiti that mean what BPMN or a word of ours means.

They stay where they are; what they say is said beside them, so that it is executed.
"""

import re
from collections.abc import Iterator

from lxml import etree

from engine.workflow.checking.people import ROLES
from engine.workflow.importing.dialects import to_feel
from engine.workflow.importing.drawing import Drawing
from engine.workflow.importing.order import extensions, put
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.reading.names import MOTCUA, bpmn, our_word

ZEEBE = "http://camunda.org/schema/zeebe/1.0"
ENGINES = (
    "http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn", "http://flowable.org/bpmn",
    "http://operaton.org/schema/1.0/bpmn",
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_PEOPLE = ("userTask", "manualTask", "task")


def said(element: etree._Element, name: str) -> str:
    """An attribute of that name of any of the engines that descend from Activiti."""
    return next((value for uri in ENGINES if (value := (element.get(f"{{{uri}}}{name}") or "").strip())), "")


def zeebe(element: etree._Element, tag: str) -> etree._Element | None:
    """A word of Camunda 8 in the extensionElements of an element."""
    holder = element.find(bpmn("extensionElements"))
    return holder.find(f"{{{ZEEBE}}}{tag}") if holder is not None else None


def _variable(text: str | None) -> str:
    """The name of the one variable that an expression reads; "" when it is no such expression."""
    found = (text or "").strip()
    found = found[1:].strip() if found.startswith("=") else (to_feel(found) or "")
    return found if _NAME.match(found) else ""


def _collections(drawing: Drawing) -> Iterator[Case]:
    for node in drawing.nodes():
        many = node.find(bpmn("multiInstanceLoopCharacteristics"))
        if many is None or many.find(bpmn("loopDataInputRef")) is not None:
            continue
        word = zeebe(many, "loopCharacteristics")
        if word is not None:
            names = (_variable(word.get("inputCollection")), (word.get("inputElement") or "").strip())
        else:
            names = (_variable(said(many, "collection")), said(many, "elementVariable"))
        if names[0]:
            yield Case(element=node, default=f"loopDataInputRef {names[0]}", more=(many, *names))


def _iterate(drawing: Drawing, case: Case, _: str) -> None:
    many, items, item = case.more
    reference = etree.Element(bpmn("loopDataInputRef"))
    reference.text = items
    put(many, reference)
    if item and _NAME.match(item):
        put(many, etree.Element(bpmn("inputDataItem"), attrib={"id": drawing.fresh(item), "name": item}))


def _called(drawing: Drawing) -> Iterator[Case]:
    for call in drawing.nodes("callActivity"):
        word = zeebe(call, "calledElement")
        target = (word.get("processId") or "").strip() if word is not None else ""
        if target and not target.startswith("=") and not call.get("calledElement"):
            yield Case(element=call, default=target)


def _call(_: Drawing, case: Case, answer: str) -> None:
    case.element.set("calledElement", answer)


def _scripts(drawing: Drawing) -> Iterator[Case]:
    for task in drawing.nodes("scriptTask"):
        word = zeebe(task, "script")
        result = (word.get("resultVariable") or "").strip() if word is not None else ""
        if word is not None and _NAME.match(result) and task.find(bpmn("script")) is None:
            expression = (word.get("expression") or "").removeprefix("=").strip()
            yield Case(element=task, default=f"{result} = {expression}")


def _script(_: Drawing, case: Case, answer: str) -> None:
    script = etree.Element(bpmn("script"))
    script.text = answer
    put(case.element, script)
    case.element.set("scriptFormat", "feel")


def _groups(drawing: Drawing) -> Iterator[Case]:
    for task in drawing.nodes(*_PEOPLE):
        word, ours = zeebe(task, "assignmentDefinition"), our_word(task, "task")
        group = said(task, "candidateGroups") or (
            word.get("candidateGroups") or "" if word is not None else ""
        )
        if group.strip() in ROLES and (ours is None or not ours.get("role")):
            yield Case(
                element=task, default=f'motcua:task role="{group.strip()}"', more=("role", group.strip())
            )


def _forms(drawing: Drawing) -> Iterator[Case]:
    for task in drawing.nodes("userTask"):
        word, ours = zeebe(task, "formDefinition"), our_word(task, "task")
        key = said(task, "formKey") or said(task, "formRef")
        if not key and word is not None:
            key = word.get("formKey") or word.get("formId") or ""
        name = key.rsplit(":", 1)[-1].rsplit("/", 1)[-1].split(".")[0]
        if name in drawing.forms and (ours is None or not ours.get("form")):
            yield Case(element=task, default=f'motcua:task form="{name}"', before=key, more=("form", name))


def _say_of_task(_: Drawing, case: Case, __: str) -> None:
    word = our_word(case.element, "task")
    if word is None:
        word = etree.SubElement(extensions(case.element), f"{{{MOTCUA}}}task")
    word.set(*case.more)


def _tables(drawing: Drawing) -> Iterator[Case]:
    for task in drawing.nodes("businessRuleTask"):
        word = zeebe(task, "calledDecision")
        table = said(task, "decisionRef") or (word.get("decisionId") or "" if word is not None else "")
        result = said(task, "resultVariable") or (
            word.get("resultVariable") or "" if word is not None else ""
        )
        if table in drawing.tables and our_word(task, "table") is None:
            yield Case(element=task, default=f'motcua:table decision="{table}"', more=(table, result))


def _decide(_: Drawing, case: Case, __: str) -> None:
    table, result = case.more
    word = etree.SubElement(extensions(case.element), f"{{{MOTCUA}}}table", decision=table)
    if result:
        word.set("result", result)


def _lanes(drawing: Drawing) -> Iterator[Case]:
    for process in drawing.executed():
        for lane in process.iter(bpmn("lane")):
            if our_word(lane, "role") is None and lane.find(bpmn("flowNodeRef")) is not None:
                yield Case(element=lane, default="keep")


def _staff(_: Drawing, case: Case, answer: str) -> None:
    if answer != "keep":
        etree.SubElement(extensions(case.element), f"{{{MOTCUA}}}role", name=answer)


REPAIRS = (
    Repair(
        rule="collection", find=_collections, mend=_iterate, asks=False,
        vi="danh sách của công cụ khác được ghi bằng từ BPMN",
        en="the list of another tool, said in words of BPMN",
    ),
    Repair(
        rule="called-process", find=_called, mend=_call, asks=False,
        vi="quy trình được gọi, ghi bằng từ BPMN", en="the process that is called, said in words of BPMN",
    ),
    Repair(
        rule="zeebe-script", find=_scripts, mend=_script, asks=False,
        vi="đoạn tính toán của Camunda 8, ghi bằng từ BPMN",
        en="a script of Camunda 8, said in words of BPMN",
    ),
    Repair(
        rule="candidate-group", find=_groups, mend=_say_of_task, asks=False,
        vi="nhóm người làm được ghi bằng vai trò của Motcua", en="the group of people, as a role of Motcua",
    ),
    Repair(
        rule="form", find=_forms, mend=_say_of_task, asks=False,
        vi="biểu mẫu có trong bộ tệp, được nối vào bước",
        en="the form is among the files and joined to the task",
    ),
    Repair(
        rule="table", find=_tables, mend=_decide, asks=False,
        vi="bảng quyết định có trong bộ tệp, được nối vào bước",
        en="the decision table is among the files and joined to the task",
    ),
    Repair(
        rule="role-of-lane", find=_lanes, mend=_staff, takes=lambda answer: answer in ROLES, silent="keep",
        options={"keep": "the lane is a drawing"},
        vi="làn này là vai trò nào của Motcua?", en="which role of Motcua is this lane?",
    ),
)  # fmt: skip
