"""The shared processes that a procedure of the library calls in its middle, each by a small caller."""

from collections.abc import Callable
from typing import Any

import pytest

import handlers
from api.sources import files_in
from engine.workflow.bundle import BundleSource, compile_bundle, load_definition

from . import world
from .world import PROCESSES, Dossier

CALLER = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="urn:motcua:bpmn:1"
  id="d" targetNamespace="t"><process id="goi" name="Nơi gọi" isExecutable="true"><extensionElements>
  <motcua:procedure code="X-01" agency="SNGV"/><motcua:result name="Giấy" type="letter"/>
  <motcua:basis document="NĐ 61/2018/NĐ-CP"/></extensionElements>
  <startEvent id="bd"/><scriptTask id="dat" scriptFormat="feel"><script>{before}</script></scriptTask>
  <callActivity id="goi_no" calledElement="{called}">{each}</callActivity><endEvent id="kt"/>
  <sequenceFlow id="a" sourceRef="bd" targetRef="dat"/>
  <sequenceFlow id="b" sourceRef="dat" targetRef="goi_no"/>
  <sequenceFlow id="c" sourceRef="goi_no" targetRef="kt"/></process></definitions>"""
EACH = (
    "<multiInstanceLoopCharacteristics><loopDataInputRef>asked</loopDataInputRef>"
    '<inputDataItem id="opinion"/></multiInstanceLoopCharacteristics>'
)
TWO = (
    'asked = [{agency: "CAT", question: "An ninh"}, {agency: "outside", question: "Quân sự"}]\nopinions = []'
)

Calling = Callable[..., Dossier]


@pytest.fixture
def calling(monkeypatch: pytest.MonkeyPatch) -> Calling:
    """A dossier whose process calls a shared one, once what it reads is written."""

    def call(called: str, before: str = "ready = true", each: str = "", **more: Any) -> Dossier:
        text = CALLER.format(called=called, before=before, each=each)
        source = BundleSource(
            main="goi.bpmn", files={"goi.bpmn": text.encode(), **files_in(PROCESSES / "shared")}
        )
        packed = compile_bundle(source, handlers=[one.name for one in handlers.ALL])
        both = tuple(load_definition(packed.sha256, packed.content) for _ in range(2))
        monkeypatch.setattr(world, "definitions", lambda file: both)
        return Dossier(called, **more)

    return call


def answer(dossier: Dossier, agency: str, result: str) -> None:
    """One of the agencies asked says what it thinks."""
    task = next(one for one in dossier.step.tasks if one.agency == agency)
    dossier.finish(task, opinion_result=result, opinion_text="Theo chức năng")


def test_each_agency_answers_for_itself_and_one_outside_the_system_by_the_agency_that_asks(
    calling: Calling,
) -> None:
    dossier = calling("shared_opinion", TWO, EACH).work_off().work_off()
    assert sorted(task.agency for task in dossier.step.tasks) == ["CAT", "competent"]
    answer(dossier, "CAT", "agree")
    answer(dossier, "competent", "disagree")
    assert dossier.ended
    found = [(one["agency"], one["result"], one["late"]) for one in dossier.data["opinions"]]
    assert found == [("CAT", "agree", False), ("outside", "disagree", False)]


def test_who_is_late_is_reminded_and_still_asked(calling: Calling) -> None:
    before = 'asked = [{agency: "CAT", question: "An ninh"}]\nopinion_days = 3'
    dossier = calling("shared_opinion", before, EACH).work_off()
    assert [timer.value for timer in dossier.step.timers] == ["3WD"]
    dossier.fire("Hết hạn trả lời").work_off()
    assert dossier.open == ["Trả lời lấy ý kiến (đã quá hạn)"]
    answer(dossier, "CAT", "conditional")
    assert dossier.ended
    assert dossier.data["opinions"][0]["late"] is True


def test_silence_is_agreement_where_the_caller_says_so(calling: Calling) -> None:
    before = 'asked = [{agency: "CAT", question: "An ninh"}]\nopinion_silence = true'
    dossier = calling("shared_opinion", before, EACH).work_off().fire("Hết hạn trả lời")
    assert dossier.ended
    assert dossier.data["opinions"][0]["result"] == "silent"


def test_a_visit_that_is_put_off_is_planned_again_and_ends_with_minutes(calling: Calling) -> None:
    dossier = calling("shared_site_visit").do("Lập lịch và thông báo kiểm tra")
    dossier.do("Kiểm tra tại hiện trường", "postponed").do("Lập lịch và thông báo kiểm tra")
    dossier.do("Kiểm tra tại hiện trường", "done").do("Lập biên bản, kết luận kiểm tra", visit_result="fix")
    assert dossier.ended
    assert dossier.data["visit_result"] == "fix"


def test_every_member_votes_and_a_council_without_quorum_meets_again(calling: Calling) -> None:
    dossier = calling("shared_council", "council_quorum = 2")
    names = [("Trần A", "chair"), ("Lê B", "critic")]
    members = [{"member_name": a, "member_office": "Sở", "member_part": b} for a, b in names]
    dossier.do("Thành lập hội đồng", council_list=members)
    for present in (1, 2):
        dossier.do("Mời họp, gửi tài liệu")
        for vote in ("pass", "revise"):
            dossier.finish(dossier.step.tasks[0], council_vote=vote)
        dossier.do("Họp và lập biên bản", council_present=present)
    dossier.do("Kết luận của hội đồng", council_outcome="revise")
    assert dossier.ended
    assert sorted(one["vote"] for one in dossier.data["council_votes"]) == ["pass", "revise"]
    assert {one["name"] for one in dossier.data["council_votes"]} == {"Trần A", "Lê B"}


def test_what_is_signed_may_be_sent_back_and_has_its_number_before_the_stamp(calling: Calling) -> None:
    dossier = calling("shared_signing").do("Soạn văn bản trình ký")
    dossier.do("Kiểm tra văn bản trước khi ký", "approve").do("Ký văn bản", "rework")
    assert dossier.open == ["Soạn văn bản trình ký"]
    dossier.do("Soạn văn bản trình ký").do("Kiểm tra văn bản trước khi ký", "approve")
    dossier.do("Ký văn bản", "approve")
    assert dossier.data["paper_number"].endswith("-SNGV")
    assert dossier.do("Đóng dấu và gửi văn bản").ended


def test_nothing_is_asked_for_where_nothing_is_owed(calling: Calling) -> None:
    dossier = calling("shared_fee", "fee_amount = 0")
    assert (dossier.ended, dossier.data["fee_outcome"], dossier.milestones) == (True, "none", ["submitted"])


@pytest.mark.parametrize("online", [True, False])
def test_a_fee_is_paid_at_the_counter_or_online(calling: Calling, *, online: bool) -> None:
    dossier = calling("shared_fee", "fee_amount = 40000")
    dossier = dossier.send("fee_paid") if online else dossier.do("Thu tiền, cấp biên lai")
    assert (dossier.ended, dossier.data["fee_outcome"], dossier.money) == (True, "paid", "paid")


def test_paper_is_scanned_and_checked_and_an_online_dossier_needs_no_scan(calling: Calling) -> None:
    dossier = calling("shared_digitisation").do("Quét, ký số bản số hóa").do("Kiểm tra bản số hóa", "rework")
    assert dossier.do("Quét, ký số bản số hóa").do("Kiểm tra bản số hóa", "approve").ended
    assert calling("shared_digitisation", channel="online").ended


def test_the_archive_may_send_an_incomplete_file_back(calling: Calling) -> None:
    dossier = calling("shared_archive").do("Lập hồ sơ công việc").do("Giao nhận hồ sơ vào lưu trữ", "rework")
    assert dossier.do("Lập hồ sơ công việc").do("Giao nhận hồ sơ vào lưu trữ", "approve").ended
