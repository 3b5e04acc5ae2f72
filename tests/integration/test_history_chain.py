"""History cannot be changed unnoticed: the database refuses, and whoever gets past it is found out."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine import history
from engine.store import bodies, codec
from engine.store.database import Connection
from tests.centre import Centre
from tests.integration import stages
from tests.integration.observed import row


def unlocked(centre: Centre, forge: Callable[[Connection], None]) -> None:
    """What somebody does who may switch the triggers off."""
    with centre.engine.database.transaction() as tx:
        if tx.dialect.name == "postgresql":
            tx.execute(text("ALTER TABLE history DISABLE TRIGGER ALL"))
        else:
            for verb in ("update", "delete"):
                tx.execute(text(f"DROP TRIGGER IF EXISTS history_no_{verb}"))
        forge(tx)


def faults(centre: Centre) -> list[str]:
    return [fault.what for fault in centre.engine.replays.verify(centre.number)]


def sql(statement: str, **values: Any) -> Callable[[Connection], None]:
    return lambda tx: tx.execute(text(statement), values)  # type: ignore[return-value]


def _edit_body(tx: Connection) -> None:
    stored = tx.execute(text("SELECT body FROM history WHERE sequence = 2")).scalar_one()
    body = dict(history.read_body(stored))
    body["actor"] = "officer:somebody-else"
    sql("UPDATE history SET body = :body WHERE sequence = 2", body=history.canonical(body))(tx)


def _edit_body_and_hash(tx: Connection) -> None:
    _edit_body(tx)
    stored = tx.execute(text("SELECT body FROM history WHERE sequence = 2")).scalar_one()
    sql("UPDATE history SET hash = :hash WHERE sequence = 2", hash=history.chained(bodies.plain(stored)))(tx)


def _swap(tx: Connection) -> None:
    for old, new in ((2, 100), (3, 2), (100, 3)):
        sql("UPDATE history SET sequence = :new WHERE sequence = :old", old=old, new=new)(tx)


def _payload(tx: Connection) -> None:
    forged = codec.pack({"answers": {"decision": "refuse"}})
    sql("UPDATE history_detail SET payload = :payload WHERE sequence = 2", payload=forged)(tx)


FORGERIES: dict[str, tuple[Callable[[Connection], None], set[str]]] = {
    "a body is edited": (_edit_body, {"hash", "column"}),
    "a body is edited and hashed anew": (_edit_body_and_hash, {"prev", "column"}),
    "a body is no JSON any more": (
        sql("UPDATE history SET body = :body WHERE sequence = 2", body=b"\xff{"), {"hash", "prev", "column"},
    ),
    "another actor": (sql("UPDATE history SET actor = 'officer:x' WHERE sequence = 2"), {"column"}),
    "another role": (sql("UPDATE history SET role = 'leader' WHERE sequence = 2"), {"column"}),
    "another agency": (sql("UPDATE history SET agency = 'STP' WHERE sequence = 2"), {"column"}),
    "another element": (sql("UPDATE history SET node = 'ky' WHERE sequence = 2"), {"column"}),
    "another status": (sql("UPDATE history SET handling = 'refused' WHERE sequence = 2"), {"column"}),
    "another due date": (
        sql("UPDATE history SET due_at = '2026-12-31 00:00:00' WHERE sequence = 2"), {"column"},
    ),
    "back-dated": (
        sql("UPDATE history SET recorded_at = '2026-01-01 00:00:00' WHERE sequence = 3"), {"column", "time"},
    ),
    "other answers": (_payload, {"payload"}),
    "answers that cannot be read": (
        sql("UPDATE history_detail SET payload = :junk WHERE sequence = 2", junk=b"junk"), {"payload"},
    ),
    "a row is gone": (sql("DELETE FROM history WHERE sequence = 2"), {"gap", "prev"}),
    "the first row is gone": (sql("DELETE FROM history WHERE sequence = 1"), {"gap", "prev"}),
    "the tail is cut": (sql("DELETE FROM history WHERE sequence > 2"), {"head"}),
    "all is gone": (sql("DELETE FROM history"), {"head"}),
    "two rows are swapped": (_swap, {"prev", "column"}),
    "the dossier's due date is moved": (
        sql("UPDATE dossier SET due_at = '2027-01-01 00:00:00'"), {"dossier"},
    ),
    "the dossier's status is typed in": (sql("UPDATE dossier SET handling = 'handed_over'"), {"dossier"}),
    "the dossier's head is replaced": (sql("UPDATE dossier SET head_hash = :head", head=bytes(32)), {"head"}),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forgery_is_found_and_shown(centre: Centre, what: str) -> None:
    stages.appraised(centre)
    assert faults(centre) == []
    forge, expected = FORGERIES[what]
    unlocked(centre, forge)
    assert expected <= set(faults(centre))
    replay = centre.engine.replays.of(centre.officer("auditor"), centre.number)
    assert [fault.what for fault in replay.faults] == faults(centre)


def test_a_lawful_erasure_leaves_the_chain_whole(centre: Centre) -> None:
    stages.appraised(centre)
    with centre.engine.database.transaction() as tx:
        tx.execute(text("DELETE FROM history_detail"))
    assert faults(centre) == []


@pytest.mark.parametrize(
    "statement", ["UPDATE history SET actor = 'x'", "DELETE FROM history", "TRUNCATE history"]
)
def test_the_database_refuses_to_change_history(centre: Centre, statement: str) -> None:
    stages.received(centre)
    if statement.startswith("TRUNCATE") and centre.engine.database.dialect == "sqlite":
        statement = "DELETE FROM history WHERE sequence = 1"  # SQLite has no TRUNCATE
    with pytest.raises(DBAPIError, match="append-only"), centre.engine.database.transaction() as tx:
        tx.execute(text(statement))
    assert faults(centre) == []


def test_a_reader_never_sees_a_dossier_without_its_newest_row_of_history(postgresql_centre: Centre) -> None:
    """A reading is of one moment: a command in between does not make the auditor see a cut history."""
    centre = postgresql_centre
    stages.appraised(centre)
    with centre.engine.database.reading() as connection:
        before = connection.execute(text("SELECT sequence FROM dossier")).scalar_one()
        stages.complete(centre)
        newest = connection.execute(text("SELECT max(sequence) FROM history")).scalar_one()
    assert newest == before == row(centre, "dossier")["sequence"] - 1
