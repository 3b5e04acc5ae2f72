"""Bad input at every door: the right status, a Vietnamese sentence that says what to do, nothing changed."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests import centre as centres
from tests.api.program import PDF, as_upload
from tests.bad_input.stage import Stage

Door = Callable[[Stage], Any]
_ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]><x/>'
_BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
_OUTSIDE = '<!DOCTYPE x SYSTEM "http://example.com/x.dtd"><x/>'

# What is done wrong: the door, the status, words of the sentence.
CASES: dict[str, tuple[Door, int, str]] = {
    # forms: the reception sheet
    "no name": (lambda s: s.sheet(applicant__name=" "), 422, "Nhập họ tên người nộp"),
    "short id number": (lambda s: s.sheet(applicant__id_number="0401"), 422, "đúng 12 chữ số"),
    "Arabic digits": (lambda s: s.sheet(applicant__id_number="٠٤٠١٩٠٠٠١٢٣٤"), 422, "đúng 12 chữ số"),
    "no tax code": (lambda s: s.sheet(applicant__kind="organisation"), 422, "Mã số thuế gồm 10 chữ số"),
    "neither person nor firm": (lambda s: s.sheet(applicant__kind="robot"), 422, "Chọn cá nhân hoặc tổ chức"),
    "no way to reach": (lambda s: s.sheet(applicant__phone=""), 422, "Nhập số điện thoại hoặc thư điện tử"),
    "letters for a phone": (lambda s: s.sheet(applicant__phone="không có"), 422, "bắt đầu bằng 0"),
    "no e-mail address": (lambda s: s.sheet(applicant__email="a@b"), 422, "ten@noi.vn"),
    "endless name": (lambda s: s.sheet(applicant__name="Ạ" * 400), 422, "dài quá 300 ký tự"),
    "unknown channel": (lambda s: s.sheet(channel="telex"), 422, "không nhận hồ sơ qua kênh"),
    "unknown way of the result": (lambda s: s.sheet(result_channel="chim"), 422, "Chọn nơi nhận kết quả"),
    "required field empty": (lambda s: s.sheet(f__show_name=""), 422, "Nhập «Tên chương trình»"),
    "no such day": (lambda s: s.sheet(f__show_date="31/02/2026"), 422, "Ngày biểu diễn"),
    "American date": (lambda s: s.sheet(f__show_date="12/31/2026"), 422, "Ngày biểu diễn"),
    "words for a number": (lambda s: s.sheet(f__duration_minutes="hai giờ"), 422, "Thời lượng"),
    "a field that is not there": (lambda s: s.sheet(f__status="approved"), 422, "không có mục «status»"),
    "no decision": (lambda s: s.sheet(decision=""), 422, "Chọn một trong các cách xử lý"),
    "invented decision": (lambda s: s.sheet(decision="sign"), 422, "Chọn một trong các cách xử lý"),
    "sent away without a reason": (lambda s: s.sheet(decision="refuse"), 422, "lý do"),
    "procedure that is not there": (
        lambda s: s.browser("reception").post("/tiep-nhan/9.999", {}, page="/tiep-nhan"),
        404, "Không tìm thấy",
    ),
    # forms: an officer's task
    "task without decision": (lambda s: s.task(), 422, "Chọn"),
    "another agency's officer": (lambda s: s.task("head:SXD", page="/khong-co"), 404, "Không tìm thấy hồ sơ"),
    "another role": (lambda s: s.task("head:SVHTT", decision="approve"), 403, "không có quyền"),
    "nobody": (lambda s: s.task("", page="/dang-nhap"), 401, "chưa đăng nhập"),
    "page of an older version": (
        lambda s: s.task(seen="1", decision="approve", f__appraisal_result="Đạt"), 409, "đã thay đổi",
    ),
    "no version at all": (lambda s: s.task(seen="", decision="approve"), 422, "lại trang"),
    "task that is no id": (lambda s: s.task(task="viec-cua-toi"), 404, "Không tìm thấy"),
    "task of nowhere": (
        lambda s: s.task(task="00000000-0000-0000-0000-000000000001", decision="approve"),
        409, "không còn mở",
    ),
    "form token of nobody": (lambda s: s.task(csrf_token="x"), 403, "không xuất phát từ trang"),
    # uploads
    "empty file": (lambda s: s.upload("don.pdf", b""), 422, "không có nội dung"),
    "program": (lambda s: s.upload("don.exe", b"MZ\x90"), 422, "Không nhận loại tệp"),
    "program in disguise": (lambda s: s.upload("don.pdf", b"MZ\x90\x00" * 40), 422, "nội dung là loại khác"),
    "page of another kind": (lambda s: s.upload("don.html", b"<script>"), 422, "Không nhận loại tệp"),
    "picture with code": (lambda s: s.upload("anh.svg", b"<svg/>"), 422, "Không nhận loại tệp"),
    "half a file": (lambda s: s.upload("don.pdf", PDF[: len(PDF) // 2]), 422, "bị hỏng"),
    "PDF with a script": (
        lambda s: s.upload("don.pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>")),
        422, "có thể gây hại",
    ),
    "too large": (lambda s: s.upload("don.pdf", PDF + b" " * 21_000_000), 422, "quá lớn"),
    "no file chosen": (lambda s: s.upload("", b""), 422, "Chọn"),
    # diagrams
    "no XML": (lambda s: s.diagram(content=b"hello"), 422, "không đọc được"),
    "nothing in it": (lambda s: s.diagram(content=b""), 422, "không đọc được"),
    "entities": (lambda s: s.diagram(content=_ENTITY.encode()), 422, "không đọc được"),
    "a thousand laughs": (lambda s: s.diagram(content=_BOMB.encode()), 422, "không đọc được"),
    "reads another file": (lambda s: s.diagram(content=_OUTSIDE.encode()), 422, "không đọc được"),
    "half a diagram": (lambda s: s.diagram({"</bpmn:definitions>": ""}), 422, "không đọc được"),
    "Python in a script": (
        lambda s: s.diagram({'scriptFormat="feel"': 'scriptFormat="python"'}), 422, "FEEL",
    ),
    "Python in an expression": (
        lambda s: s.diagram({"working hours(4)": "__import__('os').system('id')"}), 422, "viết sai",
    ),
    "unknown handler": (
        lambda s: s.diagram({'name="notify_officers"': 'name="rm"'}), 422, "rm",
    ),
    "element we do not run": (
        lambda s: s.diagram({"bpmn:scriptTask": "bpmn:transaction"}), 422, "transaction",
    ),
    "calls what is not there": (
        lambda s: s.diagram({'calledElement="shared_result"': 'calledElement="khong_co"'}), 422, "khong_co",
    ),
    "limit that is no time": (lambda s: s.diagram({"working days(5)": "5 + "}), 422, "chưa viết hết"),
    "form that is not there": (lambda s: s.diagram({'form="tham-dinh"': 'form="khong-co"'}), 422, "khong-co"),
    "unknown word": (lambda s: s.diagram({"<motcua:result ": "<motcua:ketqua "}), 422, "ketqua"),
    "deployed by an officer": (
        lambda s: s.program("head:SVHTT").post("/procedures", form={"files": as_upload("a.bpmn")}),
        403, "quyền",
    ),
    # the JSON interface
    "no JSON": (lambda s: s.program("reception").ask(
        "POST", "/dossiers", data=b"{", content_type="application/json", headers=_headers(s)), 400, "JSON"),
    "unknown field": (lambda s: s.body(received_at="2020-01-01T00:00:00+07:00"), 422, "received_at"),
    "number as name": (lambda s: s.body(applicant={"name": 7, "kind": "citizen"}), 422, "applicant"),
    "no procedure": (lambda s: s.body(procedure_code="0.0"), 404, "Không tìm thấy thủ tục"),
    "document of another list": (
        lambda s: s.body(documents=[{"id": "x", "originals": 1}]), 422, "thành phần hồ sơ",
    ),
    "no key": (lambda s: s.program("reception").post("/dossiers", {}, key=" "), 400, "Idempotency-Key"),
    "no token": (
        lambda s: s.program("reception").client.post("/api/v1/dossiers", json={}), 401, "đăng nhập",
    ),
    "token of nobody": (
        lambda s: s.program("reception").client.get("/api/v1/me", headers={"Authorization": "Bearer x"}),
        401, "đăng nhập",
    ),
    "no version": (lambda s: s.completion(version="", answers={}), 428, "If-Match"),
    "stale version": (
        lambda s: s.completion(version=1, decision="approve", answers={"appraisal_result": "Đạt"}),
        412, "phiên bản",
    ),
    "wrong agency": (lambda s: s.completion("head:SXD", answers={}), 404, "Không tìm thấy"),
    "citizen's dossier back-dated": (
        lambda s: s.extension("2020-01-01T17:00:00+07:00"), 422, "Ngày hẹn mới phải sau",
    ),
    "appointment on a holiday": (lambda s: s.extension("2026-04-30T17:00:00+07:00"), 422, "ngày nghỉ"),
    "appointment without zone": (lambda s: s.extension("2026-05-20T17:00:00"), 422, "due_at"),
    "apology without reason": (lambda s: s.extension("2026-05-20T17:00:00+07:00", reason=" "), 422, "lý do"),
    # citizens
    "guessed code": (lambda s: s.browser("").get("/tra-cuu/AAAABBBBCCCC"), 404, "Không tìm thấy"),
    "SQL in a code": (lambda s: s.browser("").get("/tra-cuu/' OR 1=1 --"), 404, "Không tìm thấy"),
    "withdrawal without reason": (lambda s: s.online("/rut", reason=" "), 422, "lý do"),
    "page that is not there": (lambda s: s.browser("").get("/wp-admin.php"), 404, "Không có trang này"),
    "wrong method": (
        lambda s: s.browser("").post("/thu-tuc/1.009397", {}, page="/dang-nhap"), 405, "cách gửi",
    ),
    "another site's form": (
        lambda s: s.browser("reception").client.post(
            "/dang-xuat", headers={"Origin": "https://example.com"}), 403, "không xuất phát từ trang",
    ),
}  # fmt: skip


def _headers(stage: Stage) -> dict[str, str]:
    return {
        "Idempotency-Key": "mot-khoa-bat-ky",
        "Authorization": f"Bearer {stage.program('reception').token}",
    }


@pytest.fixture(scope="module")
def stage(furnished_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One for all cases: nothing may change, so nothing needs to be made anew."""
    folder = tmp_path_factory.mktemp("bad-input")
    url = centres.copy_sqlite(furnished_sqlite, folder / "motcua.sqlite3")
    with centres.opened(url, folder) as centre:
        yield Stage(centre)


def said(answer: Any) -> str:
    """What a person reads: the page, or the problem document with its fields."""
    if answer.mimetype == "application/problem+json":
        return json.dumps(answer.json, ensure_ascii=False)
    return re.sub(r"<[^>]+>|\s+", " ", unescape(answer.text).partition("<main")[2])


@pytest.mark.parametrize("what", CASES)
def test_it_is_refused_with_a_sentence_and_nothing_changes(stage: Stage, what: str) -> None:
    door, status, words = CASES[what]
    before = stage.written()
    answer = door(stage)
    assert answer.status_code == status, said(answer)[:3000]
    assert words in said(answer), said(answer)[:3000]
    assert stage.written() == before


def test_the_table_covers_what_the_centre_fears() -> None:
    assert len(CASES) >= 60
