"""Asking for more during the appraisal: drafted, signed, waited for, stopped where the law ends the wait."""

from pathlib import Path

import pytest

from api.sources import read_source
from engine.workflow.bundle import BundleSource, compile_bundle, load_definition

from . import world
from .world import PROCESSES, Dossier

FILE = "skhcn/2.002380.bpmn"


def asked(file: str = FILE) -> Dossier:
    """A dossier whose appraisal needs more papers, the request drafted."""
    dossier = Dossier(file).receive().do("Thu phí, lệ phí").do("Phân công xử lý").later(days=1)
    return dossier.do("Thẩm định an toàn bức xạ", "supplement").do("Lập phiếu yêu cầu bổ sung")


def test_the_leader_signs_the_request_before_the_citizen_gets_it() -> None:
    dossier = asked()
    task = dossier.task("Ký phiếu yêu cầu bổ sung")
    assert (task.role, task.agency) == ("leader", "competent")
    assert dossier.handling == "in_process"
    assert dossier.do("Ký phiếu yêu cầu bổ sung", "approve").handling == "awaiting_supplement"


def test_the_leader_may_send_the_request_back_to_the_specialist() -> None:
    dossier = asked().do("Ký phiếu yêu cầu bổ sung", "rework")
    assert dossier.open == ["Lập phiếu yêu cầu bổ sung"]
    assert "returned" not in dossier.milestones


def test_while_the_citizen_completes_no_deadline_runs_and_then_it_counts_anew() -> None:
    dossier = asked()
    assert dossier.due == "2026-04-06"
    dossier.do("Ký phiếu yêu cầu bổ sung", "approve")
    assert dossier.due is None
    dossier.later(days=13).send("supplement")
    assert dossier.due == "2026-04-20"  # 25 working days from Monday 16 March
    assert (dossier.handling, dossier.open) == ("in_process", ["Thẩm định an toàn bức xạ"])


def test_a_second_supplement_is_possible_for_the_process() -> None:
    dossier = asked().do("Ký phiếu yêu cầu bổ sung", "approve").send("supplement")
    dossier.do("Thẩm định an toàn bức xạ", "supplement").do("Lập phiếu yêu cầu bổ sung")
    dossier.do("Ký phiếu yêu cầu bổ sung", "approve").send("supplement")
    assert dossier.milestones.count("supplemented") == 2
    assert dossier.open == ["Thẩm định an toàn bức xạ"]


def test_a_citizen_may_withdraw_while_the_centre_waits_for_papers() -> None:
    dossier = asked().do("Ký phiếu yêu cầu bổ sung", "approve").send("withdraw")
    assert dossier.ended
    assert (dossier.handling, dossier.open, dossier.step.subscriptions) == ("withdrawn", [], ())


@pytest.fixture
def with_expiry(monkeypatch: pytest.MonkeyPatch) -> str:
    """The same procedure, as if its law ended the wait after fifteen days."""
    source = read_source(PROCESSES / FILE)
    name = Path(FILE).name
    text = source.files[name].decode().replace('resume="RESTART"', 'resume="RESTART" supplementExpiry="15D"')
    packed = compile_bundle(BundleSource(main=name, files={**source.files, name: text.encode()}))
    both = tuple(load_definition(packed.sha256, packed.content) for _ in range(2))
    monkeypatch.setattr(world, "definitions", lambda file: both)
    return FILE


def test_where_the_law_ends_the_wait_the_dossier_stops(with_expiry: str) -> None:
    dossier = asked(with_expiry).do("Ký phiếu yêu cầu bổ sung", "approve")
    assert ("15D", "elapsed") in {(timer.value, timer.clock) for timer in dossier.step.timers}
    dossier.fire("Quá hạn bổ sung")
    assert dossier.ended
    assert dossier.handling == "stopped"


def test_papers_that_come_in_time_end_the_wait(with_expiry: str) -> None:
    dossier = asked(with_expiry).do("Ký phiếu yêu cầu bổ sung", "approve").send("supplement")
    assert dossier.open == ["Thẩm định an toàn bức xạ"]
    assert all(timer.value != "15D" for timer in dossier.step.timers)


def test_reception_stops_waiting_too(with_expiry: str) -> None:
    dossier = Dossier(with_expiry).do("Kiểm tra hồ sơ", "supplement")
    dossier.fire("Quá hạn bổ sung")
    assert dossier.ended
    assert (dossier.handling, dossier.data["reception_outcome"]) == ("stopped", "stopped")
