"""Small repairs before parsing, so that legal BPMN is never silently misread.

The library drops sequence flows without an id, and takes elements whose id is one of its own names for
those. Flows are given ids; reserved ids get a prefix wherever they are spoken of, the diagram included.
"""

from lxml import etree

from engine.workflow.reading.names import bpmn, find_all

_RESERVED = frozenset({"Start", "End", "Root"})
_PREFIX = "n_"
# Where ids of elements are spoken of.
_REFERENCES = ("sourceRef", "targetRef", "attachedToRef", "default", "bpmnElement", "id")


def normalise(root: etree._Element) -> None:
    """Repair a document in place."""
    _name_flows(root)
    _rename_reserved(root)


def _name_flows(root: etree._Element) -> None:
    taken = {element.get("id") for element in root.iter() if element.get("id")}
    for number, flow in enumerate(root.iter(bpmn("sequenceFlow")), 1):
        if not flow.get("id"):
            name = f"flow_{number}"
            while name in taken:
                name += "_"
            taken.add(name)
            flow.set("id", name)


def _rename_reserved(root: etree._Element) -> None:
    reserved = {
        str(element.get("id"))
        for element in root.iter()
        if (identity := element.get("id")) and (identity in _RESERVED or identity.endswith(".EndJoin"))
    }
    if not reserved:
        return
    renamed = {identity: _PREFIX + identity.replace(".", "_") for identity in reserved}
    for element in root.iter():
        for attribute in _REFERENCES:
            value = element.get(attribute)
            if value in renamed:
                element.set(attribute, renamed[value])
    for path in (".//bpmn:incoming", ".//bpmn:outgoing", ".//bpmn:flowNodeRef"):
        for reference in find_all(root, path):
            if reference.text in renamed:
                reference.text = renamed[reference.text]
