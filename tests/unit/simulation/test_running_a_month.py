"""A centre's days on the real engine: nothing is lost, nothing depends on chance twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from api.bootstrap import PROCESSES, scenario_centres
from api.furnishing import planned_calendar
from api.sources import read_source
from engine.scenario import Centre, Centres
from engine.simulation.changes import changed
from engine.simulation.learning import NothingToLearn, learn
from engine.simulation.profile import Citizens, Post, Profile, Stream, Times
from engine.simulation.reading import read_profile
from engine.simulation.run import simulate
from engine.simulation.tally import Run
from engine.simulation.times import Exponential, Fixed
from engine.simulation.writing import profile_text
from engine.store.database import Database
from engine.store.forgotten import NotInMemory, make_forgetful

BADGE = PROCESSES / "sgtvt" / "2.002288.bpmn"
CHECK = ("step", "Kiểm tra hồ sơ", "reception", "TTHCC")
SMALL = Profile(
    start=date(2026, 3, 2),
    days=3,
    arrivals=(Stream(code="2.002288", per_day=5, channels={"online": 0.5, "counter": 0.5}),),
    officers={("reception", "TTHCC"): Post(count=1)},
    decisions={"*": {"supplement": 0.3, "refuse": 0.1, "decline": 0.1}},
)


@pytest.fixture(scope="module")
def centres(tmp_path_factory: pytest.TempPathFactory) -> Centres:
    return scenario_centres(tmp_path_factory.mktemp("simulations"))


@pytest.fixture
def centre(centres: Centres) -> Iterator[Centre]:
    with centres.opened(read_source(BADGE)) as opened:
        yield opened


def run(centres: Centres, profile: Profile, number: int = 0) -> Run:
    with centres.opened(read_source(BADGE)) as centre:
        return simulate(centre, profile, number)


def test_what_has_begun_is_finished_or_open_and_nothing_is_refused(centres: Centres) -> None:
    found = run(centres, SMALL)
    figures = found.figures
    assert found.faults == {}
    assert figures["begun",] == found.dossiers > 8
    assert figures["begun",] == figures["finished",] + figures["open",]
    assert figures["begun",] == sum(count for name, count in figures.items() if name[0] == "handling")


def test_the_same_seed_gives_the_same_figures_and_another_one_does_not(
    centres: Centres, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(centres, SMALL)
    assert run(centres, replace(SMALL, seed=2)).figures != first.figures
    monkeypatch.setattr("engine.simulation.run._FORGOTTEN_AT_ONCE", 1)  # who is forgotten is still counted
    assert run(centres, SMALL) == first


def test_only_a_database_in_memory_forgets() -> None:
    with pytest.raises(NotInMemory):
        make_forgetful(Database("sqlite:///nowhere.sqlite3"))


def test_days_that_fill_the_queues_are_not_counted(centres: Centres) -> None:
    whole, part = run(centres, SMALL), run(centres, replace(SMALL, warm_up=2))
    assert part.dossiers == whole.dossiers
    assert part.figures["begun",] < whole.figures["begun",]


def test_twice_as_many_officers_never_wait_longer_for_the_same_people(centres: Centres) -> None:
    queue = Profile(
        days=3,
        arrivals=(Stream(code="2.002288", per_day=8, channels={"online": 1.0}),),
        officers={("reception", "TTHCC"): Post(count=1)},
        times=Times(default=Fixed(0), steps={"Kiểm tra hồ sơ": Exponential(50)}),
        decisions={"*": {"refuse": 1.0}},  # the check is all there is
        citizens=Citizens(never=1.0),
    )
    one, two = run(centres, queue), run(centres, changed(queue, "officers.reception.TTHCC=*2"))
    assert two.figures["begun",] == one.figures["begun",]
    assert two.figures[*CHECK, "wait"] < one.figures[*CHECK, "wait"]


def test_a_late_dossier_is_late_by_the_legal_clock(centres: Centres) -> None:
    times = Times(default=Fixed(1), roles={"leader": Fixed(3 * 480)})
    slow = replace(SMALL, days=6, times=times, decisions={"*": {}})
    assert run(centres, slow).figures["late",] > 0.5
    assert run(centres, replace(slow, times=Times(default=Fixed(1)))).figures["late",] == 0


# ---- a profile from history


def test_a_profile_is_learnt_from_what_a_centre_has_done(centre: Centre) -> None:
    told = replace(
        SMALL, days=5, times=Times(default=Fixed(10)), officers={("reception", "TTHCC"): Post(count=2)}
    )
    found = simulate(centre, told, 0)
    calendar, until = planned_calendar(), centre.clock.at
    with centre.engine.database.reading() as connection:
        learnt = learn(connection, calendar, "TTHCC", until - timedelta(days=5), until)
    (stream,) = learnt.arrivals
    assert stream.per_day == pytest.approx(found.dossiers / 5, rel=0.3)
    assert sum(stream.channels.values()) == pytest.approx(1)
    assert ("leader", "SGTVT") in learnt.officers
    assert 0 < learnt.decisions["2.002288/tn_kiemtra"]["receive"] < 1
    # A step of ten minutes took ten at least: to its officer's idle time nobody was witness.
    assert learnt.times.roles["reception"].at(0.5) >= 9.9
    assert read_profile(profile_text(learnt), "learnt.yaml") == learnt
    assert simulate(centre, replace(learnt, days=1, start=date(2026, 4, 1)), 1).faults == {}


def test_where_nobody_came_nothing_is_learnt(centre: Centre) -> None:
    until = centre.clock.at
    with centre.engine.database.reading() as connection, pytest.raises(NothingToLearn):
        learn(connection, planned_calendar(), "TTHCC", until - timedelta(days=5), until)
