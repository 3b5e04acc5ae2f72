"""Versions of a dossier as ETags: nobody changes what he has not seen."""

import functools
import re
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, g, request

from engine.errors import Conflict, MotcuaError

V = TypeVar("V")
_TAG = re.compile(r'"([0-9]{1,9})"\Z')


class VersionNeeded(MotcuaError):
    """A change without the version it is based on."""

    code = "version-needed"
    vi = 'Thiếu tiêu đề If-Match với phiên bản hồ sơ, ví dụ If-Match: "7". Đọc hồ sơ để lấy ETag rồi gửi lại.'
    en = 'The header If-Match with the version of the dossier is missing, e.g. "7". Read its ETag first.'


class VersionStale(MotcuaError):
    """A change based on a version that is no longer the present one."""

    code = "version-stale"
    vi = (
        "Hồ sơ đã thay đổi (yêu cầu dựa trên phiên bản {seen}, nay là {current}), chưa ghi nhận gì. "
        "Đọc lại hồ sơ, xem thay đổi rồi gửi lại với ETag mới."
    )
    en = (
        "The dossier has changed (you saw version {seen}, now it is {current}); nothing was recorded. "
        "Read it again and send your change with the new ETag."
    )


def tagged(answer: V, version: int) -> tuple[V, dict[str, str]]:
    """An answer with the version of its dossier as ETag."""
    return answer, {"ETag": f'"{version}"'}


def on_version(view: Callable[..., Response]) -> Callable[..., Response]:
    """Ask for If-Match; ``seen_version`` gives it to the view. Raises VersionNeeded, VersionStale."""

    @functools.wraps(view)
    def matched(*args: Any, **kwargs: Any) -> Response:
        found = _TAG.match(request.headers.get("If-Match", "").strip())
        if found is None:
            raise VersionNeeded()
        g.seen_version = int(found[1])
        try:
            return view(*args, **kwargs)
        except Conflict as error:
            raise VersionStale(**error.details) from error

    matched.on_version = True  # type: ignore[attr-defined]
    return matched


def seen_version() -> int:
    """The version that this request was based on."""
    seen: int = g.seen_version
    return seen


def not_modified(response: Response) -> Response:
    """After a GET: 304 without a body when the asker has this version already (If-None-Match)."""
    if request.method == "GET" and response.status_code == 200 and "ETag" in response.headers:
        response.make_conditional(request)
    return response
