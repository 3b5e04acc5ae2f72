"""Idempotency: a POST that was sent twice is done once and answered twice."""

import functools
import hashlib
import re
from collections.abc import Callable
from typing import Any

from flask import Request, Response, request

from api.context import engine
from api.resources.body import FORM, JSON, raw_body
from api.security import current_actor
from engine.errors import MotcuaError
from engine.replies import Reply
from engine.retry import again

HEADER = "Idempotency-Key"
REPEATED = "Idempotency-Replayed"
ANYBODY = "citizen"  # who asks when nobody is signed in
_KEY = re.compile(r"[\x21-\x7e]{8,120}\Z")


class KeyNeeded(MotcuaError):
    """A POST without a key could be done twice when its answer is lost."""

    code = "idempotency-key-needed"
    vi = (
        "Thiếu tiêu đề Idempotency-Key, hoặc khóa không gồm 8 đến 120 ký tự ASCII không dấu cách. "
        "Tạo một UUID cho mỗi yêu cầu mới và gửi lại chính nó khi thử lại."
    )
    en = (
        "The header Idempotency-Key is missing or is not 8 to 120 ASCII characters without spaces. "
        "Make a UUID for every new request and send the same one when you try again."
    )


def request_key() -> str:
    """The key of this request; raises KeyNeeded."""
    key = request.headers.get(HEADER, "").strip().strip('"')
    if not _KEY.match(key):
        raise KeyNeeded()
    return key


def keyed(view: Callable[..., Response]) -> Callable[..., Response]:
    """Ask for a key, keep no answer: for signing in, whose answer is secret and whose repeat is harmless."""

    @functools.wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Response:
        request_key()
        return view(*args, **kwargs)

    asked.keyed = True  # type: ignore[attr-defined]
    return asked


def once(view: Callable[..., Response]) -> Callable[..., Response]:
    """Carry out a POST and keep its answer, both or neither; the same request again gets the same answer.

    Refusals are not kept: nothing was done. Raises KeyNeeded, KeyReused, StillInWork.
    """

    @functools.wraps(view)
    def kept(*args: Any, **kwargs: Any) -> Response:
        actor = current_actor()
        asked = (actor.key if actor else ANYBODY, request_key(), _fingerprint(request))

        def carry_out() -> Response:
            for file in request.files.values():
                file.stream.seek(0)
            with engine().replies.once(*asked) as keep:
                response = view(*args, **kwargs)
                keep(_reply(response))
            return response

        try:
            return again(carry_out)
        except Exception:
            # Whatever stands in the way now may be what this very request has done before, or a twin of it
            # meanwhile: then that one's answer counts. Asked only here, since hardly any request is repeated.
            given = engine().replies.given(*asked)
            if given is None:
                raise
            return _again(given)

    kept.keyed = True  # type: ignore[attr-defined]
    return kept


def _fingerprint(asked: Request) -> bytes:
    """What was asked: method, address and body. A form counts by its fields, as its boundary is random."""
    total = hashlib.sha256(f"{asked.method} {asked.full_path}\n{asked.mimetype}\n".encode())
    if asked.mimetype != FORM:
        total.update(raw_body(asked))
        return total.digest()
    for name, value in asked.form.items(multi=True):
        total.update(_part(name, "", value.encode("utf-8", "surrogateescape")))
    for name, file in asked.files.items(multi=True):
        total.update(_part(name, file.filename or "", file.stream.read()))
        file.stream.seek(0)
    return total.digest()


def _part(name: str, filename: str, content: bytes) -> bytes:
    """One part of a form with a fixed length, so that parts cannot run into each other."""
    pieces = (name.encode("utf-8", "surrogateescape"), filename.encode("utf-8", "surrogateescape"), content)
    return b"".join(hashlib.sha256(piece).digest() for piece in pieces)


def _reply(response: Response) -> Reply:
    return Reply(
        status=response.status_code,
        media_type=response.mimetype or JSON,
        body=response.get_data(),
        etag=response.headers.get("ETag"),
    )


def _again(given: Reply) -> Response:
    response = Response(given.body, status=given.status, mimetype=given.media_type)
    if given.etag:
        response.headers["ETag"] = given.etag
    response.headers[REPEATED] = "true"
    return response
