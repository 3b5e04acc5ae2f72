"""F12 and F13: there is no room left; what cannot be stored is refused, and what stands stays."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from engine.errors import Unavailable
from engine.store.database import Database
from tests.api.program import PDF, Program, intake, program
from tests.centre import Centre
from tests.faults.aftermath import require_whole
from tests.faults.conftest import Size
from tests.integration import stages
from tests.integration.observed import rows

WORKS = stages.WORKS


@contextmanager
def no_more_pages(database: Database, more: int) -> Iterator[None]:
    """SQLite may grow by so many pages: what it says then is what it says of a full disk (SQLITE_FULL)."""

    def limit(link: Any, _record: Any) -> None:
        pages = link.execute("PRAGMA page_count").fetchone()[0]
        link.execute(f"PRAGMA max_page_count = {pages + more}")

    database.pool.dispose()
    event.listen(database.pool, "connect", limit)
    try:
        yield
    finally:
        event.remove(database.pool, "connect", limit)
        database.pool.dispose()


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file of this process may grow beyond ``size`` bytes: the system refuses the write itself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def hand_in_until_full(centre: Centre, most: int) -> tuple[int, int]:
    """How many dossiers were taken, and how many refused, until five were refused."""
    taken = refused = 0
    for _ in range(most):
        try:
            centre.submit(WORKS)
            taken += 1
        except Unavailable:
            refused += 1
        if refused == 5:
            break
    return taken, refused


def test_on_a_full_disk_dossiers_are_refused_and_nothing_is_half_written(
    sqlite_centre: Centre, size: Size
) -> None:
    """F12: the database cannot grow; reading goes on; with room again everything goes on."""
    centre = sqlite_centre
    stages.appraised(centre)
    before = centre.number
    with no_more_pages(centre.engine.database, size.of(60, 600)):
        taken, refused = hand_in_until_full(centre, 2000)
        assert refused == 5
        assert taken > 0
        assert centre.view(before).line.number == before, "what stands can be read"
        asker = program(centre, "supervisor")
    assert require_whole(centre.engine) == taken + 1
    assert asker.get("/dossiers").status_code == 200
    centre.submit(WORKS)
    assert require_whole(centre.engine) == taken + 2
    with centre.engine.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]


def test_a_write_that_the_system_refuses_is_told_as_busy_and_leaves_nothing(sqlite_centre: Centre) -> None:
    """F12, at the system call: the log of the database reaches its limit in the middle of a commit."""
    centre = sqlite_centre
    stages.appraised(centre)
    asker, body = program(centre, "reception"), intake(centre, WORKS)
    path = Path(str(centre.engine.database.pool.url.database))
    with largest_file(path.with_name(path.name + "-wal").stat().st_size + 10_000):
        answers = four_dossiers(asker, body)
    assert 503 in {one.status_code for one in answers}
    assert {one.status_code for one in answers} <= {201, 503}
    assert all("Retry-After" in one.headers for one in answers if one.status_code == 503)
    done = sum(one.status_code == 201 for one in answers)
    assert require_whole(centre.engine) == done + 1
    again = four_dossiers(asker, body)
    assert [one.status_code for one in again] == [201] * 4, "the same keys, once there is room"
    assert require_whole(centre.engine) == 5


def four_dossiers(asker: Program, body: Any) -> list[Any]:
    """Hand in four, always with the same four keys."""
    return [asker.post("/dossiers", body, key=f"dia-day-{number:04}") for number in range(4)]


def test_a_file_that_finds_no_room_is_refused_and_no_row_speaks_of_it(centre: Centre) -> None:
    """F13: the volume of documents is full."""
    centre.submit("2.000635")
    officer, dossier = centre.officer("reception"), centre.view().line.id
    large = PDF.replace(b"trailer", b"%" + b"x" * 3_000_000 + b"\ntrailer")
    with largest_file(2_000_000), pytest.raises(Unavailable):
        centre.engine.documents.add(officer, dossier, name="ban-ve.pdf", content=large)
    assert rows(centre, "document") == []
    assert require_whole(centre.engine) == 1
    assert list(centre.settings.files_folder.glob("incoming/*")) == [], "no remains of it"
    centre.engine.documents.add(officer, dossier, name="ban-ve.pdf", content=large)
    assert require_whole(centre.engine) == 1
