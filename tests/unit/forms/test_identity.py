"""Numbers and names of Viet Nam in forms: read as people write them, refused where a slip can be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain import provinces
from engine.domain.form import check, read_form
from engine.domain.form.findings import FormRefused
from engine.domain.form.identity import KINDS, born_in, citizen_id, phone, province, tax_code
from engine.domain.form.notation import Misread

FORM = {
    "id": "f", "type": "default", "schemaVersion": 18,
    "components": [
        {"type": "textfield", "key": "owner", "label": "Chủ hộ", "properties": {"kind": "citizen_id"}},
        {"type": "textfield", "key": "firm", "label": "Mã số thuế", "properties": {"kind": "tax_code"}},
        {"type": "textfield", "key": "home", "label": "Quê quán", "properties": {"kind": "province"}},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("citizen_id", " 040 190 001 234 ", "040190001234"),
        ("citizen_id", "200190001234", "200190001234"),  # born abroad: a country's code
        ("tax_code", "0300588569", "0300588569"),
        ("tax_code", "0300588569-001", "0300588569-001"),
        ("tax_code", "0300588569001", "0300588569-001"),
        ("tax_code", "040190001234", "040190001234"),  # a person's own, since 1 July 2025
        ("phone", "+84 912 345 678", "0912345678"),
        ("phone", "(0238) 3.844.522", "02383844522"),
        ("province", "nghe an", "Nghệ An"),
        ("province", "Tỉnh Nam Định", "Ninh Bình"),
        ("province", "TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("province", "Bà Rịa – Vũng Tàu", "Thành phố Hồ Chí Minh"),
        ("province", "Thừa Thiên Huế", "Huế"),
    ],
)
def test_what_people_write_is_kept_in_its_one_spelling(kind: str, written: str, kept: str) -> None:
    assert KINDS[kind](written) == kept


@pytest.mark.parametrize(
    ("kind", "written", "says"),
    [
        ("citizen_id", "04019000123", "12 chữ số"),
        ("citizen_id", "003190001234", "không bắt đầu bằng 003"),
        ("citizen_id", "040590001234", "thứ tư của số định danh"),
        ("citizen_id", "٠٤٠١٩٠٠٠١٢٣٤", "12 chữ số"),
        ("tax_code", "0300588568", "sai chữ số kiểm tra"),
        ("tax_code", "03005885", "10 chữ số"),
        ("phone", "912345", "10 chữ số"),
        ("province", "Xứ Nghệ", "34 đơn vị"),
    ],
)
def test_a_slip_is_told_with_what_to_do(kind: str, written: str, says: str) -> None:
    with pytest.raises(Misread, match=says):
        KINDS[kind](written)


def test_there_are_34_provinces_made_of_63() -> None:
    assert len(provinces.MERGED) == 34
    codes = [code for parts in provinces.MERGED.values() for code in parts]
    assert len(codes) == len(set(codes)) == 63
    assert all(province(name) == now for now, parts in provinces.MERGED.items() for name in parts.values())


def test_a_personal_number_tells_the_year_of_birth() -> None:
    assert [born_in(one) for one in ("040190001234", "040226000123")] == [1990, 2026]


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_a_tax_code_is_always_seen(start: str, place: int, by: int) -> None:
    right = next((start + str(last) for last in range(10) if _fits(start + str(last))), None)
    if right is not None:
        wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
        assert not _fits(wrong)


def _fits(code: str) -> bool:
    try:
        return tax_code(code) == code
    except Misread:
        return False


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_told(text: str) -> None:
    for reader in (citizen_id, tax_code, phone, province):
        try:
            kept = reader(text)
        except Misread:
            continue
        assert reader(kept) == kept


def test_a_form_asks_for_them_by_a_property() -> None:
    found = check(read_form(FORM), {"owner": "040190001234", "firm": "0300588568", "home": "Hà Giang"}, {})
    assert found.values["owner"] == "040190001234"
    assert found.values["home"] == "Tuyên Quang"
    assert list(found.errors) == ["firm"]
    assert found.errors["firm"][0].startswith("Mã số thuế: ")


def test_a_kind_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    broken = {**FORM, "components": [{**FORM["components"][0], "properties": {"kind": "cmnd"}}]}
    with pytest.raises(FormRefused) as refused:
        read_form(broken)
    assert "cmnd" in refused.value.message("vi")
    assert "citizen_id" in refused.value.findings[0].remedy_vi
