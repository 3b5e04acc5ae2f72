"""Scenarios are played on the real engine; what is not as they say is told with expected and found."""

from pathlib import Path

import pytest

from api.bootstrap import PROCESSES, scenario_centres
from api.sources import read_source
from engine.scenario import Centres, Difference, Result, file_text, play_file, read_scenarios, record, without
from engine.scenario.running import Play
from engine.store import dossiers

BADGE = PROCESSES / "sgtvt" / "2.002288.bpmn"
GIVEN = """\
thủ tục: 2.002288
kịch bản:
  - tên: Một xe
    cho:
      nộp lúc: 02/03/2026 08:00
      kênh: trực tuyến
"""
RECEIVED = """\
    các bước:
      - bước: Kiểm tra hồ sơ
        quyết định: Tiếp nhận hồ sơ
"""


@pytest.fixture(scope="module")
def centres(tmp_path_factory: pytest.TempPathFactory) -> Centres:
    return scenario_centres(tmp_path_factory.mktemp("scenarios"))


def played(centres: Centres, more: str) -> Result:
    file = play_file(centres, read_scenarios(GIVEN + more, "x.test.yaml"), read_source(BADGE))
    assert not file.fault
    return file.results[0]


def difference(centres: Centres, more: str) -> Difference:
    (one,) = played(centres, more).differences
    return one


def test_a_wrong_date_is_told_beside_the_right_one(centres: Centres) -> None:
    found = difference(centres, RECEIVED + "        mong đợi:\n          hẹn trả: 05/03/2026 17:00\n")
    assert (found.expected, found.found) == (("05/03/2026 17:00",), ("04/03/2026 17:00",))
    assert (found.file, found.line, found.title) == ("x.test.yaml", 11, "hẹn trả")
    assert "Kiểm tra hồ sơ" in found.step


def test_a_step_that_is_not_open_names_those_that_are(centres: Centres) -> None:
    found = difference(centres, RECEIVED + "      - bước: Ký cấp phù hiệuu\n")
    assert found.found == ("Ký cấp phù hiệu",)
    assert "có phải «Ký cấp phù hiệu»" in found.hint


def test_a_field_that_the_form_does_not_have_names_the_nearest(centres: Centres) -> None:
    found = difference(centres, "      tờ khai:\n        Biển số đăng kí: 37A-123.45\n")
    assert "có phải «Biển số đăng ký»" in found.hint


def test_nobody_is_refused_where_a_refusal_is_expected(centres: Centres) -> None:
    found = difference(centres, RECEIVED + "        bị từ chối: invalid\n")
    assert (found.title, found.found) == ("bị từ chối", ("thực hiện được",))


def test_handing_in_may_be_refused_by_its_code_and_words(centres: Centres) -> None:
    more = (
        "      tờ khai:\n        plate: XYZ\n      bị từ chối:\n        mã: invalid\n        lời: Biển số\n"
    )
    assert played(centres, more).passed


def test_a_service_answers_says_no_or_keeps_silent_as_the_scenario_wants(centres: Centres) -> None:
    step = "Chuyên viên thẩm định"
    no = "      dịch vụ:\n        Đối chiếu dữ liệu đăng ký xe: {lỗi: plate-invalid}\n"
    assert played(centres, no + RECEIVED + f"    mong đợi:\n      việc đang mở: [{step}]\n").passed
    silent = "      dịch vụ:\n        check_vehicle_register: im lặng\n"
    assert played(centres, silent + RECEIVED + "    mong đợi:\n      việc đang mở: không\n").passed


def test_an_error_that_no_event_catches_is_an_incident(centres: Centres) -> None:
    found = difference(centres, "      dịch vụ:\n        check_vehicle_register: {lỗi: la}\n" + RECEIVED)
    assert found.title == "sự cố"
    assert "la" in found.found[0]


def test_time_does_not_go_back_and_a_due_date_must_be_there_to_wait_for(centres: Centres) -> None:
    assert "không lùi" in difference(centres, "    các bước:\n      - chờ: đến 01/03/2026\n").hint
    assert "chưa có hạn" in difference(centres, "    các bước:\n      - chờ: đến hẹn trả\n").found[0]


def test_a_scenario_is_alone_in_its_centre(centres: Centres) -> None:
    twice = GIVEN + RECEIVED + GIVEN.split("kịch bản:\n", 1)[1].replace("Một xe", "Xe nữa") + RECEIVED
    more = twice + "    mong đợi:\n      thư gửi: [Tiếp nhận hồ sơ]\n"
    file = play_file(centres, read_scenarios(more, "x.test.yaml"), read_source(BADGE))
    assert file.passed


def test_coverage_counts_elements_and_flows_of_the_procedure_and_of_what_it_calls(centres: Centres) -> None:
    file = play_file(centres, read_scenarios(GIVEN + RECEIVED, "x.test.yaml"), read_source(BADGE))
    main, reception, *_ = without(file.drawn, [one.reached for one in file.results])
    assert (main.process, reception.process) == ("p_2_002288", "shared_reception")
    assert {"thamdinh", "ketthuc"} <= set(main.missing_nodes)
    assert not {"tracuu_xe", "xe_ok", "tiepnhan"} & set(main.missing_nodes)
    taken = {flow for flow in main.labels if "→" in main.labels[flow]} - set(main.missing_flows)
    assert "Dữ liệu khớp? → gop_cap" in {main.labels[flow] for flow in taken}
    assert "Dữ liệu khớp? → gop_td" not in {main.labels[flow] for flow in taken}


@pytest.mark.parametrize("place", [1, 2, 4])
def test_a_recorded_dossier_passes_as_a_scenario_and_names_nobody(centres: Centres, place: int) -> None:
    path = Path(BADGE.parent / "tests" / "2.002288.test.yaml")
    file = read_scenarios(path.read_text(encoding="utf-8"), path.name)
    with centres.opened(read_source(BADGE)) as centre:
        play = Play(centre, file.procedure, file.scenarios[place])
        assert play.whole().passed
        with centre.engine.database.reading() as connection:
            number = dossiers.get(connection, play.dossier).number  # type: ignore[union-attr,arg-type]
            procedure, _, scenario = record(connection, centre.engine.services, number)
    text = file_text(procedure, scenario)
    assert "37A-" not in text
    assert number not in text
    again = play_file(centres, read_scenarios(text, "ghi.test.yaml"), read_source(BADGE))
    assert again.passed, again.results[0].differences
