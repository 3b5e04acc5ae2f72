"""W3, timers: 1,000 of 100,000 waiting timers are due; each is fired in a transaction of its own."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from engine.clock import FixedClock, SystemClock
from engine.store.database import Database
from tests.bench import databases
from tests.bench.bulk import multiply, settle
from tests.bench.figures import Figure
from tests.bench.machine import foreign_share
from tests.bench.rounds import Side, Turn, interleaved
from tests.bench.teams import Team, team
from tests.bench.workload import Walker, opened

WAITING, DUE = 100_000, 1_000
ONE, TWO = 0.4, 1.7  # of raw SQL by one worker; what two workers do of one
_LONG_AGO = timedelta(days=60)
# Fired never, and fired more than once.
_LOST = "SELECT count(*) FROM timer WHERE state = 'pending' AND run_at <= now()"
_TWICE = """
SELECT count(*) FROM (
  SELECT FROM history WHERE kind = 'fire' GROUP BY dossier_id HAVING count(*) > 1
) AS more
"""


def speed(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Fired a second by one worker and by two, beside raw SQL one by one."""
    with databases.postgresql(folder) as url, opened(url, folder) as engine:
        pattern = fill(url, folder, engine.database)
        due(url, pattern, 1)  # raw SQL writes what the engine writes for this one
        with team("raw", url, folder, 1, module="firing") as raw:
            raw.asked("warm up")
            with team("ours", url, folder, 2, module="firing") as ours:
                sides = {
                    "one": firing(ours, url, pattern, 1),
                    "two": firing(ours, url, pattern, 2),
                    "raw": firing(raw, url, pattern, 1),
                }
                found = interleaved(sides, rounds=3 if quick else 5)
        with engine.database.reading() as connection:
            wrong = [connection.execute(text(query)).scalar_one() for query in (_LOST, _TWICE)]
    one, two = found["one"], found["two"]
    yield Figure(
        name=f"timers, {DUE:,} due of {WAITING:,}, one worker",
        value=one.rate,
        unit="/s",
        anchor=found["raw"].rate,
        anchor_name="raw SQL one by one",
        least=ONE,
        foreign=one.others,
    )
    yield Figure(
        name=f"timers, {DUE:,} due of {WAITING:,}, two workers",
        value=two.rate,
        unit="/s",
        anchor=one.rate,
        anchor_name="one worker",
        least=TWO,
        foreign=two.others,
    )
    for name, count in zip(("lost", "fired twice"), wrong, strict=True):
        yield Figure(name=f"timers {name}", value=count, unit="", most=0)


def fill(url: str, folder: Path, database: Database) -> UUID:
    """Dossiers of W1 that wait for a timer, and one of long ago, set aside: the pattern of those due."""
    with opened(url, folder) as engine:
        multiply(url, _waiting(Walker(engine)), WAITING)
    with opened(url, folder, FixedClock(SystemClock().now() - _LONG_AGO)) as engine:
        pattern = _waiting(Walker(engine))
    with database.transaction() as tx:
        tx.execute(text("UPDATE timer SET run_at = NULL WHERE dossier_id = :pattern"), {"pattern": pattern})
    settle(url)
    return pattern


def _waiting(walker: Walker) -> UUID:
    """A dossier at the step beside which a timer runs."""
    dossier = walker.start()
    walker.complete(dossier, 0)
    return dossier.dossier_id


def due(url: str, pattern: UUID, count: int) -> None:
    """So many more dossiers with one timer that is due."""
    moment = "timer.due_at + make_interval(secs => n)"
    multiply(url, pattern, count, columns={("timer", "run_at"): moment})


def firing(workers: Team, url: str, pattern: UUID, size: int) -> Side:
    """In its turn so many workers fire what is due; the value is timers a second."""

    def turn(warming: bool) -> Turn:
        count = DUE // 10 if warming else DUE
        due(url, pattern, count)
        with foreign_share() as share:
            answers = workers.asked("go", clients=size)
        assert sum(answer["fired"] for answer in answers) == count, "not every timer was fired once"
        return Turn(count / max(answer["seconds"] for answer in answers), (), share.foreign)

    return turn
