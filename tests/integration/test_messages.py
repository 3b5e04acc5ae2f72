# ruff: noqa: E501  (BPMN reads better in one line)
"""Dossiers speak to each other: messages find one receiver, signals all, and nothing arrives twice."""

from itertools import pairwise
from typing import Any

import pytest

from engine import deliveries
from engine.procedures import BundleSource
from engine.workflow.errors import WorkflowFailed
from tests.centre import Centre
from tests.integration.observed import rows

_HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:m="urn:motcua:bpmn:1" id="defs" targetNamespace="urn:x"><message id="m" name="ý kiến"/><signal id="g" name="ngừng nhận"/>'
_MAP = (
    '<ioSpecification><dataInput id="in1" name="dossier"/><dataInput id="in2" name="opinion"/><inputSet><dataInputRefs>in1</dataInputRefs>'
    "<dataInputRefs>in2</dataInputRefs></inputSet><outputSet/></ioSpecification>"
    '<dataInputAssociation id="da1"><targetRef>in1</targetRef><assignment><from>asked_by</from><to>in1</to></assignment></dataInputAssociation>'
    '<dataInputAssociation id="da2"><targetRef>in2</targetRef><assignment><from>said</from><to>in2</to></assignment></dataInputAssociation>'
)


def flow(*path: str) -> str:
    return "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(path))


FORM = """{"type": "default", "id": "yk", "components": [
 {"type": "textfield", "key": "asked_by", "label": "Hồ sơ hỏi"}, {"type": "textfield", "key": "said", "label": "Ý kiến"}]}"""


def task(identity: str, name: str, form: str = "") -> str:
    said = f'<m:task form="{form}" ' if form else "<m:task "
    words = f'{said}role="processing" timeLimit="none"/><m:decision value="ok" label="Xong"/>'
    return (
        f'<userTask id="{identity}" name="{name}"><extensionElements>{words}</extensionElements></userTask>'
    )


def deploy(centre: Centre, process: str, body: str, roots: str = "") -> None:
    words = (
        f'<extensionElements><m:procedure code="{process}" agency="SXD" level="full"/></extensionElements>'
    )
    xml = f'{_HEAD}{roots}<process id="{process}" isExecutable="true">{words}{body}</process></definitions>'
    files = {"x.bpmn": xml.encode(), "forms/yk.json": FORM.encode()}
    centre.engine.procedures.deploy(BundleSource(main="x.bpmn", files=files), by="system:test", reason="thử")


def asking(centre: Centre) -> None:
    """A procedure that waits for an opinion, and may be stopped by a signal."""
    body = (
        '<startEvent id="s1"/>'
        + task("a1", "Hỏi")
        + '<receiveTask id="r1" messageRef="m"/>'
        + task("b1", "Đọc")
        + '<endEvent id="e1"/>'
    )
    body += (
        '<boundaryEvent id="x1" attachedToRef="r1"><signalEventDefinition signalRef="g"/></boundaryEvent>'
        + task("c1", "Dừng")
        + '<endEvent id="f1"/>'
    )
    deploy(centre, "hoi", body + flow("s1", "a1", "r1", "b1", "e1") + flow("x1", "c1", "f1"))


def saying(centre: Centre) -> None:
    """A procedure that gives an opinion to the dossier that asked, and one that stops them all."""
    body = (
        '<startEvent id="s2"/>'
        + task("a2", "Cho ý kiến", "yk")
        + f'<sendTask id="t2" messageRef="m">{_MAP}</sendTask><endEvent id="e2"/>'
    )
    deploy(centre, "tra_loi", body + flow("s2", "a2", "t2", "e2"))
    body = (
        '<startEvent id="s3"/>'
        + task("a3", "Phát lệnh")
        + '<endEvent id="e3"><signalEventDefinition signalRef="g"/></endEvent>'
    )
    deploy(centre, "dung", body + flow("s3", "a3", "e3"))


def waiting(centre: Centre) -> str:
    centre.submit("hoi")
    centre.do("Hỏi", "ok")
    return centre.number


def steps(centre: Centre, number: str) -> list[str]:
    return [one.name for one in centre.view(number).tasks]


def test_a_message_goes_to_the_dossier_that_it_names(centre: Centre) -> None:
    asking(centre)
    saying(centre)
    first, second = waiting(centre), waiting(centre)
    centre.submit("tra_loi")
    answer(centre, second, "Đồng ý")
    assert (steps(centre, first), steps(centre, second)) == ([], ["Đọc"])
    centre.number = second
    assert [one["kind"] for one in rows(centre, "history")].count("message") == 1


def answer(centre: Centre, to: str, said: str) -> None:
    """The officer writes an opinion; the outbox takes it over."""
    engine = centre.engine
    open_ = centre.task("Cho ý kiến")
    officer = centre.officer(open_.role, open_.agency)
    engine.tasks.complete(
        officer,
        centre.view().line.id,
        open_.task_id,
        answers={"asked_by": to, "said": said, "decision": "ok"},
    )
    engine.deliveries.deliver_outbox()


def test_a_message_that_nobody_waits_for_waits_itself(centre: Centre) -> None:
    asking(centre)
    saying(centre)
    centre.submit("hoi")
    number = centre.number
    centre.submit("tra_loi")
    answer(centre, number, "Đồng ý")
    centre.number = number
    assert steps(centre, number) == ["Hỏi"]
    centre.do("Hỏi", "ok")
    centre.clock.advance(minutes=10)
    centre.engine.deliveries.deliver_outbox()
    assert steps(centre, number) == ["Đọc"]


def test_a_message_is_taken_once_though_its_bearer_dies_after_handing_it_over(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking(centre)
    saying(centre)
    number = waiting(centre)
    centre.submit("tra_loi")
    settle = deliveries.leases.settle

    def dying(*parts: Any, **more: Any) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(deliveries.leases, "settle", dying)
    with pytest.raises(KeyboardInterrupt):
        answer(centre, number, "Đồng ý")
    monkeypatch.setattr(deliveries.leases, "settle", settle)
    centre.clock.advance(minutes=5)
    centre.engine.deliveries.deliver_outbox()
    assert steps(centre, number) == ["Đọc"]
    assert {one["state"] for one in rows(centre, "outbox") if one["handler"] == "route"} == {"done"}
    centre.number = number
    assert [one["kind"] for one in rows(centre, "history")].count("message") == 1


def test_a_signal_reaches_every_dossier_that_waits(centre: Centre) -> None:
    asking(centre)
    saying(centre)
    numbers = [waiting(centre) for _ in range(3)]
    centre.submit("dung")
    centre.do("Phát lệnh", "ok")
    centre.engine.deliveries.deliver_outbox()
    assert [steps(centre, number) for number in numbers] == [["Dừng"]] * 3


def test_a_dossier_neither_ends_by_an_uncaught_error_nor_gets_stuck(centre: Centre) -> None:
    error = '<endEvent id="e4"><errorEventDefinition errorRef="er"/></endEvent>'
    body = '<startEvent id="s4"/>' + task("a4", "Xem") + error + flow("s4", "a4", "e4")
    deploy(centre, "loi", body, roots='<error id="er" errorCode="E1"/>')
    centre.submit("loi")
    with pytest.raises(WorkflowFailed, match="E1"):
        centre.do("Xem", "ok")
    assert steps(centre, centre.number) == ["Xem"]
    assert [one["node"] for one in rows(centre, "incident")] == ["a4"]
