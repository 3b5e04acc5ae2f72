"""What a completion asks of the database: few statements, one commit, and an unbroken chain afterwards.

Several rows given to one statement (executemany) count as one statement. Statements that travel together in
a pipeline of PostgreSQL count as one round trip; BEGIN and COMMIT are trips too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event

from engine.errors import Forbidden
from engine.store import direct
from engine.store.database import Connection, Database
from tests.api.program import program
from tests.centre import Centre
from tests.processes.samples import sample

MOST = 6  # of either, for one completion


@dataclass
class Traffic:
    """What went over the link."""

    statements: list[str] = field(default_factory=list)
    alone: int = 0  # statements that were waited for
    together: int = 0  # statements sent in a pipeline
    commits: int = 0
    rollbacks: int = 0

    @property
    def trips(self) -> int:
        """One pipeline, and everything else on its own; BEGIN of the driver goes before the first."""
        return 1 + self.alone + min(self.together, 1) + self.commits

    def note(self, connection: Connection, statement: str) -> None:
        if statement.startswith("BEGIN"):
            return
        self.statements.append(statement)
        link = getattr(connection.connection.dbapi_connection, "pgconn", None)
        if link is not None and link.pipeline_status:
            self.together += 1
        else:
            self.alone += 1

    def sent(self, connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.note(connection, statement)

    def committed(self, _connection: Connection) -> None:
        self.commits += 1

    def rolled_back(self, _connection: Connection) -> None:
        self.rollbacks += 1


@contextmanager
def watched(database: Database) -> Iterator[Traffic]:
    """Count what goes to the database, by SQLAlchemy and past it; nothing of it is changed."""
    traffic, run = Traffic(), direct.run

    def noted_run(tx: Connection, compiled: direct.Compiled, rows: Any) -> Any:
        traffic.note(tx, compiled.sql)
        return run(tx, compiled, rows)

    listeners = {
        "before_cursor_execute": traffic.sent,
        "commit": traffic.committed,
        "rollback": traffic.rolled_back,
    }
    for name, listener in listeners.items():
        event.listen(database.pool, name, listener)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(direct, "run", noted_run)
        yield traffic
    for name, listener in listeners.items():
        event.remove(database.pool, name, listener)


def complete(centre: Centre, step: str, decision: str | None = None) -> Traffic:
    """Finish a step as its officer; everything that is needed for it is read beforehand."""
    view, task = centre.view(), centre.task(step)
    answers = {**(sample(task.form) if task.form else {})}
    if decision is not None:
        answers |= {"decision": decision, "reason": "có lý do"}
    officer = centre.officer(task.role, task.agency)
    with watched(centre.engine.database) as traffic:
        centre.engine.tasks.complete(officer, view.line.id, task.task_id, answers=answers)
    return traffic


def first_of(centre: Centre) -> tuple[str, str | None]:
    """The first open step and its first decision."""
    step = centre.view().tasks[0]
    return step.name, step.decisions[0].value if step.decisions else None


@pytest.mark.parametrize("code", ["1.009794", "1.010733"])
def test_an_ordinary_completion_is_at_most_six_statements_and_one_commit(centre: Centre, code: str) -> None:
    centre.receive(code)
    centre.do(*first_of(centre))
    traffic = complete(centre, *first_of(centre))
    assert len(traffic.statements) <= MOST, "\n\n".join(traffic.statements)
    assert (traffic.commits, traffic.rollbacks) == (1, 0)
    assert not centre.engine.replays.of(centre.officer("auditor"), centre.number).faults


@pytest.mark.postgresql
@pytest.mark.parametrize("code", ["1.009794", "1.010733"])
def test_a_completion_that_opens_branches_and_timers_is_at_most_six_round_trips(
    postgresql_centre: Centre, code: str
) -> None:
    postgresql_centre.receive(code)
    traffic = complete(postgresql_centre, *first_of(postgresql_centre))
    assert traffic.together > 4, "this step is expected to write many kinds of rows"
    assert traffic.trips <= MOST, traffic
    assert traffic.commits == 1


def test_the_dossier_is_locked_first_and_nothing_else_is_read(centre: Centre) -> None:
    centre.receive("1.009794")
    first, *rest = complete(centre, *first_of(centre)).statements
    assert "FROM dossier" in first
    assert not [statement for statement in rest if statement.startswith("SELECT")]


def test_the_interface_asks_only_who_it_is_and_writes_only_the_reply_beside_it(centre: Centre) -> None:
    centre.receive("1.009794")
    centre.do(*first_of(centre))
    view, task = centre.view(), centre.view().tasks[0]
    decision = {"decision": task.decisions[0].value, "reason": "có lý do"} if task.decisions else {}
    asker = program(centre, task.role, task.agency)
    path = f"/dossiers/{view.line.number}/tasks/{task.task_id}/complete"
    body = {"answers": sample(task.form) if task.form else {}, **decision}
    with watched(centre.engine.database) as traffic:
        answer = asker.post(path, body, version=view.line.sequence)
    assert answer.status_code == 200, answer.json
    first, second, *_, last = traffic.statements
    assert "FROM session" in first
    assert "FROM dossier" in second
    assert "INTO reply" in last
    assert len(traffic.statements) <= MOST + 2, "\n\n".join(traffic.statements)
    assert traffic.commits == 1


def test_a_refused_completion_writes_nothing(centre: Centre) -> None:
    centre.receive("1.009794")
    view, task = centre.view(), centre.view().tasks[0]
    stranger = centre.officer("cashier")
    with watched(centre.engine.database) as traffic, pytest.raises(Forbidden):
        centre.engine.tasks.complete(stranger, view.line.id, task.task_id, answers={})
    assert len(traffic.statements) == 1
    assert (traffic.commits, traffic.rollbacks) == (0, 1)
