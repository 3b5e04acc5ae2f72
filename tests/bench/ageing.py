"""How a dossier ages: thousands of turns of rework, hundreds of instances, branches forked and joined."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from engine.engine import Engine
from engine.intake import Intake
from engine.store import codec, dossiers
from engine.workflow.bundle import BundleSource
from tests.bench import databases, drawings
from tests.bench.figures import Figure, middle
from tests.bench.rounds import Side, Turn, interleaved
from tests.bench.workload import APPLICANT, opened

MOST = 1.2  # times the cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a dossier lives through: steps that are young, and steps that are old."""

    title: str
    code: str
    body: str  # elements of the diagram
    young: int  # steps before those that count
    old: int
    steps: int  # that count, of each dossier
    dossiers: int  # in a turn


LIVES = (
    Life(title="rework", code="W5", body=drawings.rework(), young=10, old=2_980, steps=40, dossiers=1),
    Life(title="instances one by one", code="W6", body=drawings.instances(900, "true"), young=10, old=480,
         steps=40, dossiers=1),
    Life(title="500 instances at once", code="W7", body=drawings.instances(500, "false"), young=5, old=385,
         steps=10, dossiers=1),
    Life(title="ten blocks of three branches", code="W8", body=drawings.blocks(10), young=0, old=27, steps=3,
         dossiers=8),
)  # fmt: skip


def speed(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """CPU milliseconds of a completion, old beside young, on SQLite."""
    with databases.sqlite(folder) as url, opened(url, folder) as engine:
        for life in LIVES:
            source = BundleSource(main="life.bpmn", files={"life.bpmn": drawings.drawn(life.code, life.body)})
            engine.procedures.deploy(source, by="system:bench", reason="phép đo")
            veteran = Dossier(engine, life.code).walk(life.old) if life.dossiers == 1 else None
            sides = {
                "young": living(engine, life, life.young),
                "old": living(engine, life, life.old, veteran),
            }
            found = interleaved(sides, rounds=3 if quick else 5)
            yield Figure(
                name=f"{life.title}: step {life.old + life.steps // 2:,}",
                value=found["old"].rate,
                unit="ms",
                anchor=found["young"].rate,
                anchor_name=f"step {life.young + life.steps // 2:,}",
                most=MOST,
            )


class Dossier:
    """A dossier of such a life; whatever is open is finished, the oldest first."""

    def __init__(self, engine: Engine, code: str) -> None:
        self._engine = engine
        self._officer = engine.officers.by_username("bench.processing")
        intake = Intake(procedure_code=code, channel="counter", applicant=APPLICANT)
        reception = engine.officers.by_username("bench.reception")
        self._id = engine.dossiers.submit(reception, intake, key=uuid4().hex).dossier_id

    def walk(self, steps: int) -> "Dossier":
        self.spent(steps)
        return self

    def spent(self, steps: int) -> list[float]:
        """CPU milliseconds of each of the next steps."""
        return [self._step() for _ in range(steps)]

    def _step(self) -> float:
        with self._engine.database.reading() as connection:
            row = dossiers.get(connection, self._id)
        assert row is not None
        task_id = UUID(next(iter(codec.unpack(row.record)["tasks"])))
        began = time.process_time()
        self._engine.tasks.complete(self._officer, self._id, task_id, answers={"decision": "done"})
        return (time.process_time() - began) * 1000


def living(engine: Engine, life: Life, age: int, veteran: Dossier | None = None) -> Side:
    """In its turn a dossier of that age (a new one that is brought there, or a veteran) takes its steps."""

    def turn(warming: bool) -> Turn:
        spent: list[float] = []
        for _ in range(1 if warming else life.dossiers):
            dossier = veteran or Dossier(engine, life.code).walk(age)
            spent += dossier.spent(3 if warming else life.steps)
        return Turn(middle(spent), spent)

    return turn
