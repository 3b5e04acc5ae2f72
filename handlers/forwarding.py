"""Hand a dossier's data to an agency that works in a system of its own (Decree 61/2018/NĐ-CP, Art. 19(6))."""

from collections.abc import Mapping

import httpx

from engine.handler import Call, Place
from handlers.partner import call_partner
from handlers.settings import Partner, partner

PROTOCOL = 1  # version of the message


class Forwarding:
    """What the two handlers below share. In: anything, passed on as ``data``.

    Out: ``<prefix>_reference`` (the other system's number), ``<prefix>_accepted`` (true), for use in the
    diagram. The other system answers for good later, by a message event.
    """

    name = ""
    place: Place = "outside"
    setting = ""  # prefix of the environment variables
    prefix = ""  # of the outputs

    def __init__(self, transport: httpx.BaseTransport | None = None, settings: Partner | None = None) -> None:
        self._settings, self._transport = settings, transport

    def handle(self, call: Call) -> Mapping[str, object]:
        answer = call_partner(
            self._settings or partner(self.setting),
            "/dossiers",
            message(call),
            key=call.idempotency_key,
            at=call.at,
            transport=self._transport,
        )
        return {f"{self.prefix}_reference": answer.get("reference"), f"{self.prefix}_accepted": True}


def message(call: Call) -> dict[str, object]:
    """The message: dossier, applicant and the inputs of the diagram; times in ISO 8601 with offset."""
    dossier = call.dossier
    return {
        "protocol": PROTOCOL,
        "dossier": dossier.number,
        "procedure": {"code": dossier.procedure_code, "name": dossier.procedure_name},
        "sent_by": dossier.agency,
        "channel": dossier.channel,
        "applicant": dict(dossier.applicant),
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "data": dict(call.inputs),
    }


class SendToSocialInsurance(Forwarding):
    """To the provincial social insurance. Settings: MOTCUA_SOCIAL_INSURANCE_URL and _SECRET."""

    name = "send_to_social_insurance"
    setting = "social_insurance"
    prefix = "social_insurance"


class SendToPolice(Forwarding):
    """To the provincial police. Settings: MOTCUA_POLICE_URL and _SECRET."""

    name = "send_to_police"
    setting = "police"
    prefix = "police"
