"""Element templates for Camunda Modeler (Camunda 7), made from the descriptor.

Of all that such templates can write, a ``camunda:property`` is what any element may bear and any number of
times; so a field is one, named as ``reading.fields`` says. ``importing.repairs.templates`` reads them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.workflow.describing.library import handlers, shared_processes
from engine.workflow.reading.descriptor import WORDS, Meaning, Property, Word
from engine.workflow.reading.fields import DURATION, field_name

VERSION = 1  # raised with every change of a field, so that the Modeler offers the new one


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    id: str
    vi: str
    en: str
    on: tuple[str, ...]  # kinds of BPMN elements
    words: Mapping[str, int]  # how many of each there are fields for
    duration: bool = False
    fixed: Mapping[str, str] = field(default_factory=dict)  # attributes of BPMN and their values
    notes: str = ""


_TEMPLATES = (
    _Template(
        id="procedure", vi="Thủ tục", en="Procedure", on=("Process", "Participant", "Collaboration"),
        words={
            "procedure": 1, "timeLimit": 1, "result": 1, "channel": 3, "fee": 2, "document": 8, "basis": 3,
            "open": 2,
        },
    ),
    _Template(id="role", vi="Làn của một vai trò", en="Lane of a role", on=("Lane",), words={"role": 1}),
    _Template(
        id="task", vi="Bước do người làm", en="Task of a person", on=("UserTask",),
        words={"task": 1, "decision": 4, "milestone": 1, "paper": 1, "basis": 2},
    ),
    _Template(
        id="timer", vi="Chờ thời hạn pháp lý", en="Legal time limit",
        on=("IntermediateCatchEvent", "BoundaryEvent"), duration=True,
        words={"timer": 1, "milestone": 1, "basis": 2},
        notes="Chờ, hoặc báo khi quá, một thời hạn tính theo lịch làm việc."
        " / Waits for, or tells of, a span counted by the working calendar.",
    ),
    _Template(
        id="event", vi="Mốc pháp lý", en="Legal milestone",
        on=("IntermediateThrowEvent", "IntermediateCatchEvent", "BoundaryEvent"),
        words={"milestone": 1, "paper": 1, "basis": 2},
    ),
    _Template(
        id="service", vi="Bước tự động", en="Automatic step", on=("ServiceTask",),
        words={"handler": 1, "basis": 1},
    ),
    _Template(
        id="decision", vi="Bảng quyết định", en="Decision table", on=("BusinessRuleTask",),
        words={"table": 1, "basis": 1},
    ),
)  # fmt: skip
_PARTS = 4  # fields for as many inputs, and outputs, of a handler


def templates() -> list[dict[str, Any]]:
    """All templates, ready for a file in the Modeler's folder ``element-templates``."""
    return [_written(one) for one in (*_TEMPLATES, *_calls())]


def _calls() -> Iterator[_Template]:
    """One for each process of the library that procedures share."""
    for process in shared_processes():
        name = process.id.removeprefix("shared_")
        yield _Template(
            id=f"call-{name.replace('_', '-')}", vi=process.name, en=name.replace("_", " "),
            on=("CallActivity",), words={"milestone": 1, "basis": 2}, fixed={"calledElement": process.id},
            notes=process.notes or f"Gọi quy trình dùng chung {process.id}, ghi ở processes/README.md."
            f" / Calls the shared process {process.id}, told of in processes/README.md.",
        )  # fmt: skip


def _written(said: _Template) -> dict[str, Any]:
    words = [WORDS[name] for name in said.words]
    fields = [_fixed(name, value) for name, value in said.fixed.items()]
    fields += [_duration(words[0])] if said.duration else []
    for word in words:
        fields += _fields(word, said.words[word.name])
    return {
        "name": f"Motcua: {said.vi} / {said.en}",
        "id": f"motcua.{said.id}",
        "version": VERSION,
        "description": said.notes or " / ".join((words[0].meaning.vi, words[0].meaning.en)),
        "appliesTo": [f"bpmn:{one}" for one in said.on],
        "groups": list(_groups(words, said.words)),
        "entriesVisible": True,
        "properties": fields,
    }


def _groups(words: list[Word], counts: Mapping[str, int]) -> Iterator[dict[str, str]]:
    for word in words:
        for slot in _slots(word, counts[word.name]):
            group = _group(word, slot)
            yield {"id": group, "label": f"motcua:{group.replace('.', ' ')}"}


def _group(word: Word, slot: int) -> str:
    return f"{word.name}.{slot}" if slot else word.name


def _slots(word: Word, count: int) -> Iterable[int]:
    return range(1, count + 1) if word.many else (0,)


def _fields(word: Word, count: int) -> Iterator[dict[str, Any]]:
    """The fields of a word, in as many slots as it has."""
    for slot in _slots(word, count):
        group = _group(word, slot)
        for one in word.properties.values():
            written = _field(one, field_name(word.name, slot, one.name), group)
            yield written | ({"constraints": {"notEmpty": True}} if one.required and _must(word) else {})
        for name, part in word.parts.items():
            for number in range(1, _PARTS + 1):
                for one in WORDS[part].properties.values():
                    path = field_name(word.name, slot, name, number, one.name)
                    yield _field(one, path, group, str(number))


def _must(word: Word) -> bool:
    """Whether the element is nothing without the word: then the Modeler asks for what it must say."""
    return not word.many and word.name not in ("milestone", "result")


def _field(said: Property, name: str, group: str, number: str = "") -> dict[str, Any]:
    """One field: a list to choose from where there are few values, else a line of text."""
    label = f"{said.label.vi} / {said.label.en} {number}".rstrip()
    notes = f"{said.meaning.vi} / {said.meaning.en}"
    if name == field_name("handler", 0, "name"):
        notes = f"{notes} ({', '.join(handlers())})"
    written: dict[str, Any] = {"label": label, "description": notes, "group": group}
    if said.choices:
        written |= {"type": "Dropdown", "value": "", "choices": [_choice("", "—"), *_choices(said)]}
    else:
        written |= {"type": "String"}
    return written | {"binding": {"type": "camunda:property", "name": name}}


def _choices(said: Property) -> Iterator[dict[str, str]]:
    meanings: Mapping[str, Meaning] = said.values
    for value in said.choices:
        meaning = meanings.get(value)
        yield _choice(value, f"{value}: {meaning.vi} / {meaning.en}" if meaning else value)


def _choice(value: str, name: str) -> dict[str, str]:
    return {"name": name, "value": value}


def _duration(timer: Word) -> dict[str, Any]:
    return {
        "label": "Thời hạn / Time limit",
        "description": "FEEL: working days(5), calendar days(30), before due(working days(1)), "
        'after milestone("received", working days(3)).',
        "group": timer.name,
        "type": "String",
        "binding": {"type": "camunda:property", "name": DURATION},
        "constraints": {"notEmpty": True},
    }


def _fixed(name: str, value: str) -> dict[str, Any]:
    return {"type": "Hidden", "value": value, "binding": {"type": "property", "name": name}}
