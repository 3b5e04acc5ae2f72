"""Addresses with a province and a commune of today: what is taken, how it is kept, what old ones are told."""

from typing import Any

import pytest

from engine.domain.form import check_answers
from engine.domain.form.address import address, parts_of
from engine.domain.form.findings import FormRefused

KEPT = "12 Lê Lợi, phường Thành Vinh, tỉnh Nghệ An"
SITE = {
    "type": "textfield",
    "key": "site",
    "label": "Địa điểm",
    "validate": {"required": True},
    "properties": {"kind": "address", "province": "Nghệ An", "label_en": "Site"},
}


def checked(raw: dict[str, Any], **changes: Any) -> Any:
    return check_answers({"components": [SITE | changes]}, raw, {})


@pytest.mark.parametrize(
    "raw",
    [
        {"site": KEPT},
        {"site": "12 Lê Lợi, Phường Thành Vinh, Nghệ An"},
        {"site": "12 Lê Lợi, thanh vinh"},
        {"site": {"street": "12 Lê Lợi", "commune": "Thành Vinh", "province": "Tỉnh Nghệ An"}},
        {"site.street": ["12  Lê Lợi"], "site.commune": ["P. Thành Vinh"], "site.province": ["Nghệ An"]},
    ],
)
def test_an_address_is_kept_in_one_notation_however_it_came(raw: dict[str, Any]) -> None:
    result = checked(raw)
    assert (result.errors, result.values) == ({}, {"site": KEPT})


def test_what_is_kept_falls_into_its_parts_again() -> None:
    parts = {"province": "Nghệ An", "commune": "phường Thành Vinh", "street": "Thửa 5, tờ 12, 12 Lê Lợi"}
    assert parts_of("Thửa 5, tờ 12, 12 Lê Lợi, phường Thành Vinh, tỉnh Nghệ An") == parts


def test_a_commune_that_became_a_ward_is_written_as_it_is_today() -> None:
    assert address("Ấp 2, xã Long Thành, tỉnh Đồng Nai") == "Ấp 2, phường Long Thành, thành phố Đồng Nai"


def test_a_province_of_before_the_mergers_is_that_of_today() -> None:
    assert address("8 Trần Phú, Đồng Hới, Quảng Bình") == "8 Trần Phú, phường Đồng Hới, tỉnh Quảng Trị"


@pytest.mark.parametrize(
    ("typed", "key", "words"),
    [
        (
            {"commune": "xã Nam Cát"},
            "site.commune",
            "Xã Nam Cát (Huyện Nam Đàn) từ 01/7/2025 thuộc Xã Kim Liên",
        ),
        ({"commune": "Hưng Dũng"}, "site.commune", "thuộc Phường Trường Vinh. Ghi tên mới."),
        (
            {"commune": "huyện Nam Đàn"},
            "site.commune",
            "không còn cấp huyện; huyện Nam Đàn nay là Xã Đại Huệ",
        ),
        (
            {"commune": "Vinh"},
            "site.commune",
            "Vinh nay là Phường Cửa Lò, Phường Thành Vinh, Phường Trường Vinh",
        ),
        ({"commune": "phường Lê Mao, TP Vinh"}, "site.commune", "TP Vinh nay là Phường Cửa Lò"),
        ({"commune": "Kim Lin"}, "site.commune", "không có «Kim Lin». Có phải Xã Kim Liên?"),
        ({"commune": "Kẻ Chợ"}, "site.commune", "Xem lại tên, hoặc chọn tỉnh khác."),
        ({"commune": ""}, "site.commune", "ghi tên xã, phường hoặc đặc khu"),
        ({"street": ""}, "site.street", "ghi số nhà, đường, hoặc xóm"),
        ({"province": "Kinh Bắc"}, "site.province", "chọn tỉnh, thành phố"),
        ({"commune": "Sơn Ha", "province": "Quảng Ngãi"}, "site.commune", "Xã Sơn Hà, Xã Sơn Hạ; ghi đủ dấu"),
    ],
)
def test_a_part_that_does_not_fit_says_what_to_do(typed: dict[str, str], key: str, words: str) -> None:
    parts = {"street": "12 Lê Lợi", "commune": "Thành Vinh", "province": "Nghệ An"} | typed
    errors = checked({f"site.{name}": text for name, text in parts.items()}).errors
    assert list(errors) == [key]
    vi, en = errors[key]
    assert vi.startswith("Địa điểm: ")
    assert words in vi
    assert en.startswith("Site: ")


def test_an_old_address_in_one_text_names_the_new_commune() -> None:
    errors = checked({"site": "Xóm 3, xã Nam Cát, huyện Nam Đàn, Nghệ An"}).errors
    assert "thuộc Xã Kim Liên" in errors["site.commune"][0]


def test_a_commune_that_kept_its_name_may_come_with_its_old_district() -> None:
    kept = checked({"site": "Xóm 3, xã Kim Liên, huyện Nam Đàn, Nghệ An"}).values["site"]
    assert kept == "Xóm 3, xã Kim Liên, tỉnh Nghệ An"


def test_a_province_alone_is_no_answer_for_it_stands_there_from_the_start() -> None:
    only = {"site.province": "Nghệ An", "site.commune": "", "site.street": ""}
    assert checked(only).errors["site"][0] == "Nhập «Địa điểm»."
    assert checked(only, validate={}).values == {"site": None}


@pytest.mark.parametrize(
    "raw", [{"site": {"city": "Vinh"}}, {"site": ["a", "b"]}, {"site": 7}, {"site.x": "a"}]
)
def test_what_is_no_address_is_refused(raw: dict[str, Any]) -> None:
    assert checked(raw).errors


def test_addresses_stand_in_rows_of_lists_too() -> None:
    form = {
        "components": [{"type": "dynamiclist", "path": "shops", "label": "Cửa hàng", "components": [SITE]}]
    }
    raw = {
        "shops.0.site.street": "12 Lê Lợi",
        "shops.0.site.commune": "Thành Vinh",
        "shops.0.site.province": "",
    }
    assert check_answers(form, raw, {}).values == {"shops": [{"site": KEPT}]}
    blank = {"shops.1.site.street": "", "shops.1.site.commune": "", "shops.1.site.province": "Nghệ An"}
    assert check_answers(form, raw | blank, {}).values == {"shops": [{"site": KEPT}]}
    errors = check_answers(form, raw | {"shops.0.site.commune": "Nam Cát"}, {}).errors
    assert errors["shops.0.site.commune"][0].startswith("Cửa hàng, dòng 1: Địa điểm: Xã Nam Cát")


def test_a_commune_may_be_asked_for_alone_in_a_province_that_the_form_names() -> None:
    commune = SITE | {"properties": {"kind": "commune", "province": "Nghệ An"}}
    form = {"components": [commune]}
    assert check_answers(form, {"site": "xã kim liên"}, {}).values == {"site": "Xã Kim Liên"}
    assert "thuộc Xã Kim Liên" in check_answers(form, {"site": "Nam Cát"}, {}).errors["site"][0]


@pytest.mark.parametrize(
    "own", [{"kind": "commune"}, {"kind": "commune", "province": "Vinh"}, {"province": "Hà Tây"}]
)
def test_a_form_names_a_province_of_today(own: dict[str, str]) -> None:
    with pytest.raises(FormRefused):
        checked({}, properties=own)
