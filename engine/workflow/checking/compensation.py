"""Compensation and transactions: who undoes what, and who may cancel (BPMN 2.0.2, 10.7 and 10.3.5.1)."""

from collections.abc import Iterable

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import ACTIVITIES, Scope, Subject, definitions
from engine.workflow.reading.names import bpmn, local


def _undoes(scope: Scope, event: etree._Element) -> list[etree._Element]:
    """Activities that an association leads to from a compensation boundary event."""
    found = []
    for association in scope.owner.iter(bpmn("association")):
        if association.get("sourceRef") == event.get("id"):
            target = scope.nodes.get(association.get("targetRef", ""))
            if target is not None and local(target) in ACTIVITIES:
                found.append(target)
    return found


def handlers(subject: Subject) -> Iterable[Finding]:
    """A compensation event leads by an association to one activity that is marked as a handler."""
    for scope in subject.scopes:
        for event in scope.of_kind("boundaryEvent"):
            if "compensateEventDefinition" not in definitions(event):
                continue
            found = _undoes(scope, event)
            if (
                len(found) != 1
                or found[0].get("isForCompensation") != "true"
                or scope.outgoing.get(event.get("id", ""))
            ):
                yield finding(
                    "compensation-handler", Severity.ERROR, scope.file, event,
                    vi="sự kiện bù trừ phải nối bằng association đến đúng một bước isForCompensation",
                    en="a compensation event leads by an association to one isForCompensation activity",
                    remedy_vi="Nối sự kiện với bước hoàn tác bằng đường chấm, không dùng luồng.",
                    remedy_en="Connect it to the activity that undoes, by an association and not by a flow.",
                )  # fmt: skip


def idle_handlers(subject: Subject) -> Iterable[Finding]:
    """A handler that nothing leads to never runs; one with sequence flows is no handler."""
    for scope in subject.scopes:
        used = {
            target.get("id")
            for event in scope.of_kind("boundaryEvent")
            if "compensateEventDefinition" in definitions(event)
            for target in _undoes(scope, event)
        }
        for identity, element in scope.nodes.items():
            if element.get("isForCompensation") != "true":
                continue
            if identity not in used or scope.incoming.get(identity) or scope.outgoing.get(identity):
                yield finding(
                    "compensation-idle", Severity.ERROR, scope.file, element,
                    vi="bước hoàn tác phải được một sự kiện bù trừ trỏ đến và không có luồng",
                    en="a handler is led to by a compensation event and has no sequence flows",
                    remedy_vi="Gắn sự kiện bù trừ vào bước cần hoàn tác, nối đến đây; bỏ các luồng.",
                    remedy_en="Attach a compensation event to what is undone, lead it here; drop flows.",
                )  # fmt: skip


def cancelling(subject: Subject) -> Iterable[Finding]:
    """Cancel events belong to transactions, and what is cancelled has somewhere to go on."""
    for scope in subject.scopes:
        for event in scope.of_kind("endEvent", "boundaryEvent"):
            if "cancelEventDefinition" not in definitions(event):
                continue
            if local(event) == "boundaryEvent":
                host = scope.nodes.get(event.get("attachedToRef", ""))
                sound = host is not None and local(host) == "transaction"
            else:
                sound = _caught(scope)
            if not sound:
                yield finding(
                    "cancel-outside", Severity.ERROR, scope.file, event,
                    vi="sự kiện hủy chỉ dùng trong giao dịch (transaction) có sự kiện biên «hủy»",
                    en="cancel events are for a transaction that has a cancel boundary event",
                    remedy_vi="Đặt trong một transaction và gắn sự kiện biên hủy vào nó.",
                    remedy_en="Put it into a transaction and attach a cancel boundary event to that.",
                )  # fmt: skip


def _caught(scope: Scope) -> bool:
    """Whether the transaction around a scope has a cancel boundary event."""
    here: etree._Element | None = scope.owner
    while here is not None and local(here) != "transaction":
        here = here.getparent()
    parent = here.getparent() if here is not None else None
    return (
        here is not None
        and parent is not None
        and any(
            event.get("attachedToRef") == here.get("id") and "cancelEventDefinition" in definitions(event)
            for event in parent.iterchildren(bpmn("boundaryEvent"))
        )
    )


RULES = (handlers, idle_handlers, cancelling)
