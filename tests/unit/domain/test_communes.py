"""Communes of today and what went into them, however people write their names."""

from collections import Counter

import pytest

from engine.domain import communes, provinces

HERE = "Nghệ An"


def test_there_are_3321_communes_in_34_provinces() -> None:
    by_province = {one: communes.of_province(one) for one in provinces.MERGED}
    everywhere = [commune for found in by_province.values() for commune in found]
    assert all(by_province.values())
    assert len({one.code for one in everywhere}) == 3321
    sorts = Counter(one.written.split()[0] for one in everywhere)
    assert sorts == {"xã": 2599, "phường": 709, "đặc": 13}  # as of 20 September 2026
    assert len(by_province[HERE]) == 130


def test_every_commune_is_found_by_its_own_name() -> None:
    for province in provinces.MERGED:
        for one in communes.of_province(province):
            assert communes.named(one.name, province) == (one,)
            assert communes.named(communes.bare(one.name), province) == (one,)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("phường thành vinh", "Phường Thành Vinh"),
        ("Thanh Vinh", "Phường Thành Vinh"),
        ("P. Vinh Phú", "Phường Vinh Phú"),
        ("P.Vinh Phu", "Phường Vinh Phú"),
        ("xã Hùng Chân", "Xã Hùng Chân"),
        ("Nhân Hoà", "Xã Nhân Hòa"),
        ("Kim Liên", "Xã Kim Liên"),
    ],
)
def test_a_commune_is_known_without_its_sort_and_marks(text: str, name: str) -> None:
    assert [one.name for one in communes.named(text, HERE)] == [name]


def test_names_that_only_marks_tell_apart_are_both_meant_without_marks() -> None:
    assert [one.name for one in communes.named("Sơn Hà", "Quảng Ngãi")] == ["Xã Sơn Hà"]
    assert [one.name for one in communes.named("son ha", "Quảng Ngãi")] == ["Xã Sơn Hà", "Xã Sơn Hạ"]


@pytest.mark.parametrize(
    ("text", "district", "now"),
    [
        ("Phường Hưng Dũng", "", ["Phường Trường Vinh"]),
        ("xã Nam Cát", "huyện Nam Đàn", ["Xã Kim Liên"]),
        ("thị trấn Nam Đàn", "", ["Xã Vạn An"]),
        ("xã Nam Cát", "huyện Quế Phong", []),
    ],
)
def test_a_former_commune_tells_what_it_is_now(text: str, district: str, now: list[str]) -> None:
    found = communes.former(text, district, HERE)
    assert [commune.name for one in found for commune in one.now] == now


def test_a_divided_commune_tells_all_its_parts() -> None:
    (divided,) = communes.former("Phường Cống Vị", "", "Hà Nội")
    assert [one.name for one in divided.now] == ["Phường Ngọc Hà", "Phường Giảng Võ"]


def test_a_district_tells_what_it_is_now() -> None:
    names = [one.name for one in communes.within("TP Vinh", HERE)]
    assert "Phường Thành Vinh" in names
    assert "Xã Kim Liên" not in names
    assert all(communes.within(one, HERE) == () for one in ("", "huyện Tây Hồ"))


def test_former_units_of_all_63_provinces_are_known() -> None:
    units = [one for province in provinces.MERGED for one in communes.former_of(province)]
    assert len(units) == 10_035
    assert all(one.now and one.district for one in units)
