"""Which message is meant for which process: its keys against those of the data (BPMN 2.0.2, 8.4.2)."""

from collections import defaultdict
from typing import Any

from lxml import etree

from engine.workflow.planning.document import Document
from engine.workflow.reading.names import bpmn
from engine.workflow.reading.words import text_of


def correlation(document: Document, process: etree._Element) -> dict[str, list[dict[str, str]]]:
    """Message name to pairs: FEEL on the message and FEEL on the document, which must be equal."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for subscription in document.children(process, "correlationSubscription"):
        for binding in document.children(subscription, "correlationPropertyBinding"):
            data = text_of(binding.find(bpmn("dataPath")))
            property_ = document.find(binding.get("correlationPropertyRef"))
            for one in property_.iterchildren() if property_ is not None and data else ():
                path: Any = text_of(one.find(bpmn("messagePath")))
                message = document.name_of(one.get("messageRef"))
                if path and message:
                    found[message].append({"path": path, "data": str(data)})
    return dict(found)
