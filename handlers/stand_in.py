"""A stand-in for the other systems: speaks the same protocol on 127.0.0.1, for tests, training and demos.

Answers follow from the question alone, so that a demonstration can be repeated. It checks signatures and
keeps the answer to each Idempotency-Key, as a real partner must.
"""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import httpx

from engine.handler import Handler
from handlers.check_vehicle_register import CheckVehicleRegister
from handlers.forwarding import SendToPolice, SendToSocialInsurance
from handlers.partner import signature
from handlers.settings import Partner

DEMO_SECRET = "stand-in-shared-secret"  # noqa: S105 -- never a real secret: the stand-in listens on loopback only
_NAMES = ("VEHICLE_REGISTER", "SOCIAL_INSURANCE", "POLICE", "SMS")

Answer = tuple[int, dict[str, Any]]


class Partners:
    """The other systems themselves, without any network."""

    def __init__(self, secret: str = DEMO_SECRET) -> None:
        self.secret = secret.encode()
        self.effects: list[tuple[str, dict[str, Any]]] = []  # what was really done, once per key
        self.requests = 0  # how often we were asked
        self._replies: dict[str, tuple[bytes, Answer]] = {}
        self._failures: list[int] = []
        self._lock = threading.Lock()

    def fail_next(self, *statuses: int) -> None:
        """Answer the next requests with these statuses, before any work."""
        self._failures.extend(statuses)

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """The reply to one request."""
        with self._lock:
            self.requests += 1
            if self._failures:
                return self._failures.pop(0), {"message": "bận"}
            refused = self._refused(path, headers, body)
            if refused:
                return refused
            key = headers["idempotency-key"]
            known = self._replies.get(key)
            if known is None:
                known = (hashlib.sha256(body).digest(), self._work(path, json.loads(body)))
                self._replies[key] = known
            elif known[0] != hashlib.sha256(body).digest():
                return 422, {"code": "key-reused", "message": "Khóa chống trùng đã dùng cho nội dung khác."}
            return known[1]

    def _refused(self, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        if not headers.get("idempotency-key"):
            return 400, {"code": "key-missing", "message": "Thiếu Idempotency-Key."}
        stamp = headers.get("x-motcua-timestamp", "")
        good = stamp.isdigit() and signature(self.secret, int(stamp), path, body)
        if not good or not hmac.compare_digest(good, headers.get("x-motcua-signature", "")):
            return 401, {"code": "signature", "message": "Chữ ký không đúng."}
        return None

    def _work(self, path: str, asked: dict[str, Any]) -> Answer:
        works = {"/vehicles/check": _vehicle, "/dossiers": _dossier, "/messages": _message}
        work = works.get(path)
        if work is None:
            return 404, {"message": "không có địa chỉ này"}
        status, reply = work(asked)
        if status < 300:
            self.effects.append((path, asked))
        return status, reply


def _vehicle(asked: dict[str, Any]) -> Answer:
    """Plates ending in 000 are unknown, those ending in 999 have no valid inspection."""
    plate = str(asked.get("plate", ""))
    digits = "".join(letter for letter in plate if letter.isdigit())
    if len(digits) < 5:
        return 422, {"code": "plate-invalid", "message": f"Biển số «{plate}» không đúng mẫu."}
    if digits.endswith("000"):
        return 200, {"found": False, "valid": False, "vehicle": None}
    valid = not digits.endswith("999")
    until = "2027-12-31" if valid else "2025-01-31"
    vehicle = {"plate": plate, "type": "Ô tô khách", "seats": 16, "inspection_until": until}
    return 200, {"found": True, "valid": valid, "vehicle": vehicle}


def _dossier(asked: dict[str, Any]) -> Answer:
    number = str(asked.get("dossier", ""))
    if not number:
        return 422, {"code": "dossier-missing", "message": "Thông điệp thiếu mã hồ sơ."}
    serial = int.from_bytes(hashlib.sha256(number.encode()).digest()[:4]) % 1_000_000
    return 202, {"reference": f"TN-{serial:06d}"}


def _message(asked: dict[str, Any]) -> Answer:
    if str(asked.get("to", "")).endswith("0000000"):
        return 422, {"code": "number-unknown", "message": "Số điện thoại không tồn tại."}
    return 202, {"accepted": True}


def transport(partners: Partners) -> httpx.MockTransport:
    """For handlers without a socket: the whole HTTP client runs, only the wire is missing."""

    def respond(request: httpx.Request) -> httpx.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        status, reply = partners.answer(request.url.path, headers, request.content)
        return httpx.Response(status, json=reply)

    return httpx.MockTransport(respond)


def stand_ins() -> tuple[Handler, ...]:
    """The handlers that ask other systems, on a wire that leads to the stand-in; no setting is read."""
    partners = Partners()
    wire = transport(partners)
    ours = Partner(name="stand-in", url="http://stand-in", secret=partners.secret)
    return (
        CheckVehicleRegister(ours, wire),
        SendToPolice(wire, ours),
        SendToSocialInsurance(wire, ours),
    )


class StandIn:
    """The partners behind a real socket on loopback: ``with StandIn() as stand_in: ...``."""

    def __init__(self, partners: Partners | None = None, port: int = 0) -> None:
        self.partners = partners or Partners()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self.partners))
        # Asked every 20 ms whether to stop.
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="stand-in", daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def environment(self) -> dict[str, str]:
        """The settings that lead all connectors here."""
        pairs = {f"MOTCUA_{name}_URL": self.url for name in _NAMES}
        return pairs | {f"MOTCUA_{name}_SECRET": self.partners.secret.decode() for name in _NAMES}

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _handler(partners: Partners) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length") or 0), 10_000_000)
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, reply = partners.answer(self.path, headers, self.rfile.read(length))
            body = json.dumps(reply, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent: a log line of the stand-in helps nobody."""

    return Door
