"""Fields of our element templates, as Camunda Modeler writes them: what they say is said in words of ours.

The fields stay in the file, so that the Modeler shows them again, and the file notes which words are made of
them: those are written anew at every import, and go when their fields are emptied. To words that were there
before, fields only add.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from engine.workflow.importing.drawing import Drawing
from engine.workflow.importing.order import extensions, put
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.importing.repairs.vendors import ENGINES
from engine.workflow.importing.report import Outcome
from engine.workflow.reading.descriptor import WORDS
from engine.workflow.reading.fields import DURATION, MADE, PREFIX, is_field, words_said
from engine.workflow.reading.names import BPMN, bpmn, local, our_words
from engine.workflow.reading.spoken import spoken, written
from engine.workflow.reading.words import text_of

_PROPERTIES = [f"{{{uri}}}properties" for uri in ENGINES]
_AROUND = ("participant", "collaboration")  # what they say is about the process
_TIMED = ("intermediateCatchEvent", "boundaryEvent", "startEvent")


@dataclass(slots=True)
class _Fields:
    """What the fields about one element say, and where they stand."""

    values: dict[str, str] = field(default_factory=dict)
    bearers: list[etree._Element] = field(default_factory=list)

    @property
    def made(self) -> set[str]:
        """Names of the words that were made of the fields before."""
        return {name for one in self.bearers for name in (one.get(MADE) or "").split()}


def _lists(drawing: Drawing) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Every list of properties, with the element that bears it."""
    for properties in drawing.root.iter(*_PROPERTIES):
        holder = properties.getparent()
        bearer = holder.getparent() if holder is not None else None
        if bearer is not None and bearer.tag.startswith(f"{{{BPMN}}}"):
            yield bearer, properties


def _said(properties: etree._Element) -> Iterator[tuple[str, str]]:
    """Names and values of the fields that say something."""
    for one in properties.iterchildren(etree.Element):
        name, value = (one.get("name") or "").strip(), (one.get("value") or "").strip()
        if value and (name.startswith(PREFIX) or name == DURATION):
            yield name, value


def _meant(drawing: Drawing, bearer: etree._Element) -> etree._Element | None:
    """What a field is about: a pool and what is around all pools speak of the process."""
    if local(bearer) == "participant":
        return drawing.find(bearer.get("processRef"))
    return drawing.ours() if local(bearer) == "collaboration" else bearer


def _by_element(drawing: Drawing) -> Mapping[etree._Element, _Fields]:
    """The fields about each element; what it says itself counts before what its pool says."""
    found: dict[etree._Element, _Fields] = {}
    for bearer, properties in sorted(_lists(drawing), key=lambda one: local(one[0]) in _AROUND):
        fields, element = dict(_said(properties)), _meant(drawing, bearer)
        if element is not None and (fields or bearer.get(MADE)):
            about = found.setdefault(element, _Fields())
            about.values = fields | about.values
            about.bearers.append(bearer)
    return found


def _wanted(now: Mapping[str, Any], fields: _Fields) -> dict[str, Any]:
    """The words that an element must say, of those that fields speak of; an empty list: none."""
    said, made = words_said(fields.values), fields.made
    wanted: dict[str, Any] = {name: [] for name in made if name in WORDS}
    for name, word in said.items():
        before = now.get(name)
        if name in made or before is None:
            wanted[name] = word
        elif WORDS[name].many:
            wanted[name] = before + [one for one in _typed(name, word) if one not in before]
        else:
            wanted[name] = before | _typed(name, word)
    return wanted


def _typed(name: str, word: Any) -> Any:
    """The same word with numbers and truth as ``spoken`` has them."""
    holder = etree.Element("holder")
    etree.SubElement(holder, bpmn("extensionElements")).extend(written({name: word}))
    return spoken(holder)[name]


def _unsaid(drawing: Drawing) -> Iterator[Case]:
    """Elements whose words are not yet those of their fields."""
    for element, fields in _by_element(drawing).items():
        now, wanted = spoken(element), _wanted(spoken(element), fields)
        new = {
            name: word for name, word in wanted.items() if now.get(name, []) != (word and _typed(name, word))
        }
        if new:
            old = [word for name in new for word in our_words(element, name)]
            mine = sorted(fields.made | {name for name in new if name not in now})
            told = ", ".join(f"{PREFIX}{name}" for name in new)
            yield Case(
                element=element, default=told, before=_shown(old), more=(old, written(new), fields, mine)
            )


def _shown(words: Iterable[etree._Element]) -> str:
    """Words as a report shows them, without the namespaces of their file."""
    return "; ".join(
        " ".join(
            [f"{PREFIX}{local(word)}", *(f'{name}="{value}"' for name, value in _texts(word))]
            + [part for part in (text_of(word), _shown(word.iterchildren(etree.Element))) if part]
        )
        for word in words
    )


def _texts(word: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(name), str(value)) for name, value in word.items())


def _say(_: Drawing, case: Case, __: str) -> None:
    old, new, fields, mine = case.more
    holder = extensions(case.element)
    for word in old:
        word.getparent().remove(word)
    holder.extend(new)
    for bearer in fields.bearers if mine else ():
        bearer.set(MADE, " ".join(mine))


def _timers(drawing: Drawing) -> Iterator[Case]:
    """Timers that do not wait yet for what their field says."""
    for element, fields in _by_element(drawing).items():
        wanted = fields.values.get(DURATION)
        if wanted is None or not _can_wait(element):
            continue
        timer = element.find(bpmn("timerEventDefinition"))
        places = [] if timer is None else [one for one in timer if local(one).startswith("time")]
        if [(local(one), text_of(one)) for one in places] != [("timeDuration", wanted)]:
            before = " ".join(filter(None, map(text_of, places)))
            yield Case(element=element, default=wanted, before=before, more=places)


def _can_wait(element: etree._Element) -> bool:
    """Whether an event is a timer, or could be one."""
    kinds = [local(one) for one in element if local(one).endswith("EventDefinition")]
    return local(element) in _TIMED and kinds in ([], ["timerEventDefinition"])


def _wait(_: Drawing, case: Case, answer: str) -> None:
    timer = case.element.find(bpmn("timerEventDefinition"))
    if timer is None:
        timer = etree.Element(bpmn("timerEventDefinition"))
        put(case.element, timer)
    for place in case.more:
        timer.remove(place)
    etree.SubElement(timer, bpmn("timeDuration")).text = answer


def _unknown(drawing: Drawing) -> Iterator[Case]:
    """Fields that say nothing that we know, or stand where nothing can be done with them."""
    for bearer, properties in _lists(drawing):
        for name, value in _said(properties):
            lost = not is_field(name) or _meant(drawing, bearer) is None
            if lost or (name == DURATION and not _can_wait(bearer)):
                yield Case(element=bearer, default=name, before=value)


def _refuse(_: Drawing, __: Case, ___: str) -> None:
    """Nothing is changed: the file is refused, and the report names the field."""


REPAIRS = (
    Repair(
        rule="template", find=_unsaid, mend=_say, asks=False,
        vi="điều ghi trong mẫu phần tử được ghi bằng từ của Motcua",
        en="what the element template says, in words of Motcua",
    ),
    Repair(
        rule="template-timer", find=_timers, mend=_wait, asks=False,
        vi="thời hạn ghi trong mẫu phần tử được đặt vào đồng hồ",
        en="the time of the element template, put into the timer",
    ),
    Repair(
        rule="template-field", find=_unknown, mend=_refuse, asks=False, outcome=Outcome.REFUSED,
        vi="mẫu phần tử có ô không được biết ở đây. Sửa tên ô theo docs/reference/words.vi.md, hoặc xóa ô",
        en="the element template has a field that is not known here. Spell it as in"
        " docs/reference/words.en.md, or remove it",
    ),
)  # fmt: skip
