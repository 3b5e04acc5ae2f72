"""Reading what a program sends: JSON or a form with files, never more than asked, never half understood."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from flask import Request, request
from marshmallow import RAISE, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MultiDict

from engine.errors import Invalid, MotcuaError

LARGEST_JSON = 2_000_000  # bytes; a form of a procedure has some kilobytes
_DEEPEST = 32  # levels of lists and objects; forms have four

JSON, FORM = "application/json", "multipart/form-data"


class WrongMediaType(MotcuaError):
    """The body is of another kind than this operation reads."""

    code = "media-type"
    vi = "Nội dung gửi lên phải là {wanted} (tiêu đề Content-Type). Đặt lại Content-Type rồi gửi lại."
    en = "The body must be {wanted} (header Content-Type). Set it and send again."


class BadJson(MotcuaError):
    """The body is no JSON."""

    code = "bad-json"
    vi = "Nội dung gửi lên không phải JSON hợp lệ theo RFC 8259 (UTF-8, không NaN). Kiểm tra rồi gửi lại."
    en = "The body is not valid JSON as of RFC 8259 (UTF-8, no NaN). Check it and send it again."


class TooDeep(MotcuaError):
    """JSON that is nested deeper than any form."""

    code = "too-deep"
    vi = "Nội dung JSON lồng nhau quá {limit} cấp. Biểu mẫu không cần sâu như vậy: kiểm tra chương trình gửi."
    en = "The JSON is nested deeper than {limit} levels. No form needs that: check the program that sends it."


class BadCharacter(MotcuaError):
    """A character that stands for no letter."""

    code = "bad-character"
    vi = "Nội dung có ký tự NUL (mã 0), không thuộc văn bản nào. Xóa ký tự đó rồi gửi lại."
    en = "The text holds a NUL character. Remove it and send again."


class BodyParser(FlaskParser):
    """webargs with our own reading and our own refusals."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": RAISE}
    __location_map__ = {**FlaskParser.__location_map__, "multipart": "load_multipart"}

    def load_json(self, req: Request, schema: Any) -> Any:
        """The JSON body; raises WrongMediaType, BadJson, TooDeep, BadCharacter."""
        return read_json(req)

    def load_multipart(self, req: Request, schema: Any) -> Any:
        """Fields and files of a form as one; raises WrongMediaType, BadCharacter."""
        if req.mimetype != FORM:
            raise WrongMediaType(wanted=FORM)
        _refuse_nul(req.form.values())
        together = MultiDict([*req.form.items(multi=True), *req.files.items(multi=True)])
        return self._makeproxy(together, schema)

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> Any:
        """Raise Invalid with the sentences of the schema."""
        found: dict[str, tuple[str, str]] = {}
        for place in dict(error.messages_dict).values():
            _collect(place, "", found)
        raise Invalid(found) from error


def read_json(req: Request) -> Any:
    """The JSON value of a request; raises WrongMediaType, BadJson, TooDeep, BadCharacter."""
    if req.mimetype != JSON:
        raise WrongMediaType(wanted=JSON)
    try:
        value = orjson.loads(raw_body(req))
    except orjson.JSONDecodeError as error:
        raise BadJson() from error
    _walk(value)
    return value


def raw_body(req: Request) -> bytes:
    """The bytes of a body that is no form; longer ones are refused before they are read."""
    req.max_content_length = LARGEST_JSON
    return req.get_data(cache=True)


def refuse_nul() -> None:
    """Raise BadCharacter for NUL in the address or the question of any request."""
    _refuse_nul((request.path, *request.args.keys(), *request.args.values()))


def _refuse_nul(texts: Iterable[str]) -> None:
    if any("\0" in text for text in texts):
        raise BadCharacter()


def _walk(value: Any) -> None:
    """Look at every text and at the depth, level by level."""
    level = [value]
    for _ in range(_DEEPEST):
        _refuse_nul(one for one in level if isinstance(one, str))
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise TooDeep(limit=_DEEPEST)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else ()


def _collect(value: Any, path: str, found: dict[str, tuple[str, str]]) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            name = str(key) if key != "_schema" else "body"
            _collect(inner, f"{path}.{name}" if path else name, found)
    elif isinstance(value, list):
        sentences = [str(one).partition(" / ") for one in value]
        vi = "; ".join(one for one, _, _ in sentences)
        found[path] = (vi, "; ".join(en or one for one, _, en in sentences))
