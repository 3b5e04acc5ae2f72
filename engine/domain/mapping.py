"""Two versions of a procedure held against each other: which element became which, and what is different."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.domain.comparing import Difference as Difference
from engine.domain.comparing import agency_words, limit_words, procedure_differences, role_words
from engine.domain.dmn.changes import table_differences
from engine.domain.dmn.stored import Decidable
from engine.domain.procedure import NodeFacts, ProcedureFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A way out of an element."""

    to: str
    condition: str = ""  # FEEL; empty: always
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element of a diagram, and where in it."""

    id: str
    name: str
    kind: str  # BPMN element, e.g. userTask
    within: str  # the process or sub-process it stands in
    attached: str | None = None  # of a boundary event: the activity
    interrupting: bool = True  # of a boundary event or event sub-process
    marker: str = ""  # loop or multi-instance, with what it says
    trigger: str = ""  # of an event: what it waits for or throws; of a script: its lines
    flows: tuple[Flow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A version as it is drawn."""

    main: str  # id of its own process
    elements: Mapping[str, Element]
    nodes: Mapping[str, NodeFacts]
    procedure: ProcedureFacts
    forms: Mapping[str, object] = field(default_factory=dict)
    tables: Mapping[str, Decidable] = field(default_factory=dict)

    def scopes(self, identity: str) -> tuple[str, ...]:
        """Processes and sub-processes around an element, the innermost first."""
        found: list[str] = []
        here = self.elements[identity].within
        while here in self.elements:
            found.append(here)
            here = self.elements[here].within
        return (*found, here)

    def boundaries(self, activity: str) -> frozenset[str]:
        """Events at the border of an activity."""
        return frozenset(one.id for one in self.elements.values() if one.attached == activity)


def suggest(old: Drawn, new: Drawn) -> dict[str, str]:
    """Elements of the old version with what they most likely are in the new one.

    By id where the kind is the same, then by name and kind where just one on either side is left.
    """
    found = {
        one.id: one.id
        for one in old.elements.values()
        if one.id in new.elements and new.elements[one.id].kind == one.kind
    }
    taken = set(found.values())
    left = [one for one in old.elements.values() if one.id not in found]
    free = [one for one in new.elements.values() if one.id not in taken]
    for one in left:
        same = [other for other in free if _alike(one, other)]
        rivals = [other for other in left if _alike(one, other)]
        if len(same) == len(rivals) == 1:
            found[one.id] = same[0].id
    return found


def _alike(one: Element, other: Element) -> bool:
    return (one.kind, one.name) == (other.kind, other.name) and one.name not in ("", one.id)


def differences(old: Drawn, new: Drawn, mapping: Mapping[str, str]) -> list[Difference]:
    """What the new version adds, leaves out and changes, in the order of the diagrams."""
    kept = set(mapping.values())
    found = list(procedure_differences(old.procedure, new.procedure))
    for one in old.elements.values():
        if one.id not in mapping:
            found.append(_said("removed", one, "Bớt", "Removed"))
        else:
            found.extend(_changes(old, new, one, new.elements[mapping[one.id]], mapping))
    found += [_said("added", one, "Thêm", "Added") for one in new.elements.values() if one.id not in kept]
    changed = sorted(name for name in old.forms if name in new.forms and old.forms[name] != new.forms[name])
    for name in changed:
        found.append(
            Difference(kind="changed", element="", vi=f"Biểu mẫu «{name}» đổi.", en=f"Form “{name}” changed.")
        )
    found.extend(table_differences(old.tables, new.tables))
    return found


def _said(kind: str, one: Element, vi: str, en: str) -> Difference:
    word_vi, word_en = KINDS.get(one.kind, ("phần tử", one.kind))
    return Difference(
        kind=kind, element=one.id, vi=f"{vi} {word_vi} «{one.name}».", en=f"{en}: {word_en} “{one.name}”."
    )


def _changes(
    old: Drawn, new: Drawn, before: Element, after: Element, mapping: Mapping[str, str]
) -> Iterable[Difference]:
    facts = old.nodes.get(before.id), new.nodes.get(after.id)
    pairs: list[tuple[str, str, object, object]] = [
        ("tên", "name", before.name, after.name),
        ("chỗ đứng", "place", mapping.get(before.within, before.within), after.within),
        ("bước mà sự kiện gắn vào", "activity", mapping.get(before.attached or ""), after.attached),
        ("cách ngắt", "interruption", before.interrupting, after.interrupting),
        ("cách lặp", "repetition", before.marker, after.marker),
        ("nội dung", "content", before.trigger, after.trigger),
        ("đường đi tiếp", "ways out", _ways(before, mapping, new), _ways(after, {}, new)),
    ]
    if facts[0] is not None and facts[1] is not None:
        pairs += [(vi, en, getattr(facts[0], name), getattr(facts[1], name)) for name, vi, en in _FACTS]
    if before.within == old.main and after.within == new.main:
        pairs = [one for one in pairs if one[1] != "place"]
    for vi, en, was, now in pairs:
        if was != now:
            (was_vi, was_en), (now_vi, now_en) = (_words(en, value) for value in (was, now))
            yield Difference(
                kind="changed",
                element=after.id,
                vi=f"«{before.name}»: {vi} từ {was_vi} thành {now_vi}.",
                en=f"“{before.name}”: {en} from {was_en} to {now_en}.",
            )


_FACTS = (
    ("role", "vai trò", "role"),
    ("agency", "cơ quan", "agency"),
    ("form", "biểu mẫu", "form"),
    ("time_limit", "thời gian của bước", "time limit"),
    ("decisions", "các cách xử lý", "decisions"),
    ("milestone", "mốc pháp lý", "milestone"),
    ("papers", "giấy tờ ban hành", "papers"),
    ("handler", "việc tự động", "handler"),
    ("inputs", "đầu vào", "inputs"),
    ("outputs", "đầu ra", "outputs"),
    ("decision_table", "bảng quyết định", "decision table"),
    ("calls", "quy trình con", "called process"),
    ("clock", "đồng hồ của mốc thời gian", "clock"),
    ("basis", "căn cứ pháp lý", "legal basis"),
)
# What is told in words of its own.
_WORDS = {"role": role_words, "agency": agency_words, "time limit": limit_words}
# Kinds of elements in words.
KINDS: Mapping[str, tuple[str, str]] = {
    "userTask": ("bước", "step"),
    "manualTask": ("việc làm tay", "manual task"),
    "task": ("việc", "task"),
    "serviceTask": ("bước tự động", "service task"),
    "scriptTask": ("bước tính", "script"),
    "businessRuleTask": ("bảng quyết định", "decision"),
    "callActivity": ("quy trình con", "called process"),
    "subProcess": ("khối", "sub-process"),
    "exclusiveGateway": ("cổng rẽ nhánh", "exclusive gateway"),
    "parallelGateway": ("cổng song song", "parallel gateway"),
    "inclusiveGateway": ("cổng chọn nhiều", "inclusive gateway"),
    "eventBasedGateway": ("cổng chờ sự kiện", "event-based gateway"),
    "boundaryEvent": ("sự kiện gắn bên bước", "boundary event"),
    "intermediateCatchEvent": ("sự kiện chờ", "catching event"),
    "intermediateThrowEvent": ("sự kiện phát", "throwing event"),
    "startEvent": ("điểm bắt đầu", "start"),
    "endEvent": ("điểm kết thúc", "end"),
}


def _ways(one: Element, mapping: Mapping[str, str], new: Drawn) -> tuple[str, ...]:
    """Ways out in words of the new version, in an order of their own: drawing them anew changes nothing."""
    said = []
    for flow in one.flows:
        to = mapping.get(flow.to, flow.to)
        name = new.elements[to].name if to in new.elements else flow.to
        when = f" khi {flow.condition}" if flow.condition else " mặc định" if flow.default else ""
        said.append(f"«{name}»{when}")
    return tuple(sorted(said))


def _words(what: str, value: object) -> tuple[str, str]:
    """A value in Vietnamese and English."""
    if what in _WORDS:
        return _WORDS[what](value)
    return _text(value), _text(value)


def _text(value: object) -> str:
    """A value as it stands in a sentence."""
    if value is None or value == "" or value == ():
        return "không có"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_one(item) for item in value)
    return _one(value)


def _one(value: object) -> str:
    for name in ("label", "name", "document"):
        said = getattr(value, name, None)
        if said:
            more = getattr(value, "article", "") or getattr(value, "expression", "") or ""
            return f"{said} {more}".strip()
    return str(value)
