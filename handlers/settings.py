"""Settings of outside handlers, read from the environment; nothing of another system is in the code."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from engine.handler import RetryLater


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Another system we talk to over HTTP."""

    name: str
    url: str  # without a slash at the end
    secret: bytes  # shared key of the HMAC signature
    connect_seconds: float = 5.0
    answer_seconds: float = 20.0  # shorter than the lease of a job (60 s)


def partner(name: str, environ: Mapping[str, str] | None = None) -> Partner:
    """The partner configured by ``MOTCUA_<NAME>_URL`` and ``MOTCUA_<NAME>_SECRET``.

    Raises RetryLater while it is not configured: the job waits, becomes an incident, and goes on as
    soon as an administrator has set the address. A dossier is never told "no" for our own omission.
    """
    values = os.environ if environ is None else environ
    prefix = f"MOTCUA_{name.upper()}"
    url, secret = values.get(f"{prefix}_URL", ""), values.get(f"{prefix}_SECRET", "")
    if not url or not secret:
        raise RetryLater(f"Chưa cấu hình kết nối: đặt biến môi trường {prefix}_URL và {prefix}_SECRET.")
    if not url.startswith(("https://", "http://")):
        raise RetryLater(f"{prefix}_URL phải bắt đầu bằng https:// (hoặc http:// trong mạng nội bộ).")
    return Partner(name=name, url=url.rstrip("/"), secret=secret.encode())


def setting(name: str, default: str = "", environ: Mapping[str, str] | None = None) -> str:
    """One plain setting, ``MOTCUA_<NAME>``."""
    values = os.environ if environ is None else environ
    return values.get(f"MOTCUA_{name.upper()}", default)
