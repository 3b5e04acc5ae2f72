"""Data: what activities take in and give out is declared, and lists are lists (BPMN 2.0.2, 10.4)."""

from collections.abc import Iterable, Iterator

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject
from engine.workflow.checking.targets import bearer
from engine.workflow.reading.names import BPMN, bpmn, local

_SETS = (
    ("inputSet", "dataInput", ("dataInputRefs", "optionalInputRefs", "whileExecutingInputRefs")),
    ("outputSet", "dataOutput", ("dataOutputRefs", "optionalOutputRefs", "whileExecutingOutputRefs")),
)
_COLLECTIONS = ("dataObject", "dataInput", "dataOutput")


def specifications(subject: Subject) -> Iterable[Finding]:
    """Sets name the data of their own ioSpecification, and every datum is in a set (table 10.59)."""
    for file, root in subject.closure.roots.items():
        for specification in root.iter(bpmn("ioSpecification")):
            for vi, en in _set_faults(specification):
                yield _wrong("io-specification", file, bearer(specification), vi, en)


def _set_faults(specification: etree._Element) -> Iterator[tuple[str, str]]:
    for set_tag, data_tag, names in _SETS:
        data = {str(one.get("id")) for one in specification.iterchildren(bpmn(data_tag))}
        sets = list(specification.iterchildren(bpmn(set_tag)))
        named = {
            (one.text or "").strip(): local(one)
            for one_set in sets
            for one in one_set.iterchildren(*(bpmn(name) for name in names))
        }
        for missing in sorted(set(named) - data):
            yield (
                f"{named[missing]} nhắc «{missing}» không được khai báo",
                f"{set_tag} names no {data_tag} “{missing}”",
            )
        for idle in sorted(data - set(named)):
            yield f"{data_tag} «{idle}» không thuộc {set_tag} nào", f"{data_tag} “{idle}” is in no {set_tag}"


def collections(subject: Subject) -> Iterable[Finding]:
    """Data are a list when their type is one, and only then (table 10.52)."""
    for file, root in subject.closure.roots.items():
        types = {str(one.get("id")): one for one in root.iterchildren(bpmn("itemDefinition"))}
        for data in root.iter(*(bpmn(tag) for tag in _COLLECTIONS)):
            type_ = types.get((data.get("itemSubjectRef") or "").rsplit(":", 1)[-1])
            if type_ is not None and _is_list(data) != _is_list(type_):
                yield _wrong(
                    "collection", file, data,
                    f"isCollection không giống kiểu «{type_.get('id')}»",
                    f"isCollection differs from that of its type “{type_.get('id')}”",
                )  # fmt: skip


def _is_list(element: etree._Element) -> bool:
    return (element.get("isCollection") or "").strip() in ("true", "1")


def associations(subject: Subject) -> Iterable[Finding]:
    """A data arrow has one end in its activity or event: what it takes in or gives out (table 10.62)."""
    for scope, element in subject.nodes():
        own = _own(element)
        if not own:
            continue  # arrows of an activity without ioSpecification lead to variables directly
        for tag, end in (("dataInputAssociation", "targetRef"), ("dataOutputAssociation", "sourceRef")):
            for association in element.iterchildren(bpmn(tag)):
                said = {(one.text or "").strip() for one in association.iterchildren(bpmn(end))}
                if said and not said & own:
                    yield _wrong(
                        "data-association", scope.file, element,
                        f"{end} của mũi tên dữ liệu phải là dữ liệu của chính phần tử này",
                        f"{end} of the data arrow must be data of this very element",
                    )  # fmt: skip


def _own(element: etree._Element) -> set[str]:
    specification = element.find(bpmn("ioSpecification"))
    found = [] if specification is None else list(specification.iterchildren(f"{{{BPMN}}}*"))
    found += [
        *element.iterchildren(bpmn("dataInput"), bpmn("dataOutput"), bpmn("property")),
        *element.iter(bpmn("inputDataItem"), bpmn("outputDataItem")),
    ]
    return {str(one.get("id")) for one in found if one.get("id")}


def _wrong(rule: str, file: str, element: etree._Element, vi: str, en: str) -> Finding:
    return finding(
        rule, Severity.ERROR, file, element, vi=vi, en=en,
        remedy_vi="Sửa phần dữ liệu (ioSpecification, data object) của phần tử.",
        remedy_en="Mend the data of the element: its ioSpecification or data object.",
    )  # fmt: skip


RULES = (specifications, collections, associations)
