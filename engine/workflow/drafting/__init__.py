"""Procedures written as outlines become diagrams: semantics, picture and forms, ready for the check.

``read_outline`` reads the YAML of an outline, ``drafted`` makes the files of the procedure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.workflow.drafting.forms import forms_of
from engine.workflow.drafting.outline import Outline
from engine.workflow.drafting.problems import BadOutline, Problem
from engine.workflow.drafting.reading import read_outline
from engine.workflow.drafting.scenarios import scenario_name, scenarios_of
from engine.workflow.drafting.seal import edited, forms_of_seal, sealed
from engine.workflow.drafting.shapes import shape_of
from engine.workflow.drafting.telling import Told
from engine.workflow.drafting.telling import tell as tell_document
from engine.workflow.drafting.writing import bpmn_of
from engine.workflow.errors import NO_PROCESS, XmlRefused
from engine.workflow.reading.guard import parse_xml
from engine.workflow.reading.names import BPMN

CALLED = frozenset({"shared_reception", "shared_supplement", "shared_result"})  # by patterns

__all__ = [
    "CALLED",
    "BadOutline",
    "Draft",
    "Outline",
    "Problem",
    "Told",
    "called_by",
    "drafted",
    "edited",
    "forms_of_seal",
    "ids_of",
    "read_outline",
    "scenario_name",
    "scenarios_of",
    "shape_of",
    "tell",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an outline makes: files by their place in the folder of the agency."""

    main: str  # e.g. 1.009794.bpmn
    files: Mapping[str, bytes]


def drafted(
    outline: Outline,
    beside: Mapping[str, bytes],
    taken: frozenset[str] | None = None,
    more: Mapping[str, bytes] | None = None,
) -> Draft:
    """Diagram and forms; ``beside`` are the shared files and those of the agency. Raises BadOutline.

    ``taken`` are the ids in the shared diagrams, for who has read them already; ``more`` are further files,
    sealed together with them.
    """
    root, tasks = bpmn_of(outline, ids_of(beside) if taken is None else taken)
    existing = frozenset(name.removeprefix("forms/").removesuffix(".json") for name in beside)
    main = outline.file
    forms = {f"forms/{name}.json": made for name, made in forms_of(outline, tasks, existing).items()}
    others = {**forms, **(more or {})}
    return Draft(main=main, files={main: sealed(root, others), **others})


def called_by(shared: Mapping[str, bytes], processes: frozenset[str]) -> dict[str, bytes]:
    """Of the shared files the forms and those diagrams that some processes need, themselves included."""
    drawn = {name: parse_xml(content, name) for name, content in shared.items() if name.endswith(".bpmn")}
    wanted, found = set(processes), {name: content for name, content in shared.items() if name not in drawn}
    while True:
        more = [
            name
            for name, root in drawn.items()
            if name not in found and any(one.get("id") in wanted for one in root.iter(f"{{{BPMN}}}process"))
        ]
        if not more:
            return found
        for name in more:
            found[name] = shared[name]
            wanted.update(
                str(one.get("calledElement")) for one in drawn[name].iter(f"{{{BPMN}}}callActivity")
            )


def ids_of(files: Mapping[str, bytes]) -> frozenset[str]:
    """Ids of all elements of the diagrams among some files."""
    return frozenset(
        str(element.get("id"))
        for name, content in files.items()
        if name.endswith(".bpmn")
        for element in parse_xml(content, name).iter(f"{{{BPMN}}}*")
        if element.get("id")
    )


def tell(name: str, content: bytes) -> list[Told]:
    """The processes of a BPMN file in words. Raises XmlRefused."""
    told = tell_document(parse_xml(content, name))
    if not told:
        raise XmlRefused(name, *NO_PROCESS)
    return told
