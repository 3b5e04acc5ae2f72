"""The outside handlers against the stand-in over loopback: done, refused, silent, asked twice."""

from collections.abc import Callable

import httpx
import pytest

from engine.handler import BusinessError, Call, Handler, RetryLater
from handlers import ALL
from handlers.check_vehicle_register import CheckVehicleRegister
from handlers.forwarding import SendToPolice, SendToSocialInsurance
from handlers.partner import MAX_ANSWER
from handlers.stand_in import Partners, StandIn, transport

MakeCall = Callable[..., Call]


def test_the_register_knows_a_vehicle_with_a_valid_inspection(make_call: MakeCall, stand_in: StandIn) -> None:
    outputs = CheckVehicleRegister().handle(make_call(plate="37b-012.34"))
    assert outputs["vehicle_found"] is True
    assert outputs["vehicle_valid"] is True
    assert outputs["vehicle"]["plate"] == "37B-012.34"  # type: ignore[index]


@pytest.mark.parametrize(("plate", "found"), [("37B-010.00", False), ("37B-019.99", True)])
def test_an_unknown_or_uninspected_vehicle_is_an_answer_and_no_error(
    make_call: MakeCall, stand_in: StandIn, plate: str, found: bool
) -> None:
    outputs = CheckVehicleRegister().handle(make_call(plate=plate))
    assert (outputs["vehicle_found"], outputs["vehicle_valid"]) == (found, False)


def test_a_plate_the_register_rejects_is_a_business_no_with_its_code(
    make_call: MakeCall, stand_in: StandIn
) -> None:
    with pytest.raises(BusinessError) as refused:
        CheckVehicleRegister().handle(make_call(plate="37B"))
    assert refused.value.code == "plate-invalid"
    with pytest.raises(BusinessError) as missing:
        CheckVehicleRegister().handle(make_call())
    assert missing.value.code == "plate-missing"


@pytest.mark.parametrize("handler", [SendToPolice(), SendToSocialInsurance()], ids=lambda one: one.name)
def test_a_dossier_sent_twice_with_one_key_takes_effect_once(
    make_call: MakeCall, stand_in: StandIn, handler: Handler
) -> None:
    first, again = handler.handle(make_call(child="Trần An")), handler.handle(make_call(child="Trần An"))
    assert first == again
    prefix = handler.name.removeprefix("send_to_")
    assert first[f"{prefix}_accepted"] is True
    assert str(first[f"{prefix}_reference"]).startswith("TN-")
    assert stand_in.partners.requests == 2
    ((path, sent),) = stand_in.partners.effects
    assert path == "/dossiers"
    assert sent["data"] == {"child": "Trần An"}
    assert sent["applicant"]["name"] == "Nguyễn Thị Hường"


def test_one_key_for_two_different_contents_is_refused(make_call: MakeCall, stand_in: StandIn) -> None:
    SendToPolice().handle(make_call(child="Trần An"))
    with pytest.raises(BusinessError) as refused:
        SendToPolice().handle(make_call(child="Trần Bình"))
    assert refused.value.code == "key-reused"


@pytest.mark.parametrize("status", [301, 401, 404, 408, 429, 500, 503])
def test_trouble_of_the_other_system_is_tried_again(
    make_call: MakeCall, stand_in: StandIn, status: int
) -> None:
    stand_in.partners.fail_next(status)
    with pytest.raises(RetryLater, match=str(status)):
        SendToPolice().handle(make_call())
    assert SendToPolice().handle(make_call())["police_accepted"] is True


def test_a_dead_partner_is_tried_again(make_call: MakeCall, monkeypatch: pytest.MonkeyPatch) -> None:
    with StandIn() as gone:
        environment = gone.environment()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(RetryLater, match="không trả lời"):
        SendToPolice().handle(make_call())


def test_a_wrong_shared_secret_is_our_fault_and_never_the_citizens(
    make_call: MakeCall, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_POLICE_SECRET", "another")
    with pytest.raises(RetryLater, match="401"):
        SendToPolice().handle(make_call())
    assert stand_in.partners.effects == []


def test_a_connector_without_settings_waits_and_names_the_settings(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOTCUA_POLICE_URL", raising=False)
    with pytest.raises(RetryLater, match="MOTCUA_POLICE_URL"):
        SendToPolice().handle(make_call())
    monkeypatch.setenv("MOTCUA_POLICE_URL", "file:///etc/hostname")
    monkeypatch.setenv("MOTCUA_POLICE_SECRET", "s")
    with pytest.raises(RetryLater, match="https://"):
        SendToPolice().handle(make_call())


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>", "chưa xử lý"),
        (b"[1]", "chưa xử lý"),
        (b"[" * 100_000, "chưa xử lý"),
        (b" " * (MAX_ANSWER + 1), "quá dài"),
    ],
    ids=["page", "list", "deep", "endless"],
)
def test_an_answer_that_makes_no_sense_is_tried_again(
    make_call: MakeCall, stand_in: StandIn, body: bytes, message: str
) -> None:
    nonsense = httpx.MockTransport(lambda request: httpx.Response(200, content=body))
    with pytest.raises(RetryLater, match=message):
        SendToPolice(transport=nonsense).handle(make_call())


def test_handlers_run_without_a_socket_for_seeding(
    make_call: MakeCall, monkeypatch: pytest.MonkeyPatch, stand_in: StandIn
) -> None:
    partners = Partners()
    outputs = CheckVehicleRegister(transport=transport(partners)).handle(make_call(plate="37B-012.34"))
    assert outputs["vehicle_valid"] is True
    assert (partners.requests, stand_in.partners.requests) == (1, 0)


def test_every_handler_has_its_own_name_and_a_place() -> None:
    names = [handler.name for handler in ALL]
    assert len(set(names)) == len(names)
    assert {handler.place for handler in ALL} == {"inside", "outside"}
