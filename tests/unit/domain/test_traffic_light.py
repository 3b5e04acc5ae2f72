"""The light of a dossier: how it stands, in words a citizen understands."""

import pytest

from engine.domain.traffic_light import TrafficLight, traffic_light
from tests.unit.domain.clocks import AGENCY, CALENDAR, at

DUE = "2026-03-13 17:00"  # a Friday


def light(
    now: str,
    *,
    due: str | None = DUE,
    received: str | None = "2026-03-02",
    finished: str | None = None,
    paused: bool = False,
    running: bool = True,
) -> TrafficLight:
    return traffic_light(
        due_at=at(due) if due else None,
        paused=paused,
        received_at=at(received) if received else None,
        finished_at=at(finished) if finished else None,
        now=at(now),
        calendar=CALENDAR,
        agency=AGENCY,
        clock_running=running,
    )


@pytest.mark.parametrize(
    ("now", "state", "vi", "en"),
    [
        ("2026-03-03 09:00", "on_time", "Còn 8 ngày làm việc", "8 working days left"),
        ("2026-03-10 17:00", "on_time", "Còn 3 ngày làm việc", "3 working days left"),
        ("2026-03-11 16:00", "on_time", "Còn 2 ngày làm việc", "2 working days left"),
        ("2026-03-12 15:00", "due_soon", "Còn 10 giờ", "10 hours left"),
        ("2026-03-13 10:30", "due_soon", "Còn 4 giờ", "4 hours left"),
        ("2026-03-13 16:20", "due_soon", "Còn 40 phút", "40 minutes left"),
        ("2026-03-13 17:00", "due_soon", "Còn 0 phút", "0 minutes left"),
        ("2026-03-13 20:00", "overdue", "Trễ 3 giờ", "3 hours late"),
        ("2026-03-14 09:00", "overdue", "Trễ 16 giờ", "16 hours late"),
        ("2026-03-16 10:00", "overdue", "Trễ 3 giờ", "3 hours late"),
        ("2026-03-13 17:01", "overdue", "Trễ 1 phút", "1 minute late"),
        ("2026-03-18 09:00", "overdue", "Trễ 3 ngày làm việc", "3 working days late"),
    ],
)
def test_an_open_dossier(now: str, state: str, vi: str, en: str) -> None:
    assert light(now) == TrafficLight(state, vi, en)


def test_a_limit_in_clock_hours_is_told_at_night_too() -> None:
    assert light("2026-03-07 12:00", due="2026-03-08 10:00", received="2026-03-07 10:00").vi == "Còn 22 giờ"


@pytest.mark.parametrize(
    ("finished", "state", "vi"),
    [
        ("2026-03-10 10:00", "finished_on_time", "Xong trước hạn 3 ngày làm việc"),
        ("2026-03-13 17:00", "finished_on_time", "Xong đúng hạn"),
        ("2026-03-13 17:05", "finished_late", "Xong, trễ trong ngày"),
        ("2026-03-17 09:00", "finished_late", "Xong, trễ 2 ngày làm việc"),
    ],
)
def test_a_finished_dossier_keeps_its_light_for_ever(finished: str, state: str, vi: str) -> None:
    found = light("2027-01-01", finished=finished)
    assert (found.state, found.vi) == (state, vi)


def test_a_dossier_with_the_citizen_is_paused() -> None:
    assert light("2026-03-05", paused=True, due=None).state == "paused"


def test_what_has_no_due_date_says_why() -> None:
    assert light("2026-03-05", due=None).vi == "Không quy định thời hạn"
    assert light("2026-03-05", due=None, received=None).vi == "Chưa tiếp nhận"
    assert light("2026-03-05", due=None, running=False) == TrafficLight(
        "paused", "Chưa tính thời hạn", "The clock has not started"
    )


def test_the_last_fifth_and_the_last_day_are_due_soon() -> None:
    assert light("2026-03-10 16:00", due="2026-03-11 17:00", received="2026-02-02").state == "due_soon"
    assert light("2026-03-11 07:30", due="2026-03-11 17:00", received="2026-03-11 07:00").state == "due_soon"
    assert light("2026-03-11 07:30", due=DUE, received=None).state == "on_time"
