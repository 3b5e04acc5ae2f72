"""Fields of all schemas, with their refusals in both languages; "vi / en" is split by ``api.resources.body``.

A schema that is read refuses what it does not know; a schema that is written says all its fields.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar

from flask_smorest.fields import Upload
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from marshmallow.utils import get_value
from werkzeug.datastructures import FileStorage

from engine.clock import vietnam

_REFUSALS = {
    "required": "Thiếu trường bắt buộc này. / This field is required.",
    "null": "Trường này không được để null. / This field must not be null.",
    "validator_failed": "Giá trị không hợp lệ. / The value is not valid.",
    "invalid": "Giá trị không đúng kiểu. / The value is of the wrong type.",
    "invalid_utf8": "Chữ phải theo mã UTF-8. / Text must be UTF-8.",
    "too_large": "Số quá lớn. / The number is too large.",
    "type": "Cần một đối tượng JSON. / A JSON object is needed.",
    "format": "Không đúng dạng. / The format is wrong.",
    "invalid_awareness": "Thời điểm phải có múi giờ, ví dụ +07:00. / The moment needs an offset.",
}


class Shape(Schema):
    """What comes in: unknown fields are refused, so that a slip of the pen is not lost."""

    class Meta:
        unknown = RAISE

    error_messages: dict[str, str] = {
        "unknown": "Trường này không có trong yêu cầu. / There is no such field.",
        "type": "Cần một đối tượng JSON. / A JSON object is needed.",
    }


class Answer(Shape):
    """What goes out: every field is always there, as a key of a dict or as an attribute."""

    @cached_property
    def _plan(self) -> list[tuple[str, str, Callable[[Any], Any], fields.Field[Any]]]:
        """For each field its name in JSON, the name of its value, how objects give it, and itself."""
        said = [(name, one.attribute or name, one) for name, one in self.dump_fields.items()]
        return [(one.data_key or name, path, attrgetter(path), one) for name, path, one in said]

    def _serialize(self, obj: Any, *, many: bool = False) -> Any:
        """As marshmallow does it, but for its search where a value might be: half the time of a long list."""
        if type(self).get_attribute is not Schema.get_attribute:
            return super()._serialize(obj, many=many)  # it knows better where its values are
        if many:
            return [self._serialize(one) for one in obj]
        if isinstance(obj, dict):
            return {
                key: field._serialize(get_value(obj, path), path, obj) for key, path, _, field in self._plan
            }
        return {key: field._serialize(get(obj), path, obj) for key, path, get, field in self._plan}

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.required = True


class _Spoken:
    refusals: ClassVar[dict[str, str]] = {}  # of this kind of field, beside those of all

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, error_messages={**_REFUSALS, **self.refusals}, **more)  # type: ignore[call-arg]


class Text(_Spoken, fields.String):
    """Text of at most ``most`` and at least ``least`` letters."""

    refusals: ClassVar[dict[str, str]] = {"invalid": "Cần một chuỗi ký tự. / Text is needed."}

    def __init__(self, *, most: int | None = None, least: int | None = None, **more: Any) -> None:
        if most is not None or least is not None:
            error = (
                f"Dài từ {least or 0} đến {most or '…'} ký tự. / {least or 0} to {most or '…'} characters."
            )
            more["validate"] = validate.Length(min=least, max=most, error=error)
        super().__init__(**more)


class Choice(_Spoken, fields.String):
    """One of a few words."""

    refusals: ClassVar[dict[str, str]] = {"invalid": "Cần một chuỗi ký tự. / Text is needed."}

    def __init__(self, *words: str, **more: Any) -> None:
        known = ", ".join(words)
        error = f"Chọn một trong: {known}. / Choose one of: {known}."
        super().__init__(validate=validate.OneOf(words, error=error), **more)


class Whole(_Spoken, fields.Integer):
    """A whole number; a bound that is given is kept."""

    refusals: ClassVar[dict[str, str]] = {"invalid": "Cần một số nguyên. / A whole number is needed."}

    def __init__(self, low: int | None = None, high: int | None = None, **more: Any) -> None:
        if low is not None or high is not None:
            error = f"Cần số nguyên từ {low} đến {high}. / A whole number from {low} to {high} is needed."
            more["validate"] = validate.Range(min=low, max=high, error=error)
        super().__init__(**more)


class Number(_Spoken, fields.Float):
    """A number, never NaN or infinite."""


class Flag(_Spoken, fields.Boolean):
    """True or false."""


class Moment(_Spoken, fields.AwareDateTime):
    """ISO 8601 with an offset; written on Viet Nam's clock, +07:00."""

    refusals: ClassVar[dict[str, str]] = {
        "invalid": "Cần thời điểm dạng 2026-03-02T08:00:00+07:00. / A moment like this one is needed."
    }

    def __init__(self, **more: Any) -> None:
        more.setdefault("metadata", {"example": "2026-03-02T08:00:00+07:00"})
        super().__init__(format="iso", **more)

    def _serialize(self, value: datetime | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else vietnam(value).isoformat()


class Day(_Spoken, fields.Date):
    """A day, ISO 8601."""

    refusals: ClassVar[dict[str, str]] = {
        "invalid": "Cần ngày dạng 2026-03-02. / A day like 2026-03-02 is needed."
    }


class Identity(_Spoken, fields.UUID):
    """A UUID."""

    refusals: ClassVar[dict[str, str]] = {
        "invalid_uuid": "Cần mã UUID. / A UUID is needed.",
    }


class Items(_Spoken, fields.List[Any]):
    """A list."""

    refusals: ClassVar[dict[str, str]] = {"invalid": "Cần một danh sách. / A list is needed."}

    def __init__(self, inner: fields.Field[Any], *, most: int | None = None, **more: Any) -> None:
        if most is not None:
            error = f"Nhiều nhất {most} mục. / At most {most} items."
            more["validate"] = validate.Length(max=most, error=error)
        super().__init__(inner, **more)


class Part(_Spoken, fields.Nested):
    """A schema inside a schema."""

    refusals: ClassVar[dict[str, str]] = {"type": "Cần một đối tượng JSON. / A JSON object is needed."}


class Mapping(_Spoken, fields.Dict):
    """A JSON object whose names are not fixed: answers of a form, data of a dossier."""

    refusals: ClassVar[dict[str, str]] = {"invalid": "Cần một đối tượng JSON. / A JSON object is needed."}


class Anything(_Spoken, fields.Raw):
    """Any JSON value."""


class File(_Spoken, Upload):  # type: ignore[misc]
    """A file of a form; a mere text under its name is refused."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> FileStorage:
        if not isinstance(value, FileStorage) or not value.filename:
            raise ValidationError("Cần một tệp kèm tên tệp. / A file with its name is needed.")
        return value
