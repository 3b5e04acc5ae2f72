"""Statements of a file that contradict what it draws: the drawing counts, the statement is kept aside."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.checking.targets import TARGETS
from engine.workflow.importing.drawing import Drawing, flows_of, parent_of, plain_reference
from engine.workflow.importing.order import put
from engine.workflow.importing.repair import REFUSE, Case, Repair
from engine.workflow.importing.repairs.shape import KEPT
from engine.workflow.reading.names import BPMN, bpmn, local

_WEIGHTY = frozenset(
    {"activityRef", "noneBehaviorEventRef", "oneBehaviorEventRef"}
)  # without it more is done
_ARROWS = frozenset({"association", "dataInputAssociation", "dataOutputAssociation"})
_HOW = ("data", "optional", "whileExecuting")
_MANY = {"Converging": (True, False), "Diverging": (False, True), "Mixed": (True, True)}


def _directions(drawing: Drawing) -> Iterator[Case]:
    for gateway in drawing.nodes():
        said = gateway.get("gatewayDirection", "")
        flows = (len(drawing.incoming(gateway)) > 1, len(drawing.outgoing(gateway)) > 1)
        if said in _MANY and _MANY[said] != flows:
            yield Case(element=gateway, default="-", before=said, more="gatewayDirection")


def _public(drawing: Drawing) -> Iterator[Case]:
    for process in drawing.executed():
        if process.get("processType") == "Public" and process.get("isExecutable") == "true":
            yield Case(element=process, default="-", before="Public", more="processType")


def _slow(drawing: Drawing) -> Iterator[Case]:
    for scope in drawing.scopes():
        for flow in flows_of(scope):
            if flow.get("isImmediate") == "false":
                yield Case(element=flow, default="-", before="false", more="isImmediate")


def keep_aside(_: Drawing, case: Case, __: str) -> None:
    """An attribute stays in the file under a name that nobody executes."""
    case.element.set(f"{{{KEPT}}}{case.more}", str(case.element.attrib.pop(case.more)))


def _mentions(drawing: Drawing) -> Iterator[Case]:
    for node in drawing.nodes():
        for tag, flows in (("incoming", drawing.incoming(node)), ("outgoing", drawing.outgoing(node))):
            real = {flow.get("id") for flow in flows}
            for mention in node.iterchildren(bpmn(tag)):
                if plain_reference(mention.text) not in real and not len(mention):
                    yield Case(element=node, default="-", before=f"{tag} {mention.text or ''}", more=mention)


def _remove(_: Drawing, case: Case, __: str) -> None:
    parent_of(case.more).remove(case.more)


def _dangling(drawing: Drawing) -> Iterator[Case]:
    """Attributes that refer to what is not there."""
    known = {one.get("id"): local(one) for one in drawing.root.iter(f"{{{BPMN}}}*") if one.get("id")}
    for element in drawing.root.iter(f"{{{BPMN}}}*"):
        for name in [str(name) for name in element.attrib]:
            kinds = TARGETS.get((local(element), name), TARGETS.get(("*", name)))
            reference = str(element.get(name)).strip()
            if kinds is None or local(element) in _ARROWS or _elsewhere(drawing, element, reference):
                continue
            target = known.get(plain_reference(reference))
            if target is None or (kinds and target not in kinds):
                default = REFUSE if name in _WEIGHTY else "-"
                yield Case(element=element, default=default, before=f"{name}={reference}", more=name)


def _elsewhere(drawing: Drawing, element: etree._Element, reference: str) -> bool:
    prefix, colon, _ = reference.rpartition(":")
    namespace = element.nsmap.get(prefix) if colon else None
    return namespace is not None and namespace not in (drawing.root.get("targetNamespace"), BPMN)


def _stray_arrows(drawing: Drawing) -> Iterator[Case]:
    """Dotted lines and data arrows with an end that is not there: they join nothing."""
    known = {one.get("id") for one in drawing.root.iter(f"{{{BPMN}}}*") if one.get("id")}
    for arrow in list(drawing.root.iter(*(bpmn(tag) for tag in _ARROWS))):
        ends = [str(arrow.get(name)) for name in ("sourceRef", "targetRef") if arrow.get(name)]
        ends += [
            str(one.text) for one in arrow.iterchildren(bpmn("sourceRef"), bpmn("targetRef")) if one.text
        ]
        gone = [one for one in ends if plain_reference(one) not in known]
        if gone:
            holder = arrow if arrow.get("id") else parent_of(arrow)
            yield Case(element=holder, default="drop", before=" → ".join(ends), more=arrow)


def _missing_sets(drawing: Drawing) -> Iterator[Case]:
    """Data of an ioSpecification that no set names, and names in sets that are no data."""
    for specification in drawing.root.iter(bpmn("ioSpecification")):
        for kind in ("Input", "Output"):
            data = [str(one.get("id")) for one in specification.iterchildren(bpmn(f"data{kind}"))]
            references = [
                one
                for one_set in specification.iterchildren(bpmn(f"{kind.lower()}Set"))
                for one in one_set.iterchildren(*(bpmn(f"{how}{kind}Refs") for how in _HOW))
            ]
            named = {(one.text or "").strip() for one in references}
            idle = [one for one in data if one not in named]
            wrong = [one for one in references if (one.text or "").strip() not in data]
            without = specification.find(bpmn(f"{kind.lower()}Set")) is None
            if idle or wrong or without:
                before = ", ".join([*idle, *((one.text or "") for one in wrong)])
                yield Case(element=_holder(specification), default=f"{kind.lower()}Set", before=before,
                           more=(specification, kind, idle, wrong))  # fmt: skip


def _holder(specification: etree._Element) -> etree._Element:
    return specification if specification.get("id") else parent_of(specification)


def _name_in_sets(_: Drawing, case: Case, __: str) -> None:
    specification, kind, idle, wrong = case.more
    for reference in wrong:
        parent_of(reference).remove(reference)
    one_set = specification.find(bpmn(f"{kind.lower()}Set"))
    if one_set is None:
        one_set = etree.Element(bpmn(f"{kind.lower()}Set"))
        put(specification, one_set)
    last = len(list(one_set.iterchildren(bpmn(f"data{kind}Refs"))))
    for number, name in enumerate(idle):
        reference = etree.Element(bpmn(f"data{kind}Refs"))
        reference.text = name
        one_set.insert(last + number, reference)


def _lists(drawing: Drawing) -> Iterator[Case]:
    types = {one.get("id"): one for one in drawing.root.iterchildren(bpmn("itemDefinition"))}
    for data in drawing.root.iter(bpmn("dataObject"), bpmn("dataInput"), bpmn("dataOutput")):
        type_ = types.get(plain_reference(data.get("itemSubjectRef")))
        truth = ("true", "1")
        if type_ is not None and (type_.get("isCollection") in truth) != (data.get("isCollection") in truth):
            wanted = "true" if type_.get("isCollection") in truth else "false"
            yield Case(element=data, default=wanted, before=f"isCollection={data.get('isCollection')}")


def _set_list(_: Drawing, case: Case, answer: str) -> None:
    case.element.set("isCollection", answer)


REPAIRS = (
    Repair(
        rule="stray-arrow", find=_stray_arrows, mend=_remove, options={"drop": "the line is taken away"},
        vi="đường nối có một đầu không dẫn đến đâu. Bỏ đường này?",
        en="one end of the line leads nowhere. Take it away?",
    ),
    Repair(
        rule="reference-aside", find=_dangling, mend=keep_aside, asks=False,
        vi="tham chiếu đến phần tử không có hoặc sai loại, giữ dưới tên riêng",
        en="a reference to what is not there, or of another kind, is kept under a name of its own",
    ),
    Repair(
        rule="data-sets", find=_missing_sets, mend=_name_in_sets, asks=False,
        vi="tập dữ liệu của ioSpecification được ghi cho khớp",
        en="the sets of the ioSpecification name its data",
    ),
    Repair(
        rule="collection-mark", find=_lists, mend=_set_list, asks=False,
        vi="dấu danh sách của dữ liệu được ghi theo kiểu",
        en="the mark of a list follows the type of the data",
    ),
    Repair(
        rule="direction", find=_directions, mend=keep_aside, asks=False,
        vi="hướng ghi ở cổng không giống các luồng, giữ dưới tên riêng",
        en="the direction that the gateway names is not that of its flows; kept under a name of its own",
    ),
    Repair(
        rule="public", find=_public, mend=keep_aside, asks=False,
        vi="quy trình ghi là công khai, nhưng được thực hiện",
        en="the process is called public, but is executed",
    ),
    Repair(
        rule="immediate", find=_slow, mend=keep_aside, asks=False,
        vi="isImmediate chỉ dùng trong quy trình không thực hiện",
        en="isImmediate is for processes that are not executed",
    ),
    Repair(
        rule="mention", find=_mentions, mend=_remove, asks=False,
        vi="incoming, outgoing ghi luồng không nối ở đây, được bỏ",
        en="incoming or outgoing named a flow that is not connected here",
    ),
)  # fmt: skip
