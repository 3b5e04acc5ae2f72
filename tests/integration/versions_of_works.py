"""Versions of the procedure for building works, each made from the diagram as it is by one change."""

import re
from collections.abc import Callable
from dataclasses import replace

from api.bootstrap import PROCESSES
from api.sources import read_source
from engine.procedures import BundleSource
from tests.centre import Centre
from tests.integration.stages import WORKS

Change = Callable[[str], str]

_REVIEW = """<bpmn:userTask id="xemlai" name="Xem lại trước khi trả">
      <bpmn:extensionElements>
        <motcua:task form="ky" timeLimit="working hours(4)"/>
        <motcua:basis document="NĐ 30/2020/NĐ-CP" article="Điều 13"/>
      </bpmn:extensionElements>
      <bpmn:incoming>f29_ky_traketqua</bpmn:incoming>
      <bpmn:outgoing>f29b</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:callActivity id="traketqua\""""


def source(*changes: Change) -> BundleSource:
    """The files of the procedure with its diagram changed."""
    found = read_source(PROCESSES / "sxd" / f"{WORKS}.bpmn")
    text = found.files[found.main].decode()
    for change in changes:
        changed = change(text)
        assert changed != text, "nothing was changed"
        text = changed
    return replace(found, files={**found.files, found.main: text.encode()})


def deployed(centre: Centre, *changes: Change) -> int:
    """The number of the version that is live afterwards."""
    return centre.engine.procedures.deploy(source(*changes), by="system:test", reason="QĐ 2/QĐ-UBND").number


def renamed(text: str) -> str:
    """The step of the specialist gets another id and keeps its name."""
    return re.sub(r"\bthamdinh\b", "kiem_tra", text).replace("thamdinh_decision", "kiem_tra_decision")


def called_otherwise(text: str) -> str:
    """It keeps its id and gets another name."""
    return text.replace("Kiểm tra hồ sơ hoàn thành", "Kiểm tra hồ sơ hoàn công")


def one_more_step(text: str) -> str:
    """A step between the signature and the result."""
    text = text.replace('<bpmn:callActivity id="traketqua"', _REVIEW, 1)
    came, comes = "<bpmn:incoming>f29_ky_traketqua</bpmn:incoming>", "<bpmn:incoming>f29b</bpmn:incoming>"
    head, node, tail = text.partition('<bpmn:callActivity id="traketqua"')
    text = head + node + tail.replace(came, comes, 1)
    flow = '<bpmn:sequenceFlow id="f29_ky_traketqua" sourceRef="ky" targetRef="traketqua"/>'
    more = '<bpmn:sequenceFlow id="f29b" sourceRef="xemlai" targetRef="traketqua"/>'
    text = text.replace(flow, flow.replace('targetRef="traketqua"', 'targetRef="xemlai"') + more)
    return text.replace(
        "<bpmn:flowNodeRef>ky</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>ky</bpmn:flowNodeRef><bpmn:flowNodeRef>xemlai</bpmn:flowNodeRef>",
    )


def reminded_earlier(text: str) -> str:
    """Officers are reminded two working days before it is due."""
    return text.replace("before due(working days(1))", "before due(working days(2))")


def another_role(text: str) -> str:
    """The leader checks what the specialist has checked so far."""
    node = "<bpmn:flowNodeRef>thamdinh</bpmn:flowNodeRef>"
    text = text.replace(node, "")
    return text.replace(
        "<bpmn:flowNodeRef>ky</bpmn:flowNodeRef>", f"<bpmn:flowNodeRef>ky</bpmn:flowNodeRef>{node}"
    )


def without_the_step(text: str) -> str:
    """The specialist's check is now a service: another kind of element."""
    text = re.sub(
        r'<bpmn:userTask id="thamdinh".*?</bpmn:userTask>',
        '<bpmn:userTask id="tham_tra" name="Thẩm tra hồ sơ"><bpmn:extensionElements>'
        '<motcua:task form="tham-dinh" timeLimit="working days(3)"/>'
        '<motcua:decision value="approve" label="Đạt" style="primary"/>'
        '<motcua:decision value="supplement" label="Yêu cầu bổ sung"/></bpmn:extensionElements>'
        "<bpmn:incoming>f12_gop_td_thamdinh</bpmn:incoming><bpmn:outgoing>f13_thamdinh_kq_td</bpmn:outgoing>"
        "</bpmn:userTask>",
        text,
        flags=re.S,
    )
    return re.sub(r"\bthamdinh\b", "tham_tra", text).replace("thamdinh_decision", "tham_tra_decision")


def clock_resumes(text: str) -> str:
    """After a supplement the clock goes on instead of beginning anew: due dates of the old version differ."""
    return text.replace('resume="RESTART"', 'resume="RESUME"')
