"""From an error to an answer: one table of statuses, a page for people, a problem document for programs."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from api.i18n import pick
from api.security import ForeignRequest, SignInNeeded, is_api
from engine.errors import Invalid, MotcuaError
from engine.procedures import BundleRefused

log = structlog.get_logger("motcua.web")

_RETRY_AFTER = 2  # seconds after which it is worth asking again when something does not answer

# Stable code of an error to the status of its answer; what is not listed is the client's fault: 422.
STATUS: Mapping[str, int] = {
    "not-found": 404,
    "forbidden": 403,
    "foreign-request": 403,
    "sign-in-needed": 401,
    "sign-in-refused": 401,
    "too-many-attempts": 429,
    "conflict": 409,
    "calendar-moved": 409,
    "task-closed": 409,
    "task-claimed": 409,
    "not-waiting": 409,
    "result-decided": 409,
    "already-extended": 409,
    "version-out-of-turn": 409,
    "incident-closed": 409,
    "request-decided": 409,
    "migration-out-of-turn": 409,
    "dossier-moved-on": 409,
    "result-out": 409,
    "nothing-changed": 409,
    "own-work": 403,
    "workflow-refused": 409,
    "idempotency-key-needed": 400,
    "idempotency-key-reused": 422,
    "bad-json": 400,
    "too-deep": 400,
    "bad-character": 400,
    "media-type": 415,
    "version-needed": 428,
    "version-stale": 412,
    "unavailable": 503,
    "outcome-unknown": 503,
    "workflow-failed": 500,
    "move-refused": 500,
    "limit-failed": 500,
    "file-missing": 500,
    "file-damaged": 500,
}
# Statuses of the framework itself, told in our words.
_HTTP: Mapping[int, tuple[str, str, str]] = {
    400: ("bad-request", "Yêu cầu không đọc được. Mở lại trang và thử lại.", "The request cannot be read."),
    404: (
        "not-found",
        "Không có trang này. Kiểm tra lại địa chỉ hoặc về trang đầu.",
        "There is no such page. Check the address or go to the first page.",
    ),
    405: ("method-not-allowed", "Trang này không nhận cách gửi đó.", "This address takes no such request."),
    413: (
        "too-large",
        "Tệp hoặc nội dung gửi lên quá lớn. Mỗi tệp tối đa 20 MB: chia nhỏ hoặc quét nhẹ hơn.",
        "What was sent is too large. A file may have 20 MB.",
    ),
}
_OWN_FAULT = (
    "internal",
    "Hệ thống gặp lỗi, chưa ghi nhận thay đổi nào. Thử lại; nếu vẫn lỗi, báo mã {reference} cho kỹ thuật.",
    "The system failed and nothing was changed. Try again; if it happens again, report code {reference}.",
)


def status_of(error: MotcuaError) -> int:
    """The HTTP status of an engine error."""
    return STATUS.get(error.code, 422)


def init_app(app: Flask) -> None:
    """Answer every error in one way."""
    app.register_error_handler(MotcuaError, _refused)
    app.register_error_handler(CSRFError, lambda _error: _refused(ForeignRequest()))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)
    app.after_request(_when_to_come_back)


def problem(
    status: int, code: str, vi: str, en: str, fields: Mapping[str, tuple[str, str]] | None = None, **more: Any
) -> Response:
    """An RFC 9457 problem document; ``detail`` is Vietnamese, ``detail_en`` English."""
    body: dict[str, Any] = {
        "type": f"urn:motcua:problem:{code}",
        "title": code.replace("-", " "),
        "status": status,
        "code": code,
        "detail": vi,
        "detail_en": en,
        "instance": request.path,
        "request_id": g.get("request_id", ""),
        **more,
    }
    if fields:
        body["errors"] = [
            {"field": name, "detail": one_vi, "detail_en": one_en}
            for name, (one_vi, one_en) in fields.items()
        ]
    response = jsonify(body)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def _refused(error: MotcuaError) -> Response:
    status = status_of(error)
    vi, en = error.message("vi"), error.message("en")
    if is_api():
        fields = error.fields if isinstance(error, Invalid) else None
        found = [asdict(one) for one in error.findings] if isinstance(error, BundleRefused) else None
        return problem(status, error.code, vi, en, fields, **({"findings": found} if found else {}))
    if isinstance(error, SignInNeeded):
        return _sign_in_first(pick(vi, en))
    return _page(status, vi, en)


def _sign_in_first(sentence: str) -> Response:
    """To the sign-in, and back; what a form had brought is kept on the page, to be sent again."""
    if request.method == "GET":
        return make_response(redirect(url_for("sign_in.form", next=request.full_path.rstrip("?")), 303))
    page = render_template(
        "staff/sign_in.html",
        username="",
        errors=[("o-username", sentence)],
        next_url="",
        kept_url=request.full_path.rstrip("?"),
        kept=[(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"],
    )
    return make_response(page, 401)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:
        return make_response(error.get_response())
    code, vi, en = _HTTP.get(status, ("http", f"Yêu cầu bị từ chối ({status}).", error.name))
    if is_api():
        return problem(status, code, vi, en)
    return _page(status, vi, en)


def _failed(error: Exception) -> Response:
    reference = g.get("request_id", "")
    log.error("request.failed", path=request.path, reference=reference, exc_info=error)
    code, vi, en = _OWN_FAULT
    vi, en = vi.format(reference=reference), en.format(reference=reference)
    return problem(500, code, vi, en) if is_api() else _page(500, vi, en)


def _when_to_come_back(response: Response) -> Response:
    if response.status_code == 503:
        response.headers.setdefault("Retry-After", str(_RETRY_AFTER))
    return response


def _page(status: int, vi: str, en: str) -> Response:
    return make_response(render_template("error.html", status=status, sentence=pick(vi, en)), status)
