"""Forms on pages: what was typed comes back as it was typed, and what was sent becomes answers."""

from typing import Any

from flask import render_template_string
from werkzeug.datastructures import MultiDict

from api.pages.forms import FormView, answers_from, first_typed, form_view, only_shown_again
from engine.domain.form import check_answers
from tests.centre import Centre

FORM: dict[str, Any] = {
    "id": "thu", "type": "default", "schemaVersion": 18,
    "components": [
        {"id": "a", "key": "area", "type": "number", "label": "Diện tích", "validate": {"required": True},
         "decimalDigits": 1, "properties": {"label_en": "Area", "unit": "m²"}},
        {"id": "k", "key": "kind", "type": "radio", "label": "Loại", "defaultValue": "new",
         "values": [{"value": "new", "label": "Mới"}, {"value": "old", "label": "Cũ"}]},
        {"id": "o", "key": "old_number", "type": "textfield", "label": "Số giấy phép cũ",
         "conditional": {"hide": "=kind != \"old\""}, "validate": {"required": True}},
        {"id": "d", "key": "extras", "type": "checklist", "label": "Kèm theo",
         "values": [{"value": "map", "label": "Bản đồ"}, {"value": "deed", "label": "Hợp đồng"}]},
        {"id": "l", "path": "people", "type": "dynamiclist", "label": "Thành viên",
         "components": [{"id": "n", "key": "name", "type": "textfield", "label": "Họ tên",
                         "validate": {"required": True}},
                        {"id": "y", "key": "year", "type": "number", "label": "Năm sinh"}]},
        {"id": "r", "key": "wish", "type": "textfield", "label": "Đề nghị", "readonly": True},
    ],
}  # fmt: skip


def view(typed: dict[str, Any], **more: Any) -> FormView:
    return form_view(FORM, typed, scope={"wish": "Cấp giấy phép", "dossier": {}}, **more)


def by_key(form: FormView) -> dict[str, Any]:
    return {one.field.key: one for one in form.fields}


def test_what_was_typed_is_shown_again_not_what_was_read() -> None:
    fields = by_key(view({"area": "7,50", "kind": "old", "extras": ["map", "deed"]}))
    assert fields["area"].text == "7,50"
    assert fields["kind"].chosen == {"old"}
    assert fields["extras"].chosen == {"map", "deed"}
    assert fields["wish"].text == "Cấp giấy phép"


def test_a_field_that_the_answers_hide_is_not_asked() -> None:
    assert "old_number" not in by_key(view({"kind": "new"}))
    assert "old_number" in by_key(view({"kind": "old"}))
    assert view({}).conditional


def test_defaults_stand_in_an_untouched_form() -> None:
    assert first_typed(FORM) == {"kind": "new"}


def test_errors_stand_at_their_fields_and_in_the_order_of_the_page() -> None:
    typed = {"kind": "old", "area": "bảy", "people.0.name": "", "people.0.year": "1990"}
    errors = check_answers(FORM, typed, {}).errors
    shown = view(typed, errors=errors)
    assert [target for target, _ in shown.problems] == ["o-f-area", "o-f-old_number", "o-f-people-0-name"]
    assert by_key(shown)["area"].error.startswith("Diện tích: ")
    assert by_key(shown)["people"].rows[0][0].error


def test_a_list_keeps_its_rows_and_gets_another_one_when_asked() -> None:
    typed = {"people.0.name": "An", "people.1.name": ""}
    assert len(by_key(view({}))["people"].rows) == 1
    assert len(by_key(view(typed))["people"].rows) == 2
    more = by_key(view(typed, add="f.people"))["people"].rows
    assert [row[0].text for row in more] == ["An", "", ""]
    assert more[2][0].name == "f.people.2.name"
    assert len(by_key(view(typed, add="c.people"))["people"].rows) == 2, "the list of another form"


def test_a_cell_that_its_row_does_not_ask_for_is_left_open() -> None:
    cells = [
        {"key": "name", "type": "textfield", "label": "Họ tên"},
        {"key": "why", "type": "textfield", "label": "Lý do", "conditional": {"hide": '=this.name = "An"'}},
    ]
    form = {"components": [{"path": "people", "type": "dynamiclist", "label": "Người", "components": cells}]}
    shown = form_view(form, {"people.0.name": "An", "people.1.name": "Bình"}, scope={})
    assert shown.conditional
    assert [[cell.asked for cell in row] for row in shown.fields[0].rows] == [[True, False], [True, True]]


def test_no_list_grows_without_end() -> None:
    assert len(by_key(view({"people.999.name": "x"}, add="f.people"))["people"].rows) == 100


def test_each_form_of_a_page_takes_its_own_answers() -> None:
    posted = MultiDict(
        [("csrf_token", "x"), ("f.area", "7"), ("c.area", "8"), ("f.extras", "map"), ("f.extras", "deed"),
         ("f.people.0.name", "An"), ("_add", "f.people")]
    )  # fmt: skip
    assert answers_from(posted) == {"area": "7", "extras": ["map", "deed"], "people.0.name": "An"}
    assert answers_from(posted, "c.") == {"area": "8"}
    assert only_shown_again(posted)
    assert not only_shown_again(MultiDict({"decision": "receive"}))


def test_hostile_texts_stay_texts(sqlite_centre: Centre) -> None:
    template = "{% from 'parts/forms.html' import form_fields with context %}{{ form_fields(form) }}"
    typed = {"area": '"><script>alert(1)</script>', "people.0.name": "<b>", "kind": "{{ 7 * 7 }}"}
    with sqlite_centre.app().test_request_context("/"):
        text = render_template_string(template, form=view(typed))
    assert "<script>" not in text
    assert "<b>" not in text
    assert "49" not in text


def test_a_page_in_english_asks_in_english(sqlite_centre: Centre) -> None:
    with sqlite_centre.app().test_request_context("/?lang=en"):
        assert by_key(view({}))["area"].label == "Area"


def test_every_form_of_the_centre_can_be_filled_in_on_a_page(sqlite_centre: Centre) -> None:
    template = "{% from 'parts/forms.html' import form_fields with context %}{{ form_fields(form) }}"
    engine = sqlite_centre.engine
    with sqlite_centre.app().test_request_context("/"):
        for version in engine.procedures.find():
            for form in engine.procedures.definition(version.sha256).forms.values():
                shown = form_view(form, first_typed(form), scope={"dossier": {}})
                text = render_template_string(template, form=shown)
                assert all(f'id="{one.id}"' in text for one in shown.fields if one.field.answered)


SITE: dict[str, Any] = {
    "id": "cho", "type": "default",
    "components": [
        {"key": "site", "type": "textfield", "label": "Địa điểm", "validate": {"required": True},
         "properties": {"kind": "address", "province": "Nghệ An"}},
        {"path": "shops", "type": "dynamiclist", "label": "Cửa hàng",
         "components": [{"key": "at", "type": "textfield", "label": "Nơi",
                         "properties": {"kind": "address"}}]},
    ],
}  # fmt: skip


def places(typed: dict[str, Any], **more: Any) -> FormView:
    return form_view(SITE, typed, scope={}, **more)


def test_an_address_is_three_inputs_with_the_communes_of_its_province_offered() -> None:
    shown = places({})
    province, commune, street = shown.fields[0].children
    assert [one.name for one in shown.fields[0].children] == [
        "f.site.province", "f.site.commune", "f.site.street",
    ]  # fmt: skip
    assert province.chosen == {"Nghệ An"}
    assert len(shown.offers[commune.offered]) == 130
    assert list(shown.offers) == ["f-xa-nghe-an"]
    assert street.text == ""
    assert shown.located
    assert not shown.conditional


def test_another_province_offers_its_own_communes() -> None:
    shown = places({"site.province": "Hà Nội", "site.commune": "Kim Liên", "site.street": "5 Lê Duẩn"})
    _, commune, street = shown.fields[0].children
    assert "Phường Kim Liên" in shown.offers[commune.offered]
    assert (commune.text, street.text) == ("Kim Liên", "5 Lê Duẩn")
    assert places({"site.province": ""}).fields[0].children[1].offered == ""


def test_an_address_that_is_kept_comes_back_in_its_parts() -> None:
    shown = places({"site": "12 Lê Lợi, phường Thành Vinh, tỉnh Nghệ An"})
    assert [one.text for one in shown.fields[0].children] == ["Nghệ An", "phường Thành Vinh", "12 Lê Lợi"]


def test_what_is_wrong_with_an_address_stands_at_the_part(sqlite_centre: Centre) -> None:
    typed = {"site.province": "Nghệ An", "site.commune": "Nam Cát", "site.street": ""}
    shown = places(typed, errors=check_answers(SITE, typed, {}).errors)
    assert [target for target, _ in shown.problems] == ["o-f-site-commune", "o-f-site-street"]
    template = "{% from 'parts/forms.html' import form_fields with context %}{{ form_fields(form) }}"
    with sqlite_centre.app().test_request_context("/"):
        html = render_template_string(template, form=shown)
    assert 'list="f-xa-nghe-an"' in html
    assert html.count('<datalist id="f-xa-nghe-an">') == 1
    assert "thuộc Xã Kim Liên" in html
    assert 'name="f.shops.0.at.street"' in html
    assert 'aria-label="Nơi, dòng 1, Số nhà' in html
    assert len(html) < 20_000, "names of one province, not of all"


def test_numbers_bring_up_the_keypad_and_provinces_are_offered(sqlite_centre: Centre) -> None:
    kinds = ("citizen_id", "tax_code", "phone", "province")
    fields = [
        {"key": one, "type": "textfield", "label": "Mục", "properties": {"kind": one}} for one in kinds
    ]  # fmt: skip
    shown = form_view({"components": fields}, {}, scope={})
    assert len(shown.offers[shown.fields[-1].offered]) == 34
    template = "{% from 'parts/forms.html' import form_fields with context %}{{ form_fields(form) }}"
    with sqlite_centre.app().test_request_context("/"):
        html = render_template_string(template, form=shown)
    assert html.count('inputmode="numeric"') == 2
    assert html.count('inputmode="tel"') == 1
    assert 'list="f-tinh"' in html
