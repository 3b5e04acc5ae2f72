"""Who hands in a dossier: checked as a clerk would check it."""

import re
from collections.abc import Mapping
from typing import Any

from engine.domain.form.notation import Misread, line

# Số định danh cá nhân: 12 digits (Luật Căn cước 2023 art. 12). Mã số thuế: 10 digits, or 10-3 for a branch.
_ID_NUMBER = re.compile(r"[0-9]{12}\Z")
_TAX_CODE = re.compile(r"[0-9]{10}(-[0-9]{3})?\Z")
_PHONE = re.compile(r"0[0-9]{9}\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z")
_LENGTH = 300

FIELDS = ("name", "kind", "id_number", "tax_code", "phone", "email", "address")

Errors = dict[str, tuple[str, str]]


def checked_applicant(raw: Mapping[str, Any]) -> tuple[dict[str, Any], Errors]:
    """The applicant with trimmed, composed texts, and a sentence for each field that does not fit.

    A citizen needs a 12-digit personal number, an organisation a tax code. Keys of errors begin with
    ``applicant.``, as the fields of the page do.
    """
    errors: Errors = {}
    values = {key: _text(key, raw.get(key), errors) for key in FIELDS}
    values["phone"] = re.sub(r"[ .\-]", "", values["phone"])
    for key in sorted(set(raw) - set(FIELDS)):
        errors[key] = ("Trường này không có trong thông tin người nộp.", "No such field of an applicant.")
    for key, value in values.items():
        if len(value) > _LENGTH:
            errors[key] = (f"Nội dung dài quá {_LENGTH} ký tự.", f"Longer than {_LENGTH} characters.")
    errors = {**_identity_errors(values), **_contact_errors(values), **errors}
    return {key: value for key, value in values.items() if value}, {
        f"applicant.{key}": sentence for key, sentence in errors.items()
    }


def _text(key: str, value: Any, errors: Errors) -> str:
    try:
        return line(value if value is not None else "")
    except Misread as problem:
        errors[key] = problem.sentence
        return ""


def _identity_errors(values: Mapping[str, str]) -> Errors:
    errors: Errors = {}
    if not values["name"]:
        errors["name"] = ("Nhập họ tên người nộp hoặc tên tổ chức.", "Enter the applicant's name.")
    if values["kind"] not in ("citizen", "organisation"):
        errors["kind"] = ("Chọn cá nhân hoặc tổ chức.", "Choose citizen or organisation.")
    elif values["kind"] == "citizen" and not _ID_NUMBER.match(values["id_number"]):
        errors["id_number"] = (
            "Số định danh cá nhân gồm đúng 12 chữ số, ghi như trên thẻ căn cước.",
            "The personal number has exactly 12 digits, as on the identity card.",
        )
    elif values["kind"] == "organisation" and not _TAX_CODE.match(values["tax_code"]):
        errors["tax_code"] = (
            "Mã số thuế gồm 10 chữ số, hoặc 10 chữ số, gạch ngang và 3 chữ số.",
            "The tax code has 10 digits, or 10 digits, a hyphen and 3 digits.",
        )
    return errors


def _contact_errors(values: Mapping[str, str]) -> Errors:
    errors: Errors = {}
    if not values["phone"] and not values["email"]:
        errors["phone"] = (
            "Nhập số điện thoại hoặc thư điện tử để nhận thông báo.",
            "Enter a phone number or e-mail address for notices.",
        )
    if values["phone"] and not _PHONE.match(values["phone"]):
        errors["phone"] = (
            "Số điện thoại gồm 10 chữ số và bắt đầu bằng 0.",
            "A phone number has 10 digits and begins with 0.",
        )
    if values["email"] and not _EMAIL.match(values["email"]):
        errors["email"] = ("Thư điện tử chưa đúng dạng ten@noi.vn.", "Not an e-mail address.")
    return errors
