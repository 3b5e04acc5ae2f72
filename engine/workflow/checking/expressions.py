"""Every expression, script and timer compiles before a dossier meets it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from engine.domain.cycle import parse_cycle
from engine.domain.duration import BadDuration, LegalDuration
from engine.domain.feel import (
    Expression,
    FeelEvaluationError,
    FeelSyntaxError,
    compile_expression,
    compile_script,
)
from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject
from engine.workflow.elements.timers import span_code
from engine.workflow.reading.names import BPMN, bpmn, find_all, local
from engine.workflow.reading.words import text_of, timer_expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An expression where it stands."""

    file: str
    element: etree._Element
    kind: str  # a key of ``_WHERE``
    source: str
    repeats: bool = False  # a timer that begins anew

    def compiled(self) -> Expression | None:
        """None when it does not compile."""
        try:
            return compile_expression(self.source)
        except FeelSyntaxError:
            return None


_WHERE = {
    "condition": ("điều kiện của luồng", "the flow's condition"),
    "timer": ("thời hạn chờ", "the timer"),
    "limit": ("thời hạn", "the time limit"),
    "input": ("dữ liệu vào của bước tự động", "an input of the handler"),
    "fee": ("phí, lệ phí", "a fee"),
    "document": ("điều kiện của thành phần hồ sơ", "a document's condition"),
    "event condition": ("điều kiện của sự kiện", "the event's condition"),
    "loop": ("điều kiện lặp", "the loop's condition"),
    "instances": ("số lần thực hiện", "the number of instances"),
    "completion": ("điều kiện hoàn thành", "the completion condition"),
    "activation": ("điều kiện kích hoạt cổng", "the activation condition"),
    "data": ("luồng dữ liệu", "the data flow"),
}


# Where else BPMN has expressions, by what they are for.
_PLACES = (
    ("event condition", "./bpmn:conditionalEventDefinition/bpmn:condition"),
    ("loop", "./bpmn:standardLoopCharacteristics/bpmn:loopCondition"),
    ("instances", "./bpmn:multiInstanceLoopCharacteristics/bpmn:loopCardinality"),
    ("completion", "./bpmn:multiInstanceLoopCharacteristics/bpmn:completionCondition"),
    ("completion", "./bpmn:multiInstanceLoopCharacteristics/bpmn:complexBehaviorDefinition/bpmn:condition"),
    ("completion", "./bpmn:completionCondition"),
    ("activation", "./bpmn:activationCondition"),
    ("data", "./bpmn:dataInputAssociation/bpmn:transformation"),
    ("data", "./bpmn:dataOutputAssociation/bpmn:transformation"),
    ("data", "./bpmn:dataInputAssociation/bpmn:assignment/bpmn:from"),
    ("data", "./bpmn:dataOutputAssociation/bpmn:assignment/bpmn:from"),
)


def uses(subject: Subject) -> Iterator[Use]:
    """All expressions of the diagrams, scripts aside."""
    for scope in subject.scopes:
        for flow in scope.flows:
            source = text_of(flow.find(bpmn("conditionExpression")))
            if source is not None:
                yield Use(file=scope.file, element=flow, kind="condition", source=source)
        for identity, element in scope.nodes.items():
            yield from _of_node(subject, scope.file, identity, element)
    yield from _of_procedure(subject)


def _of_node(subject: Subject, file: str, identity: str, element: etree._Element) -> Iterator[Use]:
    for timer in timers_of(element):
        source = timer_expression(timer)
        if source is not None:
            repeats = timer.find(bpmn("timeCycle")) is not None
            yield Use(file=file, element=element, kind="timer", source=source, repeats=repeats)
    for kind, path in _PLACES:
        for place in find_all(element, path):
            source = text_of(place)
            if source is not None:
                yield Use(file=file, element=element, kind=kind, source=source)
    facts = subject.closure.nodes.get(identity)
    if facts is not None:
        limits = [facts.time_limit] if facts.time_limit and facts.time_limit.strip() != "none" else []
        yield from (Use(file=file, element=element, kind="limit", source=one) for one in limits)
        inputs = [one.expression for one in facts.inputs]
        yield from (Use(file=file, element=element, kind="input", source=one) for one in inputs)


def timers_of(element: etree._Element) -> list[etree._Element]:
    """The timer definitions of an event, those it refers to included."""
    found = list(element.iterchildren(bpmn("timerEventDefinition")))
    root = element.getroottree().getroot()
    for reference in element.iterchildren(bpmn("eventDefinitionRef")):
        named = (reference.text or "").strip().rsplit(":", 1)[-1]
        found += [one for one in root.iterchildren(bpmn("timerEventDefinition")) if one.get("id") == named]
    return found


def _of_procedure(subject: Subject) -> Iterator[Use]:
    closure = subject.closure
    main = closure.processes.get(closure.main_process)
    if main is None:
        return
    facts = closure.procedure
    found: list[tuple[str, str | None]] = (
        [("limit", facts.time_limit)] if facts.time_limit and facts.time_limit != "none" else []
    )
    found += [("fee", fee.expression) for fee in facts.fees]
    found += [("document", one.condition) for one in facts.documents]
    for kind, source in found:
        if source is not None:
            yield Use(file=closure.files_of[closure.main_process], element=main, kind=kind, source=source)


def compile_all(subject: Subject) -> Iterable[Finding]:
    """Expressions are FEEL."""
    for use in uses(subject):
        try:
            compile_expression(use.source)
        except FeelSyntaxError as error:
            vi, en = _WHERE[use.kind]
            yield finding(
                "expression", Severity.ERROR, use.file, use.element,
                vi=f"{vi} «{use.source}» viết sai: {error.message('vi')}",
                en=f"{en} “{use.source}” is wrong: {error.message('en')}",
                remedy_vi="Viết lại theo FEEL, ví dụ area > 500.",
                remedy_en="Write it in FEEL, for example area > 500.",
            )  # fmt: skip


def spans(subject: Subject) -> Iterable[Finding]:
    """Timers and limits that read nothing must give legal time now; those that do show it when they run."""
    for use in uses(subject):
        expression = use.compiled()
        if use.kind not in ("timer", "limit") or expression is None or expression.names:
            continue
        if not _is_legal_time(expression, use):
            yield finding(
                "no-legal-time", Severity.ERROR, use.file, use.element,
                vi=f"«{use.source}» không cho thời hạn", en=f"“{use.source}” gives no span of legal time",
                remedy_vi="Viết ví dụ working days(5), calendar days(10), before due(working days(1)).",
                remedy_en="Write say working days(5), calendar days(10), before due(working days(1)).",
            )  # fmt: skip


def _is_legal_time(expression: Expression, use: Use) -> bool:
    try:
        value = expression.evaluate({})
        if use.kind == "limit":
            return value is None or isinstance(value, LegalDuration)
        if use.repeats and isinstance(value, str):
            parse_cycle(value)
        else:
            span_code(value)
    except (FeelEvaluationError, BadDuration, AttributeError, OverflowError):
        return False
    return True


def timers(subject: Subject) -> Iterable[Finding]:
    """A timer says how long."""
    for scope, element in subject.nodes():
        if any(timer_expression(timer) is None for timer in timers_of(element)):
            yield finding(
                "timer-without-value", Severity.ERROR, scope.file, element,
                vi="sự kiện thời hạn chưa ghi thời hạn", en="the timer says no time",
                remedy_vi="Ghi timeDuration, ví dụ working days(3).",
                remedy_en="Write a timeDuration, for example working days(3).",
            )  # fmt: skip


def event_conditions(subject: Subject) -> Iterable[Finding]:
    """A conditional event without a condition would never come."""
    for scope, element in subject.nodes():
        for condition in find_all(element, "./bpmn:conditionalEventDefinition/bpmn:condition"):
            if text_of(condition) is None:
                yield finding(
                    "event-condition-missing", Severity.ERROR, scope.file, element,
                    vi="sự kiện điều kiện chưa ghi điều kiện", en="the conditional event says no condition",
                    remedy_vi="Viết điều kiện FEEL, ví dụ area > 500.",
                    remedy_en="Write a condition in FEEL, for example area > 500.",
                )  # fmt: skip


def languages(subject: Subject) -> Iterable[Finding]:
    """Expressions are read as FEEL, whatever language a file says: who wrote another one should look."""
    for file, root in subject.closure.roots.items():
        said = {element.get("language") for element in root.iter(f"{{{BPMN}}}*")}
        said.add(root.get("expressionLanguage"))
        for language in sorted(one for one in said if one and "feel" not in one.lower()):
            yield finding(
                "expression-language", Severity.WARNING, file, root,
                vi=f"tệp ghi ngôn ngữ biểu thức «{language}»; mọi biểu thức được đọc là FEEL",
                en=f"the file names the expression language “{language}”; everything is read as FEEL",
                remedy_vi="Kiểm tra từng biểu thức, rồi ghi expressionLanguage của FEEL hoặc bỏ đi.",
                remedy_en="Look at each expression; then name FEEL's language, or none.",
            )  # fmt: skip


def scripts(subject: Subject) -> Iterable[Finding]:
    """Scripts are lines ``name = FEEL``, and nothing else."""
    for scope, element in subject.nodes():
        if local(element) != "scriptTask":
            continue
        why = _script_fault(element)
        if why is not None:
            yield finding(
                "script", Severity.ERROR, scope.file, element, vi=why[0], en=why[1],
                remedy_vi="Viết các dòng «tên = biểu thức FEEL» với scriptFormat=\"feel\".",
                remedy_en="Write lines «name = FEEL» with scriptFormat=\"feel\".",
            )  # fmt: skip


def _script_fault(element: etree._Element) -> tuple[str, str] | None:
    language = element.get("scriptFormat") or "feel"
    if language.lower() not in ("feel", "application/feel"):
        return f"ngôn ngữ «{language}» không được chạy", f"language “{language}” is not run"
    source = text_of(element.find(bpmn("script")))
    if source is None:
        return "bước tính toán chưa có nội dung", "the script is empty"
    try:
        compile_script(source)
    except FeelSyntaxError as error:
        return f"đoạn lệnh viết sai: {error.message('vi')}", f"the script is wrong: {error.message('en')}"
    return None


RULES = (compile_all, languages, spans, timers, event_conditions, scripts)
