"""Who hands in a dossier: checked as a clerk would check it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.domain.form.identity import citizen_id, phone, tax_code
from engine.domain.form.notation import Misread, line

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


def _identity_errors(values: dict[str, str]) -> Errors:
    errors: Errors = {}
    if not values["name"]:
        errors["name"] = ("Nhập họ tên người nộp hoặc tên tổ chức.", "Enter the applicant's name.")
    if values["kind"] not in ("citizen", "organisation"):
        errors["kind"] = ("Chọn cá nhân hoặc tổ chức.", "Choose citizen or organisation.")
    elif values["kind"] == "citizen":
        _read(values, "id_number", citizen_id, errors)
    else:
        _read(values, "tax_code", tax_code, errors)
    return errors


def _read(values: dict[str, str], key: str, reader: Callable[[str], str], errors: Errors) -> None:
    """Put a number into its one spelling, or say what is wrong with it."""
    try:
        values[key] = reader(values[key])
    except Misread as problem:
        errors[key] = problem.sentence


def _contact_errors(values: dict[str, str]) -> Errors:
    errors: Errors = {}
    if not values["phone"] and not values["email"]:
        errors["phone"] = (
            "Nhập số điện thoại hoặc thư điện tử để nhận thông báo.",
            "Enter a phone number or e-mail address for notices.",
        )
    if values["phone"]:
        _read(values, "phone", phone, errors)
    if values["email"] and not _EMAIL.match(values["email"]):
        errors["email"] = ("Thư điện tử chưa đúng dạng ten@noi.vn.", "Not an e-mail address.")
    return errors
