"""W1, the one-stop dossier: three lanes, six user tasks, two gateways, a timer, ten fields. By the engine."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from api.bootstrap import PROCESSES, build_engine, read_agencies
from api.settings import Settings
from api.sources import read_source
from engine.advance import Outcome
from engine.clock import Clock
from engine.domain.actor import OfficerActor
from engine.domain.command import By
from engine.engine import Engine
from engine.intake import Intake
from engine.passwords import PasswordHasher
from engine.store.database import Database
from engine.store.migrations.schema import create_schema

W1 = Path(__file__).parent / "w1" / "W1.bpmn"
CODE, AGENCY, CENTRE = "W1", "SXD", "TTHCC"
PASSWORD = "mat khau cua phep do toc do"
CHEAP = PasswordHasher(time_cost=1, memory_kib=64)  # signing in is not what is measured
APPLICANT = {
    "name": "Nguyễn Thị Ánh", "kind": "citizen", "id_number": "040190001234",
    "phone": "0912345678", "address": "16 Trường Thi, Vinh",
}  # fmt: skip

# Who finishes which step with what: ten fields in six completions.
STEPS = (
    ("processing", {"request_summary": "Đề nghị cấp phép xây dựng nhà ở riêng lẻ hai tầng", "sheets": 12}),
    ("processing", {"appraisal": "Hồ sơ phù hợp quy hoạch, đủ bản vẽ theo quy định", "area": 118.5}),
    ("head", {"legal_basis": "Luật Xây dựng 2014, Điều 95", "fit": True}),
    ("processing", {"draft": "Đồng ý cấp giấy phép theo hồ sơ thiết kế kèm theo", "urgency": "normal"}),
    ("leader", {"signer_note": "Đồng ý ký"}),
    ("processing", {"handed_to": "Nguyễn Thị Ánh"}),
)


def furnish(url: str, folder: Path) -> None:
    """Make an empty database a centre with W1 and the officers that walk it."""
    with opened(url, folder) as engine:
        create_schema(engine.database)
        engine.officers.save_agencies(read_agencies())
        calendar = (PROCESSES / "calendar.toml").read_text(encoding="utf-8")
        engine.calendars.decide(calendar, by=By(key="system:bench"), reason="phép đo")
        engine.procedures.deploy(read_source(W1), by="system:bench", reason="phép đo")
        for role, agency in (*((role, AGENCY) for role in ("processing", "head", "leader")), RECEPTION):
            officer = engine.officers.add(f"bench.{role}", f"Cán bộ {role}", PASSWORD)
            engine.officers.post(
                officer, role=role, agency=agency, paper="QĐ 1/QĐ-TTHCC", valid_from=date(2020, 1, 1)
            )


RECEPTION = ("reception", CENTRE)


@contextmanager
def opened(url: str, folder: Path, clock: Clock | None = None) -> Iterator[Engine]:
    """An engine on the database behind ``url``, by the machine's clock or by another."""
    settings = Settings.from_environment({"MOTCUA_FOLDER": str(folder), "MOTCUA_DATABASE": url})
    database = Database(url)
    try:
        yield build_engine(settings, database, clock, hasher=CHEAP)
    finally:
        database.dispose()


class Walker:
    """Starts dossiers of W1 and finishes their steps in order, one completion a call."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._officers: dict[str, OfficerActor] = {
            role: engine.officers.by_username(f"bench.{role}")
            for role in ("reception", *(role for role, _ in STEPS))
        }
        self._births: list[tuple[int, int]] = []  # for each step: command and order that name its task
        self._learn()

    def start(self) -> Outcome:
        """A new dossier, waiting for its first step."""
        intake = Intake(procedure_code=CODE, channel="counter", applicant=APPLICANT)
        return self._engine.dossiers.submit(self._officers["reception"], intake, key=uuid4().hex)

    def complete(self, dossier: Outcome, step: int) -> None:
        """Finish step ``step`` (from 0) as its officer."""
        role, answers = STEPS[step]
        task_id = self.task_id(dossier.dossier_id, step)
        self._engine.tasks.complete(self._officers[role], dossier.dossier_id, task_id, answers=answers)

    def task_id(self, dossier_id: UUID, step: int) -> UUID:
        """The task of a step. Ids follow from dossier, command and order, so nothing needs to be read."""
        return _derived(dossier_id, *self._births[step])

    def _learn(self) -> None:
        dossier, reader = self.start(), self._officers["processing"]
        for step in range(len(STEPS)):
            (task,) = self._engine.dossiers.get(reader, dossier.number).tasks
            self._births.append(_birth(dossier.dossier_id, task.task_id, step + 1))
            self.complete(dossier, step)


def _birth(dossier_id: UUID, task_id: UUID, newest: int) -> tuple[int, int]:
    """Which command named the task, and as its how-manieth; commands are numbered from 1."""
    return next(
        (sequence, nth)
        for sequence in range(newest, 0, -1)
        for nth in range(1, 200)
        if _derived(dossier_id, sequence, nth) == task_id
    )


def _derived(dossier_id: UUID, sequence: int, nth: int) -> UUID:
    """As engine.workflow.running.identity names tasks."""
    name = f"{dossier_id}:{sequence}:{nth}".encode()
    return UUID(bytes=hashlib.blake2b(name, digest_size=16).digest())
