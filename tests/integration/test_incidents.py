"""What may be done about an incident: try again, skip, give up, close; with a reason in history."""

from uuid import UUID

import pytest
from click.testing import CliRunner

from api.cli import motcua
from engine.domain.incident import NoRemedy
from engine.incidents import record_failure
from engine.views import IncidentLine
from engine.workflow.errors import WorkflowFailed
from tests.centre import Centre
from tests.integration import stages
from tests.integration.observed import row, rows
from tests.integration.versions_of_works import deployed

REASON = "đã gọi điện xác minh với Công an tỉnh, biển số đúng"


def failed(centre: Centre) -> IncidentLine:
    """The vehicle register has not answered ten times: the one open incident."""
    stages.asking(centre)
    for _ in range(12):
        centre.engine.deliveries.run_jobs()
        centre.clock.advance(hours=30)
    found = centre.engine.repairs.opened(centre.officer("administrator"))
    return next(one for one in found if one.kind == "job")


def repair(centre: Centre, incident: IncidentLine, remedy: str | None, reason: str = REASON) -> None:
    centre.engine.repairs.repair(
        centre.officer("administrator"), incident.dossier_id, incident.id, reason=reason, remedy=remedy
    )


def test_an_incident_tells_its_element_age_and_what_may_be_done(sqlite_centre: Centre) -> None:
    incident = failed(sqlite_centre)
    assert incident.dossier_number == sqlite_centre.number
    assert incident.node_name
    assert incident.node_name != incident.node
    assert incident.age.total_seconds() > 3600
    assert incident.remedies == ("retry", "skip", "cancel")
    page = sqlite_centre.client("administrator").get("/su-co").text
    for text in (f"«{incident.node_name}»", "Bỏ qua bước, đi tiếp", " ngày</span>", incident.message[:20]):
        assert text in page, text


def test_what_is_tried_again_waits_for_the_next_beat(centre: Centre) -> None:
    incident = failed(centre)
    repair(centre, incident, "retry")
    assert row(centre, "job")["state"] == "ready"
    assert centre.view().history[-1].title.startswith("Xử lý sự cố, chạy lại")
    assert centre.engine.repairs.opened(centre.officer("administrator")) == []
    (done,) = centre.engine.repairs.closed(centre.officer("administrator"))
    assert (done.reason, done.closed_by_name) == (REASON, "Cán bộ administrator TTHCC")


def test_a_skipped_step_lets_the_dossier_go_on_and_the_history_proves_it(centre: Centre) -> None:
    incident = failed(centre)
    assert not centre.view().tasks
    repair(centre, incident, "skip")
    assert centre.view().tasks, "the dossier goes on to people"
    entry = centre.view().history[-1]
    assert (entry.kind, entry.reason, entry.role) == ("repair", REASON, "administrator")
    assert entry.title.startswith("Xử lý sự cố, bỏ qua bước")
    assert row(centre, "job")["state"] == "cancelled"
    assert centre.engine.verification.of(centre.number) == []
    again = centre.engine.replays.run_again(centre.number)
    assert again.holds, again.deviation


def test_what_is_given_up_stays_where_it_is_and_is_not_tried_again(centre: Centre) -> None:
    incident = failed(centre)
    repair(centre, incident, "cancel")
    assert centre.engine.deliveries.run_jobs() == 0
    assert not centre.view().tasks
    assert centre.engine.verification.of(centre.number) == []
    assert centre.engine.replays.run_again(centre.number).holds


def test_a_failed_command_is_only_closed_and_a_timer_is_never_skipped(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    identity: UUID = centre.receive(stages.WORKS).line.id
    for kind in ("command", "timer"):
        record_failure(
            centre.engine.database, dossier_id=identity, kind=kind, error=OSError(), at=centre.clock.now()
        )
    found = {one.kind: one for one in centre.engine.repairs.opened(centre.officer("administrator"))}
    assert (found["command"].remedies, found["timer"].remedies) == (("close",), ("retry",))
    with pytest.raises(NoRemedy, match="Các cách có thể: Chạy lại"):
        repair(centre, found["timer"], "skip")
    repair(centre, found["timer"], "retry")
    repair(centre, found["command"], None)
    assert all(one["closed_at"] for one in rows(centre, "incident"))


def test_incidents_are_dealt_with_from_the_command_line(sqlite_centre: Centre) -> None:
    incident = failed(sqlite_centre)
    settings = sqlite_centre.settings
    environment = {"MOTCUA_DATABASE": settings.database, "MOTCUA_FOLDER": str(settings.folder)}
    runner, by = CliRunner(env=environment), ["--by", sqlite_centre.officer("administrator").username]
    listed = runner.invoke(motcua, ["incidents", "list", *by])
    assert f"hồ sơ {sqlite_centre.number} job «{incident.node_name}»" in listed.output
    words = ["incidents", "repair", str(incident.dossier_id), str(incident.id), *by]
    done = runner.invoke(motcua, [*words, "--reason", REASON, "--remedy", "skip"])
    assert done.exit_code == 0, done.output
    assert "đã bỏ qua bước" in done.output
    assert sqlite_centre.view().history[-1].reason == f"{REASON} (từ dòng lệnh)"


def test_a_step_for_an_agency_that_there_is_not_is_told_and_not_lost(sqlite_centre: Centre) -> None:
    """FEEL may name the agency of a lane; a code that it invents is found out when the step is reached."""
    nobody = 'name="processing" agency="=&quot;SO&quot; + &quot;KHONG-CO&quot;"'
    deployed(sqlite_centre, lambda text: text.replace('name="processing" agency="competent"', nobody))
    stages.received(sqlite_centre)
    with pytest.raises(WorkflowFailed, match="SOKHONG-CO"):
        stages.until(sqlite_centre, "Kiểm tra hồ sơ hoàn thành")
    assert sqlite_centre.view().tasks, "the step before still waits, for when the diagram is mended"
    (incident,) = rows(sqlite_centre, "incident")
    assert (incident["kind"], incident["closed_at"]) == ("command", None)
