"""The manual for analysts is true: every file in it is written, every command run, every answer compared."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.clock import SystemClock
from tests import centre as centres
from tests.analyst.reading import ANALYST, Command, deeds
from tests.analyst.walking import Walk
from tests.centre import Centre

MANUAL = (ANALYST / "manual.md").read_text(encoding="utf-8")


@pytest.fixture
def centre_of_today(furnished_sqlite: Path, tmp_path: Path) -> Iterator[Centre]:
    """The command line asks the machine's clock, so the counter beside it has to live on the same day."""
    url = centres.copy_sqlite(furnished_sqlite, tmp_path / "motcua.sqlite3")
    with centres.opened(url, tmp_path) as centre:
        centre.clock.advance(seconds=(SystemClock().now() - centre.clock.now()).total_seconds())
        yield centre


def test_whoever_follows_the_manual_gets_what_it_says(centre_of_today: Centre, tmp_path: Path) -> None:
    (tmp_path / "reader").mkdir()
    walk = Walk(tmp_path / "reader", centre_of_today)
    walk.come(MANUAL)
    for deed in deeds(MANUAL):
        walk.go(deed)
    assert centre_of_today.engine.procedures.get("1.004623").number == 2


def test_the_manual_shows_every_group_of_commands_that_analysts_use() -> None:
    said = {" ".join(one.words.split()[1:3]) for one in deeds(MANUAL) if isinstance(one, Command)}
    wanted = {"draw", "outline", "check", "lint", "impact", "diff", "change"}
    assert {f"procedures {one}" for one in wanted} <= said
    wanted = {"draft", "submit", "approve", "release"}
    assert {f"versions {one}" for one in wanted} <= said
    assert {"migrations plan", "migrations request", "migrations approve", "migrations run"} <= said
