"""The BPMN file of an outline: facts, lanes, elements, and the picture."""

from lxml import etree

from engine.workflow.drafting.canvas import XSI, Canvas, Ids, Named, text, word
from engine.workflow.drafting.elements import basis_words
from engine.workflow.drafting.expanding import framed
from engine.workflow.drafting.layout import draw
from engine.workflow.drafting.layout.interchange import DC, DI
from engine.workflow.drafting.outline import Lane, Outline, Step
from engine.workflow.drafting.presets import CENTRE_LANE, LANE_IDS, LANES
from engine.workflow.drafting.problems import BadOutline, Problem
from engine.workflow.drafting.sketch import Sketch
from engine.workflow.reading.names import BPMN, BPMNDI, MOTCUA, bpmn

_SPACES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "xsi": XSI, "motcua": MOTCUA}


def bpmn_of(outline: Outline, taken: frozenset[str] = frozenset()) -> tuple[etree._Element, list[Step]]:
    """The document, and its tasks with their forms; ``taken`` are the ids of the processes that it calls.

    Raises BadOutline.
    """
    name = outline.process_id
    root = etree.Element(
        bpmn("definitions"), nsmap=_SPACES, id=f"def_{name}", targetNamespace="urn:motcua:processes"
    )
    lanes: dict[str, list[str]] = {}
    known = _lanes(outline)
    canvas = Canvas(Ids(taken), Named(), lanes)
    process = etree.Element(bpmn("process"), id=name, name=outline.name, isExecutable="true")
    _facts(process, outline)
    steps = framed(outline) if outline.frame else outline.steps
    first, said = ("nop", "Nộp hồ sơ") if outline.frame else (f"bd_{name}", "Bắt đầu")
    Sketch(canvas, outline, CENTRE_LANE).draw(steps, first, said)
    _lane_set(process, name, lanes, known)
    canvas.finish(process)
    for (kind, value), identity in sorted(canvas.named.found.items()):
        named = etree.SubElement(root, bpmn(kind), id=identity, name=value)
        if kind == "error":
            named.set("errorCode", value)
    collaboration = etree.SubElement(root, bpmn("collaboration"), id=f"col_{name}")
    etree.SubElement(
        collaboration, bpmn("participant"), id=f"pool_{name}", name=outline.name, processRef=name
    )
    root.append(process)
    draw(root)
    return root, canvas.named.tasks


def _lanes(outline: Outline) -> dict[str, Lane]:
    """The lanes that there may be, in the order in which they are drawn."""
    return {**LANES, **{one.key: one for one in outline.lanes}}


def _lane_set(
    process: etree._Element, name: str, lanes: dict[str, list[str]], known: dict[str, Lane]
) -> None:
    unknown = sorted(set(lanes) - set(known))
    if unknown:
        there = ", ".join(known)
        raise BadOutline([Problem(
            1, "lanes", f"không có làn «{unknown[0]}»; có: {there}",
            f"there is no lane “{unknown[0]}”; there are: {there}",
        )])  # fmt: skip
    written = etree.SubElement(process, bpmn("laneSet"), id=f"lanes_{name}")
    for key, lane in known.items():
        if not lanes.get(key):
            continue
        one = etree.SubElement(written, bpmn("lane"), id=f"l_{LANE_IDS.get(key, key)}", name=lane.name)
        word(etree.SubElement(one, bpmn("extensionElements")), "role", name=lane.role, agency=lane.agency)
        for identity in lanes[key]:
            text(one, "flowNodeRef", identity)


def _facts(process: etree._Element, outline: Outline) -> None:
    """What the process says of its procedure; nothing for one that others call."""
    if not outline.frame:
        return
    if outline.questions:
        source = f"Nguồn: {outline.source}. " if outline.source else ""
        lines = "".join(f"\n- {one}" for one in outline.questions)
        text(process, "documentation", f"{source}Còn phải đối chiếu:{lines}")
    words = etree.SubElement(process, bpmn("extensionElements"))
    word(
        words, "procedure", code=outline.code, agency=outline.agency, domain=outline.domain or None,
        level=outline.level, resume=outline.resume,
        form=outline.form_id if outline.form is not None else None,
        source=outline.source or None, clockStarts=outline.clock_starts,
        sameDay="true" if outline.same_day else None, appointmentSlip=outline.appointment_slip,
        supplementExpiry=outline.supplement_expiry, retention=outline.retention,
    )  # fmt: skip
    if outline.limit:
        word(words, "timeLimit", outline.limit, note=outline.limit_note or None)
    for fee in outline.fees:
        word(words, "fee", fee.expression, name=fee.name, kind=fee.kind, when=fee.when, table=fee.table)
    _papers(words, outline)
    for channel in outline.channels:
        word(words, "channel", name=channel)
    basis_words(words, outline.basis)
    for question in outline.questions:
        word(words, "open", question=question)


def _papers(words: etree._Element, outline: Outline) -> None:
    """What is handed in, and what comes of it."""
    for one in outline.documents:
        counts = {
            key: str(value) for key in ("original", "copy", "certified") if (value := getattr(one, key))
        }
        word(words, "document", id=one.id, name=one.name, **counts, condition=one.condition,
             electronic="true" if one.electronic else None,
             digitise="true" if one.digitise else None)  # fmt: skip
    if outline.result is not None:
        word(
            words,
            "result",
            name=outline.result.name,
            type=outline.result.type or None,
            signer=outline.result.signer or None,
        )
