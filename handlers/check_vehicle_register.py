"""Ask the vehicle register about one vehicle: the automatic step of procedure 2.002288."""

from collections.abc import Mapping

import httpx

from engine.handler import BusinessError, Call, Place
from handlers.partner import call_partner
from handlers.settings import Partner, partner


class CheckVehicleRegister:
    """Whether a vehicle is registered and its inspection certificate is in force.

    In: ``plate`` (number plate), optional ``owner``. Out: ``vehicle_found``, ``vehicle_valid`` (booleans),
    ``vehicle`` (plate, type, seats, inspection_until). Settings: MOTCUA_VEHICLE_REGISTER_URL and _SECRET.
    """

    name = "check_vehicle_register"
    place: Place = "outside"

    def __init__(self, settings: Partner | None = None, transport: httpx.BaseTransport | None = None) -> None:
        self._settings, self._transport = settings, transport

    def handle(self, call: Call) -> Mapping[str, object]:
        plate = "".join(str(call.inputs.get("plate") or "").upper().split())
        if not plate:
            raise BusinessError("plate-missing", "Hồ sơ chưa ghi biển số xe, chưa tra cứu được.")
        answer = call_partner(
            self._settings or partner("vehicle_register"),
            "/vehicles/check",
            {"plate": plate, "owner": call.inputs.get("owner"), "dossier": call.dossier.number},
            key=call.idempotency_key,
            at=call.at,
            transport=self._transport,
        )
        found = answer.get("found") is True
        return {
            "vehicle_found": found,
            "vehicle_valid": found and answer.get("valid") is True,
            "vehicle": answer.get("vehicle"),
        }
