"""Tell the officers of an agency that work waits or a deadline is near."""

from collections.abc import Mapping

from engine.handler import Call, Place
from handlers.mail import send_mail
from handlers.notices import notice_to_officers
from handlers.settings import setting


class NotifyOfficers:
    """A letter to officers.

    In: ``text`` (what has happened), ``recipients`` (e-mail addresses) or ``agency`` (its code, default the
    competent agency), whose mailbox MOTCUA_OFFICER_MAIL gives, e.g. ``{agency}@example.gov.vn``.
    Out: ``email`` (sent, spooled, refused, none).
    """

    name = "notify_officers"
    place: Place = "outside"

    def handle(self, call: Call) -> Mapping[str, object]:
        given = call.inputs.get("recipients")
        recipients = [str(address) for address in given] if isinstance(given, list) else []
        if not recipients:
            agency = str(call.inputs.get("agency") or call.dossier.agency).lower()
            pattern = setting("officer_mail", "{agency}@motcua.invalid")
            recipients = [pattern.replace("{agency}", agency)]
        return {"email": send_mail(call, recipients, notice_to_officers(call))}
