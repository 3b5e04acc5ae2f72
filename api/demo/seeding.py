"""Making the demo centre: a new SQLite file that takes its place when whole, or an empty PostgreSQL database.

An interrupted making leaves on SQLite only a file that the next one throws away; on PostgreSQL it is told.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from random import Random
from time import monotonic

from api.bootstrap import open_engine
from api.demo import people
from api.demo.agenda import Agenda
from api.demo.arrivals import Arrivals
from api.demo.cases import Case
from api.demo.simulation import Progress, Simulation
from api.demo.stories import tell
from api.furnishing import furnish, planned_calendar
from api.settings import Settings
from engine.clock import FixedClock
from engine.domain.actor import OfficerActor
from engine.engine import Engine
from engine.errors import MotcuaError

COUNT, SEED = 300, 2026
_SQLITE = "sqlite:///"


class NotEmpty(MotcuaError):
    """There is something in the database already."""

    code = "database-not-empty"
    vi = "Cơ sở dữ liệu đã có dữ liệu nên không tạo dữ liệu mẫu vào đó. Dùng một cơ sở dữ liệu trống."
    en = "The database holds data, so no demo data is made in it. Use an empty database."


class Interrupted(MotcuaError):
    """A making of the demo was broken off in this database."""

    code = "demo-interrupted"
    vi = "Lần tạo dữ liệu mẫu trước bị ngắt giữa chừng. Xóa rồi tạo lại cơ sở dữ liệu trống, sau đó chạy lại."
    en = "Making the demo data was broken off here. Drop the database, create an empty one and start again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a making came to."""

    dossiers: int
    seconds: float
    refused: tuple[str, ...]  # what the engine did not allow: a fault in a story


def is_needed(settings: Settings) -> bool:
    """Whether the demo centre has still to be made. Raises Interrupted, Unavailable."""
    path = _file(settings)
    if path is not None and not path.exists():
        return True
    with _opened(settings) as engine:
        if not engine.officers.everybody():
            return True
        if people.is_begun(engine) and not people.is_complete(engine):
            raise Interrupted()
        return False


def make(
    settings: Settings, now: datetime, progress: Progress, *, count: int = COUNT, seed: int = SEED
) -> Made:
    """Make the demo centre of the six weeks before ``now``. Raises NotEmpty, Interrupted."""
    if not is_needed(settings):
        raise NotEmpty()
    path = _file(settings)
    if path is None:
        return _play(settings, now, progress, count, seed)
    part = path.with_name(f"{path.name}.part")
    _remove(part)
    made = _play(replace(settings, database=f"{_SQLITE}{part}"), now, progress, count, seed)
    _remove(path)
    os.replace(part, path)
    return made


def _file(settings: Settings) -> Path | None:
    """The file of an SQLite database; None on PostgreSQL."""
    return Path(settings.database.removeprefix(_SQLITE)) if settings.database.startswith(_SQLITE) else None


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


@contextmanager
def _opened(settings: Settings, clock: FixedClock | None = None) -> Iterator[Engine]:
    """An engine for the block; with a clock it makes a demo, which is made anew after a power cut."""
    engine = open_engine(settings, clock=clock, durable=clock is None)
    try:
        yield engine
    finally:
        engine.database.dispose()


def _play(settings: Settings, now: datetime, progress: Progress, count: int, seed: int) -> Made:
    began = monotonic()
    calendar = planned_calendar()
    arrivals = Arrivals(calendar, now)
    clock = FixedClock(arrivals.begin)
    with _opened(settings, clock) as engine:
        furnish(engine)
        staff = people.Staff(engine)
        agenda = Agenda(clock, arrivals.now)
        stories = tell(count, arrivals, Random(seed))  # noqa: S311 -- a play, not a secret
        cases = [Case(engine, staff, calendar, agenda, story, seed) for story in stories]
        Simulation(engine, agenda, cases).run(progress)
        people.close(engine)
    refused = tuple(f"{case.story.code}: {why}" for case in cases for why in case.refused)
    return Made(dossiers=sum(case.begun for case in cases), seconds=monotonic() - began, refused=refused)


# Dossiers that are worth looking at, by the filter that finds them.
_WORTH = (
    ("awaiting_supplement", "chờ bổ sung"),
    ("overdue", "trễ hẹn"),
    ("result_ready", "có kết quả"),
)


def tracking_codes(engine: Engine, supervisor: OfficerActor) -> list[tuple[str, str]]:
    """Three tracking codes to try, each with what is to be seen there."""
    shown: list[tuple[str, str]] = []
    for only, words in _WORTH:
        for line in engine.dossiers.search(supervisor, only=only, limit=1):
            view = engine.dossiers.get(supervisor, line.number)
            shown.append((view.tracking_code, f"{words}: {line.procedure_name}"))
    return shown
