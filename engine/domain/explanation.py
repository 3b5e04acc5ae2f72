"""The reckoning in words: what was counted from when, which days off lay between, and why it moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from engine.clock import vietnam
from engine.domain.calendar import Holiday, WorkingCalendar
from engine.domain.duration import ClockHours, LegalDuration, WorkingDays, WorkingHours, describe

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning."""

    what: str
    at: datetime
    counted_from: datetime | None = None  # first moment, or first day, that counts
    due_at: datetime | None = None
    limit: LegalDuration | None = None
    ground: str = ""
    days_off: tuple[Holiday, ...] = ()  # weekdays within the count
    made_up: tuple[date, ...] = ()  # weekend days that were worked


_VI = {
    "submitted": "nộp {at}",
    "received": "nhận {at}",
    "fee_paid": "nộp đủ phí {at}",
    "returned": "trả để bổ sung {at}, đồng hồ dừng{overdue}{ground}",
    "supplemented": "nhận bổ sung {at}",
    "restarted": "nhận bổ sung {at}, tính lại từ đầu",
    "resumed": "nhận bổ sung {at}, tính tiếp thời gian còn lại",
    "added": "nhận bổ sung {at}, tính thêm {limit}",
    "limit_set": "xác định lại thời hạn {at}: {limit}{ground}",
    "extended": "xin lỗi và hẹn lại {at}: {due}{ground}",
    "finished": "xong {at}",
    "withdrawn": "rút hồ sơ {at}",
    "stopped": "dừng giải quyết {at}",
}
_EN = {
    "submitted": "submitted {at}",
    "received": "received {at}",
    "fee_paid": "fee paid {at}",
    "returned": "returned for a supplement {at}, the clock stands still{overdue}{ground}",
    "supplemented": "supplement received {at}",
    "restarted": "supplement received {at}, counted anew from zero",
    "resumed": "supplement received {at}, the rest is counted on",
    "added": "supplement received {at}, {limit} added",
    "limit_set": "limit set anew {at}: {limit}{ground}",
    "extended": "apology and new appointment {at}: {due}{ground}",
    "finished": "finished {at}",
    "withdrawn": "withdrawn {at}",
    "stopped": "stopped {at}",
}
# (Vietnamese, English): words that stand in several sentences.
_WORDS = {
    "due": ("hẹn {}", "due {}"),
    "no limit": ("pháp luật không quy định thời hạn", "the law sets no limit"),
    "waits": ("chưa tính thời hạn: chờ nộp phí", "the clock has not started: the fee is awaited"),
    "overdue": (", khi đã quá hạn {}", ", when it was already due since {}"),
    "limit": ("thời hạn {}", "limit {}"),
    "none": ("không quy định", "none"),
    "counted": ("tính từ {}", "counted from {}"),
    "off": ("nghỉ {}", "off {}"),
    "made up": ("làm bù {}", "worked {}"),
}
_LEGS = frozenset({"received", "fee_paid", "restarted", "resumed", "added"})


def step_of_leg(
    what: str,
    at: datetime,
    since: datetime,
    due: datetime | None,
    limit: LegalDuration | None,
    calendar: WorkingCalendar,
) -> Step:
    """A leg of the clock, with the days off and the make-up days between its start and its end."""
    if due is None:
        return Step(what, at)
    start, end = vietnam(since).date(), vietnam(due).date()
    return Step(
        what,
        at,
        _first_counted(vietnam(since), due, limit, calendar),
        due,
        limit,
        days_off=tuple(calendar.holidays_between(start, end)),
        made_up=tuple(calendar.makeup_days_between(start, end)),
    )


def _first_counted(
    since: datetime, due: datetime, limit: LegalDuration | None, calendar: WorkingCalendar
) -> datetime:
    """In days the first one is not counted (Civil Code art. 147), in hours the moment itself is."""
    if limit is None or isinstance(limit, WorkingHours | ClockHours) or since.date() >= due.date():
        return since
    day = since.date()
    day = calendar.next_working_day(day) if isinstance(limit, WorkingDays) else day + _DAY
    return datetime.combine(day, due.timetz())


def sentences(
    steps: Sequence[Step],
    due: datetime | None,
    limit: LegalDuration | None,
    running: bool,
    lang: str,
) -> tuple[str, ...]:
    """A sentence for each step, and at the end the appointment or why there is none."""
    said = [_sentence(step, lang) for step in steps]
    last = next((step.what for step in reversed(steps) if step.what != "limit_set"), "")
    if due is not None:
        said.append(_word("due", lang, _moment(due)))
    elif running and limit is None:
        said.append(_word("no limit", lang))
    elif not running and last in ("received", "fee_paid"):
        said.append(_word("waits", lang))
    return tuple(said)


def _sentence(step: Step, lang: str) -> str:
    template = (_VI if lang == "vi" else _EN)[step.what]
    due = _moment(step.due_at) if step.due_at else ""
    text = template.format(
        at=_moment(step.at),
        due=due,
        limit=describe(step.limit, lang) if step.limit is not None else _word("none", lang),
        overdue=_word("overdue", lang, due) if due else "",
        ground=f" ({step.ground})" if step.ground else "",
    )
    parts = [text]
    if step.what in _LEGS and step.limit is not None and step.counted_from is not None:
        parts += _counting(step, step.limit, step.counted_from, lang)
    return ", ".join(parts)


def _counting(step: Step, limit: LegalDuration, start: datetime, lang: str) -> list[str]:
    parts = []
    if step.what not in ("resumed", "added"):
        parts.append(_word("limit", lang, describe(limit, lang)))
    hours = isinstance(limit, WorkingHours | ClockHours) or limit.count == 0
    parts.append(_word("counted", lang, _moment(start) if hours else f"{start:%-d/%-m/%Y}"))
    if step.days_off:
        parts.append(_word("off", lang, _listed(step.days_off)))
    if step.made_up:
        parts.append(_word("made up", lang, "; ".join(f"{day:%-d/%-m}" for day in step.made_up)))
    return parts


def _listed(days: Sequence[Holiday]) -> str:
    """ "1/9-2/9 (Quốc khánh)": neighbouring days as one stretch."""
    stretches = []
    for _, group in groupby(enumerate(days), key=lambda place: place[1].date - _DAY * place[0]):
        stretch = [day for _, day in group]
        ends = dict.fromkeys(f"{day.date:%-d/%-m}" for day in (stretch[0], stretch[-1]))
        names = dict.fromkeys(day.name for day in stretch)
        stretches.append(f"{'-'.join(ends)} ({', '.join(names)})")
    return "; ".join(stretches)


def _word(key: str, lang: str, value: str = "") -> str:
    vi, en = _WORDS[key]
    return (vi if lang == "vi" else en).format(value)


def _moment(at: datetime) -> str:
    """29/8/2026 15:40: as people here write it."""
    return f"{vietnam(at):%-d/%-m/%Y %H:%M}"
