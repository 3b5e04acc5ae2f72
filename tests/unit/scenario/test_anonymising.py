"""Personal data in a recorded scenario becomes values of the same form; what drives the course stays."""

import re

import pytest

from engine.domain.applicant import checked_applicant
from engine.domain.form.identity import tax_code
from engine.domain.form.model import field_from
from engine.scenario.anonymising import Masks, literals


@pytest.mark.parametrize(
    ("said", "called", "form"),
    [
        ("040301009876", "Số định danh", r"04019000\d{4}\Z"),
        ("0987654321", "Điện thoại", r"0912\d{6}\Z"),
        ("hoa.nguyen@nghean.gov.vn", "Thư điện tử", r"nguoinop\d@example\.vn\Z"),
        ("37A-129.99", "Biển số", r"\d{2}A-\d{3}\.\d{2}\Z"),
        ("Hồ Thị Hoa", "Họ và tên mẹ", r"\w+ \w+ \w+\Z"),
        ("Số 9 đường Phượng Hoàng", "Địa chỉ kinh doanh", r".*tỉnh Nghệ An\Z"),
        ("Gia đình khó khăn, chồng đi tàu", "Trình bày", r"Nội dung mẫu số 1\Z"),
    ],
)
def test_a_text_becomes_another_of_its_kind(said: str, called: str, form: str) -> None:
    masked = Masks().text(said, called=called)
    assert masked != said
    assert re.match(form, masked)


def test_equal_texts_stay_equal_and_different_ones_different() -> None:
    masks = Masks()
    first, second = (masks.text(one, called="Họ tên") for one in ("Hồ Thị Hoa", "Hồ Văn Nam"))
    assert masks.text("Hồ Thị Hoa", called="Họ và tên người nhận") == first != second


def test_what_an_expression_compares_with_stays_and_so_do_dates_numbers_and_truths() -> None:
    kept = literals({"if": 'result = "wholesale"'}, [{"script": 'kind = "letter"'}])
    assert kept == {"wholesale", "letter"}
    answer = {"kind": "letter", "until": "2027-12-31", "valid": True, "seats": 16, "owner": ["Hồ Thị Hoa"]}
    masked = Masks(kept).whole(answer)
    assert masked["owner"] != ["Hồ Thị Hoa"]
    assert masked | {"owner": 0} == answer | {"owner": 0}


def test_a_replacement_fits_its_field() -> None:
    field = field_from({"type": "textfield", "key": "chassis", "validate": {"minLength": 6, "maxLength": 8}})
    masked = Masks().text("RLABC123", called="Số khung", field=field)
    assert 6 <= len(masked) <= 8
    assert masked != "RLABC123"


def test_a_number_that_a_form_knows_by_its_kind_keeps_a_good_check_digit() -> None:
    masks = Masks()
    field = field_from({"type": "textfield", "key": "tax", "properties": {"kind": "tax_code"}})
    first, second = (
        masks.text(one, called="Mã số thuế", field=field) for one in ("2900325526", "0101243150")
    )
    assert tax_code(first) != tax_code(second)
    assert {first, second}.isdisjoint({"2900325526", "0101243150"})


def test_a_masked_applicant_is_a_valid_applicant() -> None:
    masks = Masks()
    applicant = {"name": "Hồ Thị Hoa", "kind": "citizen", "id_number": "040301009876", "phone": "0987654321"}
    masked = {
        name: one if name == "kind" else masks.text(one, called=name) for name, one in applicant.items()
    }
    assert checked_applicant(masked)[1] == {}
