"""What an answer has to fulfil: a table of rules, each with the sentence that says how to mend it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.domain.form.model import AREA_LENGTH, TEXT_LENGTH, Field
from engine.domain.form.notation import Sentence, written_number

Errors = dict[str, Sentence]


def unfit(field: Field, value: Any) -> Sentence | None:
    """The sentence for an answer that does not fit its field; None when it fits."""
    if value is None or value is False or value == []:
        return _missing(field) if field.required else None
    rule = _RULES.get(field.kind)
    return rule(field, value) if rule else None


def _missing(field: Field) -> Sentence:
    if field.kind == "checkbox":
        return f"Đánh dấu ô «{field.label}» để tiếp tục.", f"Tick “{field.label_en}” to go on."
    if field.kind == "checklist":
        return f"Chọn ít nhất một mục ở «{field.label}».", f"Choose at least one of “{field.label_en}”."
    if field.kind in ("radio", "select"):
        return f"Chọn «{field.label}».", f"Choose “{field.label_en}”."
    return f"Nhập «{field.label}».", f"Enter “{field.label_en}”."


def _text(field: Field, value: str) -> Sentence | None:
    most = field.max_length or (AREA_LENGTH if field.kind == "textarea" else TEXT_LENGTH)
    if len(value) > most:
        return (
            f"«{field.label}» dài {len(value)} ký tự, rút gọn còn nhiều nhất {most} ký tự.",
            f"“{field.label_en}” has {len(value)} characters, shorten it to {most}.",
        )
    if field.min_length and len(value) < field.min_length:
        return (
            f"«{field.label}» cần ít nhất {field.min_length} ký tự.",
            f"“{field.label_en}” needs at least {field.min_length} characters.",
        )
    if field.pattern is not None and not field.pattern.search(value):
        return _off_pattern(field)
    return None


def _off_pattern(field: Field) -> Sentence:
    if field.error:
        return field.error, field.error_en or field.error
    hint, hint_en = (f" {field.help}" if field.help else ""), (f" {field.help_en}" if field.help_en else "")
    return (
        f"«{field.label}» chưa đúng dạng.{hint or ' Kiểm tra lại.'}",
        f"“{field.label_en}” does not have the right form.{hint_en or ' Check it again.'}",
    )


def _number(field: Field, value: float) -> Sentence | None:
    if field.minimum is not None and value < field.minimum:
        least = written_number(field.minimum)
        return f"«{field.label}» phải từ {least} trở lên.", f"“{field.label_en}” must be {least} or more."
    if field.maximum is not None and value > field.maximum:
        most = written_number(field.maximum)
        return f"«{field.label}» phải từ {most} trở xuống.", f"“{field.label_en}” must be {most} or less."
    if field.step is not None and Decimal(str(value)) % field.step:
        step = written_number(field.step)
        return (
            f"«{field.label}» phải là bội số của {step}.",
            f"“{field.label_en}” must be a multiple of {step}.",
        )
    if field.digits is not None and _digits(value) > field.digits:
        if field.digits == 0:
            return (
                f"«{field.label}» là số nguyên, không có phần lẻ.",
                f"“{field.label_en}” is a whole number.",
            )
        return (
            f"«{field.label}» có nhiều nhất {field.digits} chữ số sau dấu phẩy.",
            f"“{field.label_en}” has at most {field.digits} digits behind the comma.",
        )
    return None


def _digits(value: float) -> int:
    return len(written_number(value).partition(",")[2].rstrip("0"))


def _choice(field: Field, value: Any) -> Sentence | None:
    chosen = value if isinstance(value, list) else [value]
    if all(field.option(one) is not None for one in chosen) and len(set(chosen)) == len(chosen):
        return None
    labels = "; ".join(one.label for one in field.options[:6])
    return (
        f"«{field.label}»: chọn trong danh sách ({labels}).",
        f"“{field.label_en}”: choose from the list.",
    )


_RULES: dict[str, Callable[[Field, Any], Sentence | None]] = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "radio": _choice,
    "select": _choice,
    "checklist": _choice,
}
