"""A new calendar: foreseen, decided by whoever may, and every open dossier re-planned as it was foreseen."""

from datetime import date

import pytest

from engine.calendars import CalendarMoved
from engine.domain.calendar_edit import with_days_off
from engine.errors import Forbidden
from tests.centre import Centre

CODES = ("1.009397", "1.009794", "2.002288", "1.010733", "2.002380", "2.000635", "1.004593")


def decree(centre: Centre) -> str:
    """Two days off next week."""
    text = centre.engine.calendars.versions()[0].content
    return with_days_off(text, date(2026, 3, 9), date(2026, 3, 10), "Quốc tang", "1/TB-VPCP")


def dossiers(centre: Centre) -> list[str]:
    """Dossiers in all states: received, at home for a supplement, not yet received."""
    numbers = [centre.receive(code).line.number for code in CODES]
    centre.submit("1.009397")
    return [*numbers, centre.number]


def test_what_is_foreseen_is_what_comes(centre: Centre) -> None:
    numbers = dossiers(centre)
    administrator = centre.officer("administrator")
    before = {number: centre.view(number).line.due_at for number in numbers}
    foreseen = centre.engine.calendars.foresee(administrator, decree(centre))
    assert {number: centre.view(number).line.due_at for number in numbers} == before, "nothing was changed"
    outcome = centre.engine.calendars.ordain(administrator, decree(centre), reason="1/TB-VPCP", seen=1)
    assert (outcome.failed, outcome.looked_at) == (0, foreseen.looked_at)
    after = {number: centre.view(number).line.due_at for number in numbers}
    moved = {one.number: (one.before, one.after) for one in foreseen.moved}
    assert moved == {
        number: (before[number], after[number]) for number in numbers if before[number] != after[number]
    }
    assert outcome.moved == len(moved) >= 2
    assert centre.engine.calendars.behind() == 0


def test_history_names_the_officer_and_the_decision(centre: Centre) -> None:
    centre.receive("1.009397")
    administrator = centre.officer("administrator")
    centre.engine.calendars.ordain(administrator, decree(centre), reason="1/TB-VPCP", seen=1)
    last = centre.view().history[-1]
    assert (last.kind, last.actor_name, last.role) == ("replan", administrator.name, "administrator")
    assert last.reason == "lịch phiên bản 2: 1/TB-VPCP"
    newest, first = centre.engine.calendars.versions()
    assert (newest.version, newest.deployed_by, newest.reason) == (2, administrator.name, "1/TB-VPCP")
    assert (first.version, first.deployed_by) == (1, "")
    assert newest.deployed_at == centre.clock.now(), "nobody dates a calendar back"


def test_whoever_looked_at_an_older_calendar_is_told(centre: Centre) -> None:
    administrator = centre.officer("administrator")
    centre.engine.calendars.ordain(administrator, decree(centre), reason="1/TB-VPCP", seen=1)
    text = centre.engine.calendars.versions()[1].content
    changed = with_days_off(text, date(2026, 3, 13), date(2026, 3, 13), "Nghỉ", "2/TB")
    with pytest.raises(CalendarMoved):
        centre.engine.calendars.ordain(administrator, changed, reason="2/TB", seen=1)
    assert len(centre.engine.calendars.versions()) == 2


@pytest.mark.parametrize("role", ["reception", "supervisor", "director", "auditor", "analyst"])
def test_only_administrators_decide(sqlite_centre: Centre, role: str) -> None:
    officer = sqlite_centre.officer(role)
    calendars = sqlite_centre.engine.calendars
    with pytest.raises(Forbidden):
        calendars.foresee(officer, decree(sqlite_centre))
    with pytest.raises(Forbidden):
        calendars.ordain(officer, decree(sqlite_centre), reason="1/TB", seen=1)
    with pytest.raises(Forbidden):
        calendars.resume(officer)
