"""Profile files, what-ifs, lengths and intervals: what is wrong is told with its line and field."""

from dataclasses import replace
from pathlib import Path

import pytest

from api.bootstrap import PROCESSES
from engine.scenario import BadScenario
from engine.simulation.changes import BadChange, changed
from engine.simulation.intervals import differences, interval, quantile
from engine.simulation.profile import Post, Profile, Stream
from engine.simulation.reading import read_profile
from engine.simulation.tally import Run
from engine.simulation.times import (
    Exponential,
    Fixed,
    Length,
    LogNormal,
    Quantiles,
    Triangular,
    chosen,
    observed,
    share,
)
from engine.simulation.writing import profile_text

EXAMPLE = Path(PROCESSES / "simulations" / "mot-thang.yaml")


def test_the_example_is_read_in_vietnamese() -> None:
    profile = read_profile(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)
    assert profile.codes == ("2.002288", "1.009794", "2.000986")
    assert profile.officers["processing", "SXD"] == Post(count=2, part=0.8)
    assert profile.times.roles["processing"] == LogNormal(150, 90)
    assert profile.decisions["*"] == {"supplement": 0.06, "decline": 0.02, "rework": 0.05}
    assert read_profile(profile_text(profile), "again.yaml") == profile


def test_english_words_mean_the_same() -> None:
    text = (
        "arrivals: {a: {per_day: 2, channels: {online: 1}}}\ntimes: {default: {fixed: 3}}\nstart: 09/03/2026"
    )
    assert read_profile(text, "x").times.default == Fixed(3)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("tên: x\n", 1, "thiếu mục «hồ sơ đến»"),
        ("hồ sơ đến: {a: 1}\ncán b: {}\n", 2, "có phải «cán bộ»"),
        ("hồ sơ đến:\n  a: nhiều\n", 2, "hồ sơ đến › a: cần ghi một số"),
        ("hồ sơ đến:\n  a:\n    kênh: {trực tuyến: 1}\n", 2, "thiếu mục «mỗi ngày»"),
        ("hồ sơ đến:\n  a:\n    mỗi ngày: 3\n    kênh: {trực tuyến: 50%}\n", 4, "cộng lại phải là 100%"),
        ("hồ sơ đến: {a: 1}\ncán bộ:\n  leader:\n    SXD: 1.5\n", 4, "số nguyên"),
        ("hồ sơ đến: {a: 1}\nthời gian làm:\n  chung: {tam giác: [3, 2, 1]}\n", 3, "ba số tăng dần"),
        ("hồ sơ đến: {a: 1}\nthời gian làm:\n  chung: lâu\n", 3, "tam giác"),
        ("hồ sơ đến: {a: 1}\nquyết định:\n  x: {a: 80%, b: 30%}\n", 3, "quá 100%"),
        ("hồ sơ đến: {a: 1}\nbắt đầu: 2026-03-02\n", 2, "02/03/2026"),
        ("hồ sơ đến: {a: 1}\nsố ngày: 3\nchạy đà: 3\n", 3, "từ 0 đến 2"),
        ("hồ sơ đến: {}\n", 1, "ít nhất một thủ tục"),
        ("hồ sơ đến: [\n", 2, "không đọc được YAML"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_field(text: str, line: int, said: str) -> None:
    with pytest.raises(BadScenario) as caught:
        read_profile(text, "thang.yaml")
    assert caught.value.message("vi").startswith(f"thang.yaml:{line}: ")
    assert said in caught.value.message("vi")


# ---- what if

BASE = Profile(
    arrivals=(Stream(code="1.009794", per_day=4), Stream(code="b", per_day=1)),
    officers={("processing", "SXD"): Post(count=2)},
)


def test_changes_set_add_and_multiply() -> None:
    assert changed(BASE, "officers.processing.SXD=+2").post("processing", "SXD").count == 4
    assert changed(BASE, "officers.processing.SXD=-3").post("processing", "SXD").count == 0
    assert changed(BASE, "officers.leader.SXD=3").post("leader", "SXD").count == 3
    assert [one.per_day for one in changed(BASE, "arrivals.1.009794=+25%").arrivals] == [5, 1]
    assert [one.per_day for one in changed(BASE, "arrivals.*=*2").arrivals] == [8, 2]
    faster = changed(BASE, "times.roles.processing=-50%; times.default=*2")
    # A role without a time of its own takes the common one as it was said first.
    assert faster.times.roles["processing"].at(0.5) == BASE.times.default.at(0.5) / 2
    assert faster.times.default.at(0.5) == BASE.times.default.at(0.5) * 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("officers.processing.SXD", "ghi dạng"),
        ("officer.processing.SXD=1", "có phải «officers»"),
        ("officers.processing=1", "ghi dạng"),
        ("officers.processing.SXD=*1.3", "số nguyên"),
        ("arrivals.1.009795=2", "có phải «1.009794»"),
        ("times.roles.processing=5", "hệ số"),
        ("times.role.x=*2", "không hiểu"),
    ],
)
def test_a_change_that_is_not_understood_is_told(text: str, said: str) -> None:
    with pytest.raises(BadChange) as caught:
        changed(BASE, text)
    assert said in caught.value.message("vi")


# ---- lengths and intervals


@pytest.mark.parametrize(
    ("length", "mean"),
    [
        (Fixed(5), 5), (Triangular(0, 3, 9), 4), (LogNormal(60, 30), 60), (Exponential(7), 7),
        (Quantiles((0, 10, 20)), 10), (Triangular(2, 2, 2), 2), (LogNormal(0, 1), 0),
    ],
)  # fmt: skip
def test_lengths_have_their_mean_and_never_fall_with_their_share(length: Length, mean: float) -> None:
    drawn = [length.at((one + 0.5) / 4000) for one in range(4000)]
    assert sum(drawn) / len(drawn) == pytest.approx(mean, rel=0.01, abs=1e-9)
    assert drawn == sorted(drawn)


def test_what_was_observed_keeps_its_middle_and_its_ends() -> None:
    found = observed([float(one) for one in range(101)])
    assert [found.at(part) for part in (0.0, 0.5, 1.0)] == [0, 50, 100]
    assert observed([3, 3, 3]) == Fixed(3)


def test_shares_are_even_and_belong_to_their_words() -> None:
    drawn = [share(1, "a", one) for one in range(2000)]
    assert sum(drawn) / 2000 == pytest.approx(0.5, abs=0.03)
    assert share(1, "a", 7) == drawn[7] != share(2, "a", 7)
    counts = [chosen([("x", 0.2), ("y", 0.8)], part) for part in drawn].count("x")
    assert counts / 2000 == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize(("freedom", "t"), [(1, 12.706), (5, 2.571), (6, 2.447), (9, 2.262), (29, 2.045)])
def test_intervals_use_the_quantiles_of_student(freedom: int, t: float) -> None:
    assert quantile(freedom) == pytest.approx(t, abs=0.001)


def test_one_run_has_no_interval_and_pairs_are_compared_one_by_one() -> None:
    assert interval([3.0]).half is None
    base = [_run(number, {("hours",): 10.0 * number}) for number in (1, 2, 3)]
    other = [replace(one, figures={("hours",): one.figures["hours",] - 1}) for one in base]
    saved = differences(base, other)["hours",]
    assert (saved.mean, saved.half, saved.sure) == (-1, 0, True)


def _run(number: int, figures: dict[tuple[str, ...], float]) -> Run:
    return Run(number=number, figures=figures, faults={}, commands=0, dossiers=0)
