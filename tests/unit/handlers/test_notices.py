"""Notices to citizens and officers: letters into the outgoing folder, over SMTP, and text messages."""

import email
import smtplib
from collections.abc import Callable
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from engine.domain.milestone import MILESTONES
from engine.handler import Call, RetryLater
from handlers.notices import notice_to_applicant
from handlers.notify_applicant import NotifyApplicant
from handlers.notify_officers import NotifyOfficers
from handlers.stand_in import StandIn

MakeCall = Callable[..., Call]


@pytest.fixture(autouse=True)
def outgoing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTCUA_OUTGOING", str(tmp_path / "outgoing"))
    monkeypatch.setenv("MOTCUA_PUBLIC_URL", "https://dichvucong.example.vn/")
    monkeypatch.delenv("MOTCUA_SMTP_HOST", raising=False)
    monkeypatch.delenv("MOTCUA_SMS_URL", raising=False)
    return tmp_path / "outgoing"


def letters(folder: Path) -> list[EmailMessage]:
    return [
        email.message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=policy.default)
        for path in sorted(folder.iterdir())
    ]


def test_without_a_mail_server_the_letter_lies_in_the_outgoing_folder(
    make_call: MakeCall, outgoing: Path
) -> None:
    assert NotifyApplicant().handle(make_call(template="received")) == {"email": "spooled", "sms": "none"}
    (letter,) = letters(outgoing)
    assert letter["To"] == "huong@example.vn"
    assert letter["Subject"] == "Hồ sơ 000.00.16.H41-260302-0007 đã được tiếp nhận"
    body = letter.get_content()
    assert "Hẹn trả kết quả: 08 giờ 00 phút, ngày 09/03/2026." in body
    assert "https://dichvucong.example.vn/tra-cuu/7KQM2X9PRT4V" in body


def test_a_second_attempt_replaces_the_letter(make_call: MakeCall, outgoing: Path) -> None:
    for _ in range(2):
        NotifyApplicant().handle(make_call(template="result_ready"))
    NotifyApplicant().handle(make_call(template="result_ready", idempotency_key="key-2"))
    assert len({letter["Message-ID"] for letter in letters(outgoing)}) == len(letters(outgoing)) == 2


@pytest.mark.parametrize(
    "address", ["", "huong", "a@b", "x@y.vn\nBcc: all@z.vn", "<script>@x.vn", None, 7, "a@b.vn, c@d.vn"]
)
def test_nothing_is_sent_to_what_is_no_address(make_call: MakeCall, outgoing: Path, address: object) -> None:
    call = make_call(template="received")
    call = replace(call, dossier=replace(call.dossier, applicant={"name": "A", "email": address}))
    assert NotifyApplicant().handle(call) == {"email": "none", "sms": "none"}
    assert not outgoing.exists()


@pytest.mark.parametrize("name", [name for name, one in MILESTONES.items() if one.notify])
def test_every_milestone_that_is_told_has_its_own_words(make_call: MakeCall, name: str) -> None:
    notice = notice_to_applicant(make_call(template=name))
    assert "có thay đổi" not in notice.subject
    assert len(notice.sms) <= 160
    assert notice.sms.isascii()
    assert "Hường" not in notice.sms


def test_a_text_message_goes_out_once_when_a_gateway_is_configured(
    make_call: MakeCall, stand_in: StandIn
) -> None:
    for _ in range(2):
        assert NotifyApplicant().handle(make_call(template="received"))["sms"] == "sent"
    ((_, sent),) = stand_in.partners.effects
    assert sent["to"] == "0912345678"
    assert sent["text"].startswith("Ho so 000.00.16.H41-260302-0007 da duoc tiep nhan.")


def test_a_wrong_number_does_not_stop_the_letter(make_call: MakeCall, stand_in: StandIn) -> None:
    call = make_call(template="received")
    applicant = {"email": "huong@example.vn", "phone": "0910000000"}
    call = replace(call, dossier=replace(call.dossier, applicant=applicant))
    assert NotifyApplicant().handle(call) == {"email": "spooled", "sms": "refused"}


def test_officers_are_told_at_their_agencys_mailbox_or_at_given_addresses(
    make_call: MakeCall, outgoing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_OFFICER_MAIL", "{agency}@nghean.example.vn")
    NotifyOfficers().handle(make_call(text="Hồ sơ sắp đến hạn"))
    (letter,) = letters(outgoing)
    assert letter["To"] == "svhtt@nghean.example.vn"
    assert "Hồ sơ sắp đến hạn" in letter["Subject"]
    NotifyOfficers().handle(make_call(recipients=["a@x.vn", "b@x.vn"], idempotency_key="key-2"))
    assert "a@x.vn, b@x.vn" in {letter["To"] for letter in letters(outgoing)}


class FakeServer:
    """Stands for smtplib.SMTP: remembers letters, or fails as told."""

    letters: list[EmailMessage] = []
    error: Exception | None = None

    def __init__(self, host: str, port: int, **_: Any) -> None:
        self.steps = [f"{host}:{port}"]

    def __enter__(self) -> "FakeServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.steps.append("quit")

    def starttls(self, **_: Any) -> None:
        self.steps.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.steps.append("login")

    def send_message(self, letter: EmailMessage) -> None:
        if FakeServer.error:
            raise FakeServer.error
        FakeServer.letters.append(letter)


@pytest.fixture
def mail_server(monkeypatch: pytest.MonkeyPatch) -> type[FakeServer]:
    FakeServer.letters, FakeServer.error = [], None
    monkeypatch.setenv("MOTCUA_SMTP_HOST", "mail.example.vn")
    monkeypatch.setattr(smtplib, "SMTP", FakeServer)
    return FakeServer


def test_a_letter_goes_to_the_mail_server(make_call: MakeCall, mail_server: type[FakeServer]) -> None:
    assert NotifyApplicant().handle(make_call(template="returned"))["email"] == "sent"
    assert mail_server.letters[0]["Subject"].endswith("cần bổ sung, hoàn thiện")


@pytest.mark.parametrize(
    ("error", "refused"),
    [
        (smtplib.SMTPRecipientsRefused({"huong@example.vn": (550, b"no such user")}), True),
        (smtplib.SMTPRecipientsRefused({"huong@example.vn": (451, b"later")}), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (ConnectionRefusedError(), False),
        (TimeoutError(), False),
    ],
)
def test_a_mailbox_that_does_not_exist_is_noted_and_everything_else_is_tried_again(
    make_call: MakeCall, mail_server: type[FakeServer], error: Exception, refused: bool
) -> None:
    mail_server.error = error
    call = make_call(template="received")
    if refused:
        assert NotifyApplicant().handle(call)["email"] == "refused"
    else:
        with pytest.raises(RetryLater, match="thư"):
            NotifyApplicant().handle(call)
