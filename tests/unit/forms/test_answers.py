"""Filling in a form: what the server takes, drops, refuses and says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.form import check_answers

FORM: dict[str, Any] = {
    "id": "to-khai",
    "type": "default",
    "components": [
        {"type": "text", "text": "Thông tin công trình"},
        {"type": "textfield", "key": "owner_name", "label": "Chủ đầu tư", "validate": {"required": True}},
        {
            "type": "group",
            "label": "Công trình",
            "components": [
                {
                    "type": "number",
                    "key": "area",
                    "label": "Diện tích",
                    "decimalDigits": 1,
                    "validate": {"required": True, "min": 10, "max": 5000},
                },
                {
                    "type": "radio",
                    "key": "kind",
                    "label": "Loại công trình",
                    "values": [{"value": "moi", "label": "Xây mới"}, {"value": "sua", "label": "Sửa chữa"}],
                    "validate": {"required": True},
                },
                {
                    "type": "textfield",
                    "key": "old_permit",
                    "label": "Số giấy phép đã cấp",
                    "conditional": {"hide": '=kind != "sua"'},
                    "validate": {"required": True, "pattern": "^\\d{2}/GPXD$"},
                    "properties": {"error": "Số giấy phép có dạng 12/GPXD."},
                },
            ],
        },
        {"type": "datetime", "subtype": "date", "key": "start", "dateLabel": "Ngày khởi công"},
        {"type": "checkbox", "key": "pledge", "label": "Tôi cam kết", "validate": {"required": True}},
        {
            "type": "dynamiclist",
            "path": "people",
            "label": "Người tham gia",
            "components": [
                {"type": "textfield", "key": "name", "label": "Họ tên", "validate": {"required": True}},
                {"type": "number", "key": "age", "label": "Tuổi"},
            ],
        },
    ],
}
GOOD = {
    "owner_name": [" Nguyễn  Thị\u0020Hồng Hạnh "],
    "area": ["1.250,5"],
    "kind": ["moi"],
    "start": ["5/9/2026"],
    "pledge": ["true"],
    "people.0.name": ["Lê Văn Tám"],
    "people.0.age": ["41"],
    "people.1.name": [""],
    "people.1.age": [""],
}


def checked(**changes: Any) -> Any:
    return check_answers(FORM, {**GOOD, **changes}, {})


def test_a_complete_form_becomes_json_values() -> None:
    result = checked()
    assert result.errors == {}
    assert result.values == {
        "owner_name": "Nguyễn Thị Hồng Hạnh",
        "area": 1250.5,
        "kind": "moi",
        "start": "2026-09-05",
        "pledge": True,
        "people": [{"name": "Lê Văn Tám", "age": 41}],
    }


def test_the_same_answers_as_json_give_the_same_values() -> None:
    json = {
        "owner_name": "Nguyễn Thị Hồng Hạnh",
        "area": 1250.5,
        "kind": "moi",
        "start": "2026-09-05",
        "pledge": True,
        "people": [{"name": "Lê Văn Tám", "age": 41}],
    }
    assert check_answers(FORM, json, {}).values == checked().values


def test_marks_written_apart_are_stored_composed() -> None:
    assert checked(owner_name=["Nguye\u0302\u0303n"]).values["owner_name"] == "Nguyễn"


def test_a_hidden_field_is_neither_asked_nor_stored() -> None:
    result = checked(old_permit=["99/GPXD"])
    assert "old_permit" not in result.values
    assert result.errors == {}


def test_a_field_that_appears_is_asked_for() -> None:
    result = checked(kind=["sua"])
    assert result.errors["old_permit"][0] == "Nhập «Số giấy phép đã cấp»."


def test_errors_come_in_the_order_of_the_fields() -> None:
    result = check_answers(FORM, {"area": ["abc"], "people.0.age": ["3"]}, {})
    assert list(result.errors) == ["owner_name", "area", "kind", "pledge", "people.0.name"]


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        ({"owner_name": [""]}, "owner_name", "Nhập «Chủ đầu tư»"),
        ({"owner_name": ["a" * 1001]}, "owner_name", "nhiều nhất 1000 ký tự"),
        ({"owner_name": ["a", "b"]}, "owner_name", "một câu trả lời"),
        ({"owner_name": {"a": 1}}, "owner_name", "đoạn chữ"),
        ({"area": ["7,5"]}, "area", "từ 10 trở lên"),
        ({"area": ["5.001"]}, "area", "từ 5.000 trở xuống"),
        ({"area": ["12.5"]}, "area", "dấu phẩy: 12,5"),
        ({"area": ["12,55"]}, "area", "nhiều nhất 1 chữ số"),
        ({"area": ["mười"]}, "area", "Chỉ ghi số"),
        ({"area": ["١٢"]}, "area", "Chỉ ghi số"),
        ({"area": ["1e9"]}, "area", "Chỉ ghi số"),
        ({"area": [True]}, "area", "Cần một đoạn chữ"),
        ({"kind": ["pha"]}, "kind", "chọn trong danh sách (Xây mới; Sửa chữa)"),
        ({"kind": ["sua"], "old_permit": ["12/GPXD\n"]}, "old_permit", ""),
        ({"kind": ["sua"], "old_permit": ["١٢/GPXD"]}, "old_permit", "Số giấy phép có dạng 12/GPXD."),
        ({"start": ["31/02/2026"]}, "start", "Không có ngày 31/02/2026"),
        ({"start": ["2026/09/05"]}, "start", "ngày/tháng/năm"),
        ({"pledge": []}, "pledge", "Đánh dấu ô «Tôi cam kết»"),
        ({"pledge": ["có"]}, "pledge", "Đánh dấu hoặc bỏ trống"),
        ({"people": "x"}, "people", "danh sách các dòng"),
        ({"people.0.name": [""]}, "people.0.name", "Người tham gia, dòng 1: Nhập «Họ tên»"),
        ({"people.0.wage": ["9"]}, "people.0.wage", "không có mục «wage»"),
        ({"signed_by": ["tôi"]}, "signed_by", "không có mục «signed_by»"),
    ],
)
def test_each_bad_answer_gets_a_sentence_with_the_remedy(change: Any, key: str, words: str) -> None:
    errors = checked(**change).errors
    if words:
        assert words in errors[key][0]
        assert errors[key][1]
    else:
        assert key not in errors


@given(
    st.dictionaries(
        st.sampled_from([*GOOD, "x"]),
        st.recursive(
            st.none() | st.booleans() | st.text(max_size=20) | st.floats() | st.integers(),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=4,
        ),
    )
)
def test_whatever_is_sent_the_check_answers(raw: dict[str, Any]) -> None:
    result = check_answers(FORM, raw, {})
    assert all(vi and en for vi, en in result.errors.values())


@pytest.mark.parametrize(
    ("rule", "text", "fits"),
    [
        ({"pattern": "[0-9]{3}"}, "số 123", True),
        ({"pattern": "^[0-9]{3}$"}, "số 123", False),
        ({"pattern": r"^\d+[$]$"}, "12$", True),
        ({"pattern": r"\$$"}, "12$", True),
        ({"validationType": "email"}, "lan.nguyen@nghean.gov.vn", True),
        ({"validationType": "email"}, "lan nguyen@nghean", False),
    ],
)
def test_a_pattern_is_looked_for_and_fits_all_of_it_only_when_it_says_so(
    rule: dict[str, str], text: str, fits: bool
) -> None:
    field = {"type": "textfield", "key": "a", "label": "Mục", "validate": rule}
    assert (check_answers({"components": [field]}, {"a": text}, {}).errors == {}) is fits


def test_a_number_goes_by_the_step_of_its_field() -> None:
    form = {"components": [{"type": "number", "key": "area", "label": "Diện tích", "increment": "0.5"}]}
    assert check_answers(form, {"area": "7,5"}, {}).errors == {}
    assert "bội số của 0,5" in check_answers(form, {"area": "7,3"}, {}).errors["area"][0]


def test_conditions_of_a_row_know_the_row_and_the_form_around_it() -> None:
    cells = [
        {"type": "textfield", "key": "name", "label": "Họ tên"},
        {"type": "textfield", "key": "why", "label": "Lý do", "conditional": {"hide": '=this.name = "Lan"'}},
        {"type": "textfield", "key": "kin", "label": "Quan hệ", "conditional": {"hide": "=alone"}},
    ]
    form = {
        "components": [
            {"type": "checkbox", "key": "alone", "label": "Một mình"},
            {"type": "dynamiclist", "path": "people", "label": "Người", "components": cells},
        ]
    }
    rows = [{"name": "Lan", "why": "x", "kin": "mẹ"}, {"name": "Tám", "why": "y", "kin": "bố"}]
    assert check_answers(form, {"alone": True, "people": rows}, {}).values["people"] == [
        {"name": "Lan"},
        {"name": "Tám", "why": "y"},
    ]
