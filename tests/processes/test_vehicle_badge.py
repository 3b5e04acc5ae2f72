"""2.002288, Sở Giao thông vận tải: the register is asked automatically; people only where it says no."""

from .world import Dossier

FILE = "sgtvt/2.002288.bpmn"


def asked(plate: str) -> Dossier:
    dossier = Dossier(FILE, {"plate": plate}, channel="online").receive()
    assert [job.handler for job in dossier.step.jobs] == ["check_vehicle_register"]
    assert dossier.step.jobs[0].inputs == {"plate": plate, "owner": "Nguyễn Thị Ánh"}
    return dossier


def test_a_vehicle_in_order_goes_straight_to_signature() -> None:
    dossier = asked("37A-123.45").work_off()
    assert dossier.open == ["Ký cấp phù hiệu"]
    dossier.do("Ký cấp phù hiệu").take_result()
    assert (dossier.ended, dossier.handling) == (True, "handed_over")
    assert dossier.data["vehicle"]["type"] == "Ô tô khách"


def test_a_vehicle_without_valid_inspection_is_looked_at_by_a_specialist() -> None:
    dossier = asked("37A-129.99").work_off()
    assert dossier.open == ["Chuyên viên thẩm định"]
    assert dossier.do("Chuyên viên thẩm định", "approve").open == ["Ký cấp phù hiệu"]


def test_a_plate_that_the_register_cannot_read_is_looked_at_by_a_specialist() -> None:
    dossier = asked("37A-123.45").refuse_job("plate-invalid")
    assert dossier.open == ["Chuyên viên thẩm định"]
    assert dossier.data["vehicle_valid"] is False


def test_the_specialist_may_ask_for_papers_or_decline() -> None:
    dossier = asked("37A-120.00").work_off().do("Chuyên viên thẩm định", "supplement")
    dossier.do("Lập phiếu yêu cầu bổ sung").do("Ký phiếu yêu cầu bổ sung", "approve").send("supplement")
    dossier.do("Chuyên viên thẩm định", "decline").do("Dự thảo văn bản từ chối").do(
        "Ký văn bản từ chối"
    ).take_result()
    assert (dossier.ended, dossier.handling) == (True, "declined")


def test_a_citizen_may_withdraw_while_the_register_is_being_asked() -> None:
    dossier = asked("37A-123.45").send("withdraw")
    assert (dossier.ended, dossier.step.jobs) == (True, ())
