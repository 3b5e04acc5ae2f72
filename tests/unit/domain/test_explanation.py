"""Every due date can say why it is that day: in the words of the counter, Vietnamese and English."""

from tests.unit.domain.clocks import clock, entry


def test_the_reckoning_is_told_step_by_step() -> None:
    reckoning = clock(
        entry("submitted", "2026-08-28 15:20"),
        entry("received", "2026-08-28 15:40"),
        entry("returned", "2026-09-04 10:00"),
        entry("supplemented", "2026-09-08 09:00"),
    )
    assert reckoning.explain() == (
        "nộp 28/8/2026 15:20",
        "nhận 28/8/2026 15:40, thời hạn 5 ngày làm việc, tính từ 3/9/2026, "
        "nghỉ 31/8-2/9 (Nghỉ hoán đổi, làm bù 22/08/2026, Quốc khánh)",
        "trả để bổ sung 4/9/2026 10:00, đồng hồ dừng (Điều 19)",
        "nhận bổ sung 8/9/2026 09:00, tính lại từ đầu, thời hạn 5 ngày làm việc, tính từ 9/9/2026",
        "hẹn 15/9/2026 17:00",
    )
    assert reckoning.explain("en") == (
        "submitted 28/8/2026 15:20",
        "received 28/8/2026 15:40, limit 5 working days, counted from 3/9/2026, "
        "off 31/8-2/9 (Nghỉ hoán đổi, làm bù 22/08/2026, Quốc khánh)",
        "returned for a supplement 4/9/2026 10:00, the clock stands still (Điều 19)",
        "supplement received 8/9/2026 09:00, counted anew from zero, limit 5 working days, "
        "counted from 9/9/2026",
        "due 15/9/2026 17:00",
    )


def test_make_up_days_and_separate_holidays_are_listed() -> None:
    (received, _) = clock(entry("received", "2026-08-20 09:00"), limit="2WD").explain()
    assert received.endswith("tính từ 21/8/2026, làm bù 22/8")
    (received, _) = clock(entry("received", "2026-04-24 09:00"), limit="4WD").explain()
    assert received.endswith(
        "nghỉ 27/4 (Ngày Giỗ Tổ Hùng Vương (nghỉ bù)); 30/4-1/5 (Ngày Chiến thắng, Ngày Quốc tế Lao động)"
    )


def test_hours_are_counted_from_the_moment() -> None:
    (received, due) = clock(entry("received", "2026-03-02 09:10"), limit="4WH").explain()
    assert received == "nhận 2/3/2026 09:10, thời hạn 4 giờ làm việc, tính từ 2/3/2026 09:10"
    assert due == "hẹn 2/3/2026 15:10"


def test_a_same_day_procedure_says_from_when_it_counts() -> None:
    (received, due) = clock(entry("received", "2026-03-02 15:30"), limit="8WH", same_day=True).explain()
    assert received == "nhận 2/3/2026 15:30, thời hạn trong ngày làm việc, tính từ 3/3/2026 07:00"
    assert due == "hẹn 3/3/2026 17:00"


def test_resuming_adding_extending_and_new_limits_are_said() -> None:
    away = (
        entry("received", "2026-03-02"),
        entry("returned", "2026-03-04"),
        entry("supplemented", "2026-03-09"),
    )
    resumed = clock(*away, policy="RESUME").explain()
    assert resumed[2:] == (
        "nhận bổ sung 9/3/2026 08:00, tính tiếp thời gian còn lại, tính từ 10/3/2026",
        "hẹn 12/3/2026 17:00",
    )
    assert "tính thêm 21 ngày làm việc" in clock(*away, policy="+21WD").explain()[2]
    moved = clock(
        entry("received", "2026-03-02"),
        entry("limit_set", "2026-03-03", limit="7WD"),
        entry("extended", "2026-03-05", due_at="2026-03-20T17:00:00+07:00"),
    ).explain()
    assert moved[1:] == (
        "xác định lại thời hạn 3/3/2026 08:00: 7 ngày làm việc (Điều 19)",
        "xin lỗi và hẹn lại 5/3/2026 08:00: 20/3/2026 17:00 (Điều 19)",
        "hẹn 20/3/2026 17:00",
    )


def test_a_late_return_says_that_it_was_late() -> None:
    told = clock(entry("received", "2026-03-02"), entry("returned", "2026-03-20")).explain()
    assert told[-1] == (
        "trả để bổ sung 20/3/2026 08:00, đồng hồ dừng, khi đã quá hạn 9/3/2026 17:00 (Điều 19)"
    )


def test_why_there_is_no_appointment_is_said() -> None:
    assert (
        clock(entry("received", "2026-03-02"), limit=None).explain()[-1]
        == "pháp luật không quy định thời hạn"
    )
    waiting = clock(entry("received", "2026-03-02"), clock_starts="fee_paid")
    assert waiting.explain()[-1] == "chưa tính thời hạn: chờ nộp phí"
    assert waiting.explain("en")[-1] == "the clock has not started: the fee is awaited"


def test_the_end_is_told_before_the_appointment() -> None:
    told = clock(entry("received", "2026-03-02"), entry("finished", "2026-03-06 10:00")).explain()
    assert told[-2:] == ("xong 6/3/2026 10:00", "hẹn 9/3/2026 17:00")


def test_a_dossier_nothing_has_happened_to_has_nothing_to_explain() -> None:
    assert clock().explain() == ()
