"""The verifier that ends every scenario names what is planted: rows that are missing, doubled or moved."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from api.cli import motcua
from engine.store import codec
from tests.centre import Centre
from tests.integration import stages
from tests.integration.observed import row

# What somebody, or a bug, does to the rows, and the invariants that must be named.
PLANTED = {
    "a task that nobody sees any more": ("DELETE FROM task WHERE state = 'open'", "I8"),
    "a task of another agency": ("UPDATE task SET agency = 'STP' WHERE state = 'open'", "I8"),
    "a task that was done is open again": ("UPDATE task SET state = 'open' WHERE state = 'done'", "I8"),
    "a task in two hands": ("UPDATE task SET assignee = dossier_id WHERE state = 'open'", "I8"),
    "a timer that will never be found": ("UPDATE timer SET run_at = NULL WHERE state = 'pending'", "I8"),
    "a timer that was lost": ("DELETE FROM timer WHERE state = 'pending'", "I8"),
    "a timer said to have fired": (
        "UPDATE timer SET state = 'fired' WHERE state = 'pending' AND name = 'law:expected-late'", "I5",
    ),
    "a job that was lost": ("DELETE FROM job", "I8"),
    "a job said to be done": ("UPDATE job SET state = 'done'", "I6"),
    "a letter that was lost": (
        "DELETE FROM outbox WHERE sequence = (SELECT max(sequence) FROM outbox)", "I6",
    ),
    "a letter nobody asked for": ("UPDATE outbox SET sequence = sequence + 100", "I6"),
    "another due date": ("UPDATE dossier SET due_at = '2026-12-24 10:00:00+00'", "I9"),
    "a clock that stands still": ("UPDATE dossier SET clock_running = false", "I9"),
    "history cut at its end": (
        "DELETE FROM history WHERE sequence = (SELECT max(sequence) FROM history)", "khớp",
    ),
    "a state that nobody can read": ("UPDATE dossier SET state = salt", "I4"),
    "no state": ("UPDATE dossier SET state = NULL", "I4"),
}  # fmt: skip


def found(centre: Centre) -> str:
    return " ".join(fault.vi for fault in centre.engine.verification.of(centre.number))


def plant(centre: Centre, statement: str) -> None:
    """As somebody with the database in his hands, who switches the triggers off first."""
    with centre.engine.database.transaction() as tx:
        if "FROM history" in statement and "DELETE" in statement:
            if centre.engine.database.dialect == "postgresql":
                tx.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
            else:
                for name in tx.execute(
                    text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                ).scalars():
                    tx.execute(text(f'DROP TRIGGER "{name}"'))
        tx.execute(text(statement))


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_named(centre: Centre, what: str) -> None:
    stages.asking(centre)  # it has history, timers, letters, and a job that waits
    if "task" in what:
        stages.appraised(centre)
    assert found(centre) == ""
    statement, named = PLANTED[what]
    plant(centre, statement)
    assert named in found(centre), found(centre)


def test_a_document_that_says_other_than_its_history_is_named(centre: Centre) -> None:
    stages.appraised(centre)
    kept = codec.unpack(row(centre, "dossier")["record"])
    kept["data"]["request"] = "Một thủ tục khác"
    with centre.engine.database.transaction() as tx:
        tx.execute(text("UPDATE dossier SET record = :record"), {"record": codec.pack(kept)})
    assert "I4: dữ liệu hồ sơ khác" in found(centre)


def test_the_state_of_an_earlier_step_is_named(centre: Centre) -> None:
    stages.received(centre)
    earlier = row(centre, "dossier")["state"]
    stages.until(centre, "Kiểm tra hồ sơ hoàn thành")
    with centre.engine.database.transaction() as tx:
        tx.execute(text("UPDATE dossier SET state = :state"), {"state": earlier})
    assert "I4: trạng thái quy trình khác" in found(centre)


def test_a_missing_file_is_named(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    stages.appraised(centre)
    stages.attach(centre)
    assert found(centre) == ""
    for path in centre.settings.files_folder.glob("??/??/*"):
        path.unlink()
    assert "I10: thiếu nội dung tệp «don.txt.pdf»" in found(centre)


def test_the_command_checks_one_or_all_and_says_what_is_wrong(
    sqlite_centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = sqlite_centre
    stages.appraised(centre)
    first = centre.number
    stages.received(centre)
    monkeypatch.setenv("MOTCUA_DATABASE", centre.settings.database)
    monkeypatch.setenv("MOTCUA_FOLDER", str(centre.settings.folder))
    whole = CliRunner().invoke(motcua, ["verify", "--all"])
    assert (whole.exit_code, whole.output) == (0, "Đã kiểm tra 2 hồ sơ, 0 hồ sơ có lỗi.\n")
    plant(centre, f"DELETE FROM task WHERE dossier_id = '{stages.identity(centre).hex}'")
    broken = CliRunner().invoke(motcua, ["verify", "--all"])
    assert broken.exit_code == 1
    assert broken.output.startswith(f"{centre.number}: I8: việc đang mở trong danh sách (0) khác với hồ sơ")
    assert CliRunner().invoke(motcua, ["verify", first]).output == f"{first}: toàn vẹn\n"
    assert CliRunner().invoke(motcua, ["verify"]).exit_code == 2
