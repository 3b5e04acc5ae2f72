"""After every scenario: nothing acknowledged is lost, nothing is there twice, every dossier is whole."""

from collections import Counter
from time import monotonic, sleep

from sqlalchemy import text

from engine.engine import Engine
from engine.store.database import Database
from tests.faults.clerks import Notebook, doubled

_SAID = text(
    "SELECT d.number, h.sequence, h.kind FROM history h JOIN dossier d ON d.id = h.dossier_id "
    "WHERE h.actor LIKE 'officer:%'"
)
_BACKLOG = text(
    "SELECT (SELECT count(*) FROM job WHERE state = 'ready'),"
    "       (SELECT count(*) FROM outbox WHERE state = 'ready'),"
    "       (SELECT count(*) FROM timer WHERE state = 'pending' AND run_at <= :now)"
)


def require_whole(engine: Engine, *, at_least: int = 1) -> int:
    """I3 to I10 of every dossier, by the verifier that operators have. Returns how many there are."""
    seen = 0
    for number, faults in engine.verification.all():
        seen += 1
        assert faults == [], f"{number}: {[fault.vi for fault in faults]}"
    assert seen >= at_least, "the scenario made nothing that could have broken"
    return seen


def require_kept(engine: Engine, book: Notebook) -> None:
    """I1 and I2: what the clerks were told is in history, once, and nothing that they were not told."""
    assert book.strange == [], book.strange
    assert doubled(book) == []
    with engine.database.reading() as connection:
        kept = Counter((row.number, row.sequence, row.kind) for row in connection.execute(_SAID))
    told = Counter((one.number, one.version, one.kind) for one in book.done)
    assert told - kept == Counter(), "acknowledged and lost"
    assert kept - told == Counter(), "done more often than acknowledged"


def drain(engine: Engine, seconds: float) -> float:
    """I12: wait until nothing is due any more; how long it took."""
    begun = monotonic()
    while monotonic() < begun + seconds:
        with engine.database.reading() as connection:
            left = tuple(connection.execute(_BACKLOG, {"now": engine.clock.now()}).one())
        if not any(left):
            return monotonic() - begun
        sleep(0.1)
    raise AssertionError(f"jobs, effects and timers still waiting: {left}")


def deadlocks(database: Database) -> int:
    """How many the server has had to solve in this database."""
    with database.glance() as connection:
        asked = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(connection.execute(asked).scalar_one())
