"""Whether the engine can do its work now."""

from engine.store.database import Database
from engine.store.migrations.schema import is_current
from engine.store.procedures import newest_calendar


class Health:
    """Questions a load balancer and a watchman ask."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def problems(self) -> list[str]:
        """What keeps this installation from working, in Vietnamese; empty when it is ready.

        Raises Unavailable when the database does not answer.
        """
        problems = []
        if not is_current(self._database):
            problems.append("Cơ sở dữ liệu chưa được nâng cấp: chạy «motcua db upgrade».")
        else:
            with self._database.reading() as connection:
                if newest_calendar(connection) is None:
                    problems.append("Chưa có lịch làm việc: chạy «motcua calendar deploy».")
        return problems
