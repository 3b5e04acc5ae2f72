"""A picture for BPMN that has none: lanes as bands, left to right, flows with right angles, names with room.

``draw`` works on any process of ours or of another tool; it reads the semantics only.
"""

from lxml import etree

from engine.workflow.drafting.layout.interchange import write_picture
from engine.workflow.reading.names import BPMNDI

__all__ = ["draw"]


def draw(root: etree._Element) -> None:
    """Give a BPMN document a new picture of its processes; a picture that it has is replaced."""
    for diagram in list(root.iterchildren(f"{{{BPMNDI}}}BPMNDiagram")):
        root.remove(diagram)
    write_picture(root)
