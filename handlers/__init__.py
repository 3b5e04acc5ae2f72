"""What a service task does: one handler a file. This list is all there is; nothing is found by magic."""

from engine.handler import Handler
from handlers.assign_result_number import AssignResultNumber
from handlers.check_vehicle_register import CheckVehicleRegister
from handlers.compute_fee import ComputeFee
from handlers.forwarding import SendToPolice, SendToSocialInsurance
from handlers.notify_applicant import NotifyApplicant
from handlers.notify_officers import NotifyOfficers

ALL: tuple[Handler, ...] = (
    AssignResultNumber(),
    ComputeFee(),
    CheckVehicleRegister(),
    NotifyApplicant(),
    NotifyOfficers(),
    SendToPolice(),
    SendToSocialInsurance(),
)
