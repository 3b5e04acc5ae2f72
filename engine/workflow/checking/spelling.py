"""Our words as the descriptor has them: spelt right, where they are read, with values that exist."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from engine.domain.duration import BadDuration, parse_duration
from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject
from engine.workflow.reading.descriptor import WORDS, Property
from engine.workflow.reading.names import BPMN, MOTCUA, bpmn, local
from engine.workflow.reading.words import text_of

_SPAN = re.compile(r"[0-9]+(?:WD|WH|D|H|M)\Z")
_NAMESPACE = f"{{{MOTCUA}}}"


def words_of(subject: Subject) -> Iterator[tuple[str, etree._Element]]:
    """Every word of ours in every file, those that nobody knows included."""
    for file, root in subject.closure.roots.items():
        for word in root.iter(f"{_NAMESPACE}*"):
            yield file, word


def unknown(subject: Subject) -> Iterable[Finding]:
    """A misspelt word would be read as nothing."""
    for file, word in words_of(subject):
        tag = local(word)
        if tag not in WORDS:
            yield _wrong("word-unknown", file, word, f"không có từ motcua:{tag}", f"no word motcua:{tag}")
            continue
        for name in sorted({str(name) for name in word.attrib} - WORDS[tag].attributes):
            vi, en = f"motcua:{tag} không có thuộc tính «{name}»", f"motcua:{tag} has no attribute “{name}”"
            yield _wrong("word-unknown", file, word, vi, en)


def misplaced(subject: Subject) -> Iterable[Finding]:
    """A word in another place than its own would be read as nothing, and so would a second one of a kind."""
    for file, word in words_of(subject):
        tag = local(word)
        if tag not in WORDS:
            continue
        if not _in_its_place(word):
            where = ", ".join(WORDS[tag].allowed_in) or ", ".join(_holders(tag))
            vi = f"motcua:{tag} không được đọc ở đây; nó đứng ở: {where}"
            yield _wrong(
                "word-misplaced", file, word, vi, f"motcua:{tag} is not read here; it goes on: {where}"
            )
        elif not WORDS[tag].many and next(word.itersiblings(word.tag, preceding=True), None) is not None:
            vi, en = f"motcua:{tag} chỉ ghi một lần", f"motcua:{tag} is said once only"
            yield _wrong("word-misplaced", file, word, vi, en)


def _holders(tag: str) -> list[str]:
    return [f"motcua:{word.name}" for word in WORDS.values() if tag in word.parts.values()]


def _in_its_place(word: etree._Element) -> bool:
    around = word.getparent()
    if around is None:
        return False
    if around.tag.startswith(_NAMESPACE):
        return local(around) in WORDS and local(word) in WORDS[local(around)].parts.values()
    owner = around.getparent()
    known = around.tag == bpmn("extensionElements") and owner is not None
    return known and owner is not None and local(owner) in WORDS[local(word)].places


def values(subject: Subject) -> Iterable[Finding]:
    """Attributes with a fixed set of values or a form of their own have one of them."""
    for file, word in words_of(subject):
        known = WORDS[local(word)].properties if local(word) in WORDS else {}
        for name, one in known.items():
            value = word.get(name)
            if value is None or _fits(value, one):
                continue
            vi, en = f'{name}="{value}" không được biết', f'{name}="{value}" is not known'
            if one.choices:
                shown = ", ".join(sorted(one.choices))
                vi, en = f"{vi}; có thể là: {shown}", f"{en}; it may be: {shown}"
            yield _wrong("word-value", file, word, vi, en)


def _fits(value: str, said: Property) -> bool:
    if said.choices:
        return value in said.choices
    if said.kind == "Integer":
        return value.isdecimal()
    return not value or not said.pattern or (bool(re.fullmatch(said.pattern, value)) and _reckons(value))


def _reckons(value: str) -> bool:
    """Whether the span in a value is one that the calendar counts: 99999D is none."""
    span = _SPAN.search(value)
    try:
        return span is None or parse_duration(span[0]) is not None
    except BadDuration:
        return False


def incomplete(subject: Subject) -> Iterable[Finding]:
    """A word says what it must."""
    for file, word in words_of(subject):
        known = WORDS.get(local(word))
        for name in known.required if known is not None else ():
            said = text_of(word) if name == "body" else (word.get(name) or "").strip()
            if said:
                continue
            label = known.properties[name].label if known is not None else None
            vi = f"motcua:{local(word)} chưa ghi {name} ({label.vi if label else ''})"
            en = f"motcua:{local(word)} says no {name} ({label.en if label else ''})"
            found = _wrong("word-incomplete", file, word, vi, en)
            draft = local(word) == "procedure"  # a procedure may be tried out before it has a code
            yield replace(found, severity=subject.house_severity) if draft else found


def _owner(word: etree._Element) -> etree._Element:
    """The element of the diagram that a word belongs to; the word itself when there is none."""
    around = word.iterancestors(f"{{{BPMN}}}*")
    return next((one for one in around if local(one) != "extensionElements"), word)


def _wrong(rule: str, file: str, word: etree._Element, vi: str, en: str) -> Finding:
    found = finding(
        rule, Severity.ERROR, file, _owner(word), vi=vi, en=en,
        remedy_vi="Sửa theo bảng từ ở docs/reference/words.vi.md.",
        remedy_en="Mend it by the list of words in docs/reference/words.en.md.",
    )  # fmt: skip
    return replace(found, line=word.sourceline if isinstance(word.sourceline, int) else found.line)


RULES = (unknown, misplaced, values, incomplete)
