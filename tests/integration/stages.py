"""Bringing a dossier to where each kind of command can be given."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from api.bootstrap import PROCESSES
from api.sources import read_source
from engine.advance.execute import execute
from engine.clock import VIETNAM
from engine.domain.command import By, Command, Kind
from engine.domain.intervention import Intervention
from tests.centre import Centre
from tests.integration.observed import record

WORKS = "1.009794"  # Sở Xây dựng: appraisal, site visit, supplement, withdrawal, reminder
EXTRACT = "2.000635"  # Sở Tư pháp: same day, a fee
BADGE = "2.002288"  # Sở Giao thông vận tải: the vehicle register is asked by a job


def at(text: str) -> datetime:
    """A moment in Viet Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def identity(centre: Centre) -> UUID:
    return centre.view().line.id


def set_expiry(centre: Centre, duration: str) -> None:
    """A new version of the building works procedure gives a time for supplements."""
    source = read_source(PROCESSES / "sxd" / f"{WORKS}.bpmn")
    said = f'<motcua:procedure supplementExpiry="{duration}" '.encode()
    drawn = source.files[source.main].replace(b"<motcua:procedure ", said, 1)
    changed = replace(source, files={**source.files, source.main: drawn})
    centre.engine.procedures.deploy(changed, by="system:test", reason="QĐ 2/QĐ-UBND")


def received(centre: Centre) -> None:
    """The dossier of building works is received and waits to be carried to the agency."""
    centre.receive(WORKS)


def appraised(centre: Centre) -> None:
    """It lies with the specialist."""
    received(centre)
    until(centre, "Kiểm tra hồ sơ hoàn thành")


def returned(centre: Centre) -> None:
    """It is with the citizen, for a supplement."""
    appraised(centre)
    centre.do("Kiểm tra hồ sơ hoàn thành", "supplement")
    centre.do("Lập phiếu yêu cầu bổ sung")
    centre.do("Ký phiếu yêu cầu bổ sung", "approve")


def asking(centre: Centre) -> None:
    """The vehicle register is to be asked."""
    centre.receive(BADGE, answers={"plate": "37A-123.45"})
    for _ in range(5):
        if not centre.view().tasks:
            return
        centre.do(centre.view().tasks[0].name)
    raise AssertionError("the register is never asked")


def owing(centre: Centre) -> None:
    """A fee is to be paid."""
    centre.submit(EXTRACT)
    for _ in range(8):
        if "fee_paid" in centre.view().waits_for:
            return
        task = centre.view().tasks[0]
        centre.do(task.name, task.decisions[0].value if task.decisions else None)
    raise AssertionError("no fee is ever due")


def until(centre: Centre, name: str) -> None:
    for _ in range(5):
        task = centre.view().tasks[0]
        if task.name == name:
            return
        centre.do(task.name)
    raise AssertionError(f"«{name}» never came")


# ---- one command of each kind: where it can be given, and giving it


def start(centre: Centre) -> None:
    centre.engine.dossiers.submit(centre.officer("reception"), centre.intake(WORKS), key="the only one")


def complete(centre: Centre) -> None:
    centre.do("Kiểm tra hồ sơ hoàn thành", "approve")


def claim(centre: Centre) -> None:
    task = centre.view().tasks[0]
    centre.engine.tasks.claim(centre.officer(task.role, task.agency), identity(centre), task.task_id)


def release(centre: Centre) -> None:
    task = centre.view().tasks[0]
    centre.engine.tasks.release(centre.officer(task.role, task.agency), identity(centre), task.task_id)


def fire(centre: Centre) -> None:
    centre.clock.move_to(at("2026-03-02 17:00"))
    give(centre, Kind.FIRE, task_id=UUID(int=0), name="law:handover")


def supplement(centre: Centre) -> None:
    centre.engine.dossiers.supplement(centre.view().tracking_code, {"supplement_note": "Đã bổ sung bản vẽ"})


def withdraw(centre: Centre) -> None:
    centre.engine.dossiers.withdraw(centre.view().tracking_code, "Đổi ý")


def message(centre: Centre) -> None:
    centre.engine.dossiers.deliver(
        centre.officer("cashier"), identity(centre), "fee_paid", {"fee_receipt": "BL-0001"}
    )


def job_done(centre: Centre) -> None:
    give(centre, Kind.JOB_DONE, task_id=job(centre), answers={"found": True, "valid": True, "vehicle": {}})


def job_error(centre: Centre) -> None:
    give(centre, Kind.JOB_ERROR, task_id=job(centre), name="plate-invalid", reason="Biển số sai")


def job(centre: Centre) -> UUID:
    """The one job that waits."""
    return UUID(next(iter(record(centre).jobs)))


def replan(centre: Centre) -> None:
    give(centre, Kind.REPLAN, details={"calendar_version": 2}, reason="lịch làm việc mới")


def decreed(centre: Centre) -> None:
    """The dossier is received and a holiday is decreed late."""
    received(centre)
    content = (PROCESSES / "calendar.toml").read_text(encoding="utf-8")
    more = '\n[[holiday]]\ndate = 2026-03-16\nname = "Quốc tang"\n'
    centre.engine.calendars.decide(content + more, by=By(key="system:test"), reason="1/TB-VPCP")


def give(centre: Centre, kind: Kind, **of: Any) -> None:
    """A command as the heartbeat gives it, in its own transaction."""
    engine = centre.engine
    command = Command(kind=kind, by=By(key="system:test"), at=engine.clock.now(), **of)
    execute(engine.database, engine.services, identity(centre), command)


def extend(centre: Centre) -> None:
    centre.engine.dossiers.extend(
        centre.officer("supervisor"), identity(centre), due_at=at("2026-04-10 17:00"), reason="chờ kiểm định"
    )


def attach(centre: Centre) -> None:
    centre.engine.documents.add(
        centre.officer("reception"), identity(centre), name="don.txt.pdf", content=PDF
    )


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def asked_for(kind: Intervention, **details: Any) -> Callable[[Centre], None]:
    """A repair of the dossier at the specialist's waits for the second person."""

    def stage(centre: Centre) -> None:
        appraised(centre)
        given = {"task": centre.view().tasks[0].task_id, **details}
        centre.engine.interventions.request(
            centre.officer("supervisor"), identity(centre), kind, given, reason="ghi nhầm"
        )
        centre.officer("director")

    return stage


def approve(centre: Centre) -> None:
    """The second person agrees."""
    director = centre.officer("director")
    (waiting,) = centre.engine.interventions.waiting(director)
    centre.engine.interventions.approve(director, waiting.dossier_id, waiting.id)


def failing(centre: Centre) -> None:
    """The register has not answered for so long that a person has to see to it."""
    asking(centre)
    for _ in range(12):
        centre.engine.deliveries.run_jobs()
        centre.clock.advance(hours=30)
    centre.officer("administrator")


def repair(centre: Centre) -> None:
    administrator = centre.officer("administrator")
    found = next(one for one in centre.engine.repairs.opened(administrator) if one.kind == "job")
    centre.engine.repairs.repair(
        administrator, found.dossier_id, found.id, reason="xác minh bằng điện thoại", remedy="skip"
    )


Stage = Callable[[Centre], None]


def claimed(centre: Centre) -> None:
    appraised(centre)
    claim(centre)


def nothing(centre: Centre) -> None:
    """The officers are there, and no dossier."""
    centre.officer("reception")


KINDS: dict[str, tuple[Stage, Stage]] = {
    "start": (nothing, start),
    "complete": (appraised, complete),
    "claim": (appraised, claim),
    "release": (claimed, release),
    "fire": (received, fire),
    "supplement": (returned, supplement),
    "withdraw": (appraised, withdraw),
    "message": (owing, message),
    "job_done": (asking, job_done),
    "job_error": (asking, job_error),
    "extend": (received, extend),
    "replan": (decreed, replan),
    "attach": (appraised, attach),
    "repair": (failing, repair),
    "move": (asked_for(Intervention.MOVE, to="lich"), approve),
    "redo": (asked_for(Intervention.REDO), approve),
    "correct": (asked_for(Intervention.CORRECT, values={"applicant.phone": "0987654321"}), approve),
    "cancel": (asked_for(Intervention.CANCEL), approve),
}
