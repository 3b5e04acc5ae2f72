"""The demo centre looks as a centre looks on that day, whatever day it is, and is made by the real engine."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from api.bootstrap import open_engine
from api.demo import people, seeding
from api.demo.applications import CODES
from api.demo.arrivals import Arrivals
from api.demo.partners import partners
from api.demo.seeding import Interrupted, Made, NotEmpty, make
from api.demo.stories import tell
from api.furnishing import furnish, planned_calendar
from api.settings import Settings
from engine.clock import VIETNAM, FixedClock
from engine.engine import Engine
from tests.centre import settings_for

NOW = datetime(2026, 11, 26, 10, 20, tzinfo=VIETNAM)  # a Thursday
SUNDAY = datetime(2026, 11, 22, 22, 0, tzinfo=VIETNAM)
MONDAY_AT_SEVEN = datetime(2026, 11, 23, 7, 1, tzinfo=VIETNAM)
TET = datetime(2026, 2, 18, 9, 0, tzinfo=VIETNAM)  # the second day of Tết
COUNT = 204

pytestmark = pytest.mark.timeout(400)  # six weeks of work take 15 seconds, more when the machine is shared


def ignore(begun: int, at: datetime) -> None:
    """A progress bar that nobody looks at."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Made, Settings]]:
    folder = tmp_path_factory.mktemp("demo")
    settings = settings_for(folder, f"sqlite:///{folder / 'motcua.sqlite3'}")
    os.environ["MOTCUA_OUTGOING"] = str(folder / "outgoing")
    try:
        with partners(messages=False):
            made = make(settings, NOW, ignore, count=COUNT)
    finally:
        del os.environ["MOTCUA_OUTGOING"]
    engine = open_engine(settings, clock=FixedClock(NOW))
    yield engine, made, settings
    engine.database.dispose()


def test_the_engine_refuses_nothing_that_the_stories_do(demo: tuple[Engine, Made, Settings]) -> None:
    _, made, _ = demo
    assert made.refused == ()
    assert made.dossiers == COUNT


def test_every_officer_finds_work_of_a_kind_that_is_his(demo: tuple[Engine, Made, Settings]) -> None:
    engine, _, _ = demo
    workers = ("reception", "cashier", "processing", "head", "leader", "clerk")
    idle = [
        account.username
        for account in people.ACCOUNTS
        if account.role in workers
        and not engine.tasks.inbox(engine.officers.by_username(account.username)).lines
    ]
    assert idle == []


def test_there_are_dossiers_of_all_procedures_and_of_all_fates(demo: tuple[Engine, Made, Settings]) -> None:
    engine, _, _ = demo
    supervisor = engine.officers.by_username("giamsat")
    lines = engine.dossiers.search(supervisor, limit=COUNT)
    assert {line.procedure_code for line in lines} == set(CODES)
    fates = Counter(line.handling for line in lines)
    assert {"submitted", "in_process", "awaiting_supplement", "result_ready", "handed_over"} <= set(fates)
    lights = Counter(line.light.state for line in lines)
    assert min(lights["overdue"], lights["due_soon"], lights["paused"], lights["on_time"]) >= 5
    assert lights["overdue"] < COUNT / 3, "most dossiers of a centre are in time"


def test_history_is_whole_and_nobody_acted_in_the_future(demo: tuple[Engine, Made, Settings]) -> None:
    engine, _, _ = demo
    supervisor = engine.officers.by_username("giamsat")
    for line in engine.dossiers.search(supervisor, limit=COUNT)[::20]:
        assert engine.replays.verify(line.number) == []
        history = engine.dossiers.get(supervisor, line.number).history
        assert all(entry.recorded_at <= NOW for entry in history)


def test_three_tracking_codes_lead_to_three_different_sights(demo: tuple[Engine, Made, Settings]) -> None:
    engine, _, _ = demo
    codes = seeding.tracking_codes(engine, engine.officers.by_username("giamsat"))
    assert len({engine.tracking.by_code(code).number for code, _ in codes}) == 3


def test_notices_to_applicants_lie_in_the_folder_of_outgoing_letters(
    demo: tuple[Engine, Made, Settings],
) -> None:
    _, _, settings = demo
    letters = list((settings.folder / "outgoing").glob("*.eml"))
    assert len(letters) > COUNT / 2


def test_it_is_not_made_twice(demo: tuple[Engine, Made, Settings]) -> None:
    _, _, settings = demo
    assert not seeding.is_needed(settings)
    with pytest.raises(NotEmpty):
        make(settings, NOW, ignore, count=12)


def test_an_interrupted_making_on_sqlite_starts_over(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'motcua.sqlite3'}")

    def interrupt(begun: int, at: datetime) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(settings, NOW, interrupt, count=12)
    assert not (tmp_path / "motcua.sqlite3").exists()
    with partners(messages=False):
        made = make(settings, NOW, ignore, count=12)
    assert made.dossiers == 12
    assert not seeding.is_needed(settings)
    assert sorted(path.name for path in tmp_path.glob("motcua*")) == ["motcua.sqlite3"]


def test_an_interrupted_making_in_a_database_of_others_is_told(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'motcua.sqlite3'}")
    engine = open_engine(settings)
    furnish(engine)
    people.add_officer(engine.officers, people.ACCOUNTS[0])
    engine.database.dispose()
    with pytest.raises(Interrupted):
        make(settings, NOW, ignore, count=12)


@pytest.mark.parametrize(
    "now",
    [NOW, TET, SUNDAY, MONDAY_AT_SEVEN],
)
def test_people_come_in_office_hours_before_now_on_any_day(now: datetime) -> None:
    calendar = planned_calendar()
    stories = tell(300, Arrivals(calendar, now), Random(7))
    assert len(stories) == 300
    assert all(story.arrives < now for story in stories)
    assert all(calendar.is_working_day(story.arrives.date()) for story in stories)
    assert [story.arrives for story in stories] == sorted(story.arrives for story in stories)
    assert (now - stories[-1].arrives).days <= 10, "the last ones have come shortly before now"


def test_the_same_seed_tells_the_same_stories() -> None:
    calendar = planned_calendar()
    first = tell(100, Arrivals(calendar, NOW), Random(5))
    assert first == tell(100, Arrivals(calendar, NOW), Random(5))
    assert first != tell(100, Arrivals(calendar, NOW), Random(6))
