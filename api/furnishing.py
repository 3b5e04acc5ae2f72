"""What a centre cannot open without: agencies, working calendar and procedures, from ``processes/``."""

from collections.abc import Callable, Container, Iterator
from itertools import islice
from pathlib import Path

from api.bootstrap import PROCESSES, read_agencies
from api.seal import sealed
from api.sources import files_in, read_sources
from engine.catalogue import CHECKED_BY_MAKER
from engine.domain.calendar import WorkingCalendar
from engine.domain.command import By
from engine.engine import Engine
from engine.procedures import BundleSource

INSTALLER = By(key="system:installation")
_REASON = "cài đặt ban đầu"
CATALOGUE = PROCESSES / "catalogue.csv"
_BATCH = 25  # procedures of one transaction: cut off, the next start goes on from there
Show = Callable[[int, int], None]  # told how many of how many


def silent(done: int, total: int) -> None:
    """Show nothing."""


def furnish(engine: Engine, show: Show = silent) -> list[str]:
    """Bring in what is missing; returns the codes of the procedures that were deployed.

    What the centre has decided since, a newer diagram or calendar, is left as it is. Several processes that
    start at once do it one after the other. ``show`` is told how many of how many procedures are in.
    """
    with engine.database.alone():
        return _bring_in(engine, show)


def furnish_with_drafts(engine: Engine, show: Show = silent) -> list[str]:
    """The same, with a draft of every row of ``catalogue.csv`` that has no procedure: the whole catalogue."""
    with engine.database.alone():
        return [*_bring_in(engine, show), *_drafts(engine, show)]


def _bring_in(engine: Engine, show: Show) -> list[str]:
    engine.officers.save_agencies(read_agencies())
    if engine.calendars.decided_at() is None:
        engine.calendars.decide(_calendar_text(), by=INSTALLER, reason=_REASON)
    live = engine.procedures.codes()
    missing = [file for file in diagrams() if file.stem not in live]
    return install(engine, read_sources(missing), len(missing), sealed() if missing else (), show)


def _drafts(engine: Engine, show: Show) -> list[str]:
    live = engine.procedures.codes()
    catalogue = engine.catalogue
    rows = catalogue.read(CATALOGUE.read_bytes(), CATALOGUE.name)
    missing = [row for row in rows if row.code not in live]
    if not missing:
        return []
    rules = catalogue.rules((PROCESSES / "catalogue.toml").read_text(encoding="utf-8"))
    workshop = catalogue.workshop(files_in(PROCESSES / "shared"))
    drawn = workshop.bundles(catalogue.plans(missing, rules, {}))
    return install(engine, drawn, len(missing), CHECKED_BY_MAKER, show)


def install(
    engine: Engine,
    sources: Iterator[BundleSource],
    total: int,
    checked: Container[str],
    show: Show = silent,
) -> list[str]:
    """Make bundles live, some at a time; returns their codes. Raises BundleRefused."""
    codes: list[str] = []
    while batch := list(islice(sources, _BATCH)):
        codes += engine.procedures.deploy_all(batch, by=INSTALLER.key, reason=_REASON, checked=checked)
        show(len(codes), total)
    return codes


def planned_calendar() -> WorkingCalendar:
    """The working calendar that a new centre begins with."""
    return WorkingCalendar.from_toml(_calendar_text())


def _calendar_text() -> str:
    return (PROCESSES / "calendar.toml").read_text(encoding="utf-8")


def diagrams() -> Iterator[Path]:
    """Diagrams of procedures; a file is named by its procedure's code."""
    for file in sorted(PROCESSES.glob("*/*.bpmn")):
        if file.parent.name != "shared":
            yield file
