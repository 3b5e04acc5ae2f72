"""Running dossiers go over to a new version: planned, tried out, approved by another, moved in batches."""

import re
from collections.abc import Mapping
from uuid import UUID

import pytest
from click.testing import CliRunner

from api.cli import motcua
from api.scheduler import Heartbeat
from engine.domain.migration import MigrationOutOfTurn
from engine.domain.version import OwnWork
from engine.errors import Forbidden, Invalid
from engine.migration_views import MigrationView
from tests.centre import Centre
from tests.integration import stages
from tests.integration import versions_of_works as works
from tests.integration.observed import record, row, rows

WHY = "Quyết định 2/QĐ-UBND đổi bước kiểm tra cho cả hồ sơ đang giải quyết"


def moved(
    centre: Centre, target: int = 2, source: int = 1, mapping: Mapping[str, str] | None = None
) -> MigrationView:
    """Asked for by the analyst, approved by the supervisor, worked off by the heartbeat."""
    engine = centre.engine
    identity = engine.migrations.request(
        centre.officer("analyst"), stages.WORKS, source, target, mapping, reason=WHY
    )
    engine.migrations.approve(centre.officer("supervisor"), identity, note="đã xem thử")
    while engine.batches.work_off(2):
        pass
    return engine.migrations.get(centre.officer("auditor"), identity)


def sound(centre: Centre) -> None:
    assert centre.engine.verification.of(centre.number) == []
    again = centre.engine.replays.run_again(centre.number)
    assert again.holds, again.deviation


def test_a_dossier_goes_on_at_the_same_step_of_the_new_version_with_the_same_dates(centre: Centre) -> None:
    stages.claimed(centre)
    before, timers = centre.view(), dict(record(centre).timers)
    works.deployed(centre, works.called_otherwise, works.one_more_step, works.reminded_earlier)
    result = moved(centre)
    assert [(item.state, item.number) for item in result.items] == [("done", centre.number)]
    view = centre.view()
    assert view.procedure_version == 2
    (task,) = view.tasks
    assert (task.task_id, task.name) == (before.tasks[0].task_id, "Kiểm tra hồ sơ hoàn công")
    assert (task.assignee, task.due_at) == (before.tasks[0].assignee, before.tasks[0].due_at)
    assert view.line.due_at == before.line.due_at
    assert {key: one.due_at for key, one in record(centre).timers.items()} == {
        key: one.due_at for key, one in timers.items()
    }, "timers that run keep their dates, whatever the new diagram says"
    entry = view.history[-1]
    assert (entry.kind, entry.reason) == ("migrate", WHY)
    assert entry.actor_name == "Cán bộ supervisor TTHCC, theo đề nghị của Cán bộ analyst TTHCC"
    assert (entry.details["from"], entry.details["to"]) == (1, 2)
    sound(centre)
    names = centre.walk()
    assert names.index("Ký kết quả") < names.index("Xem lại trước khi trả") < len(names)
    assert centre.view().line.handling == "handed_over"
    sound(centre)


def test_a_step_with_a_new_id_is_found_by_its_name_and_its_decision_is_known(centre: Centre) -> None:
    stages.appraised(centre)
    centre.do("Kiểm tra hồ sơ hoàn thành", "supplement")
    works.deployed(centre, works.renamed)
    assert [item.state for item in moved(centre).items] == ["done"]
    assert centre.view().data["kiem_tra_decision"] == "supplement"
    sound(centre)
    centre.do("Lập phiếu yêu cầu bổ sung")
    centre.do("Ký phiếu yêu cầu bổ sung", "approve")
    centre.engine.dossiers.supplement(centre.view().tracking_code, {"supplement_note": "Đã bổ sung"})
    assert centre.view().tasks[0].node == "kiem_tra"
    sound(centre)
    page = centre.client("auditor").get(f"/kiem-tra/{centre.number}/phat-lai?buoc=3")
    assert page.status_code == 200
    assert "Chuyển sang bản quy trình khác" in page.text
    assert centre.client("supervisor").get(f"/ho-so/{centre.number}?the=so-do").status_code == 200


def test_an_open_step_that_is_gone_keeps_its_dossier_on_the_old_version(centre: Centre) -> None:
    stages.appraised(centre)
    here = centre.number
    stages.received(centre)
    before = centre.number
    works.deployed(centre, works.without_the_step)
    plan = centre.engine.migrations.plan(centre.officer("analyst"), stages.WORKS, 1, 2)
    assert {one.number: one.goes for one in plan.verdicts} == {here: False, before: True}
    reason = next(one.reason for one in plan.verdicts if not one.goes)
    assert reason == "«Kiểm tra hồ sơ hoàn thành» không có trong cùng khối ở bản mới."
    assert plan.pairings[0].name == "Kiểm tra hồ sơ hoàn thành"
    assert plan.pairings[0].to is None
    assert ("tham_tra", "Thẩm tra hồ sơ") in plan.pairings[0].candidates
    result = moved(centre)
    assert result.state == "done"
    assert {item.number: (item.state, bool(item.message)) for item in result.items} == {
        here: ("refused", True),
        before: ("done", False),
    }
    centre.number = here
    assert centre.view().procedure_version == 1
    assert centre.view().history[-1].kind != "migrate"
    sound(centre)


def test_with_the_analysts_own_mapping_it_goes(centre: Centre) -> None:
    stages.appraised(centre)
    works.deployed(centre, works.without_the_step)
    plan = centre.engine.migrations.plan(centre.officer("analyst"), stages.WORKS, 1, 2)
    mapping = {**plan.mapping, "thamdinh": "tham_tra"}
    tried = centre.engine.migrations.plan(centre.officer("analyst"), stages.WORKS, 1, 2, mapping)
    (verdict,) = tried.verdicts
    assert (verdict.goes, verdict.before) == (True, ("Kiểm tra hồ sơ hoàn thành",))
    assert verdict.after == ("Thẩm tra hồ sơ",)
    assert len(verdict.next_steps) == 2, "after the gateway: a supplement, or the visit"
    assert any(at is not None for _name, at in verdict.timers)
    assert centre.view().procedure_version == 1, "a trial changes nothing"
    moved(centre, mapping=mapping)
    assert centre.view().tasks[0].name == "Thẩm tra hồ sơ"
    sound(centre)


def test_a_step_of_another_role_is_let_go_by_who_held_it(centre: Centre) -> None:
    stages.claimed(centre)
    assert centre.view().tasks[0].assignee is not None
    works.deployed(centre, works.another_role)
    moved(centre)
    (task,) = centre.view().tasks
    assert (task.role, task.assignee) == ("leader", None)
    assert row(centre, "task", task_id=task.task_id)["assignee"] is None
    inbox = centre.engine.tasks.inbox(centre.officer("leader", "SXD")).lines
    assert [line.number for line in inbox] == [centre.number]
    sound(centre)


def test_what_would_move_a_promised_date_is_refused(centre: Centre) -> None:
    stages.appraised(centre)
    centre.clock.advance(days=3)
    centre.do("Kiểm tra hồ sơ hoàn thành", "supplement")
    centre.do("Lập phiếu yêu cầu bổ sung")
    centre.do("Ký phiếu yêu cầu bổ sung", "approve")
    centre.engine.dossiers.supplement(centre.view().tracking_code, {"supplement_note": "Đã bổ sung"})
    due = centre.view().line.due_at
    works.deployed(centre, works.clock_resumes)
    (item,) = moved(centre).items
    assert (item.state, item.message) == (
        "refused",
        "Hồ sơ chưa chuyển sang bản 2 được: Ngày hẹn trả sẽ đổi theo bản mới.",
    )
    assert centre.view().line.due_at == due


def test_a_batch_is_paused_and_resumed_and_every_dossier_has_its_result(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    engine = centre.engine
    for _ in range(3):
        stages.received(centre)
    works.deployed(centre, works.called_otherwise)
    analyst, supervisor = centre.officer("analyst"), centre.officer("supervisor")
    identity = engine.migrations.request(analyst, stages.WORKS, 1, 2, reason=WHY)
    assert engine.batches.work_off() == 0, "nothing moves before it is approved"
    engine.migrations.approve(supervisor, identity)
    assert engine.batches.work_off(1) == 1
    engine.migrations.pause(analyst, identity)
    assert engine.batches.work_off() == 0
    view = engine.migrations.get(supervisor, identity)
    assert (view.state, dict(view.counts)) == ("paused", {"done": 1, "waiting": 2})
    with pytest.raises(MigrationOutOfTurn, match="tạm dừng"):
        engine.migrations.pause(analyst, identity)
    engine.migrations.resume(supervisor, identity)
    Heartbeat(engine).beat()
    Heartbeat(engine).beat()
    view = engine.migrations.get(supervisor, identity)
    assert (view.state, dict(view.counts)) == ("done", {"done": 3})
    assert engine.migrations.listed(supervisor, stages.WORKS)[0].id == identity


def test_only_an_analyst_asks_only_the_centre_approves_and_never_the_same(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    engine = centre.engine
    stages.received(centre)
    works.deployed(centre, works.called_otherwise)
    both = centre.officer("analyst")
    engine.officers.post(
        both.officer_id, role="supervisor", agency="TTHCC", paper="QĐ 3", valid_from=centre.clock.now().date()
    )
    both = engine.officers.by_username(both.username)
    with pytest.raises(Forbidden):
        engine.migrations.request(centre.officer("supervisor"), stages.WORKS, 1, 2, reason=WHY)
    with pytest.raises(Invalid, match="Nêu vì sao"):
        engine.migrations.request(both, stages.WORKS, 1, 2, reason=" ")
    with pytest.raises(Invalid, match="bản 1 không phải"):
        engine.migrations.request(both, stages.WORKS, 2, 1, reason=WHY)
    with pytest.raises(Invalid, match="không cùng loại"):
        engine.migrations.request(both, stages.WORKS, 1, 2, {"thamdinh": "gop_td"}, reason=WHY)
    identity = engine.migrations.request(both, stages.WORKS, 1, 2, reason=WHY)
    with pytest.raises(OwnWork):
        engine.migrations.approve(both, identity)
    with pytest.raises(Forbidden):
        engine.migrations.approve(centre.officer("auditor"), identity)
    engine.migrations.refuse(centre.officer("director"), identity, reason="chờ hết quý")
    view = engine.migrations.get(centre.officer("auditor"), identity)
    assert (view.state, view.note) == ("refused", "chờ hết quý")
    assert engine.batches.work_off() == 0


def test_a_dossier_that_ended_meanwhile_is_told_and_stops_nobody(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    stages.appraised(centre)
    ended = centre.number
    stages.received(centre)
    works.deployed(centre, works.called_otherwise)
    engine = centre.engine
    identity = engine.migrations.request(centre.officer("analyst"), stages.WORKS, 1, 2, reason=WHY)
    engine.migrations.approve(centre.officer("director"), identity)
    engine.dossiers.withdraw(centre.view(ended).tracking_code, "Đổi ý")
    while engine.batches.work_off():
        pass
    view = engine.migrations.get(centre.officer("director"), identity)
    told = {item.number: item.message for item in view.items}
    assert told[ended] == "Hồ sơ chưa chuyển sang bản 2 được: Hồ sơ đã kết thúc."
    assert told[centre.number] is None
    assert rows(centre, "incident") == []


def test_an_analyst_plans_on_a_page_and_the_supervisor_approves_there(centre: Centre) -> None:
    stages.appraised(centre)
    works.deployed(centre, works.without_the_step)
    analyst, supervisor = centre.client("analyst"), centre.client("supervisor")
    assert f"/quy-trinh/{stages.WORKS}/chuyen" in analyst.get(f"/quy-trinh/{stages.WORKS}/ban/1").text
    url = f"/quy-trinh/{stages.WORKS}/chuyen?tu=1&den=2"
    page = analyst.get(url).text
    for text in (
        "Bớt bước «Kiểm tra hồ sơ hoàn thành».",
        "Thêm bước «Thẩm tra hồ sơ».",
        "không có trong cùng khối ở bản mới",
        'name="m.thamdinh"',
    ):
        assert text in page, text
    chosen = {**dict(re.findall(r'name="(m\.[^"]+)" value="([^"]+)"', page)), "m.thamdinh": "tham_tra"}
    tried = analyst.post(url, {**chosen, "act": "try"}, page=url)
    assert tried.status_code == 200
    assert "Thẩm tra hồ sơ" in tried.text
    assert "không có trong cùng khối" not in tried.text
    unsaid = analyst.post(url, {**chosen, "act": "ask", "reason": " "}, page=url)
    assert unsaid.status_code == 422
    asked = analyst.post(url, {**chosen, "act": "ask", "reason": WHY}, page=url)
    assert asked.status_code == 303
    home = asked.headers["Location"]
    assert "Duyệt" not in analyst.get(home).text
    assert "Duyệt" in supervisor.get(home).text
    assert supervisor.post(f"{home}/duyet", {"note": ""}, page=home).status_code == 303
    while centre.engine.batches.work_off():
        pass
    shown = centre.client("auditor").get(home).text
    for text in ("đã chuyển", centre.number, WHY, "Cán bộ analyst TTHCC", "Cán bộ supervisor TTHCC"):
        assert text in shown, text
    assert centre.view().tasks[0].name == "Thẩm tra hồ sơ"
    assert centre.client("reception").get(home).status_code == 403


def test_a_migration_goes_its_way_from_the_command_line(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    stages.appraised(centre)
    works.deployed(centre, works.called_otherwise)
    settings = centre.settings
    environment = {"MOTCUA_DATABASE": settings.database, "MOTCUA_FOLDER": str(settings.folder)}
    analyst, director = centre.officer("analyst").username, centre.officer("director").username

    def run(*words: str) -> str:
        result = CliRunner(env=environment).invoke(motcua, ["migrations", *words])
        assert result.exit_code == 0, result.output
        return result.output

    plan = run("plan", stages.WORKS, "1", "2", "--by", analyst)
    assert f"{centre.number} chuyển được" in plan
    assert "tên từ Kiểm tra hồ sơ hoàn thành thành Kiểm tra hồ sơ hoàn công" in plan
    asked = run("request", stages.WORKS, "1", "2", "--by", analyst, "--reason", WHY)
    identity = str(UUID(asked.split()[3].rstrip(".")))
    run("approve", identity, "--by", director)
    assert "1 hồ sơ" in run("run")
    shown = run("show", identity, "--by", analyst)
    assert f"{centre.number} đã chuyển" in shown
    assert centre.view().procedure_version == 2
