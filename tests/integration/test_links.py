"""The link to PostgreSQL: it may die between two commands or in the middle of one; nothing is half-done."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from engine.errors import Unavailable
from engine.store.database import Database
from engine.store.direct import in_one_go

pytestmark = pytest.mark.postgresql
_PID = text("SELECT pg_backend_pid()")


@pytest.fixture
def administrator(postgresql: Database) -> Iterator[Database]:
    """Another connection to the same database, which cuts links."""
    other = Database(postgresql.url)
    yield other
    other.dispose()


def cut(administrator: Database, pid: int) -> None:
    with administrator.transaction() as tx:
        tx.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})


def count(database: Database, *series: str) -> None:
    """Begin number series, all in one go."""
    with database.transaction() as tx, in_one_go(tx):
        for one in series:
            tx.execute(text("INSERT INTO counter (series, value) VALUES (:series, 1)"), {"series": one})


def begun(database: Database) -> int:
    """How many series there are."""
    with database.transaction() as tx:
        found: int = tx.execute(text("SELECT count(*) FROM counter")).scalar_one()
        return found


def test_a_link_that_died_while_resting_is_replaced_unnoticed(
    postgresql: Database, administrator: Database
) -> None:
    with postgresql.transaction() as tx:
        pid = tx.execute(_PID).scalar_one()
    cut(administrator, pid)
    time.sleep(1.1)  # the pool asks links that have rested for a second
    with postgresql.transaction() as tx:
        assert tx.execute(_PID).scalar_one() != pid


def write_over_a_dying_link(database: Database, administrator: Database) -> None:
    with database.transaction() as tx:
        cut(administrator, tx.execute(_PID).scalar_one())
        with in_one_go(tx):
            tx.execute(text("INSERT INTO counter (series, value) VALUES ('một', 1)"))


def test_a_link_that_dies_under_the_writes_is_said_plainly_and_nothing_stays(
    postgresql: Database, administrator: Database
) -> None:
    with pytest.raises(Unavailable):
        write_over_a_dying_link(postgresql, administrator)
    assert begun(postgresql) == 0


def test_one_bad_write_among_several_undoes_all(postgresql: Database) -> None:
    with pytest.raises(IntegrityError):
        count(postgresql, "một", "một", "hai")
    assert begun(postgresql) == 0
    count(postgresql, "một", "hai")
    assert begun(postgresql) == 2


def fail_between_writes(database: Database) -> None:
    with database.transaction() as tx, in_one_go(tx):
        tx.execute(text("INSERT INTO counter (series, value) VALUES ('một', 1)"))
        raise KeyError("ours")


def test_what_goes_wrong_in_our_own_code_comes_out_as_it_is(postgresql: Database) -> None:
    with pytest.raises(KeyError):
        fail_between_writes(postgresql)
    assert begun(postgresql) == 0
