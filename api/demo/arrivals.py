"""When people come: in office hours, most of them in the morning and on the first day of the week."""

from datetime import date, datetime, time, timedelta
from random import Random

from engine.clock import VIETNAM, vietnam
from engine.domain.calendar import EVERYBODY, WorkingCalendar

WEEKS = 6
_PEAK = 1.6  # how much more come on the day after days off
# Office hours by the share of people who come in them.
_HOURS = ((7, 10), (8, 26), (9, 22), (10, 12), (13, 6), (14, 12), (15, 9), (16, 3))


class Arrivals:
    """Moments of the weeks before now, by the working calendar."""

    def __init__(self, calendar: WorkingCalendar, now: datetime) -> None:
        self.now = vietnam(now)
        self._calendar = calendar
        first = self.now.date() - timedelta(weeks=WEEKS)
        span = [first + timedelta(days=number) for number in range(WEEKS * 7 + 1)]
        self._days = [day for day in span if calendar.is_working_day(day)]
        self._weights = [self._weight(day) for day in self._days]

    @property
    def begin(self) -> datetime:
        """Midnight before the first day."""
        return datetime.combine(self._days[0], time(), VIETNAM)

    def _weight(self, day: date) -> float:
        return 1.0 if self._calendar.is_working_day(day - timedelta(days=1)) else _PEAK

    def any(self, random: Random) -> datetime:
        """Some moment of the six weeks."""
        while True:
            day = random.choices(self._days, self._weights)[0]
            at = self._moment(day, random)
            if at < self.now:
                return at

    def before(self, working: timedelta, random: Random) -> datetime:
        """The moment that lies so much office time before now, no earlier than the first day."""
        low, high = self.begin, self.now
        while high - low > timedelta(minutes=1):
            middle = low + (high - low) / 2
            if self._calendar.working_time_between(middle, self.now, EVERYBODY) > working:
                low = middle
            else:
                high = middle
        at = self._calendar.next_opening(low, EVERYBODY) + timedelta(seconds=random.randint(5, 55))
        return min(at, self.now - timedelta(minutes=30))

    def _moment(self, day: date, random: Random) -> datetime:
        hours, weights = zip(*_HOURS, strict=True)
        hour = random.choices(hours, weights)[0]
        earliest = 30 if hour == 13 else 2  # offices open again at half past one
        at = datetime.combine(day, time(hour, random.randint(earliest, 59), random.randint(0, 59)), VIETNAM)
        return self._calendar.next_opening(at, EVERYBODY)
