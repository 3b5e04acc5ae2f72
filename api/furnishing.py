"""What a centre cannot open without: agencies, working calendar and procedures, from ``processes/``."""

from collections.abc import Iterator
from pathlib import Path

from api.bootstrap import PROCESSES, read_agencies
from api.seal import sealed
from api.sources import read_source
from engine.domain.calendar import WorkingCalendar
from engine.domain.command import By
from engine.engine import Engine

INSTALLER = By(key="system:installation")
_REASON = "cài đặt ban đầu"


def furnish(engine: Engine) -> list[str]:
    """Bring in what is missing; returns the codes of the procedures that were deployed.

    What the centre has decided since, a newer diagram or calendar, is left as it is. Several processes that
    start at once do it one after the other.
    """
    with engine.database.alone():
        return _bring_in(engine)


def _bring_in(engine: Engine) -> list[str]:
    engine.officers.save_agencies(read_agencies())
    if engine.calendars.decided_at() is None:
        engine.calendars.decide(_calendar_text(), by=INSTALLER, reason=_REASON)
    live = {version.code for version in engine.procedures.find()}
    checked = sealed()
    return [
        engine.procedures.deploy(read_source(file), by=INSTALLER.key, reason=_REASON, checked=checked).code
        for file in diagrams()
        if file.stem not in live
    ]


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
