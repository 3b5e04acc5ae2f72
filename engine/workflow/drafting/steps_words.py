"""What an element of a diagram says of itself, in Vietnamese."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.drafting.expanding import span_words
from engine.workflow.reading.names import bpmn, local, our_word, our_words
from engine.workflow.reading.words import bases, text_of, timer_expression

KIND_WORDS = {
    "startEvent": "bắt đầu", "endEvent": "kết thúc", "intermediateCatchEvent": "chờ",
    "intermediateThrowEvent": "ghi nhận", "boundaryEvent": "sự kiện biên", "userTask": "người làm",
    "serviceTask": "tự động", "scriptTask": "ghi dữ liệu", "businessRuleTask": "bảng quyết định",
    "callActivity": "quy trình dùng chung", "subProcess": "nhóm bước", "exclusiveGateway": "rẽ nhánh",
    "inclusiveGateway": "một hay nhiều nhánh", "parallelGateway": "song song",
    "eventBasedGateway": "việc nào đến trước",
}  # fmt: skip
_EVENTS = {"message": "tin nhắn", "signal": "tín hiệu", "error": "lỗi"}
_STYLE = {"required": " (phải ghi lý do)"}


def doings(element: etree._Element) -> Iterator[str]:
    """Phrases about one element, in a fixed order."""
    yield from _task(element)
    yield from _machine(element)
    yield from _event(element)
    yield from _times(element)
    for word in our_words(element, "milestone"):
        yield f"mốc {word.get('name')}"
    for one in bases(element):
        yield f"căn cứ {one.document} {one.article}".rstrip()


def _task(element: etree._Element) -> Iterator[str]:
    word = our_word(element, "task")
    if word is not None:
        limit = word.get("timeLimit")
        yield "không tính hạn" if limit == "none" else f"hạn {span_words(limit)}" if limit else "chưa ghi hạn"
        if word.get("agency") or word.get("role"):
            yield f"do {word.get('role') or ''} {word.get('agency') or ''}".rstrip()
        if word.get("form"):
            yield f"biểu mẫu {word.get('form')}"
    buttons = [
        f"{one.get('label')} = {one.get('value')}{_STYLE.get(one.get('reason') or '', '')}"
        for one in our_words(element, "decision")
    ]
    if buttons:
        yield "chọn: " + ", ".join(buttons)


def _machine(element: etree._Element) -> Iterator[str]:
    handler, table = our_word(element, "handler"), our_word(element, "table")
    if handler is not None:
        inputs = [f"{one.get('name')} = {text_of(one)}" for one in handler if local(one) == "input"]
        yield f"xử lý {handler.get('name')}" + (f" ({', '.join(inputs)})" if inputs else "")
    if table is not None:
        yield f"theo bảng {table.get('decision')}, ghi {table.get('result')}"
    script = text_of(element.find(bpmn("script")))
    if script:
        yield "ghi " + "; ".join(line.strip() for line in script.splitlines() if line.strip())
    if element.get("calledElement"):
        yield f"gọi {element.get('calledElement')}"


def _event(element: etree._Element) -> Iterator[str]:
    for definition in element.iterchildren():
        kind = local(definition).removesuffix("EventDefinition")
        if kind == "timer":
            said = span_words(timer_expression(definition) or "")
            yield f"vào lúc còn {said}" if said.endswith("trước hẹn") else f"sau {said}"
        elif kind == "terminate":
            yield "dừng tất cả"
        elif kind in _EVENTS:
            yield f"{_EVENTS[kind]} {_referred(definition, kind)}"
    if local(element) == "boundaryEvent":
        yield "không ngắt bước" if element.get("cancelActivity") == "false" else "ngắt bước"


def _referred(definition: etree._Element, kind: str) -> str:
    wanted = definition.get(f"{kind}Ref")
    root = definition.getroottree().getroot()
    return next((str(one.get("name")) for one in root.iter(bpmn(kind)) if one.get("id") == wanted), "bất kỳ")


def _times(element: etree._Element) -> Iterator[str]:
    many = element.find(bpmn("multiInstanceLoopCharacteristics"))
    if many is not None:
        over = text_of(many.find(bpmn("loopDataInputRef"))) or text_of(many.find(bpmn("loopCardinality")))
        how = "lần lượt" if many.get("isSequential") == "true" else "cùng lúc"
        yield f"làm nhiều lần theo {over}, {how}"
    loop = element.find(bpmn("standardLoopCharacteristics"))
    if loop is not None:
        again = text_of(loop.find(bpmn("loopCondition"))) or f"{loop.get('loopMaximum')} lần"
        yield f"làm lại khi {again}"
