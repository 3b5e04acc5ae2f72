"""Control slip and register: printed from the records, within what the officer may see."""

from datetime import timedelta

import pytest

from api.papers import render_pdf
from engine.domain.papers.content import Paper, Table
from engine.errors import Forbidden, Invalid, NotFound
from tests.centre import MORNING, Centre

DAY = timedelta(days=1)


def rows(paper: Paper) -> list[tuple[str, ...]]:
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    return list(table.rows)


def test_the_control_slip_leads_from_the_applicant_back_to_the_applicant(centre: Centre) -> None:
    centre.submit("1.010733")
    centre.walk()
    paper = centre.engine.papers.control_slip(centre.officer("processing", "STNMT"), centre.number)
    lines = rows(paper)
    assert "1. Giao: Người nộp hồ sơ\nNhận: Trung tâm Phục vụ hành chính công" in lines[0][0]
    assert "Người giao: Cán bộ clerk STNMT" in lines[-2][1]
    assert lines[-2][2].startswith("Trước hạn ")
    assert f"{len(lines)}. Giao: Trung tâm" in lines[-1][0]
    assert lines[-1][0].endswith("Nhận: Người nộp hồ sơ")
    assert "chưa nhận" not in "".join(line[1] for line in lines)


def test_an_agency_asked_for_its_opinion_gives_the_dossier_back_when_it_has_answered(centre: Centre) -> None:
    centre.submit("1.010733")
    centre.walk()
    paper = centre.engine.papers.control_slip(centre.officer("supervisor"), centre.number)
    asked = [line for line in rows(paper) if "Nhận: Sở Nông nghiệp" in line[0]]
    answered = [line for line in rows(paper) if "Giao: Sở Nông nghiệp" in line[0]]
    assert len(asked) == len(answered) == 1
    assert "Người giao: Cán bộ processing SNNPTNT" in answered[0][1]
    assert "Nhận: Sở Tài nguyên và Môi trường (chuyên viên)" in answered[0][0]


def test_a_dossier_returned_for_a_supplement_lies_with_the_applicant_and_says_why(centre: Centre) -> None:
    centre.submit("2.000635")
    missing = [{"document": "Tờ khai", "note": "Chưa ký"}]
    centre.do("Kiểm tra hồ sơ", "supplement", supplement_items=missing, supplement_reason="Thiếu chữ ký")
    slip = centre.engine.papers.control_slip(centre.officer("reception"), centre.number)
    last = rows(slip)[-1]
    assert last[0].endswith("Nhận: Người nộp hồ sơ")
    assert last[3] == "Thiếu chữ ký"


def test_a_step_that_nobody_has_taken_up_is_not_yet_received(centre: Centre) -> None:
    centre.receive("1.009397")
    centre.do("Chuyển hồ sơ giấy đến cơ quan")
    last = rows(centre.engine.papers.control_slip(centre.officer("supervisor"), centre.number))[-1]
    assert "Nhận: chưa nhận" in last[1]


def test_the_control_slip_of_a_dossier_he_may_not_see_does_not_exist_for_an_officer(centre: Centre) -> None:
    centre.receive("2.000635")
    with pytest.raises(NotFound):
        centre.engine.papers.control_slip(centre.officer("processing", "SYT"), centre.number)


def test_the_register_lists_what_was_received_in_the_period(centre: Centre) -> None:
    centre.submit("2.000635")
    first = centre.number
    centre.walk()
    centre.submit("1.009397")  # handed in, not received: not in the register
    centre.clock.advance(days=1)
    centre.receive("2.002288")
    day = centre.engine.papers.register(centre.officer("reception"), MORNING, MORNING + DAY)
    (row,) = rows(day)
    assert row[1] == first
    assert row[4] == "Nguyễn Thị Ánh"
    assert row[9] == "Cán bộ reception TTHCC"
    assert day.subtitle == "(từ ngày 02/03/2026 đến ngày 03/03/2026; 1 hồ sơ)"
    both = centre.engine.papers.register(centre.officer("auditor"), MORNING, MORNING + 2 * DAY)
    assert [one[0] for one in rows(both)] == ["1", "2"]


def test_the_register_is_for_those_who_keep_or_watch_it(centre: Centre) -> None:
    with pytest.raises(Forbidden):
        centre.engine.papers.register(centre.officer("processing", "SYT"), MORNING, MORNING + DAY)


def test_a_period_that_ends_before_it_begins_is_refused_with_a_sentence(centre: Centre) -> None:
    with pytest.raises(Invalid) as refused:
        centre.engine.papers.register(centre.officer("reception"), MORNING, MORNING)
    assert "Ngày cuối phải sau ngày đầu." in refused.value.message("vi")


def test_papers_from_the_records_are_printed_like_any_other(sqlite_centre: Centre) -> None:
    sqlite_centre.submit("2.000635")
    sqlite_centre.walk()
    slip = sqlite_centre.engine.papers.control_slip(sqlite_centre.officer("auditor"), sqlite_centre.number)
    register = sqlite_centre.engine.papers.register(sqlite_centre.officer("auditor"), MORNING, MORNING + DAY)
    for paper in (slip, register):
        assert render_pdf(paper).startswith(b"%PDF")
        assert Paper.from_json(paper.to_json()) == paper
