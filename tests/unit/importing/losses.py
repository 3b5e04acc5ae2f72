"""Compares a drawing with what the import made of it, as graphs; knows nothing of how the import works.

Whatever the drawing holds must be in the result, in the same place, or be named in the report.
"""

import re
import xml.etree.ElementTree as xml
from collections import Counter, defaultdict
from collections.abc import Iterator, Set

from engine.workflow.importing import Imported

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
PICTURE = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DRAFT = "{http://schema.omg.org/spec/BPMN/2.0}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
OURS = ("{urn:motcua:bpmn:1}", "{urn:motcua:imported:1}")
# Elements that need not bear an id of their own: they are compared with what they stand in.
DETAILS = (
    "conditionExpression", "condition", "script", "timeDuration", "timeDate", "timeCycle", "loopCardinality",
    "loopCondition", "completionCondition", "activationCondition", "loopDataInputRef", "inputDataItem",
    "text", "from", "to", "transformation",
)  # fmt: skip
MENTIONS = ("incoming", "outgoing", "documentation", "extensionElements", "definitions")


def tree(content: bytes) -> xml.Element:
    """A file in any of the encodings of modelers."""
    head = content[:200]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16")
    else:
        named = re.search(rb"encoding\s*=\s*[\"']([\w.-]+)", head)
        try:
            text = content.decode(named[1].decode() if named else "utf-8")
        except UnicodeDecodeError:
            text = content.decode("cp1252")
    text = re.sub(r"^[\s\ufeff]*<\?xml[^>]*\?>", "", text).replace(DRAFT[1:-1], MODEL[1:-1])
    return xml.fromstring(text.lstrip("\ufeff \n\t\r"))  # noqa: S314 - written by us


def losses(before: bytes, imported: Imported) -> list[str]:
    """What of a drawing is neither in the result nor named in the report; a refusal loses nothing."""
    if imported.content is None:
        return []
    return list(_Comparison(tree(before), tree(imported.content), imported).all())


class _Comparison:
    def __init__(self, old: xml.Element, new: xml.Element, imported: Imported) -> None:
        self.old, self.new = old, new
        self.now = defaultdict(set)  # id in the drawing to ids in the result
        for fresh, former in imported.renamed.items():
            self.now[former].add(fresh)
        self.by_id = {one.get("id"): one for one in new.iter() if one.get("id")}
        self.parents = {child: parent for parent in new.iter() for child in parent}
        self.old_ids = {one.get("id") for one in old.iter() if one.get("id")} | set(imported.renamed)
        self.named = {entry.element_id for entry in imported.entries}
        self.said = " ".join(f"{entry.before} {entry.answer}" for entry in imported.entries)
        self.shown_before = " ".join(" ".join(entry.before.split()) for entry in imported.entries)
        self.unnamed = {entry.element_id for entry in imported.entries if entry.rule == "id-missing"}

    def all(self) -> Iterator[str]:
        for scope in self.old.iter():
            for element in scope:
                if element.tag.startswith(MODEL):
                    yield from self.element(scope, element)
        yield from self.foreign()
        yield from self.notes()
        yield from self.picture()

    def candidates(self, identity: str) -> list[xml.Element]:
        return [self.by_id[one] for one in (identity, *self.now[identity]) if one in self.by_id]

    def reported(self, identity: str | None) -> bool:
        return identity is not None and (
            identity in self.named
            or any(one in self.named for one in self.now[identity])
            or re.search(rf"(?<![\w.-]){re.escape(identity)}(?![\w.-])", self.said) is not None
        )

    def element(self, scope: xml.Element, element: xml.Element) -> Iterator[str]:
        identity, kind = element.get("id"), element.tag.removeprefix(MODEL)
        if identity is None or kind in (*MENTIONS, *DETAILS):
            return
        found = self.candidates(identity)
        if not found:
            owner = scope.get("id")
            if not (self.reported(identity) or self.reported(owner)):
                yield f"{kind} {identity} is gone"
            return
        if all(one.tag != element.tag for one in found) and not self.reported(identity):
            yield f"{kind} {identity} has become {found[0].tag}"
        if kind == "sequenceFlow":
            yield from self.flow(element, found)
        yield from self.details(element, found)

    def flow(self, flow: xml.Element, found: list[xml.Element]) -> Iterator[str]:
        """From its source to its target, past nothing but what the import has added."""
        source, target = flow.get("sourceRef"), flow.get("targetRef")
        if self.reported(flow.get("id")) or not {plain(source or ""), plain(target or "")} <= self.old_ids:
            return  # named, or it led nowhere
        source, target = str(source), str(target)
        ends = {one.get("id") for one in self.candidates(plain(target))}
        for one in found:
            begins = one.get("sourceRef") in {node.get("id") for node in self.candidates(plain(source))}
            if begins and self.leads(str(one.get("targetRef")), ends):
                return
        yield f"flow {flow.get('id')} no longer leads from {source} to {target}"

    def leads(self, here: str, ends: set[str | None]) -> bool:
        seen = set()
        while here not in ends:
            seen.add(here)
            onward = [
                str(one.get("targetRef"))
                for one in self.new.iter(f"{MODEL}sequenceFlow")
                if one.get("sourceRef") == here
            ]
            if here in self.old_ids or len(onward) != 1 or onward[0] in seen:
                return False
            here = onward[0]
        return True

    def details(self, old: xml.Element, found: list[xml.Element]) -> Iterator[str]:
        """Definitions, expressions, data arrows and attributes that are gone and that no report shows."""
        after = Counter(part for new in found for part in _parts(new))
        for part in (Counter(_parts(old)) - after).elements():
            if not any(self.excused(word) for word in part[1:] if word):
                yield f"{old.get('id')} has lost {part}"
        now = {value for new in found for value in new.attrib.values()}
        for name, value in old.attrib.items():
            kept = {value, plain(value), *self.now[value]} & now
            if not (kept or name in ("id", "isExecutable") or not value.strip() or self.excused(value)):
                yield f"{old.get('id')} has lost {name}={value}"

    def excused(self, value: str) -> bool:
        return self.reported(value) or value in self.shown_before

    def foreign(self) -> Iterator[str]:
        """Words and attributes of vendors, wherever they stand."""
        before, after = Counter(_words(self.old)), Counter(_words(self.new))
        for word in (before - after).elements():
            yield f"vendor's word {word} is gone"

    def notes(self) -> Iterator[str]:
        kinds = tuple(f"{MODEL}{tag}" for tag in ("documentation", "text"))
        before = Counter(_text(one) for one in self.old.iter() if one.tag in kinds)
        after = Counter(_text(one) for one in self.new.iter() if one.tag in kinds)
        for note in (before - after).elements():
            yield f"note {note!r} is gone"

    def picture(self) -> Iterator[str]:
        """What was shown is shown in its place, and what was added is shown where its neighbours are."""
        places = defaultdict(set)
        for one in self.new.iter(f"{PICTURE}BPMNShape"):
            places[one.get("bpmnElement")].add(_bounds(one))
        edges = {one.get("bpmnElement") for one in self.new.iter(f"{PICTURE}BPMNEdge")}
        for shape in self.old.iter(f"{PICTURE}BPMNShape"):
            shown = str(shape.get("bpmnElement"))
            if _bounds(shape) is None:
                continue
            if all(_bounds(shape) not in places.get(one, ()) for one in (shown, *self.now[shown])):
                yield f"shape of {shown} is gone or moved"
        for edge in self.old.iter(f"{PICTURE}BPMNEdge"):
            shown = str(edge.get("bpmnElement"))
            if not {shown, *self.now[shown]} & edges and not self.reported(shown):
                yield f"line of {shown} is gone"
        yield from self.shown(places.keys(), edges)

    def shown(self, places: Set[str | None], edges: set[str | None]) -> Iterator[str]:
        """New flows between elements that are on the picture."""
        for flow in self.new.iter(f"{MODEL}sequenceFlow"):
            ends = {flow.get("sourceRef"), flow.get("targetRef")}
            if flow.get("id") in self.unnamed:
                continue  # it was there, and not shown
            if flow.get("id") not in self.old_ids and ends <= places and flow.get("id") not in edges:
                yield f"new flow {flow.get('id')} is not shown"


def plain(reference: str) -> str:
    return reference.strip().rsplit(":", 1)[-1]


def _text(element: xml.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _parts(element: xml.Element) -> Iterator[tuple[str, ...]]:
    """What stands in an element without being an element of the flow itself."""
    for child in element:
        kind = child.tag.removeprefix(MODEL)
        if kind.endswith(("EventDefinition", "LoopCharacteristics")):
            yield (kind,)
            said = [(name, value) for name, value in child.attrib.items() if name != "id" and "}" not in name]
            yield from ((f"{kind}/{name}", value) for name, value in said if value.strip())
            yield from ((f"{kind}/{part[0]}", *part[1:]) for part in _parts(child))
        elif kind in ("dataInputAssociation", "dataOutputAssociation"):
            ends = [one for one in child if one.tag.removeprefix(MODEL) in ("sourceRef", "targetRef")]
            yield (kind, *map(_text, ends))
        elif kind in DETAILS and _text(child):
            yield (kind, _text(child))


def _words(root: xml.Element) -> Iterator[tuple[str, ...]]:
    picture = ("{http://www.omg.org/spec/", "{http://www.w3.org/2001/XMLSchema-instance}")
    for element in root.iter():
        ours = element.tag.startswith((MODEL, *OURS, *picture))
        if not ours and "}" in element.tag:
            yield (
                element.tag,
                _own(element),
                *(f"{name}={value}" for name, value in sorted(element.attrib.items())),
            )
        for name, value in element.attrib.items():
            if "}" in name and not name.startswith((*OURS, *picture)) and ours:
                yield (name, value)


def _own(element: xml.Element) -> str:
    return " ".join((element.text or "").split())


def _bounds(shape: xml.Element) -> tuple[float, ...] | None:
    """The place of a shape; None when it has none that can be shown."""
    bounds = shape.find(BOUNDS)
    try:
        sides = (
            [(bounds.get(one) or "") for one in ("x", "y", "width", "height")] if bounds is not None else []
        )
        return tuple(map(float, sides)) or None
    except ValueError:
        return None
