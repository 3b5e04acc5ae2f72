"""An analyst changes a diagram, a second one approves it, it goes live; running dossiers keep theirs."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from api.bootstrap import PROCESSES
from api.sources import files_in
from tests.centre import Browser, Centre

CODE = "1.009397"
STEP = "Thẩm định nội dung chương trình"
ANALYST = "analyst"


def send(browser: Browser, code: str | None, files: dict[str, bytes]) -> Any:
    """Send files for checking as the page does."""
    url = f"/quy-trinh/{code}/sua" if code else "/quy-trinh/them"
    return browser.client.post(
        url,
        data={
            "csrf_token": browser.token(url),
            "tep": [(BytesIO(content), name) for name, content in files.items()],
        },
        content_type="multipart/form-data",
    )


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} on the page"
    return found[1]


def keep(browser: Browser, page: str, **typed: str) -> Any:
    """Press the button under the result of a check: the files become a draft."""
    return browser.client.post(
        "/quy-trinh/ban-thao",
        data={name: hidden(page, name) for name in ("csrf_token", "code", "files")} | typed,
    )


def act(browser: Browser, code: str, number: int, what: str, text: str = "") -> Any:
    """Press a button on the page of a version."""
    home = f"/quy-trinh/{code}/ban/{number}"
    return browser.post(f"{home}/{what}", {"text": text}, page=home)


def second(centre: Centre) -> Browser:
    """Another analyst than the one who writes."""
    return centre.client(ANALYST, "SVHTT")


def go_live(centre: Centre, browser: Browser, page: str, code: str, number: int, decision: str) -> str:
    """Kept as a draft, submitted, approved by the second analyst, brought live; the page of the version."""
    assert keep(browser, page, reason="thêm ý kiến chuyên gia").status_code == 303
    assert act(browser, code, number, "trinh-duyet").status_code == 303
    assert act(second(centre), code, number, "phe-duyet", decision).status_code == 303
    done = act(browser, code, number, "ap-dung")
    assert done.status_code == 303, done.text
    shown: str = browser.get(done.headers["Location"]).text
    return shown


def diagram(browser: Browser, code: str = CODE, number: int = 1) -> bytes:
    content: bytes = browser.get(f"/quy-trinh/{code}/ban/{number}/so-do.bpmn").data
    return content


def test_the_catalogue_is_searched_without_marks_and_counts_running_dossiers(centre: Centre) -> None:
    centre.receive(CODE)
    browser = centre.client(ANALYST)
    page = browser.get("/quy-trinh?tim=bieu+dien+nghe+thuat").text
    assert f"/quy-trinh/{CODE}" in page
    assert "/quy-trinh/2.000635" not in page
    row = page.split(f'<td class="code">{CODE}</td>', 1)[1].split("</tr>", 1)[0]
    assert '<td class="number" data-label="Đang giải quyết">1</td>' in row
    assert "Không tìm thấy thủ tục nào" in browser.get("/quy-trinh?tim=khong+co+thu+tuc+nay").text
    assert f"/quy-trinh/{CODE}" not in browser.get("/quy-trinh?co-quan=CAT").text


def test_the_version_page_shows_steps_forms_law_and_files(sqlite_centre: Centre) -> None:
    page = sqlite_centre.client(ANALYST).get(f"/quy-trinh/{CODE}").text
    for text in (STEP, "NĐ 144/2020/NĐ-CP", "QĐ 1/QĐ-UBND", "reception.bpmn", "tham-dinh"):
        assert text in page, text
    assert "data-diagram-island" in page


def test_codes_of_a_diagram_are_told_in_words(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    page = browser.get(f"/quy-trinh/{CODE}").text
    assert "2 ngày làm việc" in page
    assert "Tính lại từ đầu" in page
    assert "<dd>RESTART</dd>" not in page
    assert "Tính tiếp thời gian còn lại" in browser.get("/quy-trinh/1.010733").text
    assert "2 working days" in browser.get(f"/quy-trinh/{CODE}?lang=en").text
    by_channel = browser.get("/quy-trinh/2.002380").text
    assert '<code class="prewrap">if dossier.channel' in by_channel, "what depends on the dossier stays FEEL"


def test_a_downloaded_diagram_is_byte_for_byte_what_was_deployed(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    assert diagram(browser) == (PROCESSES / "svhtt" / f"{CODE}.bpmn").read_bytes()
    archive = browser.get(f"/quy-trinh/{CODE}/ban/1/ho-so-quy-trinh.zip")
    assert archive.headers["Content-Disposition"].startswith("attachment")
    with ZipFile(BytesIO(archive.data)) as files:
        names = set(files.namelist())
        assert files.read(f"{CODE}.bpmn") == diagram(browser)
    assert {"reception.bpmn", "result.bpmn", "supplement.bpmn"} <= names
    assert any(name.startswith("forms/") for name in names)
    assert any(name.startswith("decisions/") for name in names)


def test_one_changed_file_is_checked_and_deployed_and_running_dossiers_keep_their_version(
    centre: Centre,
) -> None:
    centre.receive(CODE)
    running = centre.number
    browser = centre.client(ANALYST)
    changed = diagram(browser).decode().replace(STEP, "Thẩm định và lấy ý kiến chuyên gia")
    changed = changed.replace('timeLimit="working days(2)"', 'timeLimit="working days(3)"', 1)
    checked = send(browser, CODE, {"tai-ve (1).bpmn": changed.encode()})
    assert checked.status_code == 200
    assert "Dùng được" in checked.text
    assert "1 hồ sơ đang giải quyết giữ bản" in checked.text
    assert len(centre.engine.procedures.versions(CODE)) == 1, "a check stores nothing"

    page = go_live(centre, browser, checked.text, CODE, 2, "QĐ 9/QĐ-UBND ngày 02/03/2026")
    assert "Đã áp dụng bản 2" in page
    assert "1 hồ sơ đang giải quyết giữ bản" in page
    assert "Thẩm định và lấy ý kiến chuyên gia" in page
    assert "QĐ 9/QĐ-UBND ngày 02/03/2026" in page
    assert "Cán bộ analyst TTHCC" in page
    assert "Cán bộ analyst SVHTT" in page

    centre.receive(CODE)
    assert centre.view().procedure_version == 2
    assert "Thẩm định và lấy ý kiến chuyên gia" in centre.walk()
    centre.number = running
    assert centre.view().procedure_version == 1
    names = centre.walk()
    assert STEP in names
    assert centre.view().line.handling == "handed_over"
    assert STEP in centre.client(ANALYST).get(f"/quy-trinh/{CODE}/ban/1").text, (
        "the old version is still shown"
    )


def test_a_changed_form_alone_can_be_sent(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    source = sqlite_centre.engine.procedures.source(sqlite_centre.engine.procedures.get(CODE).sha256)
    form = source.files["forms/tham-dinh.json"].decode()
    label = re.search(r'"label": "([^"]+)"', form)
    assert label
    changed = form.replace(label[1], "Ý kiến thẩm định bằng lời", 1)
    checked = send(browser, CODE, {"tham-dinh.json": changed.encode()})
    assert "Dùng được" in checked.text
    go_live(sqlite_centre, browser, checked.text, CODE, 2, "QĐ 3")
    assert "Ý kiến thẩm định bằng lời" in browser.get(f"/quy-trinh/{CODE}").text


def test_the_whole_archive_can_be_sent_back_and_is_recognised_as_unchanged(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    archive = browser.get(f"/quy-trinh/{CODE}/ban/1/ho-so-quy-trinh.zip").data
    checked = send(browser, CODE, {"bo-tep.zip": archive})
    assert checked.status_code == 200
    assert "Không có gì khác bản đang dùng" in checked.text
    assert 'action="/quy-trinh/ban-thao"' not in checked.text


def test_a_new_procedure_calls_the_shared_diagrams_that_are_already_there(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    source = sqlite_centre.engine.procedures.source(sqlite_centre.engine.procedures.get(CODE).sha256)
    own = {
        name.replace(CODE, "9.999999"): content
        for name, content in source.files.items()
        if name not in ("reception.bpmn", "result.bpmn", "supplement.bpmn")
    }
    content = (
        own.pop("9.999999.bpmn").replace(CODE.encode(), b"9.999999").replace(b"p_1_009397", b"p_9_999999")
    )
    checked = send(browser, None, {"9.999999.bpmn": content, **own})
    assert "Dùng được" in checked.text, checked.text
    assert keep(browser, checked.text, reason="thủ tục mới").status_code == 303
    assert "9.999999" in browser.get("/quy-trinh").text, "a draft stands among what waits"
    assert sqlite_centre.client().get("/thu-tuc/9.999999").status_code == 404, "citizens do not see it yet"
    for who, what in ((browser, "trinh-duyet"), (second(sqlite_centre), "phe-duyet"), (browser, "ap-dung")):
        assert act(who, "9.999999", 1, what, "QĐ 4").status_code == 303
    sqlite_centre.receive("9.999999")
    assert sqlite_centre.view().line.procedure_code == "9.999999"


def test_a_new_procedure_needs_only_its_own_files_the_shared_forms_are_there(sqlite_centre: Centre) -> None:
    """A draft uses forms that it does not bring, and calls what the newest procedure does not call."""
    outline = (
        b"code: 9.999999\nname: X\nagency: SXD\nlimit: working days(5)\nsteps:\n  - assign\n"
        b"  - {call: Ki\xe1\xbb\x83m tra, process: shared_site_visit, lane: processing}\n  - sign\n"
    )
    outlines = sqlite_centre.engine.outlines
    drawing = outlines.draw(outlines.read(outline), files_in(PROCESSES / "shared"), {})
    assert set(drawing.files) == {"9.999999.bpmn"}
    assert "Dùng được" in send(sqlite_centre.client(ANALYST), None, dict(drawing.files)).text


def test_errors_are_told_with_element_reason_and_remedy_in_both_languages(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    broken = diagram(browser).replace(b'form="tham-dinh"', b'form="khong-co"')
    page = send(browser, CODE, {"x.bpmn": broken}).text
    assert "Chưa dùng được" in page
    assert "Lỗi phải sửa" in page
    assert "thiếu biểu mẫu «khong-co»" in page
    assert "Cách sửa" in page
    assert 'action="/quy-trinh/ban-thao"' not in page
    browser.get("/quy-trinh?lang=en")
    assert "form “khong-co” is missing" in send(browser, CODE, {"x.bpmn": broken}).text


def test_a_finding_leads_to_its_element_in_the_diagram(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    broken = diagram(browser).replace(b'timeLimit="working days(2)"', b'timeLimit="hai ngay ("', 1)
    page = send(browser, CODE, {"x.bpmn": broken}).text
    finding = page.split('<div class="finding"', 1)[1].split("</div>\n</div>", 1)[0]
    node = re.search(r'data-node="([^"]+)"', finding)
    assert node
    assert "data-show-node" in finding
    assert f'\\"{node[1]}\\"' in page or f'"{node[1]}"' in page.split("application/json", 1)[1]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("anh.png", b"\x89PNG", "không phải .bpmn, .json hoặc .dmn"),
        ("x.bpmn", b"<khong dong", "không đọc được"),
        ("x.bpmn", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        ("x.zip", b"khong phai zip", "hỏng hoặc có mật khẩu"),
        ("x.bpmn", b"<html><body/></html>", "không có quy trình BPMN nào"),
    ],
)
def test_files_that_are_no_diagrams_are_refused_in_words(
    sqlite_centre: Centre, name: str, content: bytes, told: str
) -> None:
    answer = send(sqlite_centre.client(ANALYST), CODE, {name: content})
    assert answer.status_code == 422
    assert told in answer.text


def test_an_archive_that_swells_or_holds_hundreds_of_files_is_refused(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    swelling, many = BytesIO(), BytesIO()
    with ZipFile(swelling, "w", 8) as archive:
        archive.writestr("x.bpmn", b"0" * 30_000_000)
    with ZipFile(many, "w") as archive:
        for number in range(150):
            archive.writestr(f"forms/{number}.json", b"{}")
    assert "lớn hơn 2 MB" in send(browser, CODE, {"x.zip": swelling.getvalue()}).text
    assert "hơn 100 tệp" in send(browser, CODE, {"x.zip": many.getvalue()}).text


def test_nothing_chosen_and_the_diagram_of_another_procedure_are_told(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    nothing = send(browser, CODE, {})
    assert nothing.status_code == 422
    assert "Chọn ít nhất một tệp" in nothing.text
    other = send(browser, CODE, {"x.bpmn": diagram(browser, "2.000635")})
    assert other.status_code == 422
    assert "của thủ tục 2.000635" in other.text


def test_a_draft_asks_for_its_reason_and_an_approval_for_its_decision(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    changed = diagram(browser).decode().replace(STEP, "Thẩm định kỹ").encode()
    checked = send(browser, CODE, {"x.bpmn": changed})
    refused = keep(browser, checked.text, reason=" ")
    assert refused.status_code == 422
    assert "Ghi thay đổi gì, vì sao" in refused.text
    assert hidden(refused.text, "files") == hidden(checked.text, "files"), "the files are not lost"
    assert len(sqlite_centre.engine.procedures.versions(CODE)) == 1
    assert keep(browser, refused.text, reason="thẩm định kỹ hơn").status_code == 303
    act(browser, CODE, 2, "trinh-duyet")
    unsaid = act(second(sqlite_centre), CODE, 2, "phe-duyet", " ")
    assert unsaid.status_code == 422
    assert "Ghi số và ngày quyết định" in unsaid.text


def test_the_author_is_not_offered_approval_and_is_refused_when_asking_for_it(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client(ANALYST)
    changed = diagram(browser).decode().replace(STEP, "Thẩm định kỹ").encode()
    keep(browser, send(browser, CODE, {"x.bpmn": changed}).text, reason="thẩm định kỹ hơn")
    act(browser, CODE, 2, "trinh-duyet")
    page = browser.get(f"/quy-trinh/{CODE}/ban/2").text
    assert "phe-duyet" not in page
    assert "chờ duyệt" in page
    refused = act(browser, CODE, 2, "phe-duyet", "QĐ 5/QĐ-UBND")
    assert refused.status_code == 403
    assert "không tự phê duyệt" in refused.text
    other = second(sqlite_centre).get(f"/quy-trinh/{CODE}/ban/2").text
    assert "phe-duyet" in other
    assert f"«{STEP}»: tên từ {STEP} thành Thẩm định kỹ." in other, "who approves reads what changes"
    early = act(browser, CODE, 2, "ap-dung")
    assert early.status_code == 409
    assert sqlite_centre.engine.procedures.get(CODE).number == 1


def test_what_is_given_back_may_be_mended_and_an_auditor_reads_who_did_what(sqlite_centre: Centre) -> None:
    browser, other = sqlite_centre.client(ANALYST), second(sqlite_centre)
    changed = diagram(browser).decode().replace(STEP, "Thẩm định kỹ").encode()
    keep(browser, send(browser, CODE, {"x.bpmn": changed}).text, reason="thẩm định kỹ hơn")
    act(browser, CODE, 2, "trinh-duyet")
    assert act(other, CODE, 2, "tra-lai", "Thiếu căn cứ pháp lý ở bước thẩm định").status_code == 303
    auditor = sqlite_centre.client("auditor")
    page = auditor.get(f"/quy-trinh/{CODE}/ban/2").text
    for text in ("bản thảo", "Thiếu căn cứ pháp lý ở bước thẩm định", "Trả lại để sửa", "Trình duyệt"):
        assert text in page, text
    assert '<button class="button primary">Trình duyệt' not in page, "an auditor only reads"
    assert act(browser, CODE, 2, "ngung", "làm lại từ đầu").status_code == 303
    assert "ngừng áp dụng" in auditor.get(f"/quy-trinh/{CODE}/ban/2").text


def test_only_analysts_change_procedures(sqlite_centre: Centre) -> None:
    for role in ("auditor", "supervisor", "director", "administrator"):
        browser = sqlite_centre.client(role)
        assert browser.get(f"/quy-trinh/{CODE}").status_code == 200, role
        assert browser.get(f"/quy-trinh/{CODE}/sua").status_code == 403, role
        assert "Thay đổi quy trình" not in browser.get(f"/quy-trinh/{CODE}").text
        answer = browser.client.post("/quy-trinh/ban-thao", data={"csrf_token": browser.token("/quy-trinh")})
        assert answer.status_code == 403, role
    assert sqlite_centre.client("reception").get("/quy-trinh").status_code == 403
    assert sqlite_centre.client(ANALYST).get("/quy-trinh/khong-co").status_code == 404
    assert sqlite_centre.client(ANALYST).get(f"/quy-trinh/{CODE}/ban/99").status_code == 404
