"""One signed JSON call to another system: the same rules for every outside handler.

POST with ``Idempotency-Key`` (the same at every attempt), ``X-Motcua-Timestamp`` and
``X-Motcua-Signature: v1=<hex HMAC-SHA-256 of "timestamp.path.body">``. No redirects, answers up to 1 MB.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from engine.handler import BusinessError, RetryLater
from handlers.settings import Partner

MAX_ANSWER = 1_000_000  # bytes

# Statuses that speak about the moment or about our own settings, never about the dossier.
_TRY_AGAIN = frozenset({401, 403, 404, 407, 408, 421, 423, 425, 429})


def signature(secret: bytes, timestamp: int, path: str, body: bytes) -> str:
    """What ``X-Motcua-Signature`` must hold; the timestamp is in seconds since 1970, UTC."""
    message = f"{timestamp}.{path}.".encode() + body
    return "v1=" + hmac.new(secret, message, hashlib.sha256).hexdigest()


def call_partner(
    partner: Partner,
    path: str,
    payload: Mapping[str, object],
    *,
    key: str,
    at: datetime,
    transport: httpx.BaseTransport | None = None,
) -> dict[str, Any]:
    """POST ``payload`` to ``path`` and give the JSON object answered.

    Raises BusinessError with the partner's code when it says "no" for good (4xx with a code), RetryLater
    for silence, overload, refused credentials or an answer that cannot be understood.
    """
    body = json.dumps(payload, ensure_ascii=False, sort_keys=True).encode()
    timestamp = int(at.timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Accept": "application/json",
        "Idempotency-Key": key,
        "X-Motcua-Timestamp": str(timestamp),
        "X-Motcua-Signature": signature(partner.secret, timestamp, path, body),
    }
    timeout = httpx.Timeout(partner.answer_seconds, connect=partner.connect_seconds)
    try:
        with (
            httpx.Client(timeout=timeout, transport=transport, trust_env=False) as client,
            client.stream("POST", partner.url + path, content=body, headers=headers) as response,
        ):
            return _understand(partner, response.status_code, _read(partner, response))
    except httpx.HTTPError as error:
        raise RetryLater(f"{partner.name} không trả lời ({type(error).__name__}).") from error


def _read(partner: Partner, response: httpx.Response) -> bytes:
    parts, size = [], 0
    for part in response.iter_bytes():
        size += len(part)
        if size > MAX_ANSWER:
            raise RetryLater(f"{partner.name} trả lời quá dài (hơn {MAX_ANSWER} byte).")
        parts.append(part)
    return b"".join(parts)


def _understand(partner: Partner, status: int, body: bytes) -> dict[str, Any]:
    answer = _json_object(body)
    if 200 <= status < 300 and answer is not None:
        return answer
    if 400 <= status < 500 and status not in _TRY_AGAIN and answer is not None and answer.get("code"):
        raise BusinessError(str(answer["code"])[:80], str(answer.get("message", ""))[:500])
    raise RetryLater(f"{partner.name} trả lời {status}, chưa xử lý được.")


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
