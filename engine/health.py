"""Whether the engine can do its work now."""

from datetime import timedelta

from engine.clock import Clock, SystemClock
from engine.store.database import Database
from engine.store.migrations.schema import is_current
from engine.store.procedures import newest_calendar
from engine.store.server_clock import server_time

_GAP = timedelta(seconds=2)  # between this machine's clock and the database server's


class Health:
    """Questions a load balancer and a watchman ask."""

    def __init__(self, database: Database, own: Clock | None = None) -> None:
        """``own``: the clock of this machine."""
        self._database = database
        self._own = own or SystemClock()

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

    def warnings(self) -> list[str]:
        """What somebody should mend though the work goes on, in Vietnamese. Raises Unavailable."""
        if self._database.dialect != "postgresql":
            return []
        at, _ = server_time(self._database)
        gap = abs(at - self._own.now())
        if gap <= _GAP:
            return []
        return [
            f"Đồng hồ máy này lệch {gap.total_seconds():.0f} giây so với máy chủ cơ sở dữ liệu (giờ được ghi "
            "là giờ của máy chủ). Kiểm tra đồng bộ NTP."
        ]
