"""Values of a dossier's document that may be put right: what forms ask for, and who the applicant is."""

from collections.abc import Mapping
from typing import Any

from engine.domain.applicant import FIELDS, checked_applicant
from engine.domain.form import Field, Form, check
from engine.errors import Invalid
from engine.intervention_views import CorrectableField
from engine.workflow.bundle import Definition

_APPLICANT = {
    "name": ("Họ tên người nộp hoặc tên tổ chức", "Applicant's name"),
    "kind": ("Người nộp là (citizen, organisation)", "Kind of applicant (citizen, organisation)"),
    "id_number": ("Số định danh cá nhân", "Personal number"),
    "tax_code": ("Mã số thuế", "Tax code"),
    "phone": ("Số điện thoại", "Phone"),
    "email": ("Thư điện tử", "E-mail"),
    "address": ("Địa chỉ", "Address"),
}


def fields_of(definition: Definition, data: Mapping[str, Any]) -> tuple[CorrectableField, ...]:
    """What may be corrected, with its present value: the applicant first, then questions of all forms."""
    applicant = data.get("applicant") or {}
    people = tuple(
        CorrectableField(f"applicant.{name}", *_APPLICANT[name], applicant.get(name)) for name in FIELDS
    )
    questions = _questions(definition)
    return people + tuple(
        CorrectableField(key, field.label, field.label_en, data[key])
        for key, field in questions.items()
        if key in data
    )


def corrected(definition: Definition, data: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The command's details: checked values that differ, and what stands there now. Raises Invalid."""
    questions, errors = _questions(definition), {}
    values: dict[str, Any] = {}
    person = {key.partition(".")[2]: text for key, text in given.items() if key.startswith("applicant.")}
    if person:
        values["applicant"], wrong = checked_applicant({**(data.get("applicant") or {}), **person})
        errors.update(wrong)
    for key, raw in given.items():
        if key.startswith("applicant."):
            continue
        field = questions.get(key)
        if field is None or key not in data:
            vi = f"Hồ sơ không có mục «{key}» để sửa."
            errors[key] = (vi, f"The dossier has no value “{key}” to correct.")
            continue
        answer = check(Form(id="correction", fields=(field,)), {key: raw}, data)
        if answer.errors:  # an address is put right in one text, so its parts are told together
            errors[key] = (
                " ".join(told for told, _ in answer.errors.values()),
                " ".join(told for _, told in answer.errors.values()),
            )
        values[key] = answer.values.get(key)
    changed = {key: value for key, value in values.items() if data.get(key) != value}
    if not errors and not changed:
        errors["values"] = ("Chưa sửa mục nào.", "Nothing is corrected.")
    if errors:
        raise Invalid(errors)
    return {"values": changed, "before": {key: data.get(key) for key in changed}}


def _questions(definition: Definition) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for form in definition.forms:
        for field in definition.questions(form).each():
            if field.answered and field.key:
                found.setdefault(field.key, field)
    return found
