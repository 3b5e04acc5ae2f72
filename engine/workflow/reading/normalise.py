"""Small repairs before parsing, so that legal BPMN is never silently misread.

The library drops sequence flows without an id, and takes elements whose id is one of its own names for
those. Flows are given ids; reserved ids get a prefix wherever they are spoken of, the diagram included.
"""

from lxml import etree

from engine.workflow.reading.names import bpmn, find_all

_RESERVED = frozenset({"Start", "End", "Root"})
_PREFIX = "n_"
# Where ids of elements are spoken of.
_REFERENCES = (
    "sourceRef", "targetRef", "attachedToRef", "default", "bpmnElement", "id",
    "messageRef", "errorRef", "processRef", "calledElement",
)  # fmt: skip


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


def _new_names(identities: list[str]) -> dict[str, str]:
    """Reserved ids of a document to others that nothing in it bears."""
    taken, renamed = set(identities), {}
    for identity in sorted(taken):
        if identity in _RESERVED or identity.endswith(".EndJoin"):
            name = _PREFIX + identity.replace(".", "_")
            while name in taken:
                name += "_"
            taken.add(name)
            renamed[identity] = name
    return renamed


def _rename_reserved(root: etree._Element) -> None:
    renamed = _new_names([str(element.get("id")) for element in root.iter() if element.get("id")])
    if not renamed:
        return
    for element in root.iter():
        for attribute in _REFERENCES:
            value = element.get(attribute)
            if value in renamed:
                element.set(attribute, renamed[value])
    for path in (".//bpmn:incoming", ".//bpmn:outgoing", ".//bpmn:flowNodeRef"):
        for reference in find_all(root, path):
            if reference.text in renamed:
                reference.text = renamed[reference.text]
