"""What two calendars have different, in sentences, and whether days that are over are among it."""

from dataclasses import dataclass
from datetime import date

from api.i18n import _
from api.pages.calendar.show import agency_words, day_words
from engine.domain.calendar_file import CalendarFile, OfficeHours, read_calendar


@dataclass(frozen=True, slots=True)
class Compared:
    """The differences, and whether they touch the past."""

    sentences: tuple[str, ...]
    past: bool


def compared(old: str, new: str, today: date) -> Compared:
    """From one calendar's text to another's."""
    before, after = read_calendar(old), read_calendar(new)
    told = [*_days_off(before, after), *_makeup_days(before, after)]
    sentences = [sentence for _day, sentence in sorted(told)]
    agencies = sorted({agency for agency, _spans in _hours(before).items() ^ _hours(after).items()})
    offices = [_("Đổi giờ làm việc: {agency}", agency=agency_words(one)) for one in agencies]
    return Compared((*sentences, *offices), any(day < today for day, _sentence in told))


def _days_off(before: CalendarFile, after: CalendarFile) -> list[tuple[date, str]]:
    old = {one.date: one for one in before.holidays}
    new = {one.date: one for one in after.holidays}
    told = []
    for day in sorted(old.keys() | new.keys()):
        if day not in old:
            words = "Thêm ngày nghỉ {day}: {name}"
        elif day not in new:
            words = "Bỏ ngày nghỉ {day}: {name}"
        elif old[day].estimate and not new[day].estimate:
            words = "Ngày nghỉ {day}: {name} không còn là dự tính"
        elif old[day] != new[day]:
            words = "Ghi lại ngày nghỉ {day}: {name}"
        else:
            continue
        told.append((day, _(words, day=day_words(day), name=(new.get(day) or old[day]).name)))
    return told


def _makeup_days(before: CalendarFile, after: CalendarFile) -> list[tuple[date, str]]:
    old, new = set(before.makeup_days), set(after.makeup_days)
    added = [(day, _("Thêm ngày làm bù {day}", day=day_words(day))) for day in new - old]
    return [*added, *((day, _("Bỏ ngày làm bù {day}", day=day_words(day))) for day in old - new)]


def _hours(calendar: CalendarFile) -> dict[str, tuple[OfficeHours, ...]]:
    found: dict[str, tuple[OfficeHours, ...]] = {}
    for one in calendar.offices:
        found[one.agency] = (*found.get(one.agency, ()), one)
    return found
