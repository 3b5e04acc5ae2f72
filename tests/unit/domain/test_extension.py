"""A new appointment: at most once, announced at least a day before, later, on a working day."""

import pytest

from engine.domain.deadline import Reckoning
from engine.domain.extension import (
    AlreadyExtended,
    ExtensionNotLater,
    ExtensionOnDayOff,
    ExtensionTooLate,
    NoDeadlineToExtend,
    require_extension,
)
from tests.unit.domain.clocks import AGENCY, CALENDAR, LAW, at, clock, entry

RECEIVED = entry("received", "2026-03-02")  # due Monday 9 March, 17:00


def extend(reckoning: Reckoning, when: str, to: str = "2026-03-20 17:00") -> None:
    require_extension(
        reckoning,
        new_due_at=at(to),
        at=at(when),
        calendar=CALENDAR,
        agency=AGENCY,
        rules=LAW.rules_at(at("2026-03-02").date()),
    )


@pytest.mark.parametrize("when", ["2026-03-02 09:00", "2026-03-06 16:59", "2026-03-08 17:00"])
def test_a_new_appointment_may_be_given_up_to_a_day_before(when: str) -> None:
    extend(clock(RECEIVED), when)


@pytest.mark.parametrize("when", ["2026-03-08 17:01", "2026-03-09 10:00", "2026-03-10 09:00"])
def test_on_the_last_day_it_is_too_late(when: str) -> None:
    with pytest.raises(ExtensionTooLate, match=r"trước 17:00 08/03/2026.*Điều 19 khoản 9"):
        extend(clock(RECEIVED), when)


def test_a_second_new_appointment_is_refused() -> None:
    once = clock(RECEIVED, entry("extended", "2026-03-05", due_at="2026-03-20T17:00:00+07:00"))
    with pytest.raises(AlreadyExtended, match="chỉ cho phép 1 lần"):
        extend(once, "2026-03-10", "2026-03-30 17:00")


@pytest.mark.parametrize("to", ["2026-03-09 17:00", "2026-03-06 17:00"])
def test_the_new_appointment_must_be_later(to: str) -> None:
    with pytest.raises(ExtensionNotLater, match="17:00 09/03/2026"):
        extend(clock(RECEIVED), "2026-03-04", to)


def test_nobody_is_asked_to_come_on_a_sunday() -> None:
    with pytest.raises(ExtensionOnDayOff, match="15/03/2026 là ngày nghỉ"):
        extend(clock(RECEIVED), "2026-03-04", "2026-03-15 09:00")


def test_without_a_running_clock_there_is_nothing_to_extend() -> None:
    for reckoning in (
        clock(),
        clock(RECEIVED, limit=None),
        clock(RECEIVED, entry("returned", "2026-03-03")),
        clock(RECEIVED, entry("finished", "2026-03-03")),
    ):
        with pytest.raises(NoDeadlineToExtend, match="không có ngày hẹn"):
            extend(reckoning, "2026-03-04")
