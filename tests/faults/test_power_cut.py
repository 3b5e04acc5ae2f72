"""F14: the power fails under SQLite; what was acknowledged is on the disk, whatever else is not."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from api.bootstrap import build_engine
from engine.engine import Engine
from engine.store.database import Database
from tests import centre as centres
from tests.centre import CHEAP, Centre, FixedClock, settings_for
from tests.faults.aftermath import require_whole
from tests.faults.conftest import Size
from tests.faults.recorder import Event, Recorder, image

FILE = "motcua.sqlite3"


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    made = Recorder()
    yield made
    made.close()


def busy_hour(centre: Centre, recorder: Recorder, dossiers: int) -> None:
    """Dossiers are handed in, received, their timers fire; every acknowledgement is noted as it comes."""
    for number in range(dossiers):
        centre.clock.advance(minutes=1)
        view = centre.submit("1.009794", key=f"the {number}. of them")
        recorder.note((view.line.number, view.line.sequence))
        view = centre.do("Kiểm tra hồ sơ", "receive")
        recorder.note((view.line.number, view.line.sequence))
        if number % 4 == 3:
            centre.clock.advance(hours=10)
            centre.engine.timers.fire_due()
            view = centre.view()
            recorder.note((view.line.number, view.line.sequence))


def recorded(furnished: Path, folder: Path, recorder: Recorder, dossiers: int, durable: bool) -> Path:
    """Let it happen under the recorder's eyes. Returns the file as it was before."""
    path = folder / FILE
    url = centres.copy_sqlite(furnished, path)
    with centres.opened(url, folder) as quiet:
        for role in ("reception", "supervisor"):
            quiet.officer(role)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = Path(shutil.copy(path, folder / "before"))
    database = Database(f"sqlite:///file:{path}?vfs={recorder.NAME}&uri=true", durable=durable)
    centre = Centre(
        build_engine(settings_for(folder, url), database, FixedClock(centres.MORNING), CHEAP),
        FixedClock(centres.MORNING),
        settings_for(folder, url),
    )
    centre.clock = centre.engine.clock  # type: ignore[assignment]
    for role in ("reception", "supervisor"):
        username = f"{role}.tthcc"
        centre.people[role, "TTHCC"] = centre.engine.officers.by_username(username)
    busy_hour(centre, recorder, dossiers)
    database.dispose()
    return before


def opened_after(files: dict[str, bytes], folder: Path) -> Engine:
    """The machine is on again: the files as they are, opened as always."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    url = f"sqlite:///{folder / FILE}"
    return build_engine(settings_for(folder, url), Database(url), FixedClock(centres.MORNING), CHEAP)


def lost(engine: Engine, events: list[Event]) -> list[Any]:
    """What had been acknowledged and is not there."""
    newest: dict[str, int] = {}
    for one in events:
        if one.what == "note":
            newest[one.note[0]] = one.note[1]
    with engine.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT number, sequence FROM dossier").all()
    kept = {number: sequence for number, sequence in rows}
    return [number for number, sequence in newest.items() if kept.get(number, 0) < sequence]


def moments(events: list[Event], lot: random.Random, count: int) -> list[int]:
    """When the power fails: anywhere, and just after acknowledgements, where it would hurt."""
    notes = [place + 1 for place, one in enumerate(events) if one.what == "note"]
    anywhere = [lot.randrange(1, len(events) + 1) for _ in range(count)]
    return [lot.choice(notes) if place % 2 else cut for place, cut in enumerate(anywhere)]


def test_what_was_acknowledged_survives_every_power_cut(
    furnished_sqlite: Path, tmp_path: Path, recorder: Recorder, size: Size
) -> None:
    before = recorded(furnished_sqlite, tmp_path, recorder, size.of(12, 60), durable=True)
    events, lot = recorder.events, size.lot("power")
    start = {FILE: before.read_bytes()}
    for cut in moments(events, lot, size.of(40, 400)):
        engine = opened_after(image(start, events[:cut], lot), tmp_path / "after")
        with engine.database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
        assert lost(engine, events[:cut]) == [], f"power cut after event {cut} of {len(events)}"
        require_whole(engine, at_least=0)
        engine.database.dispose()


def test_the_recorder_would_notice(
    furnished_sqlite: Path, tmp_path: Path, recorder: Recorder, size: Size
) -> None:
    """Without syncing, acknowledged dossiers are lost: the images are not too kind."""
    before = recorded(furnished_sqlite, tmp_path, recorder, 6, durable=False)
    events, lot = recorder.events, size.lot("careless")
    assert not [one for one in events if one.what == "sync" and one.file.endswith("-wal")]
    losses = 0
    for cut in moments(events, lot, 12):
        engine = opened_after(image({FILE: before.read_bytes()}, events[:cut], lot), tmp_path / "after")
        try:
            losses += bool(lost(engine, events[:cut]))
        except DatabaseError:  # a file that cannot even be read has lost all
            losses += 1
        engine.database.dispose()
    assert losses > 0
