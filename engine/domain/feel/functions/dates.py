"""Calendar functions on dates. Legal time is not reckoned here: see ``legal``."""

from datetime import date, timedelta

from engine.domain.feel.arithmetic import add_months
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.values import FeelValue

dates = Library()
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dates.add("day of year(date: date|date and time)")
def day_of_year(day: date) -> FeelValue:
    return day.timetuple().tm_yday


@dates.add("day of week(date: date|date and time)")
def day_of_week(day: date) -> FeelValue:
    return DAYS[day.weekday()]


@dates.add("month of year(date: date|date and time)")
def month_of_year(day: date) -> FeelValue:
    return MONTHS[day.month - 1]


@dates.add("week of year(date: date|date and time)")
def week_of_year(day: date) -> FeelValue:
    return day.isocalendar().week


@dates.add("last day of month(date: date|date and time)")
def last_day_of_month(day: date) -> FeelValue:
    first = date(day.year, day.month, 1)
    if (day.year, day.month) == (9999, 12):
        return 31
    following: date = add_months(first, 1)
    return (following - timedelta(days=1)).day
