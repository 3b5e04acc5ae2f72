"""Every third command breaks somewhere: at a statement, before its commit, or after it, when nobody is told.

Whoever gets no answer asks again, as people and programs do. In one process, so that hundred thousands can be
tried; that processes, links and servers die is tried elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from engine import failpoints
from engine.advance.commands import TaskClosed
from engine.engine import Engine
from engine.intake import Intake
from tests.bench.workload import APPLICANT, CODE, STEPS, Walker, furnish, opened
from tests.copies import Copies
from tests.faults.aftermath import require_whole
from tests.faults.conftest import Size
from tests.faults.trap import Broken, Trap, trapped

SHARE = 0.34  # of the attempts that are to break
_PER_DOSSIER = text(
    "SELECT d.number, count(*) AS kept FROM history h JOIN dossier d ON d.id = h.dossier_id GROUP BY d.number"
)


class Storm:
    """One clerk in bad weather."""

    def __init__(self, engine: Engine, trap: Trap, random: Random, monkeypatch: pytest.MonkeyPatch) -> None:
        self._trap, self._random, self._patch = trap, random, monkeypatch
        self._engine, self._walker = engine, Walker(engine)
        self._reception = engine.officers.by_username("bench.reception")
        self.attempts = 0
        self.broken: Counter[str] = Counter()
        self.acknowledged: Counter[str] = Counter()  # commands by the number of the dossier
        with engine.database.reading() as connection:  # the walker has made one of its own, in good weather
            self.acknowledged.update({number: kept for number, kept in connection.execute(_PER_DOSSIER)})

    def dossier(self) -> None:
        """From the counter to the result, however often a step has to be asked for again."""
        key = uuid4().hex
        intake = Intake(procedure_code=CODE, channel="counter", applicant=APPLICANT)
        begun = self._insisting(lambda: self._engine.dossiers.submit(self._reception, intake, key=key))
        assert begun is not None
        self.acknowledged[begun.number] += 1
        for step in range(len(STEPS)):
            self._insisting(lambda step=step: self._walker.complete(begun, step))  # type: ignore[misc]
            self.acknowledged[begun.number] += 1

    def _insisting(self, deed: Callable[[], Any]) -> Any:
        """Until there is an answer. That the task is closed is one, when an answer had been lost."""
        lost = False
        while True:
            self.attempts += 1
            self._weather()
            try:
                return deed()
            except Broken:
                self.broken["at a statement"] += 1
            except failpoints.Tripped:
                self.broken["around the commit"] += 1
                lost = True
            except TaskClosed:
                assert lost, "a step was closed that nobody had done"
                return None

    def _weather(self) -> None:
        self._trap.set(0)
        armed = {}
        if self._random.random() < SHARE:
            kind = self._random.randrange(3)
            if kind == 0:
                self._trap.set(self._random.randint(1, 9))
            else:
                place = failpoints.BEFORE_COMMIT if kind == 1 else failpoints.AFTER_COMMIT
                armed = {place: failpoints.armed(f"{place}=raise")[place]}
        self._patch.setattr(failpoints, "_ARMED", armed)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'motcua.sqlite3'}"
    else:
        copies: Copies = request.getfixturevalue("bare_postgresql")
        with copies.one() as made:
            yield made


def test_nothing_is_lost_and_nothing_done_twice_whatever_breaks_in_between(
    url: str, tmp_path: Path, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(url, tmp_path)
    with opened(url, tmp_path) as engine, trapped(engine.database) as trap:
        storm = Storm(engine, trap, size.lot("storm"), monkeypatch)
        while storm.broken.total() < size.of(70, 50_000):
            storm.dossier()
        trap.set(0)
        monkeypatch.setattr(failpoints, "_ARMED", {})
        print(f"{storm.attempts} operations, {dict(storm.broken)}, {len(storm.acknowledged)} dossiers")  # noqa: T201
        assert min(storm.broken.values()) > storm.broken.total() / 8  # both kinds of weather were met
        with engine.database.reading() as connection:
            kept = Counter({number: kept for number, kept in connection.execute(_PER_DOSSIER)})
        assert kept == storm.acknowledged
        require_whole(engine, at_least=len(storm.acknowledged))
