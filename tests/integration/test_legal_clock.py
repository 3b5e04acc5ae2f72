"""The legal clock in the whole engine: due dates, timers, lights, and a late holiday notice."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from api.bootstrap import PROCESSES, open_engine, read_agencies
from api.settings import Settings
from api.sources import read_source
from engine.clock import VIETNAM, FixedClock, vietnam
from engine.domain.actor import OfficerActor
from engine.domain.command import By
from engine.domain.extension import AlreadyExtended
from engine.domain.ledger import LedgerEntry
from engine.domain.record import Record
from engine.engine import Engine
from engine.intake import Intake
from engine.store import codec, dossiers
from engine.store.tables import metadata
from engine.views import DossierView
from tests.processes.samples import sample

PROCEDURE = "1.009794"
SYSTEM = By(key="system:test")
APPLICANT = {
    "name": "Nguyễn Thị Ánh", "kind": "citizen", "id_number": "040190001234",
    "phone": "0912345678", "address": "16 Trường Thi, Vinh",
}  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


class Counter:
    """One dossier of the department of construction, and the people who handle it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FixedClock(at("2026-03-02 09:00"))
        self.engine = self.opened()
        self.calendar = (PROCESSES / "calendar.toml").read_text(encoding="utf-8")
        self.engine.officers.save_agencies(read_agencies())
        self.engine.calendars.decide(self.calendar, by=SYSTEM, reason="ban đầu")
        self.engine.procedures.deploy(
            read_source(PROCESSES / "sxd" / f"{PROCEDURE}.bpmn"), by="test", reason="QĐ 1"
        )
        self.everybody = self._officer()
        self.number = ""

    def opened(self) -> Engine:
        settings = Settings.from_environment({"MOTCUA_FOLDER": str(self.folder)})
        return open_engine(settings, clock=self.clock)

    def _officer(self) -> OfficerActor:
        officers = self.engine.officers
        identity = officers.add("moi.viec", "Cán bộ mọi việc", "mat khau rat dai cua can bo")
        roles = {"TTHCC": ("reception", "supervisor"), "SXD": ("processing", "head", "leader", "clerk")}
        for agency, names in roles.items():
            for role in names:
                officers.post(identity, role=role, agency=agency, paper="QĐ 1", valid_from=date(2020, 1, 1))
        return officers.by_username("moi.viec")

    def submit(self, channel: str = "counter") -> None:
        form = json.loads((PROCESSES / "sxd" / "forms" / f"nop-{PROCEDURE}.json").read_text(encoding="utf-8"))
        intake = Intake(procedure_code=PROCEDURE, channel=channel, applicant=APPLICANT, answers=sample(form))
        self.number = self.engine.dossiers.submit(self.everybody, intake, key="1").number

    def do(self, step: str, decision: str | None = None) -> None:
        view = self.view()
        (task,) = [one for one in view.tasks if one.name == step]
        answers = dict(sample(task.form)) if task.form else {}
        if decision:
            answers |= {"decision": decision, "reason": "có lý do"}
        self.engine.tasks.complete(self.everybody, self.id, task.task_id, answers=answers)

    def receive(self) -> None:
        self.submit()
        self.do("Kiểm tra hồ sơ", "receive")

    def return_for_supplement(self) -> None:
        while "Kiểm tra hồ sơ hoàn thành" not in (names := [one.name for one in self.view().tasks]):
            self.do(names[0])
        self.do("Kiểm tra hồ sơ hoàn thành", "supplement")
        self.do("Lập phiếu yêu cầu bổ sung")
        self.do("Ký phiếu yêu cầu bổ sung", "approve")

    @property
    def id(self) -> UUID:
        return self.view().line.id

    def view(self) -> DossierView:
        return self.engine.dossiers.get(self.everybody, self.number)

    def notice(self, *days: str) -> None:
        """A late notice: these days are off as well."""
        more = "".join(f'\n[[holiday]]\ndate = {day}\nname = "Quốc tang"\n' for day in days)
        self.engine.calendars.decide(self.calendar + more, by=SYSTEM, reason="1/TB-VPCP")
        assert self.engine.calendars.replan(by=SYSTEM).failed == 0

    def ledger(self) -> tuple[LedgerEntry, ...]:
        with self.engine.database.reading() as connection:
            row = dossiers.get(connection, self.id)
            assert row is not None
            return Record.from_json(codec.unpack(row.record)).ledger

    def timers(self) -> dict[str, datetime | None]:
        table = metadata.tables["timer"]
        with self.engine.database.reading() as connection:
            rows = connection.execute(select(table).where(table.c.state == "pending"))
            return {row.name: vietnam(row.due_at) if row.due_at else None for row in rows}


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    opened = Counter(tmp_path)
    yield opened
    opened.engine.database.dispose()


def test_receipt_sets_the_due_date_and_the_timers_of_the_law(counter: Counter) -> None:
    counter.receive()
    view = counter.view()
    assert vietnam(view.line.due_at or counter.clock.at) == at("2026-03-24 17:00")
    assert view.explanation[-1] == "hẹn 24/3/2026 17:00"
    assert view.line.light.vi == "Còn 16 ngày làm việc"
    timers = counter.timers()
    assert timers["law:handover"] == at("2026-03-02 17:00")
    assert timers["law:unfit-return"] == at("2026-03-05 17:00")
    assert timers["law:due"] == at("2026-03-24 17:00")
    assert timers["law:expected-late"] == at("2026-03-23 11:00")


def test_an_online_dossier_must_be_answered_in_eight_working_hours(counter: Counter) -> None:
    counter.submit("online")
    assert counter.timers()["law:online-acceptance"] == at("2026-03-03 09:00")
    counter.do("Kiểm tra hồ sơ", "receive")
    assert "law:online-acceptance" not in counter.timers()
    assert "law:handover" not in counter.timers()


def test_with_the_citizen_everything_stands_still_and_then_counts_anew(counter: Counter) -> None:
    counter.receive()
    counter.clock.move_to(at("2026-03-04 10:00"))
    counter.return_for_supplement()
    view = counter.view()
    assert (view.line.due_at, view.line.light.state) == (None, "paused")
    assert counter.timers()["law:due"] is None
    assert "law:unfit-return" not in counter.timers()

    counter.clock.move_to(at("2026-03-09 09:00"))
    counter.engine.dossiers.supplement(view.tracking_code, {})
    view = counter.view()
    assert vietnam(view.line.due_at or counter.clock.at) == at("2026-03-31 17:00")
    assert "tính lại từ đầu" in " ".join(view.explanation)
    assert "đồng hồ dừng (NĐ 118/2025/NĐ-CP Điều 17, Điều 18)" in " ".join(view.explanation)
    assert counter.timers()["law:due"] == at("2026-03-31 17:00")


def test_a_new_appointment_moves_the_timers_and_is_given_once(counter: Counter) -> None:
    counter.receive()
    counter.clock.move_to(at("2026-03-18 10:00"))
    extend = counter.engine.dossiers.extend
    extend(counter.everybody, counter.id, due_at=at("2026-04-10 17:00"), reason="chờ kết quả kiểm định")
    view = counter.view()
    assert vietnam(view.line.due_at or counter.clock.at) == at("2026-04-10 17:00")
    assert counter.timers()["law:expected-late"] == at("2026-04-09 11:00")
    assert "apology_extension" in {paper.name for paper in view.papers}
    with pytest.raises(AlreadyExtended):
        extend(counter.everybody, counter.id, due_at=at("2026-04-20 17:00"), reason="lại chờ")


def test_a_late_holiday_notice_re_plans_the_open_dossier_and_tells_the_citizen(counter: Counter) -> None:
    counter.receive()
    notice = '\n[[holiday]]\ndate = 2026-03-16\nname = "Quốc tang"\ndecision = "1/TB-VPCP"\n'
    counter.engine.calendars.decide(counter.calendar + notice, by=SYSTEM, reason="1/TB-VPCP")
    outcome = counter.engine.calendars.replan(by=SYSTEM)
    assert (outcome.looked_at, outcome.moved, outcome.failed) == (1, 1, 0)
    view = counter.view()
    assert vietnam(view.line.due_at or counter.clock.at) == at("2026-03-25 17:00")
    assert "16/3 (Quốc tang)" in " ".join(view.explanation)
    assert counter.timers()["law:due"] == at("2026-03-25 17:00")
    assert counter.engine.calendars.replan(by=SYSTEM).looked_at == 0


def test_a_holiday_notice_moves_the_hand_over_and_the_budgets_of_open_steps_too(counter: Counter) -> None:
    counter.clock.move_to(at("2026-03-02 15:30"))
    counter.receive()
    assert counter.timers()["law:handover"] == at("2026-03-03 07:00")
    counter.notice("2026-03-03")
    assert counter.timers()["law:handover"] == at("2026-03-04 07:00")

    counter.do(counter.view().tasks[0].name)  # the paper dossier goes to the agency
    (before,) = counter.view().tasks
    counter.notice("2026-03-03", "2026-03-04")
    (after,) = counter.view().tasks
    assert before.due_at is not None
    assert after.due_at is not None
    assert after.due_at > before.due_at


def test_a_request_after_the_three_days_or_a_second_one_is_kept_as_doubtful(counter: Counter) -> None:
    counter.receive()
    counter.clock.move_to(at("2026-03-10 10:00"))
    counter.return_for_supplement()
    counter.engine.dossiers.supplement(counter.view().tracking_code, {})
    counter.return_for_supplement()
    kept = [one.detail.get("doubts") for one in counter.ledger() if one.kind == "returned"]
    assert kept == [["supplement-late"], ["supplement-again", "supplement-late"]]


def test_what_falls_due_is_noted_once_and_the_dossier_is_late(counter: Counter) -> None:
    counter.receive()
    counter.clock.move_to(at("2026-03-24 20:00"))
    assert counter.engine.timers.fire_due().failed == 0
    assert not {name for name in counter.timers() if name.startswith("law:")}
    assert counter.engine.timers.fire_due().fired == 0
    assert counter.view().line.light.vi == "Trễ 3 giờ"


def test_after_a_restart_lists_still_count_by_the_calendar_of_the_dossier(counter: Counter) -> None:
    counter.clock.move_to(at("2026-04-24 09:00"))
    counter.receive()
    told = counter.view().line.light.vi  # holidays lie between: weekdays alone would be more
    again = counter.opened()
    assert told == "Còn 16 ngày làm việc"
    assert [line.light.vi for line in again.dossiers.search(counter.everybody)] == [told]
    assert {line.light.vi for line in again.tasks.inbox(counter.everybody).lines} == {told}
    again.database.dispose()
