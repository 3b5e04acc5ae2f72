"""The inbox: what an officer has to do, most urgent first, and nobody else's work."""

import re
from datetime import timedelta

from tests.centre import Centre

INBOX = "/hop-viec"


def numbers(page: str) -> list[str]:
    """Numbers of the dossiers in the order of the list."""
    return re.findall(r'data-row-link href="/ho-so/([^"?]+)', page)


def test_what_is_due_first_stands_first(centre: Centre) -> None:
    centre.receive("1.009397")
    later = centre.number
    centre.receive("2.000635")
    sooner = centre.number
    page = centre.client("reception").get(INBOX).text
    assert numbers(page).index(sooner) < numbers(page).index(later)


def test_a_step_past_its_own_date_is_told_though_the_dossier_has_time_left(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    centre.receive("1.009794")
    centre.do("Chuyển hồ sơ giấy đến cơ quan")
    task = centre.view().tasks[0]
    assert task.due_at is not None
    assert "trễ từ" not in centre.client(task.role, task.agency).get(INBOX).text
    centre.clock.advance(minutes=(task.due_at - centre.clock.now()) / timedelta(minutes=1) + 1)
    browser = centre.client(task.role, task.agency)
    for path in (INBOX, f"{INBOX}?loc=overdue", f"/ho-so/{centre.number}"):
        page = browser.get(path).text
        assert "trễ từ" in page, path
        assert "light on_time" in page, path


def test_each_role_sees_its_own_work_and_no_other(centre: Centre) -> None:
    centre.submit("1.009397")
    assert centre.number in centre.client("reception").get(INBOX).text
    for role, agency in (("processing", "SVHTT"), ("reception", "SXD"), ("cashier", "TTHCC")):
        assert numbers(centre.client(role, agency).get(INBOX).text) == []


def test_chips_count_what_they_lead_to(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    for _ in range(3):
        centre.submit("1.009397")
    browser = centre.client("reception")
    page = browser.get(INBOX).text
    assert re.search(r'Chưa ai nhận <span class="count">3</span>', page)
    assert re.search(r'Của tôi <span class="count">0</span>', page)
    assert len(numbers(browser.get(f"{INBOX}?loc=free").text)) == 3
    assert "Không có việc nào ở đây" in browser.get(f"{INBOX}?loc=mine").text


def test_a_step_is_taken_from_its_row_and_is_then_mine(centre: Centre) -> None:
    centre.submit("1.009397")
    browser = centre.client("reception")
    task = centre.task("Kiểm tra hồ sơ")
    answer = browser.post(f"/ho-so/{centre.number}/nhan-viec", {"task": task.task_id}, page=INBOX)
    assert answer.status_code == 303
    assert numbers(browser.get(f"{INBOX}?loc=mine").text) == [centre.number]
    assert "<strong>Tôi</strong>" in browser.get(INBOX).text


def test_the_next_step_is_the_most_urgent_that_nobody_has(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    first = centre.submit("1.009397").line.number
    centre.clock.advance(minutes=5)
    second = centre.submit("1.009397").line.number
    browser = centre.client("reception")
    assert f"/ho-so/{first}" in browser.post(f"{INBOX}/viec-tiep", page=INBOX).headers["Location"]
    assert f"/ho-so/{second}" in browser.post(f"{INBOX}/viec-tiep", page=INBOX).headers["Location"]
    assert browser.post(f"{INBOX}/viec-tiep", page=INBOX).headers["Location"] == INBOX
    assert "Không còn việc nào chưa có người nhận" in browser.get(INBOX).text


def test_looking_at_the_inbox_takes_nothing(sqlite_centre: Centre) -> None:
    sqlite_centre.submit("1.009397")
    browser = sqlite_centre.client("reception")
    assert browser.get(f"{INBOX}/viec-tiep").status_code == 405
    assert sqlite_centre.task("Kiểm tra hồ sơ").assignee is None


def test_long_lists_come_in_pages_and_no_step_is_lost_between_them(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    made = {centre.submit("1.009397").line.number for _ in range(53)}
    browser = centre.client("reception")
    page = browser.get(INBOX).text
    found = numbers(page)
    further = re.search(r'href="([^"]+)">Trang sau', page)
    assert further is not None
    rest = browser.get(further[1].replace("&amp;", "&")).text
    assert {*found, *numbers(rest)} == made
    assert len(found) + len(numbers(rest)) == 53
    assert "Về đầu" in rest


def test_a_bent_address_is_answered_politely(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client("reception")
    assert browser.get(f"{INBOX}?loc=' or 1=1").status_code == 200
    bent = browser.get(f"{INBOX}?tu=cho-nao-do")
    assert bent.status_code == 422
    assert "Vị trí trang không hợp lệ" in bent.text


def test_late_work_says_so_in_words(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    centre.receive("1.009397")
    centre.clock.advance(seconds=timedelta(days=30).total_seconds())
    page = centre.client("reception").get(f"{INBOX}?loc=overdue").text
    assert centre.number in page
    assert re.search(r"Trễ \d+ ngày làm việc", page)


def test_those_without_work_have_no_inbox(sqlite_centre: Centre) -> None:
    assert sqlite_centre.client("auditor").get(INBOX).status_code == 403
    answer = sqlite_centre.client().get(INBOX)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/dang-nhap?next=")
