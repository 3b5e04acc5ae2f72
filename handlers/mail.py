"""Sending one e-mail: over SMTP when a server is named, else into a folder that a relay may empty."""

import hashlib
import os
import re
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

from engine.clock import vietnam
from engine.handler import Call, RetryLater
from handlers.notices import Notice
from handlers.settings import setting

Sent = Literal["sent", "spooled", "refused", "none"]

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")


def is_address(text: object) -> bool:
    """Whether this can be written to at all."""
    return isinstance(text, str) and _ADDRESS.fullmatch(text) is not None


def send_mail(call: Call, to: list[str], notice: Notice) -> Sent:
    """Send ``notice`` to the addresses.

    "spooled": no server is configured, the letter lies in ``MOTCUA_OUTGOING`` (var/outgoing), one file per
    idempotency key, so that a second attempt replaces the first. "refused": the server refused every
    recipient for good. Raises RetryLater when the server cannot be reached or asks for patience.
    """
    recipients = [address for address in to if is_address(address)]
    if not recipients:
        return "none"
    letter = _letter(call, recipients, notice)
    host = setting("smtp_host")
    if not host:
        _spool(letter, call.idempotency_key)
        return "spooled"
    return _deliver(host, letter)


def _letter(call: Call, recipients: list[str], notice: Notice) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = setting("mail_from", "khong-tra-loi@motcua.invalid")
    letter["To"] = ", ".join(recipients)
    letter["Subject"] = notice.subject
    letter["Date"] = format_datetime(vietnam(call.at))
    # The same at every attempt: mail systems drop the second copy.
    letter["Message-ID"] = f"<{_digest(call.idempotency_key)}@motcua.invalid>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(notice.body)
    return letter


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _spool(letter: EmailMessage, key: str) -> None:
    folder = Path(setting("outgoing", "var/outgoing"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
            part.write(letter.as_bytes())
        os.replace(part.name, folder / f"{_digest(key)}.eml")
    except OSError as error:
        raise RetryLater(f"Không ghi được thư vào {folder} ({type(error).__name__}).") from error


def _deliver(host: str, letter: EmailMessage) -> Sent:
    mode = setting("smtp_security", "starttls")  # starttls, tls or none
    port = int(setting("smtp_port", "465" if mode == "tls" else "587"))
    context = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(host, port, timeout=20, context=context)
            if mode == "tls"
            else smtplib.SMTP(host, port, timeout=20) as server
        ):
            if mode == "starttls":
                server.starttls(context=context)
            if setting("smtp_user"):
                server.login(setting("smtp_user"), setting("smtp_password"))
            server.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _ in error.recipients.values()):
            return "refused"
        raise RetryLater("Máy chủ thư tạm thời chưa nhận người nhận.") from error
    except (smtplib.SMTPException, OSError) as error:
        raise RetryLater(f"Máy chủ thư không nhận thư ({type(error).__name__}).") from error
    return "sent"
