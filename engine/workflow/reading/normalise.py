"""Small repairs before reading, so that legal BPMN is never silently misread.

Sequence flows without an id are given one; a global task becomes the process that it stands for.
"""

from lxml import etree

from engine.workflow.reading.names import bpmn, local

_GLOBAL = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}


def normalise(root: etree._Element) -> None:
    """Repair a document in place."""
    _name_flows(root)
    for element in list(root.iterchildren(*(bpmn(tag) for tag in _GLOBAL))):
        _unfold(element)


def _name_flows(root: etree._Element) -> None:
    taken = {element.get("id") for element in root.iter() if element.get("id")}
    for number, flow in enumerate(root.iter(bpmn("sequenceFlow")), 1):
        if not flow.get("id"):
            name = f"flow_{number}"
            while name in taken:
                name += "_"
            taken.add(name)
            flow.set("id", name)


def _unfold(element: etree._Element) -> None:
    """A global task as a process with that one task (BPMN 2.0.2, 10.3.6)."""
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    language = attributes.pop("scriptLanguage", None)
    task = etree.Element(bpmn(_GLOBAL[local(element)]), attrib=attributes)
    identity = str(element.get("id"))
    task.set("id", f"{identity}_task")
    if language:
        task.set("scriptFormat", language)
    specification = element.find(bpmn("ioSpecification"))
    task.extend(child for child in list(element) if child is not specification)
    process = etree.Element(bpmn("process"), attrib={"id": identity, "isExecutable": "false"})
    if element.get("name"):
        process.set("name", str(element.get("name")))
    if specification is not None:
        process.append(specification)
    process.append(task)
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, process)
