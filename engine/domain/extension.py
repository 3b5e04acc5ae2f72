"""Whether a new appointment may be given: once, in time, with a reason (NĐ 61/2018/NĐ-CP art. 19(9))."""

from datetime import datetime

from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.deadline import Reckoning
from engine.domain.duration import describe
from engine.domain.law import Rules
from engine.errors import MotcuaError


class NoDeadlineToExtend(MotcuaError):
    """The clock does not run."""

    code = "no-deadline"
    vi = "Hồ sơ hiện không tính thời hạn nên không có ngày hẹn để gia hạn."
    en = "The clock of this dossier does not run now: there is no appointment to extend."


class AlreadyExtended(MotcuaError):
    """The law allows one new appointment."""

    code = "already-extended"
    vi = "Hồ sơ đã được hẹn lại {times} lần, quy định chỉ cho phép {allowed} lần ({basis})."
    en = "This dossier already got a new appointment; the law allows {allowed} ({basis})."


class ExtensionTooLate(MotcuaError):
    """The apology must reach the citizen before the last day."""

    code = "extension-too-late"
    vi = "Phải thông báo gia hạn trước {latest} (trước ngày hẹn ít nhất {notice}, {basis})."
    en = "The extension had to be announced before {latest} (at least {notice} before it is due, {basis})."


class ExtensionNotLater(MotcuaError):
    """The new date must be later than the one in force."""

    code = "extension-not-later"
    vi = "Ngày hẹn mới phải sau ngày hẹn hiện tại {due}."
    en = "The new appointment must be later than the present one, {due}."


class ExtensionOnDayOff(MotcuaError):
    """The citizen would find the office closed."""

    code = "extension-day-off"
    vi = "Ngày hẹn mới {day} là ngày nghỉ. Chọn một ngày làm việc."
    en = "The new appointment {day} is a day off. Choose a working day."


def require_extension(
    reckoning: Reckoning,
    *,
    new_due_at: datetime,
    at: datetime,
    calendar: WorkingCalendar,
    agency: str,
    rules: Rules,
) -> None:
    """Return silently when the new appointment may be given.

    Raises NoDeadlineToExtend, AlreadyExtended, ExtensionTooLate, ExtensionNotLater or ExtensionOnDayOff.
    """
    due = reckoning.due_at
    if due is None or not reckoning.running:
        raise NoDeadlineToExtend()
    basis = rules.basis.get("extension", "")
    if reckoning.extensions >= rules.max_extensions:
        raise AlreadyExtended(times=reckoning.extensions, allowed=rules.max_extensions, basis=basis)
    latest = calendar.subtract(due, rules.extension_notice, agency)
    if vietnam(at) > latest:
        notice = describe(rules.extension_notice)
        raise ExtensionTooLate(latest=f"{latest:%H:%M %d/%m/%Y}", notice=notice, basis=basis)
    if vietnam(new_due_at) <= due:
        raise ExtensionNotLater(due=f"{due:%H:%M %d/%m/%Y}")
    if not calendar.is_working_day(vietnam(new_due_at).date()):
        raise ExtensionOnDayOff(day=f"{vietnam(new_due_at):%d/%m/%Y}")
