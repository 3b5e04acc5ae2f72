"""One BPMN file with its root elements by id: where references lead."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.reading.names import bpmn, local
from engine.workflow.reading.words import text_of


class Document:
    """Looks up what elements of a file refer to."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._by_id = {str(one.get("id")): one for one in root.iter() if one.get("id")}

    def find(self, reference: str | None) -> etree._Element | None:
        """The element behind a reference; a namespace prefix does not count."""
        if not reference:
            return None
        whole = reference.strip()
        return self._by_id[whole] if whole in self._by_id else self._by_id.get(whole.rsplit(":", 1)[-1])

    def name_of(self, reference: str | None) -> str | None:
        """The name by which people and other processes know a message or signal: its name, else its id."""
        found = self.find(reference)
        if found is None:
            return None
        return (found.get("name") or "").strip() or found.get("id")

    def code_of(self, reference: str | None, attribute: str) -> str | None:
        """The code of an error or escalation; without one its name or id, so that two are never mixed up."""
        found = self.find(reference)
        if found is None:
            return None
        return (found.get(attribute) or "").strip() or (found.get("name") or "").strip() or found.get("id")

    def children(self, element: etree._Element, *tags: str) -> Iterator[etree._Element]:
        return element.iterchildren(*(bpmn(tag) for tag in tags))

    def text(self, element: etree._Element, tag: str) -> str | None:
        """The text of the first child of that name."""
        return text_of(element.find(bpmn(tag)))

    def associated(self, scope: etree._Element, source: str) -> str | None:
        """The compensation activity that an association leads to from a boundary event."""
        for association in scope.iter(bpmn("association")):
            if association.get("sourceRef") == source:
                target = self.find(association.get("targetRef"))
                if target is not None and local(target).endswith(("Task", "task", "Activity", "Process")):
                    return str(target.get("id"))
        return None
