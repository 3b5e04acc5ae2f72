"""Applying from home: nothing typed is lost, everything is said in a sentence, one draft is one dossier."""

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.centre import APPLICANT, Browser, Centre
from tests.processes.samples import sample

CODE = "2.000635"  # a copy of a civil status record: form, files, an own condition
PERSON = {f"applicant.{name}": value for name, value in APPLICANT.items()} | {"result_channel": "counter"}
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def _begin(browser: Browser, code: str = CODE) -> str:
    """Begin an application; its address without the step."""
    answer = browser.post(f"/nop/{code}")
    assert answer.status_code == 303
    return str(answer.headers["Location"]).removesuffix("/nguoi-nop")


def _answers(centre: Centre, **changes: str) -> dict[str, Any]:
    version = centre.engine.procedures.get(CODE)
    form = centre.engine.procedures.definition(version.sha256).form("nop-2.000635")
    values = {f"f.{key}": _typed(value) for key, value in sample(form).items() if value not in (None, False)}
    return values | {f"f.{key}": value for key, value in changes.items()}


def _typed(value: Any) -> Any:
    return "true" if value is True else str(value)


def _file(name: str = "to-khai.pdf", content: bytes = PDF) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def _filled(centre: Centre, browser: Browser) -> str:
    """An application that only waits to be handed in."""
    url = _begin(browser)
    assert browser.post(f"{url}/nguoi-nop", PERSON).headers["Location"] == f"{url}/to-khai"
    answer = browser.post(f"{url}/to-khai", _answers(centre))
    assert answer.status_code == 303, answer.text
    sent = {"file.to-khai": _file(), "next": "1"}
    assert browser.post(f"{url}/giay-to", sent).headers["Location"] == f"{url}/kiem-tra-lai"
    return url


def test_a_citizen_applies_from_home_and_gets_a_code(centre: Centre) -> None:
    browser = centre.client()
    url = _filled(centre, browser)
    review = browser.get(f"{url}/kiem-tra-lai").text
    assert "Nguyễn Thị Ánh" in review
    assert "to-khai.pdf" in review
    answer = browser.post(f"{url}/kiem-tra-lai")
    assert answer.headers["Location"] == f"{url}/da-nop"
    page = browser.get(f"{url}/da-nop").text
    assert "Mã tra cứu của ông/bà" in page
    (line,) = centre.engine.dossiers.search(centre.officer("supervisor"))
    view = centre.engine.dossiers.get(centre.officer("supervisor"), line.number)
    assert (line.channel, line.handling, line.applicant_name) == ("online", "submitted", "Nguyễn Thị Ánh")
    assert [(one.name, one.required_id) for one in view.documents] == [("to-khai.pdf", "to-khai")]
    code = view.tracking_code
    assert "-".join((code[:4], code[4:8], code[8:])) in page


def test_handing_in_twice_is_one_dossier_and_the_draft_keeps_nothing(centre: Centre) -> None:
    browser = centre.client()
    url = _filled(centre, browser)
    token = browser.token(f"{url}/kiem-tra-lai")
    first, second = (browser.client.post(f"{url}/kiem-tra-lai", data={"csrf_token": token}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == f"{url}/da-nop"
    assert len(centre.engine.dossiers.search(centre.officer("supervisor"))) == 1
    draft = centre.engine.drafts.get(url.rpartition("/")[2])
    assert not draft.applicant
    assert not draft.files
    for step in ("nguoi-nop", "to-khai", "giay-to", "kiem-tra-lai"):
        assert browser.get(f"{url}/{step}").headers["Location"] == f"{url}/da-nop"


def test_two_windows_at_once_hand_in_one_dossier(centre: Centre) -> None:
    token = _filled(centre, centre.client()).rpartition("/")[2]
    with ThreadPoolExecutor(4) as pool:
        codes = set(pool.map(lambda _number: centre.engine.drafts.hand_in(token), range(4)))
    (line,) = centre.engine.dossiers.search(centre.officer("supervisor"))
    assert codes == {centre.view(line.number).tracking_code}
    assert len(centre.view(line.number).documents) == 1


def test_a_dossier_whose_file_is_lost_is_not_handed_in_at_all(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    url = _filled(sqlite_centre, browser)
    (file,) = sqlite_centre.engine.drafts.get(url.rpartition("/")[2]).files
    sha256 = file.sha256
    (sqlite_centre.settings.files_folder / sha256[:2] / sha256[2:4] / sha256).unlink()
    answer = browser.post(f"{url}/kiem-tra-lai")
    assert answer.status_code == 500
    assert "Không tìm thấy nội dung tệp" in answer.text
    assert not sqlite_centre.engine.dossiers.search(sqlite_centre.officer("supervisor"))
    assert sqlite_centre.engine.drafts.get(url.rpartition("/")[2]).applicant


def test_wrong_answers_come_back_as_typed_with_a_sentence_each(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    url = _begin(browser)
    answer = browser.post(f"{url}/nguoi-nop", {**PERSON, "applicant.id_number": "0401900"})
    assert answer.status_code == 422
    assert "đúng 12 chữ số" in answer.text
    assert 'value="0401900"' in answer.text
    assert "<title>Lỗi: " in answer.text
    again = browser.get(f"{url}/nguoi-nop").text  # after a cut line the page has everything still
    assert 'value="0401900"' in again
    assert 'value="0912345678"' in again


def test_wrong_answers_of_the_form_are_kept_too(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    url = _begin(browser)
    browser.post(f"{url}/nguoi-nop", PERSON)
    answer = browser.post(f"{url}/to-khai", _answers(sqlite_centre, copies="hai"))
    assert answer.status_code == 422
    assert 'value="hai"' in answer.text
    assert 'value="hai"' in browser.get(f"{url}/to-khai").text


def test_nothing_is_handed_in_while_a_page_is_unfinished(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    url = _begin(browser)
    browser.post(f"{url}/nguoi-nop", PERSON)
    review = browser.get(f"{url}/kiem-tra-lai").text
    assert "Còn trang chưa điền xong" in review
    assert "cam đoan" not in review
    answer = browser.post(f"{url}/kiem-tra-lai")
    assert answer.status_code == 422
    assert f"{url}/to-khai?sua=1#o-f-subject_name" in answer.text
    assert not sqlite_centre.engine.dossiers.search(sqlite_centre.officer("supervisor"))


def test_a_change_from_the_review_leads_back_to_it(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    url = _filled(sqlite_centre, browser)
    assert 'name="sua"' in browser.get(f"{url}/nguoi-nop?sua=1").text
    answer = browser.post(f"{url}/nguoi-nop", {**PERSON, "applicant.name": "Lê Văn Bình", "sua": "1"})
    assert answer.headers["Location"] == f"{url}/kiem-tra-lai"
    assert "Lê Văn Bình" in browser.get(f"{url}/kiem-tra-lai").text


def test_who_comes_back_goes_on_where_he_stopped(sqlite_centre: Centre) -> None:
    url = _begin(sqlite_centre.client())
    sqlite_centre.client().post(f"{url}/nguoi-nop", PERSON)
    sqlite_centre.clock.advance(days=29)
    other = sqlite_centre.client()  # another browser with the address alone
    assert other.get(url).headers["Location"] == f"{url}/to-khai"


def test_a_refused_file_is_named_and_the_good_ones_stay(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    url = _begin(browser)
    sent = {
        "file.to-khai": [_file("ban-dep.pdf"), _file("virus.pdf", b"MZ not a pdf")],
        "file.giay-to-tuy-than": _file("trong.png", b""),
        "next": "1",
    }
    answer = browser.post(f"{url}/giay-to", sent)
    assert answer.status_code == 422
    assert "«virus.pdf» có đuôi .pdf nhưng nội dung là loại khác" in answer.text
    assert "«trong.png» không có nội dung" in answer.text
    assert "ban-dep.pdf" in browser.get(f"{url}/giay-to").text
    (file,) = sqlite_centre.engine.drafts.get(url.rpartition("/")[2]).files
    browser.post(f"{url}/giay-to", {"remove": f"to-khai|{file.sha256}"})
    assert "ban-dep.pdf" not in browser.get(f"{url}/giay-to").text


def test_a_document_is_asked_for_when_the_answers_need_it(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    url = _begin(browser)
    browser.post(f"{url}/nguoi-nop", PERSON)
    answers = _answers(sqlite_centre)
    answers.pop("f.by_proxy", None)
    browser.post(f"{url}/to-khai", answers)
    assert "Văn bản ủy quyền" not in browser.get(f"{url}/giay-to").text
    browser.post(f"{url}/to-khai", answers | {"f.by_proxy": "true"})
    assert "Văn bản ủy quyền" in browser.get(f"{url}/giay-to").text
    assert "Chưa có tệp của 3 loại giấy tờ" in browser.get(f"{url}/kiem-tra-lai").text


def test_a_draft_can_be_thrown_away_and_is_forgotten_after_thirty_days(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    url, old = _begin(browser), _begin(browser)
    answer = browser.post(f"{url}/xoa", page=f"{url}/nguoi-nop")
    assert answer.status_code == 303
    assert browser.get(f"{url}/nguoi-nop").status_code == 404
    sqlite_centre.clock.advance(days=31)
    _begin(browser)
    gone = browser.get(f"{old}/nguoi-nop")
    assert gone.status_code == 404
    assert "30 ngày" in gone.text


@pytest.mark.parametrize("address", ["/nop/2.000635/khong-co/nguoi-nop", "/nop/9.999999", "/thu-tuc/'--"])
def test_what_does_not_exist_is_not_found(sqlite_centre: Centre, address: str) -> None:
    assert sqlite_centre.client().get(address).status_code == 404


def test_a_draft_of_one_procedure_is_none_of_another(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    token = _begin(browser).rpartition("/")[2]
    assert browser.get(f"/nop/1.009397/{token}/nguoi-nop").status_code == 404


def test_hostile_text_is_text(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    url = _filled(sqlite_centre, browser)
    evil = "<script>alert(1)</script>{{7*7}}"
    browser.post(f"{url}/nguoi-nop", {**PERSON, "applicant.name": evil, "sua": "1"})
    page = browser.get(f"{url}/kiem-tra-lai").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


def test_pages_of_an_application_speak_english(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    url = _begin(browser)
    page = browser.get(f"{url}/nguoi-nop?lang=en").text
    assert "Save and continue" in page
    assert "Lưu và tiếp tục" not in page
