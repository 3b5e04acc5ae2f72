"""The main job as people do it, in a real browser: from the counter to the citizen's hand, and in replay."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from api.bootstrap import PROCESSES
from tests.browser.conftest import Open
from tests.browser.site import PHONE, Site

pytestmark = pytest.mark.browser
CODE = "1.009397"


def fill(page: Page, names: str = "f.") -> None:
    """Something sensible in every empty field of a form that has to be filled."""
    for field in page.locator(f"[name^='{names}'][aria-required=true]").all():
        if field.get_attribute("type") in ("radio", "checkbox"):
            continue
        name = field.get_attribute("name") or ""
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(index=1)
        elif "date" in name or (field.get_attribute("placeholder") or "").startswith("dd"):
            field.fill("20/05/2026")
        elif field.get_attribute("inputmode") == "decimal":
            field.fill("90")
        else:
            field.fill("Đêm nhạc dân ca ví, giặm Nghệ Tĩnh")


def receive(open_as: Open, site: Site) -> str:
    """The officer at the counter takes the dossier in; its number."""
    page = open_as("reception")
    page.goto(f"{site.url}/tiep-nhan?tim=bieu dien nghe thuat")
    page.get_by_role("link", name=re.compile("^Tiếp nhận .*biểu diễn")).first.click()
    page.get_by_label("Họ tên cá nhân hoặc tên tổ chức").fill("Nguyễn Thị Ánh Tuyết")
    page.get_by_label("Số định danh cá nhân").fill("040190001234")
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    page.get_by_label("Địa chỉ").fill("Xóm 5, xã Nghi Kim, thành phố Vinh")
    page.get_by_role("button", name="Đủ giấy tờ theo yêu cầu").click()
    fill(page)
    page.get_by_role("button", name="Tiếp nhận hồ sơ").click()
    expect(page.locator("h1")).to_have_text("Đã tiếp nhận hồ sơ")
    number = page.locator(".big-code").inner_text().strip()
    slip_is_right(page, site, number)
    return number


def slip_is_right(page: Page, site: Site, number: str) -> None:
    """The appointment slip as PDF says who, what and when, in the letters of the source."""
    view = site.centre.view(number)
    (slip,) = [paper for paper in view.papers if paper.name == "appointment_slip"]
    answer = page.request.get(f"{site.url}/ho-so/{number}/giay/{slip.id}.pdf")
    text = " ".join(PdfReader(BytesIO(answer.body())).pages[0].extract_text().split())
    assert number in text
    assert "Nguyễn Thị Ánh Tuyết" in text


def finish(open_as: Open, site: Site, number: str, decision: str | None = None) -> None:
    """Whoever has the first open step does it on the dossier's page."""
    task = site.centre.view(number).tasks[0]
    site.centre.clock.advance(minutes=20)
    page = open_as(task.role, task.agency)
    page.goto(f"{site.url}/ho-so/{number}")
    fill(page)
    buttons = {one.value: one.label for one in task.decisions}
    if decision in buttons and next(one for one in task.decisions if one.value == decision).reason_required:
        page.locator("[name=reason]").fill("Kịch bản chưa có danh mục tác phẩm theo quy định")
    name = buttons.get(decision or "") or (next(iter(buttons.values())) if buttons else "Hoàn thành")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()
    page.context.close()
    assert task.task_id not in {one.task_id for one in site.centre.view(number).tasks}, task.name


def until(open_as: Open, site: Site, number: str, step: str) -> None:
    """Steps are done until the one of that name waits."""
    for _ in range(12):
        if step in [task.name for task in site.centre.view(number).tasks]:
            return
        finish(open_as, site, number, "approve")
    raise AssertionError(f"«{step}» never came")


def supplement(open_as: Open, site: Site, number: str, scan: Path) -> None:
    """The citizen, on a phone, sees what is missing, sends it, and is told the new date."""
    code = site.centre.view(number).tracking_code
    page = open_as(size=PHONE)
    page.goto(f"{site.url}/tra-cuu")
    page.locator("main input[name=ma]").fill(f"{code[:4]}-{code[4:8]}-{code[8:]}".lower())
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text("cần bổ sung")
    page.locator("input[type=file]").first.set_input_files(scan)
    page.get_by_role("button", name="Nộp bổ sung").click()
    expect(page.locator("main")).to_contain_text("đang giải quyết hồ sơ")


def test_a_real_dossier_from_the_counter_to_the_result(open_as: Open, site: Site, tmp_path: Path) -> None:
    number = receive(open_as, site)
    until(open_as, site, number, "Thẩm định nội dung chương trình")
    first_date = site.centre.view(number).line.due_at
    finish(open_as, site, number, "supplement")
    while site.centre.view(number).line.handling != "awaiting_supplement":
        finish(open_as, site, number, "approve")
    site.centre.clock.advance(days=2)
    scan = tmp_path / "danh-muc.pdf"
    scan.write_bytes(b"%PDF-1.7\ntrailer << >>\n%%EOF\n")
    supplement(open_as, site, number, scan)
    after = site.centre.view(number)
    assert first_date is not None
    assert after.line.due_at is not None
    assert after.line.due_at > first_date
    for _ in range(12):
        if not site.centre.view(number).tasks:
            break
        finish(open_as, site, number, "approve")
    assert site.centre.view(number).line.handling == "handed_over"
    replayed(open_as, site, number)


def replayed(open_as: Open, site: Site, number: str) -> None:
    """The auditor steps through it and finds the chain whole."""
    page = open_as("auditor")
    page.goto(f"{site.url}/kiem-tra/{number}/phat-lai?buoc=1")
    expect(page.locator("main")).to_contain_text("Chuỗi nhật ký nguyên vẹn")
    steps = page.locator("[data-step-link]").count()
    assert steps == len(site.centre.view(number).history)
    for _ in range(steps - 1):
        page.locator("[data-go=next]").click()
    expect(page.locator("[data-counter]")).to_contain_text(f"{steps} / {steps}")


def test_an_analyst_changes_a_diagram_the_director_approves_and_only_new_dossiers_follow(
    open_as: Open, site: Site, tmp_path: Path
) -> None:
    site.centre.receive(CODE)
    running = site.centre.number
    text = (PROCESSES / "svhtt" / f"{CODE}.bpmn").read_text(encoding="utf-8")
    changed = tmp_path / f"{CODE}.bpmn"
    changed.write_text(text.replace(">working days(5)<", ">working days(4)<", 1), encoding="utf-8")
    page = open_as("analyst")
    page.goto(f"{site.url}/quy-trinh/{CODE}/sua")
    page.locator("input[type=file]").first.set_input_files(changed)
    page.locator("main form button.primary").first.click()
    page.locator("[name=reason]").fill("Rút ngắn thời hạn giải quyết")
    page.get_by_role("button", name="Lưu bản thảo").click()
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.locator("main")).to_contain_text("chờ duyệt")
    expect(page.get_by_role("button", name="Phê duyệt")).to_have_count(0)
    director = open_as("director")
    director.goto(page.url)
    director.get_by_label("Quyết định, số và ngày").fill("15/QĐ-UBND ngày 02/3/2026")
    director.get_by_role("button", name="Phê duyệt").click()
    expect(director.locator("main")).to_contain_text("Đã phê duyệt bản 2")
    page.reload()
    page.get_by_role("button", name="Đưa vào áp dụng").click()
    expect(page.locator(".notice.good")).to_contain_text("bản 2", ignore_case=True)
    site.centre.receive(CODE)
    assert site.centre.view().procedure_version == 2
    assert site.centre.view(running).procedure_version == 1
