"""A command is whole or it was never given: whatever statement breaks, nothing is left behind but a note."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from engine.domain.command import Kind
from engine.workflow.errors import WorkflowFailed
from tests.centre import Centre
from tests.faults.trap import Broken, Trap, trapped
from tests.integration import stages
from tests.integration.observed import changed, everything, rows

pytestmark = pytest.mark.fault

# A number once drawn from the day's series is not given back; the note about the fault is meant to stay.
SPENT = ("counter", "incident")


@pytest.fixture
def trap(centre: Centre) -> Iterator[Trap]:
    with trapped(centre.engine.database) as set_up:
        yield set_up


def meet_everybody(centre: Centre) -> None:
    """Officers are made beforehand: making one is not what is tried here."""
    for role in ("reception", "cashier", "supervisor"):
        centre.officer(role)
    for task in centre.view().tasks if centre.number else ():
        centre.officer(task.role, task.agency)


@pytest.mark.parametrize("kind", stages.KINDS)
def test_whichever_statement_breaks_the_dossier_stays_as_it_was(
    centre: Centre, trap: Trap, kind: str
) -> None:
    stage, command = stages.KINDS[kind]
    stage(centre)
    meet_everybody(centre)
    database = centre.engine.database
    before = everything(database, *SPENT)
    for number in range(1, 60):
        trap.set(number)
        try:
            command(centre)
        except Broken:
            assert changed(before, everything(database, *SPENT)) == set(), f"after {trap.reached}"
            continue
        break
    assert not trap.reached, f"the command went on after {trap.reached}"
    assert number > 4, "so few statements cannot write a command"
    assert {"history", "dossier"} <= changed(before, everything(database, *SPENT))


@pytest.mark.parametrize("kind", stages.KINDS)
def test_a_commit_that_fails_leaves_nothing_behind(centre: Centre, kind: str) -> None:
    stage, command = stages.KINDS[kind]
    stage(centre)
    meet_everybody(centre)
    database = centre.engine.database
    before = everything(database, *SPENT)

    def refuse(_connection: Any) -> None:
        event.remove(database.pool, "commit", refuse)
        raise Broken("commit")

    event.listen(database.pool, "commit", refuse)
    with pytest.raises(Broken):
        command(centre)
    assert changed(before, everything(database, *SPENT)) == set()
    command(centre)
    assert "history" in changed(before, everything(database, *SPENT))


def test_a_step_that_cannot_go_on_leaves_an_incident_with_its_element_and_nothing_else(
    centre: Centre,
) -> None:
    stages.asking(centre)
    before = everything(centre.engine.database)
    job = stages.job(centre)
    with pytest.raises(WorkflowFailed):
        stages.give(centre, Kind.JOB_ERROR, task_id=job, name="nobody-catches-this", reason="không rõ")
    assert changed(before, everything(centre.engine.database)) == {"incident"}
    (incident,) = rows(centre, "incident")
    (asked,) = rows(centre, "job")
    assert (incident["kind"], incident["node"], incident["closed_at"]) == ("command", asked["node"], None)
    assert "nobody-catches-this" in incident["message"]
    assert not centre.engine.replays.verify(centre.number)


def test_the_same_trouble_again_is_one_incident(centre: Centre) -> None:
    stages.asking(centre)
    for _ in range(2):
        with pytest.raises(WorkflowFailed):
            stages.give(centre, Kind.JOB_ERROR, task_id=stages.job(centre), name="nobody", reason="x")
        centre.clock.advance(minutes=1)
    assert len(rows(centre, "incident")) == 1


def test_an_unforeseen_error_is_noted_without_what_the_citizen_declared(centre: Centre, trap: Trap) -> None:
    stages.appraised(centre)
    meet_everybody(centre)
    trap.set(2)
    with pytest.raises(Broken):
        stages.complete(centre)
    (incident,) = rows(centre, "incident")
    assert incident["message"].startswith("Lỗi chưa lường trước: Broken tại trap.py:")
    assert len(incident["message"]) < 100
