"""Finding a procedure and reading what it asks for: everything comes from its diagram."""

import re
from pathlib import Path

import pytest

from tests.centre import FILES, Centre


def test_a_procedure_is_found_without_diacritics_by_agency_and_by_field(centre: Centre) -> None:
    browser = centre.client()
    page = browser.get("/?q=ly+lich+TU+phap").text
    assert "/thu-tuc/3.000333" in page
    assert "/thu-tuc/1.009397" not in page
    assert "/thu-tuc/1.004593" in browser.get("/?co-quan=SYT").text
    found = browser.get("/?linh-vuc=Hộ tịch").text
    assert "/thu-tuc/2.000635" in found
    assert "/thu-tuc/2.000986" in found
    assert "2 thủ tục phù hợp" in found


def test_a_search_that_finds_nothing_says_what_to_do(sqlite_centre: Centre) -> None:
    page = sqlite_centre.client().get("/?q=%3Cscript%3Ealert(1)%3C/script%3E%25_").text
    assert "Không có thủ tục nào phù hợp" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_procedure_has_its_page_in_both_languages(sqlite_centre: Centre, lang: str) -> None:
    browser = sqlite_centre.client()
    for file in FILES:
        page = browser.get(f"/thu-tuc/{Path(file).stem}?lang={lang}")
        assert page.status_code == 200, file
        assert f"/nop/{Path(file).stem}" in page.text
        assert ("Time limit" in page.text) is (lang == "en")


def _text(centre: Centre, code: str, lang: str = "vi") -> str:
    """The words of a procedure's page, without its marks."""
    page = centre.client().get(f"/thu-tuc/{code}?lang={lang}").text
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2.002380", ["Trực tiếp: 25 ngày làm việc", "Trực tuyến: 22 ngày làm việc"]),
        ("2.002380", ["Loại thiết bị: CT, chụp cắt lớp 8.000.000 đồng × số thiết bị"]),
        ("2.000635", ["Trong ngày làm việc", "8.000 đồng × số bản sao"]),
        ("2.000635", ["Văn bản ủy quyền", "Chỉ cần khi có: Nộp thay theo ủy quyền"]),
        ("1.009397", ["5 ngày làm việc", ": trên 50 đến 100 2.000.000 đồng", ": trên 200 5.000.000 đồng"]),
        ("3.000333", ["Trường hợp khác 200.000 đồng"]),
        ("2.000693", ["Không thu phí, lệ phí", "Chỉ cần khi người nộp là tổ chức, doanh nghiệp"]),
        ("EVN-01", [": từ 40", "Thi công, lắp đặt công tơ"]),
        ("2.002312", ["Cùng tham gia: Công an tỉnh Nghệ An, Sở Văn hóa và Thể thao"]),
    ],
)
def test_limits_fees_and_conditions_are_told_in_words(
    sqlite_centre: Centre, code: str, expected: list[str]
) -> None:
    text = _text(sqlite_centre, code)
    for words in expected:
        assert words in text


def test_the_way_is_told_in_the_order_of_the_diagram(sqlite_centre: Centre) -> None:
    text = _text(sqlite_centre, "1.009397")
    steps = ["Phân công xử lý", "Thẩm định nội dung chương trình", "Dự thảo văn bản chấp thuận", "Ký kết quả"]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)


def test_the_first_page_speaks_both_languages(sqlite_centre: Centre) -> None:
    assert "English" in sqlite_centre.client().get("/").text
    assert "What do you need to do?" in sqlite_centre.client().get("/?lang=en").text
