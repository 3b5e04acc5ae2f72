"""Gateways must always have somewhere to go on."""

from collections.abc import Iterable

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.flows import CONDITIONAL
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import ACTIVITIES, Subject, definitions
from engine.workflow.reading.names import bpmn, local
from engine.workflow.reading.words import text_of

GATEWAYS = (*CONDITIONAL, "parallelGateway", "eventBasedGateway")


def branch_conditions(subject: Subject) -> Iterable[Finding]:
    """Where a gateway decides, every branch but the default one says when it is taken."""
    for scope in subject.scopes:
        for gateway in scope.of_kind(*CONDITIONAL):
            leaving = scope.outgoing.get(gateway.get("id", ""), ())
            for flow in leaving if len(leaving) > 1 else ():
                condition = text_of(flow.find(bpmn("conditionExpression")))
                if condition is None and flow.get("id") != gateway.get("default"):
                    exclusive = local(gateway) == "exclusiveGateway"
                    yield finding(
                        "condition-missing",
                        Severity.ERROR if exclusive else subject.house_severity,
                        scope.file,
                        flow,
                        vi=f"nhánh ra khỏi «{gateway.get('name') or gateway.get('id')}» chưa có điều kiện",
                        en=f"a branch of “{gateway.get('name') or gateway.get('id')}” has no condition",
                        remedy_vi="Viết điều kiện FEEL cho nhánh, hoặc đặt nó làm nhánh mặc định.",
                        remedy_en="Write a FEEL condition, or make it the default branch.",
                    )


def default_flows(subject: Subject) -> Iterable[Finding]:
    """A deciding gateway has a default branch, so that it cannot get stuck."""
    for scope in subject.scopes:
        for gateway in scope.of_kind(*CONDITIONAL, *ACTIVITIES):
            leaving = scope.outgoing.get(gateway.get("id", ""), ())
            default = gateway.get("default")
            if default is not None and all(flow.get("id") != default for flow in leaving):
                severity, vi, en = (
                    Severity.ERROR,
                    "nhánh mặc định không đi ra từ phần tử này",
                    "its default flow is not one of its own",
                )
            elif default is None and len(leaving) > 1 and local(gateway) in CONDITIONAL:
                severity, vi, en = (
                    subject.house_severity,
                    "cổng chưa có nhánh mặc định",
                    "the gateway has no default flow",
                )
            else:
                continue
            yield finding(
                "default-missing", severity, scope.file, gateway, vi=vi, en=en,
                remedy_vi="Chọn một nhánh làm mặc định (Default Flow).",
                remedy_en="Make one branch the default flow.",
            )  # fmt: skip


def default_conditions(subject: Subject) -> Iterable[Finding]:
    """A default branch has no condition: nobody could tell which of the two counts."""
    for scope in subject.scopes:
        for gateway in scope.of_kind(*CONDITIONAL):
            for flow in scope.outgoing.get(gateway.get("id", ""), ()):
                if flow.get("id") == gateway.get("default") and text_of(
                    flow.find(bpmn("conditionExpression"))
                ):
                    yield finding(
                        "default-with-condition", Severity.WARNING, scope.file, flow,
                        vi="nhánh mặc định có điều kiện; điều kiện này không được xét",
                        en="the default flow has a condition; it is not looked at",
                        remedy_vi="Bỏ điều kiện của nhánh mặc định.",
                        remedy_en="Remove the condition of the default flow.",
                    )  # fmt: skip


def event_gateways(subject: Subject) -> Iterable[Finding]:
    """Behind an event-based gateway stand at least two events, each reached from nowhere else."""
    for scope in subject.scopes:
        for gateway in scope.of_kind("eventBasedGateway"):
            flows = scope.outgoing.get(gateway.get("id", ""), ())
            targets = [scope.nodes.get(flow.get("targetRef", "")) for flow in flows]
            receives = {_receives(target) for target in targets if target is not None}
            sound = (
                len(targets) > 1
                and not {"task", "event"} <= receives
                and all(
                    target is not None
                    and local(target) in ("intermediateCatchEvent", "receiveTask")
                    and not {"errorEventDefinition", "linkEventDefinition"} & set(definitions(target))
                    and not scope.attached.get(target.get("id", ""))
                    and len(scope.incoming.get(target.get("id", ""), ())) == 1
                    for target in targets
                )
            )
            if not sound:
                yield finding(
                    "event-gateway-branches", Severity.ERROR, scope.file, gateway,
                    vi="sau cổng sự kiện phải là ít nhất hai sự kiện chờ, mỗi sự kiện chỉ có một luồng vào",
                    en="an event-based gateway needs at least two events to wait for, each with one flow in",
                    remedy_vi="Đặt sự kiện tin nhắn hoặc thời hạn ngay sau cổng.",
                    remedy_en="Put message or timer catch events right behind the gateway.",
                )  # fmt: skip


def _receives(target: etree._Element) -> str | None:
    """How a message is waited for behind an event gateway: by tasks or by events, never by both (10.6.6)."""
    if local(target) == "receiveTask":
        return "task"
    return "event" if "messageEventDefinition" in definitions(target) else None


def directions(subject: Subject) -> Iterable[Finding]:
    """A gateway that says which way it works has flows to match (table 10.103)."""
    for scope in subject.scopes:
        for gateway in scope.of_kind(*GATEWAYS):
            said = gateway.get("gatewayDirection", "Unspecified")
            into, out = (
                len(flows.get(gateway.get("id", ""), ())) for flows in (scope.incoming, scope.outgoing)
            )
            many = {"Converging": (True, False), "Diverging": (False, True), "Mixed": (True, True)}.get(said)
            if many is not None and many != (into > 1, out > 1):
                yield finding(
                    "gateway-direction", Severity.ERROR, scope.file, gateway,
                    vi=f"gatewayDirection=\"{said}\", nhưng cổng có {into} luồng vào và {out} luồng ra",
                    en=f"gatewayDirection=\"{said}\", but {into} flows enter the gateway and {out} leave it",
                    remedy_vi="Sửa các luồng, hoặc bỏ gatewayDirection.",
                    remedy_en="Mend the flows, or remove gatewayDirection.",
                )  # fmt: skip


def dead_gateways(subject: Subject) -> Iterable[Finding]:
    """A gateway without a way out swallows its token."""
    for scope in subject.scopes:
        for gateway in scope.of_kind(*CONDITIONAL, "parallelGateway"):
            if not scope.outgoing.get(gateway.get("id", "")):
                yield finding(
                    "gateway-without-way-out", Severity.ERROR, scope.file, gateway,
                    vi="cổng không có luồng đi ra", en="no flow leaves the gateway",
                    remedy_vi="Nối cổng với bước tiếp theo.", remedy_en="Connect it to what comes next.",
                )  # fmt: skip


def activation(subject: Subject) -> Iterable[Finding]:
    """A complex gateway that joins says when (BPMN 2.0.2, 10.6.5)."""
    for scope in subject.scopes:
        for gateway in scope.of_kind("complexGateway"):
            several = len(scope.incoming.get(gateway.get("id", ""), ())) > 1
            if several and text_of(gateway.find(bpmn("activationCondition"))) is None:
                yield finding(
                    "activation-missing", Severity.ERROR, scope.file, gateway,
                    vi="cổng phức hợp gộp nhiều luồng nhưng chưa ghi điều kiện (activationCondition)",
                    en="the complex gateway joins flows but has no activationCondition",
                    remedy_vi="Ghi ví dụ activationCount >= 2.", remedy_en="Write say activationCount >= 2.",
                )  # fmt: skip


RULES = (
    directions,
    activation,
    branch_conditions,
    default_flows,
    default_conditions,
    event_gateways,
    dead_gateways,
)
