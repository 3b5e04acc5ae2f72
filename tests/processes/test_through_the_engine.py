"""Each procedure from the counter to the result through the engine: officers in their roles, SQLite, jobs.

What the walks by step name cannot see: rights, inboxes, papers, the hash chain of history.
"""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from api.bootstrap import PROCESSES, open_engine, read_agencies
from api.settings import Settings
from api.sources import read_source
from engine.advance import NotWaiting
from engine.clock import VIETNAM, FixedClock
from engine.domain.actor import OfficerActor
from engine.domain.command import By
from engine.engine import Engine
from engine.errors import MotcuaError
from engine.intake import Intake
from engine.views import DossierView, TaskLine
from handlers.stand_in import StandIn
from tests.centre import FILES

from .samples import sample
from .world import bundle, definitions

APPLICANT = {
    "name": "Nguyễn Thị Ánh", "kind": "citizen", "id_number": "040190001234",
    "phone": "0912345678", "address": "16 Trường Thi, Vinh",
}  # fmt: skip


@pytest.fixture(autouse=True)
def partners() -> None:
    """The stand-in listens on a real socket here: the settings of ``centre`` stand."""


class Centre:
    """An engine with one officer for each role and agency."""

    def __init__(self, engine: Engine, clock: FixedClock) -> None:
        self.engine, self.clock = engine, clock
        self.people: dict[tuple[str, str], OfficerActor] = {}

    def officer(self, role: str, agency: str) -> OfficerActor:
        found = self.people.get((role, agency))
        if found is None:
            officers, username = self.engine.officers, f"{role}.{agency}".lower()
            identity = officers.add(username, f"Cán bộ {role} {agency}", "mat khau rat dai cua can bo")
            officers.post(identity, role=role, agency=agency, paper="QĐ 1", valid_from=date(2020, 1, 1))
            found = self.people[role, agency] = officers.by_username(username)
        return found

    def submit(self, file: str, key: str, **answers: object) -> str:
        definition = definitions(file)[0]
        self.engine.procedures.deploy(read_source(PROCESSES / file), by="test", reason="QĐ 1/QĐ-UBND")
        form = definition.form(definition.procedure.form or "")
        intake = Intake(
            procedure_code=definition.procedure.code,
            channel="counter",
            applicant=APPLICANT,
            answers={**sample(form), **answers},
        )
        return self.engine.dossiers.submit(self.officer("reception", "TTHCC"), intake, key=file + key).number

    def next_task(self, file: str) -> tuple[OfficerActor, TaskLine] | None:
        """The first open step, found in the inbox of the one whose it is."""
        facts = definitions(file)[0]
        for node in facts.nodes.values():
            if node.kind == "userTask":
                agency = {"competent": facts.procedure.agency, "centre": "TTHCC"}.get(
                    node.agency or "", node.agency
                )
                officer = self.officer(node.role or "", agency or "")
                for line in self.engine.tasks.inbox(officer).lines:
                    return officer, line
        return None

    def finish(self, file: str, officer: OfficerActor, line: TaskLine, choose: str | None = None) -> None:
        definition = definitions(file)[0]
        node = next(one for one in definition.nodes.values() if one.name == line.name)
        answers = sample(definition.form(node.form)) if node.form else {}
        if node.decisions:
            values = [one.value for one in node.decisions]
            answers |= {"decision": choose if choose in values else values[0], "reason": "có lý do"}
        self.engine.tasks.complete(officer, line.dossier_id, line.task_id, answers=answers)

    def view(self, number: str) -> DossierView:
        return self.engine.dossiers.get(self.officer("supervisor", "TTHCC"), number)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with StandIn() as partners, pytest.MonkeyPatch.context() as monkeypatch:
        for name, value in partners.environment().items():
            monkeypatch.setenv(name, value)
        folder = tmp_path_factory.mktemp("motcua")
        clock = FixedClock(datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM))
        engine = open_engine(Settings.from_environment({"MOTCUA_FOLDER": str(folder)}), clock=clock)
        engine.officers.save_agencies(read_agencies())
        text = (PROCESSES / "calendar.toml").read_text(encoding="utf-8")
        engine.calendars.decide(text, by=By(key="system:test"), reason="thử")
        yield Centre(engine, clock)


def walk(centre: Centre, file: str, choose: str | None = None) -> list[str]:
    """Finish whatever waits until nothing does; the names of the steps."""
    names = []
    for _ in range(60):
        centre.clock.advance(minutes=5)
        found = centre.next_task(file)
        if found is not None:
            names.append(found[1].name)
            centre.finish(file, *found, choose=choose)
        elif not centre.engine.deliveries.run_jobs():
            return names
    raise AssertionError(f"no end: {names}")


@pytest.mark.parametrize("file", FILES)
def test_a_dossier_goes_from_the_counter_to_the_citizens_hand(centre: Centre, file: str) -> None:
    number = centre.submit(file, "approve")
    names = walk(centre, file)
    view = centre.view(number)
    assert view.line.handling == "handed_over", names
    assert names[0] == "Kiểm tra hồ sơ"
    assert names[-1] == "Trả kết quả cho người nộp"
    assert {"appointment_slip"} <= {paper.name for paper in view.papers} or bundle(file).procedure.same_day
    replay = centre.engine.replays.of(centre.officer("auditor", "TTHCC"), number)
    assert not replay.faults


@pytest.mark.parametrize("file", [one for one in FILES if "1.009794" not in one])
def test_an_unfit_dossier_is_declined_and_the_letter_reaches_the_citizen(centre: Centre, file: str) -> None:
    # A vehicle without valid inspection: otherwise nobody is asked.
    answers = {"plate": "37A-129.99"} if "2.002288" in file else {}
    number = centre.submit(file, "decline", **answers)
    names = walk(centre, file, choose="decline")
    view = centre.view(number)
    assert view.line.handling == "declined", names
    assert names[-1] == "Trả kết quả cho người nộp"
    assert view.line.delivery == "delivered"
    assert "refusal_slip" in {paper.name for paper in view.papers}


def until(centre: Centre, file: str, name: str, choose: str | None = None) -> None:
    """Go on until a step of that name waits."""
    for _ in range(20):
        centre.clock.advance(minutes=5)
        found = centre.next_task(file)
        assert found is not None
        if found[1].name == name:
            return
        centre.finish(file, *found, choose=choose)
    raise AssertionError(f"«{name}» never came")


def test_a_citizen_withdraws_by_the_tracking_code_until_the_result_is_signed(centre: Centre) -> None:
    file = "svhtt/1.009397.bpmn"
    number = centre.submit(file, "withdrawn")
    until(centre, file, "Thẩm định nội dung chương trình")
    code = centre.view(number).tracking_code
    assert centre.engine.tracking.by_code(code).may_withdraw
    centre.engine.dossiers.withdraw(code, "Hoãn chương trình")
    view = centre.view(number)
    assert (view.line.handling, view.tasks) == ("withdrawn", ())
    assert "stop_notice" in {paper.name for paper in view.papers}


def test_a_signed_result_is_collected_not_withdrawn(centre: Centre) -> None:
    file = "svhtt/1.009397.bpmn"
    number = centre.submit(file, "too late")
    until(centre, file, "Vào số, đóng dấu và phát hành")
    code = centre.view(number).tracking_code
    assert not centre.engine.tracking.by_code(code).may_withdraw
    with pytest.raises(NotWaiting, match="đã được ký"):
        centre.engine.dossiers.withdraw(code, "Đổi ý")
    walk(centre, file)
    assert centre.view(number).line.handling == "handed_over"


def test_a_supplement_by_the_tracking_code_moves_the_date_and_says_why(centre: Centre) -> None:
    file = "svhtt/1.009397.bpmn"
    number = centre.submit(file, "supplemented")
    until(centre, file, "Thẩm định nội dung chương trình")
    before = centre.view(number)
    centre.finish(file, *centre.next_task(file), choose="supplement")  # type: ignore[misc]
    for _ in range(2):
        centre.finish(file, *centre.next_task(file), choose="approve")  # type: ignore[misc]
    waiting = centre.view(number)
    assert (waiting.line.handling, waiting.line.due_at) == ("awaiting_supplement", None)
    centre.clock.advance(days=3)
    centre.engine.dossiers.supplement(waiting.tracking_code, {})
    after = centre.view(number)
    assert after.line.handling == "in_process"
    assert (after.line.due_at or before.line.due_at) > before.line.due_at  # type: ignore[operator]
    assert any("bổ sung" in sentence for sentence in after.explanation)
    walk(centre, file)


def test_the_heartbeat_reminds_the_officers_before_the_appointment(centre: Centre) -> None:
    file = "skhcn/2.002380.bpmn"
    number = centre.submit(file, "reminded")
    until(centre, file, "Phân công xử lý")
    centre.clock.advance(days=40)
    centre.engine.timers.fire_due()
    centre.engine.deliveries.run_jobs()
    nodes = {entry.node for entry in centre.view(number).history}
    assert {"cho_han", "nhac"} <= nodes
    walk(centre, file)


@pytest.mark.parametrize("decision", ["supplement", "refuse"])
def test_the_counter_cannot_send_anybody_away_without_saying_why(centre: Centre, decision: str) -> None:
    file = "bhxh/2.000693.bpmn"
    number = centre.submit(file, decision)
    found = centre.next_task(file)
    assert found is not None
    officer, line = found
    answers = {"decision": decision}
    with pytest.raises(MotcuaError) as refused:
        centre.engine.tasks.complete(officer, line.dossier_id, line.task_id, answers=answers)
    assert "lý do" in refused.value.message("vi")
    assert [task.name for task in centre.view(number).tasks] == ["Kiểm tra hồ sơ"]
    walk(centre, file)
