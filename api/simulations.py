"""Runs of a simulation in parallel, one process a worker. A run is never divided: its officers are shared."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from multiprocessing import Queue
from pathlib import Path
from queue import Empty
from tempfile import TemporaryDirectory
from typing import Any

from api.bootstrap import PROCESSES, scenario_centres
from api.sources import read_source
from engine.engine import Engine
from engine.errors import MotcuaError
from engine.procedures import BundleSource
from engine.scenario import Centres
from engine.simulation.learning import learn
from engine.simulation.profile import Profile
from engine.simulation.run import simulate
from engine.simulation.tally import Run

Sources = tuple[BundleSource, ...]
_LOOK = 0.2  # seconds between two looks at how far the workers are
_days: Any = None  # in a worker: where it tells of every day that is over


class NoDiagram(MotcuaError):
    """A profile names a procedure that is not there."""

    code = "no-diagram"
    vi = "Không có sơ đồ của thủ tục «{code}» trong {folder}. Kiểm tra mã thủ tục trong hồ sơ mô phỏng."
    en = "There is no diagram of procedure “{code}” in {folder}. Check the code in the profile."


class NotRun(MotcuaError):
    """A worker could not begin: what it says crosses the border between processes as text."""

    code = "not-run"
    vi = "{said_vi}"
    en = "{said_en}"


def sources_of(codes: Sequence[str], folder: Path = PROCESSES) -> Sources:
    """The diagrams of these procedures with what belongs to them; raises NoDiagram."""
    found = []
    for code in codes:
        file = next(iter(sorted(folder.rglob(f"{code}.bpmn"))), None) if _is_name(code) else None
        if file is None:
            raise NoDiagram(code=code, folder=folder.name)
        found.append(read_source(file))
    return tuple(found)


def _is_name(code: str) -> bool:
    return not set(code) & set("/\\*?[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What runs share: procedures, and the calendar when it is not the one that centres begin with."""

    sources: Sources
    calendar: str | None = None
    folder: str = ""  # of the workers, while they work


def learnt(engine: Engine, days: int) -> tuple[Profile, Ground]:
    """A profile of the centre's last days with the procedures and calendar in force. Only reads.

    Raises NothingToLearn.
    """
    until = engine.clock.now()
    with engine.database.reading() as connection:
        profile = learn(
            connection,
            engine.calendars.current(),
            engine.services.centre,
            until - timedelta(days=days),
            until,
        )
    live = {one.code: one.sha256 for one in engine.procedures.find()}
    profile = replace(profile, arrivals=tuple(one for one in profile.arrivals if one.code in live))
    sources = tuple(engine.procedures.source(live[code]) for code in profile.codes)
    return profile, Ground(sources=sources, calendar=engine.calendars.versions()[0].content)


def run_all(
    profiles: Mapping[str, Profile], ground: Ground, runs: int, workers: int, told: Callable[[], None]
) -> dict[str, list[Run]]:
    """The runs of every profile, in order; ``told`` hears of every working day that is over."""
    tasks = [(name, number) for number in range(runs) for name in profiles]
    with TemporaryDirectory(prefix="motcua-simulation-") as folder:
        ground = replace(ground, folder=folder)
        if workers < 2 or len(tasks) < 2:
            done = {task: _one(ground, profiles[task[0]], task[1], lambda _: told()) for task in tasks}
        else:
            done = _in_parallel(tasks, profiles, ground, min(workers, len(tasks)), told)
    return {name: [done[name, number] for number in range(runs)] for name in profiles}


def _in_parallel(
    tasks: Sequence[tuple[str, int]],
    profiles: Mapping[str, Profile],
    ground: Ground,
    workers: int,
    told: Callable[[], None],
) -> dict[tuple[str, int], Run]:
    days: Any = Queue()
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(days,)) as pool:
        begun: dict[tuple[str, int], Future[Run | tuple[str, str]]] = {
            (name, number): pool.submit(_worked, ground, profiles[name], number) for name, number in tasks
        }
        waiting = set(begun.values())
        while waiting:
            _, waiting = wait(waiting, timeout=_LOOK, return_when=FIRST_COMPLETED)
            _drain(days, told)
        return {task: _sound(future.result()) for task, future in begun.items()}


def _drain(days: Any, told: Callable[[], None]) -> None:
    while True:
        try:
            days.get_nowait()
        except Empty:
            return
        told()


def _begin(days: Any) -> None:
    global _days  # what a worker is given when it starts has no other place
    _days = days


def _worked(ground: Ground, profile: Profile, number: int) -> Run | tuple[str, str]:
    try:
        return _one(ground, profile, number, _days.put)
    except MotcuaError as error:
        return error.message("vi"), error.message("en")


def _sound(found: Run | tuple[str, str]) -> Run:
    if isinstance(found, Run):
        return found
    raise NotRun(said_vi=found[0], said_en=found[1])


def _one(ground: Ground, profile: Profile, number: int, told: Callable[[int], None]) -> Run:
    with _centres(os.getpid(), ground.folder, ground.calendar).opened(*ground.sources) as centre:
        return simulate(centre, profile, number, told)


@lru_cache(maxsize=1)
def _centres(process: int, folder: str, calendar: str | None) -> Centres:
    """What a worker needs once; the number of the process keeps a fork from taking over its parent's."""
    return scenario_centres(Path(folder) / str(process), calendar)
