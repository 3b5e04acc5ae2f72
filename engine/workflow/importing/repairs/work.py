"""Automatic steps that this installation cannot do: a person does them, until somebody says how."""

import re
from collections.abc import Iterator

from lxml import etree

from engine.domain.feel import FeelSyntaxError, compile_script
from engine.workflow.importing.dialects import script_to_feel, to_feel
from engine.workflow.importing.drawing import Drawing, label_of, plain_reference
from engine.workflow.importing.order import extensions, put
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.importing.repairs.shape import KEPT
from engine.workflow.importing.repairs.vendors import said, zeebe
from engine.workflow.reading.names import MOTCUA, bpmn, local, our_word
from engine.workflow.reading.words import text_of

_HANDLER = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
_NCNAME = re.compile(r"[^\W\d][\w.\-]*\Z")
_GLOBAL = ("globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask")


def _services(drawing: Drawing) -> Iterator[Case]:
    for task in drawing.nodes("serviceTask"):
        word = our_word(task, "handler")
        if word is not None and word.get("name"):
            continue
        job = zeebe(task, "taskDefinition")
        topic = said(task, "topic") or ((job.get("type") or "").strip() if job is not None else "")
        default = topic if topic in drawing.handlers else "keep"
        known = {name: "this handler" for name in sorted(drawing.handlers)}
        before = topic or text_of(task.find(bpmn("script"))) or ""
        yield Case(element=task, default=default, before=before, options=known)


def _connect(drawing: Drawing, case: Case, answer: str) -> None:
    if answer == "keep":
        return
    if answer == "person":
        by_person(drawing, case.element)
        return
    word = our_word(case.element, "handler")
    if word is None:
        word = etree.SubElement(extensions(case.element), f"{{{MOTCUA}}}handler")
    word.set("name", answer)


def by_person(_: Drawing, task: etree._Element) -> None:
    """A step becomes a task of a person; what it was stays in the file."""
    task.set(f"{{{KEPT}}}kind", local(task))
    if task.get("scriptFormat"):
        task.set(f"{{{KEPT}}}scriptFormat", str(task.attrib.pop("scriptFormat")))
    for attribute in ("operationRef",):
        if task.get(attribute):
            task.set(f"{{{KEPT}}}{attribute}", str(task.attrib.pop(attribute)))
    for script in list(task.iterchildren(bpmn("script"))):
        script.tag = f"{{{KEPT}}}script"
        extensions(task).append(script)
    task.tag = bpmn("userTask")


def _rules(drawing: Drawing) -> Iterator[Case]:
    for task in drawing.nodes("businessRuleTask"):
        word = our_word(task, "table")
        if word is None or not word.get("decision"):
            known = {name: "this decision" for name in sorted(drawing.tables)}
            before = text_of(task.find(bpmn("script"))) or ""
            yield Case(element=task, default="keep", before=before, options=known)


def _apply(drawing: Drawing, case: Case, answer: str) -> None:
    if answer == "keep":
        return
    if answer == "person":
        by_person(drawing, case.element)
    else:
        etree.SubElement(extensions(case.element), f"{{{MOTCUA}}}table", decision=answer)


def _is_script(text: str) -> bool:
    try:
        compile_script(text)
    except FeelSyntaxError:
        return False
    return bool(text.strip())


def _translated(task: etree._Element) -> str | None:
    """The FEEL lines of a script; of one expression with a result variable, the assignment to it."""
    script = task.find(bpmn("script"))
    source = (text_of(script) or "") if script is not None and not len(script) else ""
    result = said(task, "resultVariable")
    if result and _HANDLER.match(result):
        value = to_feel(source)
        return f"{result} = {value}" if value else None
    return script_to_feel(source)


def _runs(task: etree._Element) -> bool:
    language = (task.get("scriptFormat") or "feel").lower()
    source = text_of(task.find(bpmn("script"))) or ""
    return language in ("feel", "application/feel") and _is_script(source)


def _scripts(drawing: Drawing) -> Iterator[Case]:
    for task in drawing.nodes("scriptTask"):
        found = None if _runs(task) else _translated(task)
        if found is not None and _is_script(found):
            before = f"{task.get('scriptFormat') or ''}: {text_of(task.find(bpmn('script')))}"
            yield Case(element=task, default=found, before=before)


def _rewrite(_: Drawing, case: Case, answer: str) -> None:
    script = case.element.find(bpmn("script"))
    if script is None:
        script = etree.Element(bpmn("script"))
        put(case.element, script)
    script.text = answer
    case.element.set("scriptFormat", "feel")


def _foreign_scripts(drawing: Drawing) -> Iterator[Case]:
    for task in drawing.nodes("scriptTask"):
        if not _runs(task):
            yield Case(element=task, default="person", before=text_of(task.find(bpmn("script"))) or "")


def _calculate(drawing: Drawing, case: Case, answer: str) -> None:
    if answer == "person":
        by_person(drawing, case.element)
    else:
        if case.before:
            drawing.say(case.element, case.before)
        _rewrite(drawing, case, answer)


def _calls(drawing: Drawing) -> Iterator[Case]:
    roots = (bpmn("process"), *(bpmn(tag) for tag in _GLOBAL))
    known = {one.get("id") for one in drawing.root.iterchildren(*roots)} | drawing.callable
    for call in drawing.nodes("callActivity"):
        target = plain_reference(call.get("calledElement"))
        if target not in known:
            yield Case(element=call, default="person", before=call.get("calledElement") or "")


def _stand_in(drawing: Drawing, case: Case, answer: str) -> None:
    """A process of one task of a person, under the name that is called, until its own file is there."""
    call = case.element
    if answer != "person":
        call.set("calledElement", answer)
        return
    target = plain_reference(case.before)
    if not _NCNAME.match(target) or drawing.find(target) is not None:
        if case.before:
            call.set(f"{{{KEPT}}}calledElement", case.before)
        target = drawing.fresh(f"{call.get('id')}_process")
        call.set("calledElement", target)
    attributes = {"id": target, "name": label_of(call), "isExecutable": "false"}
    process = etree.Element(bpmn("process"), attrib=attributes)
    put(drawing.root, process)
    drawing.added.add(target)
    start = drawing.add_node(process, "startEvent", f"{target}_start")
    task = drawing.add_node(process, "userTask", f"{target}_task", label_of(call))
    end = drawing.add_node(process, "endEvent", f"{target}_end")
    drawing.add_flow(start, task)
    drawing.add_flow(task, end)


_PERSON = {"person": "a person does it"}

REPAIRS = (
    Repair(
        rule="service", find=_services, mend=_connect, keeps="keep",
        options={**_PERSON, "keep": "it stays a service task; its handler is named later"},
        takes=lambda answer: _HANDLER.match(answer) is not None,
        vi="bước tự động chưa nói bộ xử lý nào làm. Bộ xử lý nào, hay một người làm?",
        en="the service task names no handler. Which handler does it, or does a person?",
    ),
    Repair(
        rule="business-rule", find=_rules, mend=_apply, keeps="keep",
        options={**_PERSON, "keep": "it stays a business rule task; its decision is named later"},
        takes=lambda answer: _NCNAME.match(answer) is not None,
        vi="bước theo quy tắc chưa có bảng quyết định. Bảng nào, hay một người quyết định?",
        en="the business rule task names no decision. Which one, or does a person decide?",
    ),
    Repair(
        rule="script", find=_scripts, mend=_rewrite, asks=False,
        vi="đoạn lệnh được viết lại bằng FEEL", en="the script, written in FEEL",
    ),
    Repair(
        rule="script-unknown", find=_foreign_scripts, mend=_calculate, options=_PERSON, takes=_is_script,
        vi="đoạn lệnh không phải FEEL. Viết bằng FEEL thế nào, hay một người làm?",
        en="the script is not FEEL. How is it written in FEEL, or does a person do it?",
    ),
    Repair(
        rule="call", find=_calls, mend=_stand_in, options=_PERSON,
        takes=lambda answer: _NCNAME.match(answer) is not None,
        vi="không có quy trình được gọi trong bộ tệp. Gọi quy trình nào, hay tạm để một người làm?",
        en="the called process is not among the files. Which one is it, or does a person do it for now?",
    ),
)  # fmt: skip
