"""Data objects, properties and ioSpecification: names of variables, and what is copied where.

The dossier has one document. A data object of the process is a name of it; one of a sub-process lives and
dies with the sub-process. What an activity takes in and gives out by ioSpecification lives with the activity.
"""

from lxml import etree

from engine.workflow.planning.document import Document
from engine.workflow.reading.names import bpmn, local
from engine.workflow.reading.words import text_of

_DATA = ("dataObject", "property", "dataInput", "dataOutput")


def variable(document: Document, reference: str | None) -> str | None:
    """The name of the variable behind a reference to data; what leads nowhere names a variable itself."""
    found = document.find(reference)
    if found is not None and local(found) == "dataObjectReference":
        found = document.find(found.get("dataObjectRef")) if found.get("dataObjectRef") else found
    if found is None:
        return reference.strip() if reference else None
    return (found.get("name") or "").strip() or found.get("id")


def declared(document: Document, scope: etree._Element) -> dict[str, str]:
    """Id to variable of the data that stands directly in a process, sub-process or activity."""
    found = {}
    for element in document.children(scope, "dataObject", "dataObjectReference", "property"):
        found[str(element.get("id"))] = variable(document, element.get("id")) or ""
    specification = scope.find(bpmn("ioSpecification"))
    if specification is not None:
        for element in document.children(specification, "dataInput", "dataOutput"):
            found[str(element.get("id"))] = variable(document, element.get("id")) or ""
    return {identity: name for identity, name in found.items() if identity and name}


def copies(document: Document, owner: etree._Element, tag: str) -> list[dict[str, str]]:
    """What the data associations of an activity or event copy: a FEEL value to a variable."""
    made = []
    for association in document.children(owner, tag):
        target = variable(document, document.text(association, "targetRef"))
        assignments = list(document.children(association, "assignment"))
        for assignment in assignments:
            value, to = document.text(assignment, "from"), document.text(assignment, "to")
            if value:
                made.append({"value": value, "to": variable(document, to) or target or ""})
        if not assignments and target:
            transformed = text_of(association.find(bpmn("transformation")))
            source = variable(document, document.text(association, "sourceRef"))
            if transformed:
                made.append({"value": transformed, "to": target})
            elif source:
                made.append({"from": source, "to": target})
    return [one for one in made if one["to"]]
