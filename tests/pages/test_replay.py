"""An auditor finds a dossier, steps through its history, and is told when somebody has tampered with it."""

import re

import pytest
from sqlalchemy import text

from engine.store.database import Connection
from tests.centre import Centre

CODE = "1.009397"


def replay_url(centre: Centre) -> str:
    return f"/kiem-tra/{centre.number}/phat-lai"


def test_an_auditor_finds_dossiers_by_number_person_agency_and_officer(centre: Centre) -> None:
    centre.receive(CODE)
    browser = centre.client("auditor")
    for query in (f"tim={centre.number}", "tim=nguyen+thi+anh", "co-quan=SVHTT", "can-bo=reception"):
        page = browser.get(f"/kiem-tra?{query}").text
        assert centre.number in page, query
    for query in ("tim=khong+co+ai", "co-quan=CAT", "can-bo=giam+doc+nao+do", "qua-han=1", "can-thiep=1"):
        page = browser.get(f"/kiem-tra?{query}").text
        assert centre.number not in page, query
        assert "Không tìm thấy hồ sơ nào" in page


def test_overdue_and_extended_dossiers_have_their_own_filters(sqlite_centre: Centre) -> None:
    view = sqlite_centre.receive(CODE)
    late = sqlite_centre.number
    assert view.line.due_at is not None
    supervisor = sqlite_centre.officer("supervisor")
    sqlite_centre.receive(CODE)
    moved = sqlite_centre.number
    due = sqlite_centre.view().line.due_at
    assert due is not None
    later = due.replace(month=due.month + 1)
    sqlite_centre.engine.dossiers.extend(
        supervisor, sqlite_centre.view().line.id, due_at=later, reason="chờ hội đồng họp"
    )
    sqlite_centre.clock.advance(days=20)
    browser = sqlite_centre.client("auditor")
    overdue = browser.get("/kiem-tra?qua-han=1").text
    assert late in overdue
    assert moved not in overdue
    by_hand = browser.get("/kiem-tra?can-thiep=1").text
    assert moved in by_hand
    assert late not in by_hand


def test_only_auditors_and_supervisors_come_in(sqlite_centre: Centre) -> None:
    sqlite_centre.receive(CODE)
    for role, status in (("auditor", 200), ("supervisor", 200), ("reception", 403), ("administrator", 403)):
        browser = sqlite_centre.client(role)
        assert browser.get("/kiem-tra").status_code == status, role
        assert browser.get(replay_url(sqlite_centre)).status_code == status, role
    assert sqlite_centre.client().get("/kiem-tra").status_code == 303
    assert sqlite_centre.client("auditor").get("/kiem-tra/khong-co/phat-lai").status_code == 404


def test_each_step_says_who_when_what_changed_and_the_deadline_as_it_stood(sqlite_centre: Centre) -> None:
    sqlite_centre.receive(CODE)
    sqlite_centre.walk()
    page = sqlite_centre.client("auditor").get(replay_url(sqlite_centre) + "?buoc=2").text
    frames = re.findall(r'<article class="stack" data-frame="(\d+)"( hidden)?>', page)
    shown = [number for number, hidden in frames if not hidden]
    assert shown == ["2"], "without JavaScript the step asked for is the one that is shown"
    assert len(frames) > 5
    second = page.split('data-frame="2"', 1)[1].split("</article>", 1)[0]
    first = page.split('data-frame="1"', 1)[1].split("</article>", 1)[0]
    assert "Cán bộ reception TTHCC" in second
    assert "Tiếp nhận" in second
    assert "Hạn trả lúc ấy" in second
    assert "chưa có" in first, "before receipt no deadline runs"
    assert re.search(r"Hạn trả lúc ấy: \d\d:\d\d \d\d/\d\d/2026", second)
    assert "Người nộp" in first
    assert "Nguyễn Thị Ánh" in first
    assert "Chuỗi nhật ký nguyên vẹn" in page


def test_changes_are_told_in_the_words_of_forms_and_buttons(sqlite_centre: Centre) -> None:
    sqlite_centre.receive(CODE)
    sqlite_centre.walk()
    pages = (
        sqlite_centre.client("auditor").get(replay_url(sqlite_centre)).text.split('data-frame="1"', 1)[1],
        sqlite_centre.client("supervisor").get(f"/ho-so/{sqlite_centre.number}?the=nhat-ky").text,
    )
    for page in pages:
        assert "Quyết định ở bước «Thẩm định nội dung chương trình»" in page
        assert re.search(r"Quyết định ở bước «Thẩm định nội dung chương trình».*?Chấp thuận<", page, re.S)
        assert "Số định danh cá nhân: 040190001234" in page
        for raw in ("_decision", "approve", "id_number", "counter", "citizen", ">receive<", "result_kind"):
            assert raw not in page, raw


def test_a_decision_made_again_stands_at_its_own_step(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    centre.submit(CODE)
    centre.do(
        "Kiểm tra hồ sơ",
        "supplement",
        supplement_items=[{"document": "Đơn", "note": "thiếu chữ ký"}],
        supplement_reason="thiếu chữ ký",
    )
    centre.engine.dossiers.supplement(centre.view().tracking_code, {"supplement_note": "đã ký"})
    centre.do("Kiểm tra hồ sơ", "receive")
    page = centre.client("auditor").get(replay_url(centre)).text
    last = page.split("<article", 1)[1].rpartition("<article")[2]
    row = last.split("Quyết định ở bước «Kiểm tra hồ sơ»", 1)[1].split("</tr>", 1)[0]
    assert "Yêu cầu bổ sung" in row
    assert "Tiếp nhận hồ sơ" in row
    assert "Nội dung người nộp bổ sung" in page


def test_a_step_that_does_not_exist_shows_the_nearest(sqlite_centre: Centre) -> None:
    sqlite_centre.submit(CODE)
    browser = sqlite_centre.client("auditor")
    for asked in ("0", "-5", "999", "abc"):
        page = browser.get(f"{replay_url(sqlite_centre)}?buoc={asked}")
        assert page.status_code == 200
        assert 'data-step="1"' in page.text


def as_administrator_of_the_database(connection: Connection, statement: str) -> None:
    """Somebody with all rights: switches the triggers off, changes what he likes."""
    if connection.dialect.name == "sqlite":
        triggers = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'history'")
        ).all()
        for name, _sql in triggers:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(statement))
        for _name, sql in triggers:
            connection.execute(text(sql))
    else:
        connection.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
        connection.execute(text(statement))
        connection.execute(text("ALTER TABLE history ENABLE TRIGGER USER"))


@pytest.mark.parametrize(
    ("statement", "told", "told_in_english"),
    [
        ("DELETE FROM history WHERE sequence = 1", "Thiếu bản ghi số 1.", "Record 1 is missing."),
        ("DELETE FROM history", "lịch sử bị cắt hoặc bị thay", "history was cut or replaced"),
        (
            "UPDATE history SET actor = 'system:heartbeat' WHERE sequence = 2",
            "Cột tra cứu của bản ghi số 2 đã bị sửa.",
            "The search columns of record 2 were altered.",
        ),
        (
            "UPDATE history_detail SET payload = (SELECT payload FROM history_detail h WHERE h.sequence = 1)"
            " WHERE sequence = 2",
            "Dữ liệu kèm bản ghi số 2 đã bị sửa.",
            "The data kept with record 2 were altered.",
        ),
    ],
)
def test_tampering_with_history_is_told_in_words(
    centre: Centre, statement: str, told: str, told_in_english: str
) -> None:
    centre.receive(CODE)
    with centre.engine.database.pool.begin() as connection:
        as_administrator_of_the_database(connection, statement)
    browser = centre.client("auditor")
    page = browser.get(replay_url(centre)).text
    assert told in page
    assert "không còn nguyên vẹn" in page
    assert "Chuỗi nhật ký nguyên vẹn" not in page
    assert told_in_english in browser.get(replay_url(centre) + "?lang=en").text


def test_an_auditor_runs_all_commands_again_and_is_told_what_came_out(sqlite_centre: Centre) -> None:
    sqlite_centre.receive(CODE)
    browser = sqlite_centre.client("auditor")
    assert "Chạy lại mọi lệnh để đối chiếu" in browser.get(replay_url(sqlite_centre)).text
    told = browser.get(f"/kiem-tra/{sqlite_centre.number}/chay-lai")
    assert told.status_code == 200
    assert "Đã chạy lại 2 lệnh: kết quả từng lệnh đúng như nhật ký." in told.text
    with sqlite_centre.engine.database.transaction() as tx:
        tx.execute(text("UPDATE history_detail SET payload = NULL WHERE sequence = 2"))
    assert "dữ liệu của lệnh 2 đã xóa theo luật" in browser.get(told.request.path).text
    assert sqlite_centre.client("reception").get(told.request.path).status_code == 403
