"""F33: during an upgrade old processes work on a schema that is one step ahead; nobody is disturbed.

The next release is not written yet: what every migration of ours may do before the old processes have gone
(expand) is done here under their hands: a column that may be empty, an index, a table.
"""

from threading import Event, Thread

import pytest
from sqlalchemy import text

from api.bootstrap import build_engine
from engine.errors import TryAgain
from engine.store.database import Database
from tests.centre import CHEAP, Centre
from tests.faults.aftermath import require_whole
from tests.faults.conftest import Size
from tests.integration import stages
from tests.integration.observed import everything

EXPANSION = (
    "ALTER TABLE dossier ADD COLUMN next_release TEXT",
    "ALTER TABLE history ADD COLUMN next_release TEXT",
    "ALTER TABLE task ADD COLUMN next_release TEXT",
    "ALTER TABLE timer ADD COLUMN next_release TEXT",
    "ALTER TABLE outbox ADD COLUMN next_release TEXT",
    "ALTER TABLE job ADD COLUMN next_release TEXT",
    "CREATE INDEX ix_next_release ON task (next_release)",
    "CREATE TABLE next_release (dossier_id TEXT PRIMARY KEY)",
)


def test_an_old_process_works_on_while_the_schema_grows(centre: Centre, size: Size) -> None:
    """The old one never notices; the new one sees what the old one wrote."""
    for role in ("reception", "supervisor"):
        centre.officer(role)
    stages.asking(centre)
    over, made, errors = Event(), list[str](), list[Exception]()

    def work() -> None:
        try:
            while not over.is_set():
                made.append(centre.submit("2.002288", channel="online").line.number)
                centre.do("Kiểm tra hồ sơ", "receive")
        except Exception as error:  # noqa: BLE001  # told below
            errors.append(error)

    worker = Thread(target=work)
    worker.start()
    migrating = Database(centre.settings.database)
    for statement in EXPANSION:
        seen = len(made)
        with migrating.transaction() as tx:
            tx.execute(text(statement))
        while len(made) < seen + size.of(2, 40) and worker.is_alive():
            over.wait(0.01)
    over.set()
    worker.join(timeout=60)
    assert errors == []
    new = build_engine(centre.settings, migrating, centre.clock, CHEAP)
    centre.clock.advance(days=30)
    assert new.timers.fire_due().fired + centre.engine.timers.fire_due().fired > 0
    new.deliveries.run_jobs()
    centre.engine.deliveries.run_jobs()
    assert require_whole(new) == len(made) + 1
    assert require_whole(centre.engine) == len(everything(centre.engine.database)["dossier"])
    migrating.dispose()


@pytest.mark.postgresql
def test_a_migration_that_waits_for_a_lock_gives_up_before_anybody_queues_long(
    postgresql_centre: Centre,
) -> None:
    """Its lock is waited for no longer than a dossier's: people behind it are not held up for minutes."""

    stages.received(postgresql_centre)
    migrating = Database(postgresql_centre.settings.database)
    with postgresql_centre.engine.database.transaction() as tx:
        tx.execute(text("SELECT 1 FROM dossier FOR UPDATE"))
        with pytest.raises(TryAgain), migrating.transaction() as other:
            other.execute(text(EXPANSION[0]))
    migrating.dispose()
