"""Tell the applicant what has happened to the dossier: by e-mail, and by text message when configured."""

import re
from collections.abc import Mapping

import httpx

from engine.handler import BusinessError, Call, Place
from handlers.mail import send_mail
from handlers.notices import notice_to_applicant
from handlers.partner import call_partner
from handlers.settings import partner, setting

_PHONE = re.compile(r"(\+84|0)\d{9,10}")


class NotifyApplicant:
    """The notice of Decree 61/2018/NĐ-CP, Articles 17 and 19: by e-mail or text message.

    In: ``template``, the name of the milestone. Out: ``email`` (sent, spooled, refused, none) and ``sms``
    (sent, refused, none). Settings: MOTCUA_SMTP_HOST/PORT/SECURITY/USER/PASSWORD, MOTCUA_MAIL_FROM,
    MOTCUA_OUTGOING, MOTCUA_SMS_URL and MOTCUA_SMS_SECRET, MOTCUA_PUBLIC_URL.
    """

    name = "notify_applicant"
    place: Place = "outside"

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self._transport = transport

    def handle(self, call: Call) -> Mapping[str, object]:
        notice = notice_to_applicant(call)
        applicant = call.dossier.applicant
        # The text message first: it costs money twice when sent twice, a second e-mail is dropped by its id.
        sms = self._text(call, str(applicant.get("phone") or ""), notice.sms)
        email = send_mail(call, [str(applicant.get("email") or "")], notice)
        return {"email": email, "sms": sms}

    def _text(self, call: Call, phone: str, text: str) -> str:
        number = re.sub(r"[\s.\-()]", "", phone)
        if not setting("sms_url") or not _PHONE.fullmatch(number):
            return "none"
        try:
            call_partner(
                partner("sms"),
                "/messages",
                {"to": number, "text": text},
                key=call.idempotency_key,
                at=call.at,
                transport=self._transport,
            )
        except BusinessError:
            return "refused"  # a wrong number must not stop the letter
        return "sent"
