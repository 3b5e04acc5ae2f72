"""Everybody in the house sees the calendar; an administrator sees what a decree does, then decides."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from engine.domain.calendar_edit import with_days_off
from engine.domain.command import By
from tests.centre import Browser, Centre

CODE = "1.009397"
CHANGE = "/lich/sua"
DECREE = {"decision": "1/TB-VPCP", "decided": "01/03/2026"}
MOURNING = {"first": "09/03/2026", "last": "10/03/2026", "name": "Quốc tang", **DECREE}
SWAP = {"off": "05/03/2026", "work": "14/03/2026", **DECREE}


def enter(browser: Browser, what: str, typed: dict[str, str], file: bytes | None = None) -> Any:
    """Send one of the three forms."""
    data: dict[str, Any] = {"csrf_token": browser.token(CHANGE), "what": what}
    data |= {f"{what}.{name}": text for name, text in typed.items()}
    if file is not None:
        data["file.calendar"] = (BytesIO(file), "calendar.toml")
    return browser.client.post(CHANGE, data=data, content_type="multipart/form-data")


def decide(browser: Browser, page: str) -> Any:
    """Press the button under what was shown."""
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page))
    assert {"calendar", "seen", "reason"} <= hidden.keys()
    return browser.client.post("/lich/ban-hanh", data=hidden)


@pytest.mark.parametrize(
    ("role", "agency"), [("reception", "TTHCC"), ("processing", "SVHTT"), ("auditor", "TTHCC")]
)
def test_everybody_in_the_house_sees_the_calendar_in_force(
    sqlite_centre: Centre, role: str, agency: str
) -> None:
    browser = sqlite_centre.client(role, agency)
    page = browser.get("/lich").text
    for text in (
        "Lịch làm việc năm 2026", "thứ Hai 02/03/2026", "là ngày làm việc", "thứ Tư 02/09/2026",
        "12729/VPCP-KGVX ngày 25/12/2025", "thứ Bảy 10/01/2026", ">13:30-17:00<",
        "Công an tỉnh Nghệ An", "lịch ban đầu", "Hệ thống",
    ):  # fmt: skip
        assert text in page, text
    assert CHANGE not in page
    assert "dự tính" in browser.get("/lich?nam=2028").text
    assert browser.get(CHANGE).status_code == 403
    answer = browser.client.post("/lich/ban-hanh", data={"csrf_token": browser.token("/lich")})
    assert answer.status_code == 403


def test_who_is_not_signed_in_is_asked_to(sqlite_centre: Centre) -> None:
    assert sqlite_centre.client().get("/lich").status_code == 303


def test_days_off_are_entered_foreseen_and_put_in_force(centre: Centre) -> None:
    before = centre.receive(CODE).line
    browser = centre.client("administrator")
    shown = enter(browser, "off", MOURNING)
    assert shown.status_code == 200
    page = shown.text
    assert "Thêm ngày nghỉ thứ Hai 09/03/2026: Quốc tang" in page
    assert "1 trong 1 hồ sơ đang mở đổi ngày hẹn trả" in page
    assert centre.number in page
    assert "17:00 09/03/2026" in page
    assert "17:00 11/03/2026" in page
    assert "1/TB-VPCP ngày 01/03/2026" in page
    assert before.applicant_name not in page, "who runs the system sees no citizens"
    assert centre.view().line.due_at == before.due_at, "so far nothing has changed"
    assert decide(browser, page).status_code == 303
    after = browser.get("/lich").text
    assert "Đã tính lại 1 hồ sơ, 1 hồ sơ đổi ngày hẹn" in after
    assert "Quốc tang" in after
    assert "Phiên bản 2" in after
    assert "Cán bộ administrator TTHCC" in after
    view = centre.view()
    assert view.line.due_at != before.due_at
    assert view.history[-1].kind == "replan"
    assert "9/3-10/3 (Quốc tang)" in " ".join(view.explanation)
    assert "Quốc tang" not in browser.get("/lich?ban=1").text
    assert "không còn áp dụng" in browser.get("/lich?ban=1").text


def test_a_swap_brings_a_due_date_forward_too(sqlite_centre: Centre) -> None:
    sqlite_centre.receive(CODE)
    browser = sqlite_centre.client("administrator")
    page = enter(browser, "swap", SWAP).text
    assert "Thêm ngày làm bù thứ Bảy 14/03/2026" in page
    assert "17:00 10/03/2026" in page
    assert decide(browser, page).status_code == 303
    assert "thứ Năm 05/03/2026" in browser.get("/lich").text


def test_the_whole_file_is_downloaded_changed_and_sent_back(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client("administrator")
    text = browser.get("/lich/ban/1/calendar.toml").data
    assert "Không có gì khác" in enter(browser, "file", DECREE, text).text
    changed = text.replace(b'"13:30-17:00"', b'"13:00-16:30"')
    page = enter(browser, "file", DECREE, changed).text
    assert "Đổi giờ làm việc: Mọi cơ quan không có giờ riêng" in page
    assert "Đổi giờ làm việc: Công an tỉnh Nghệ An" in page
    assert decide(browser, page).status_code == 303
    assert "13:00-16:30" in browser.get("/lich").text


@pytest.mark.parametrize(
    ("what", "changed", "field", "told"),
    [
        ("off", {"first": ""}, "off-first", "Ghi ngày đầu được nghỉ"),
        ("off", {"first": "31/02/2026"}, "off-first", ""),
        ("off", {"first": "02/09/2026", "last": ""}, "off-first", "đã là ngày nghỉ"),
        ("off", {"last": "08/03/2026"}, "off-last", "từ ngày đầu trở đi"),
        ("off", {"name": " "}, "off-name", "tên ngày nghỉ"),
        ("off", {"decision": ""}, "off-decision", "số của quyết định"),
        ("off", {"decided": "03/03/2026"}, "off-decided", "không thể sau hôm nay"),
        ("swap", {"off": "07/03/2026"}, "swap-off", "thứ Hai đến thứ Sáu"),
        ("swap", {"work": "13/03/2026"}, "swap-work", "thứ Bảy hoặc Chủ nhật"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_what_was_typed_stays(
    sqlite_centre: Centre, what: str, changed: dict[str, str], field: str, told: str
) -> None:
    browser = sqlite_centre.client("administrator")
    answer = enter(browser, what, {**(MOURNING if what == "off" else SWAP), **changed})
    assert answer.status_code == 422
    assert f'<a href="#o-{field}">' in answer.text
    sentence = answer.text.split(f'id="o-{field}-l"', 1)[1].split("</p>", 1)[0]
    assert told in sentence
    assert 'value="1/TB-VPCP"' in answer.text or field == "off-decision"


@pytest.mark.parametrize("file", [b"", b"\xff\xfe", b"khong phai toml", b"[[holiday]]\n", b"#" * 200_001])
def test_a_file_that_is_no_calendar_is_refused_at_its_field(sqlite_centre: Centre, file: bytes) -> None:
    answer = enter(sqlite_centre.client("administrator"), "file", DECREE, file)
    assert answer.status_code == 422
    assert 'id="o-file-calendar-l"' in answer.text


def test_a_calendar_by_which_nothing_can_be_reckoned_is_refused(sqlite_centre: Centre) -> None:
    sqlite_centre.receive(CODE)
    browser = sqlite_centre.client("administrator")
    later = b'[[office]]\nagency = "*"\nhours = ["07:00-11:30"]\nvalid_from = 2030-01-01\n'
    answer = enter(browser, "file", DECREE, later)
    assert answer.status_code == 422
    assert "không có giờ làm việc cho ngày" in answer.text.split('id="o-file-calendar-l"', 1)[1]


def test_what_was_left_behind_is_reckoned_anew_at_the_press_of_a_button(centre: Centre) -> None:
    centre.receive(CODE)
    engine = centre.engine
    text = with_days_off(engine.calendars.versions()[0].content, *[date(2026, 3, 9)] * 2, "Nghỉ", "1/TB")
    engine.calendars.decide(text, by=By(key="system:test"), reason="1/TB")  # and then the machine stopped
    browser = centre.client("administrator")
    assert "1 hồ sơ đang mở còn tính theo lịch cũ" in browser.get("/lich").text
    assert browser.post("/lich/tinh-lai", page="/lich").status_code == 303
    assert "còn tính theo lịch cũ" not in browser.get("/lich").text
    assert centre.view().history[-1].kind == "replan"


def test_who_looked_at_an_older_calendar_is_told_and_nothing_changes(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client("administrator")
    mourning, swap = enter(browser, "off", MOURNING).text, enter(browser, "swap", SWAP).text
    assert decide(browser, mourning).status_code == 303
    refused = decide(browser, swap)
    assert refused.status_code == 409
    assert "Mở lại lịch rồi làm lại" in refused.text
    assert len(sqlite_centre.engine.calendars.versions()) == 2


def test_a_decision_without_its_parts_is_refused(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client("administrator")
    for sent in (
        {},
        {"calendar": "%%%", "seen": "1", "reason": "1/TB"},
        {"calendar": "YQ==", "reason": "1/TB"},
    ):
        answer = browser.post("/lich/ban-hanh", sent, page=CHANGE)
        assert answer.status_code == 422, sent
    assert len(sqlite_centre.engine.calendars.versions()) == 1
