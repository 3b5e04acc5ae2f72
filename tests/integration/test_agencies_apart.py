"""An officer of one agency never learns of another agency's dossier, by whatever door he tries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from engine.domain.actor import OfficerActor
from engine.errors import Forbidden, MotcuaError, NotFound
from engine.store.tables.work import task as task_table
from tests.centre import Centre
from tests.integration import stages
from tests.integration.observed import changed, everything, rows

Door = Callable[[Centre, OfficerActor], Any]


def _due(centre: Centre) -> Any:
    return centre.clock.now() + timedelta(days=60)


# Doors to one dossier: none opens, and none says more than that there is no such dossier.
CLOSED: dict[str, Door] = {
    "get": lambda c, o: c.engine.dossiers.get(o, c.number),
    "get by tracking code": lambda c, o: c.engine.dossiers.get(o, c.view().tracking_code),
    "claim by number": lambda c, o: c.engine.tasks.claim(o, c.number, c.view().tasks[0].task_id),
    "claim by tracking code": lambda c, o: c.engine.tasks.claim(
        o, c.view().tracking_code, c.view().tasks[0].task_id
    ),
    "a number that never was": lambda c, o: c.engine.tasks.claim(o, "000.00.00.H41-990101-0001", uuid4()),
    "complete": lambda c, o: c.engine.tasks.complete(
        o, stages.identity(c), c.view().tasks[0].task_id, answers={"decision": "approve"}
    ),
    "claim": lambda c, o: c.engine.tasks.claim(o, stages.identity(c), c.view().tasks[0].task_id),
    "release": lambda c, o: c.engine.tasks.release(o, stages.identity(c), c.view().tasks[0].task_id),
    "a task that never was": lambda c, o: c.engine.tasks.claim(o, stages.identity(c), uuid4()),
    "extend": lambda c, o: c.engine.dossiers.extend(o, stages.identity(c), due_at=_due(c), reason="chờ"),
    "deliver": lambda c, o: c.engine.dossiers.deliver(o, stages.identity(c), "withdraw", {}),
    "attach": lambda c, o: c.engine.documents.add(o, stages.identity(c), name="a.pdf", content=stages.PDF),
    "document": lambda c, o: c.engine.documents.open(o, c.number, rows(c, "document")[0]["id"]),
    "paper": lambda c, o: c.engine.papers.content(o, c.number, rows(c, "paper")[0]["id"]),
}
# Doors to many: they open, and the dossier is not among what is behind them.
LISTS: dict[str, Door] = {
    "search": lambda c, o: c.engine.dossiers.search(o),
    "search by number": lambda c, o: c.engine.dossiers.search(o, c.number),
    "search by name": lambda c, o: c.engine.dossiers.search(o, "nguyen thi anh"),
    "inbox": lambda c, o: c.engine.tasks.inbox(o).lines,
    "inbox counts": lambda c, o: [one for one in c.engine.tasks.counts(o).values() if one],
    "counts": lambda c, o: [one for one in c.engine.reports.counts(o).values() if one],
}


@pytest.fixture
def works(centre: Centre) -> Centre:
    """A dossier of the department of construction, with a document and a paper."""
    stages.appraised(centre)
    stages.attach(centre)
    return centre


def refusal(enter: Door, centre: Centre, officer: OfficerActor) -> NotFound:
    with pytest.raises(NotFound) as caught:
        enter(centre, officer)
    return caught.value


@pytest.mark.parametrize("role", ["processing", "head", "leader", "clerk"])
def test_staff_of_another_agency_find_every_door_closed(works: Centre, role: str) -> None:
    stranger = works.officer(role, "STP")
    before = everything(works.engine.database)
    for enter in CLOSED.values():
        with pytest.raises(NotFound):
            enter(works, stranger)
    told = {
        str(refusal(CLOSED[door], works, stranger)) for door in ("claim by number", "a number that never was")
    }
    assert len(told) == 1, "the sentence tells strange dossiers from those that never were"
    for door, look in LISTS.items():
        assert list(look(works, stranger)) == [], door
    assert changed(before, everything(works.engine.database)) == set()


@pytest.mark.parametrize("role", ["analyst", "administrator"])
def test_those_who_run_the_system_see_no_dossier(works: Centre, role: str) -> None:
    person = works.officer(role)
    for enter in CLOSED.values():
        with pytest.raises((NotFound, Forbidden)):
            enter(works, person)
    for door, look in LISTS.items():
        assert list(look(works, person)) == [], door


def test_the_competent_agency_sees_it_in_every_list(works: Centre) -> None:
    specialist = works.officer("processing", "SXD")
    for door, look in LISTS.items():
        assert list(look(works, specialist)), door


def test_who_may_see_a_dossier_and_not_act_is_told_so(works: Centre) -> None:
    clerk, before = works.officer("clerk", "SXD"), everything(works.engine.database)
    with pytest.raises(Forbidden):
        CLOSED["complete"](works, clerk)
    with pytest.raises(Forbidden):
        CLOSED["extend"](works, clerk)
    with pytest.raises(MotcuaError):
        CLOSED["deliver"](works, clerk)
    assert changed(before, everything(works.engine.database)) == set()


def test_a_citizen_without_the_code_gets_nothing_by_number(works: Centre) -> None:
    for code in (works.number, works.view().tracking_code.lower() + "A", ""):
        with pytest.raises(NotFound):
            works.engine.dossiers.withdraw(code, "Đổi ý")
        with pytest.raises(NotFound):
            works.engine.documents.add_by_citizen(code, name="a.pdf", content=stages.PDF)
        with pytest.raises(NotFound):
            works.engine.papers.content_for_citizen(code, rows(works, "paper")[0]["id"])


def test_two_parallel_tasks_of_one_dossier_are_never_lost_between_two_pages(centre: Centre) -> None:
    """Pages of one line each show every open task of an officer exactly once."""
    for _ in range(3):
        stages.appraised(centre)
    with centre.engine.database.transaction() as tx:  # a second task that is just as urgent
        (task,) = rows(centre, "task", state="open")
        tx.execute(task_table.insert(), {**task, "task_id": uuid4()})
    specialist = centre.officer("processing", "SXD")
    seen, cursor = [], None
    while True:
        page = centre.engine.tasks.inbox(specialist, cursor=cursor, limit=1)
        seen += [line.task_id for line in page.lines]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 4
