"""Every command, run again from history, comes to what was recorded; what does not is told."""

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from api.cli import motcua
from api.scheduler import Heartbeat
from engine.domain.rerun import Rerun
from engine.history import canonical, chained, digest, read_body
from engine.store import codec
from tests.centre import Centre
from tests.integration import stages
from tests.integration.observed import last, rows


def again(centre: Centre) -> Rerun:
    return centre.engine.replays.run_again(centre.number)


@pytest.mark.parametrize("kind", stages.KINDS)
def test_each_kind_of_command_comes_to_the_same(centre: Centre, kind: str) -> None:
    stage, command = stages.KINDS[kind]
    stage(centre)
    command(centre)
    if not centre.number:
        centre.number = centre.engine.dossiers.search(centre.officer("supervisor"))[0].number
    found = again(centre)
    assert found.deviation is None, found.deviation
    assert found.done == found.commands == centre.view().line.sequence


@pytest.mark.parametrize("code", ["1.009397", "2.000635", "2.002288", "1.004593"])
def test_a_dossier_from_the_counter_to_the_hand_comes_to_the_same(sqlite_centre: Centre, code: str) -> None:
    sqlite_centre.receive(code, **({"answers": {"plate": "37A-123.45"}} if code == "2.002288" else {}))
    walked(sqlite_centre)
    found = again(sqlite_centre)
    assert found.holds, found.deviation
    assert found.done == found.commands >= 3


def walked(centre: Centre) -> None:
    """As far as the dossier gets without other systems."""
    for _ in range(30):
        tasks = centre.view().tasks
        if not tasks:
            return
        centre.clock.advance(minutes=5)
        decisions = [one.value for one in tasks[0].decisions]
        centre.do(tasks[0].name, decisions[0] if decisions else None)


def test_a_second_run_writes_nothing_and_takes_no_number(centre: Centre) -> None:
    stages.appraised(centre)
    before = rows(centre, "counter"), rows(centre, "history"), rows(centre, "outbox")
    again(centre)
    assert (rows(centre, "counter"), rows(centre, "history"), rows(centre, "outbox")) == before


def forge(centre: Centre, change: Callable[[dict[str, Any], dict[str, Any]], None]) -> None:
    """Rewrite the newest command with all its hashes, as whoever holds the database could."""
    newest = last(centre)
    body, payload = dict(read_body(newest["body"])), dict(newest["payload"])
    change(body, payload)
    (dossier,) = rows(centre, "dossier")
    body["payload"] = digest(dossier["salt"], payload)
    head = chained(canonical(body))
    with centre.engine.database.transaction() as tx:
        tx.execute(text("DROP TRIGGER history_no_update"))
        tx.execute(
            text("UPDATE history SET body = :body, hash = :head WHERE dossier_id = :id AND sequence = :n"),
            {"body": canonical(body), "head": head, "id": newest["dossier_id"].hex, "n": newest["sequence"]},
        )
        tx.execute(
            text("UPDATE history_detail SET payload = :p WHERE dossier_id = :id AND sequence = :n"),
            {"p": codec.pack(payload), "id": newest["dossier_id"].hex, "n": newest["sequence"]},
        )
        tx.execute(
            text("UPDATE dossier SET head_hash = :head WHERE id = :id"),
            {"head": head, "id": newest["dossier_id"].hex},
        )


def approve(_body: dict[str, Any], payload: dict[str, Any]) -> None:
    payload["answers"] = {**payload["answers"], "decision": "supplement"}


def date_back(body: dict[str, Any], _payload: dict[str, Any]) -> None:
    body["due_at"] = "2026-03-20T10:00:00.000000Z"


def hide(_body: dict[str, Any], payload: dict[str, Any]) -> None:
    name = next(iter(payload["changes"]))
    payload["changes"] = {**payload["changes"], name: [None, "khác"]}


@pytest.mark.parametrize(
    ("change", "what"),
    [(approve, {"events", "state"}), (date_back, {"due date"}), (hide, {"data"})],
)
def test_a_forged_command_is_found_although_all_its_hashes_fit(
    sqlite_centre: Centre, change: Callable[..., None], what: set[str]
) -> None:
    stages.appraised(sqlite_centre)
    stages.complete(sqlite_centre)
    forge(sqlite_centre, change)
    found = again(sqlite_centre)
    assert found.deviation is not None
    assert found.deviation.sequence == found.done + 1 == sqlite_centre.view().line.sequence
    assert found.deviation.what in what, found.deviation
    assert found.deviation.vi.startswith(f"Chạy lại lệnh số {found.deviation.sequence} thì ")


def test_what_was_lawfully_erased_is_told_and_is_no_deviation(sqlite_centre: Centre) -> None:
    stages.appraised(sqlite_centre)
    with sqlite_centre.engine.database.transaction() as tx:
        tx.execute(text("UPDATE history_detail SET payload = NULL WHERE sequence = 2"))
    found = again(sqlite_centre)
    assert (found.holds, found.done, found.erased) == (True, 1, 2)


def test_the_nightly_check_makes_one_incident_of_a_deviation_and_does_not_repeat_itself(
    sqlite_centre: Centre,
) -> None:
    centre = sqlite_centre
    centre.receive(stages.EXTRACT)
    stages.appraised(centre)
    stages.complete(centre)
    forge(centre, date_back)
    for _ in range(2):
        checked = centre.engine.replays.self_check(50)
        assert (checked.looked_at, checked.deviating) == (2, (centre.number,))
        centre.clock.advance(days=1)
    (incident,) = rows(centre, "incident")
    assert incident["kind"] == "replay"
    assert "ngày hẹn trả" in incident["message"]
    assert centre.engine.replays.self_check(1).looked_at == 1


def test_the_command_line_runs_all_commands_again(sqlite_centre: Centre) -> None:
    stages.appraised(sqlite_centre)
    settings = sqlite_centre.settings
    environment = {"MOTCUA_DATABASE": settings.database, "MOTCUA_FOLDER": str(settings.folder)}
    runner = CliRunner(env=environment)
    whole = runner.invoke(motcua, ["verify", "--all", "--rerun"])
    assert (whole.exit_code, whole.output) == (0, "Đã kiểm tra 1 hồ sơ, 0 hồ sơ có lỗi.\n")
    stages.complete(sqlite_centre)
    forge(sqlite_centre, date_back)
    told = runner.invoke(motcua, ["verify", "--rerun", sqlite_centre.number])
    assert told.exit_code == 1
    assert "ngày hẹn trả khác" in told.output


def test_the_heartbeat_checks_at_night_and_only_then(sqlite_centre: Centre) -> None:
    stages.appraised(sqlite_centre)
    stages.complete(sqlite_centre)
    forge(sqlite_centre, date_back)
    beat = Heartbeat(sqlite_centre.engine)
    tidy = next(part for part in beat.parts if part.name == "housekeeping")
    tidy.beat()
    assert rows(sqlite_centre, "incident") == []
    sqlite_centre.clock.move_to(stages.at("2026-03-04 02:30"))
    tidy.beat()
    assert [one["kind"] for one in rows(sqlite_centre, "incident")] == ["replay"]
