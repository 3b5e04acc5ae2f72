"""Buttons of a person: the words with which a task decides, and the condition that reads them."""

import re
from collections.abc import Sequence

from lxml import etree

from engine.workflow.importing.drawing import Drawing
from engine.workflow.importing.order import extensions
from engine.workflow.reading.names import MOTCUA

PEOPLE = ("task", "userTask", "manualTask")


def add_button(task: etree._Element, label: str) -> None:
    """One more way for a person to decide."""
    etree.SubElement(extensions(task), f"{{{MOTCUA}}}decision", value=label, label=label)


def quoted(label: str) -> str:
    """A label as text in FEEL."""
    return '"' + label.replace('"', '\\"') + '"'


def chosen(drawing: Drawing, task: etree._Element, label: str) -> str:
    """The condition that a person has pressed a button."""
    return f"{drawing.plain(task)}_decision = {quoted(label)}"


def labels_of(drawing: Drawing, flows: Sequence[etree._Element]) -> list[str]:
    """The names of branches, else of what they lead to; equal ones are numbered."""
    found: list[str] = []
    for flow in flows:
        target = drawing.find(flow.get("targetRef"))
        named = flow.get("name") or (target.get("name") if target is not None else None) or flow.get("id")
        label = re.sub(r"[\s\\]+", " ", str(named)).strip() or str(flow.get("id"))
        same = sum(one == label or one.startswith(f"{label} (") for one in found)
        found.append(f"{label} ({same + 1})" if same else label)
    return found
