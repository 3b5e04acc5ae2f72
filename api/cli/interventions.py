"""Repairs by two people from the command line, each act in the name of an officer."""

import json
from typing import Any
from uuid import UUID

import click

from api.bootstrap import open_engine
from api.settings import Settings
from engine.clock import vietnam
from engine.domain.actor import OfficerActor
from engine.domain.intervention import NAMES, Intervention
from engine.engine import Engine

_FROM_HERE = "(từ dòng lệnh)"
_KINDS = [one.value for one in Intervention]
_BY = click.option("--by", "username", required=True, help="Tên đăng nhập của người làm / who does it.")


@click.group(help="Can thiệp hồ sơ bằng hai người / repairs by two people.")
def interventions() -> None:
    pass


@interventions.command(name="list", help="Đề nghị đang chờ và đã quyết định / requests.")
@_BY
def list_(username: str) -> None:
    engine, officer = _opened(username)
    for one in (*engine.interventions.waiting(officer), *engine.interventions.decided(officer)):
        what = NAMES[Intervention(one.kind)][0] + (f" «{one.element}»" if one.element else "")
        click.echo(
            f"{one.dossier_id} {one.id} {vietnam(one.requested_at):%H:%M %d/%m/%Y} {one.state} "
            f"hồ sơ {one.dossier_number}: {what}{f' → «{one.to}»' if one.to else ''}, "
            f"{one.requested_by_name}: {one.reason}"
        )


@interventions.command(help="Các bước đang mở của hồ sơ và nơi chuyển được / open elements.")
@click.argument("number")
@_BY
def show(number: str, username: str) -> None:
    engine, officer = _opened(username)
    for one in engine.interventions.possible(officer, number).elements:
        click.echo(f"{one.task_id} {one.node} «{one.name}»")
        for node, name in one.targets:
            click.echo(f"    → {node} «{name}»")


@interventions.command(help="Đề nghị can thiệp: move, redo, correct, cancel / ask for a repair.")
@click.argument("number")
@click.argument("kind", type=click.Choice(_KINDS))
@_BY
@click.option("--reason", required=True, help="Vì sao / why.")
@click.option("--task", type=click.UUID, help="Việc đang mở / open task (move, redo).")
@click.option("--to", default="", help="Mã phần tử đến / BPMN id (move).")
@click.option("--values", default="{}", help="JSON: mục và giá trị đúng / values (correct).")
def request(
    number: str, kind: str, username: str, reason: str, task: UUID | None, to: str, values: str
) -> None:
    engine, officer = _opened(username)
    details: dict[str, Any] = {"task": task, "to": to, "values": _json(values)}
    said = f"{reason.strip()} {_FROM_HERE}"
    ids = engine.interventions.request(officer, number, Intervention(kind), details, reason=said)
    click.echo(f"Đã đề nghị {ids[0]} {ids[1]}. Người khác phải duyệt.")


@interventions.command(help="Duyệt và thực hiện; phải là người khác / approve, another person.")
@click.argument("dossier_id", type=click.UUID)
@click.argument("request_id", type=click.UUID)
@_BY
@click.option("--note", default="", help="Ghi chú / note.")
def approve(dossier_id: UUID, request_id: UUID, username: str, note: str) -> None:
    engine, officer = _opened(username)
    outcome = engine.interventions.approve(
        officer, dossier_id, request_id, note=f"{note.strip()} {_FROM_HERE}".strip()
    )
    click.echo(f"Hồ sơ {outcome.number}: đã thực hiện ở lệnh số {outcome.sequence}.")


@interventions.command(help="Không duyệt, hoặc rút đề nghị / refuse, take back.")
@click.argument("dossier_id", type=click.UUID)
@click.argument("request_id", type=click.UUID)
@_BY
@click.option("--reason", required=True, help="Vì sao / why.")
def refuse(dossier_id: UUID, request_id: UUID, username: str, reason: str) -> None:
    engine, officer = _opened(username)
    engine.interventions.refuse(officer, dossier_id, request_id, reason=f"{reason.strip()} {_FROM_HERE}")
    click.echo("Đã ghi không duyệt.")


def _opened(username: str) -> tuple[Engine, OfficerActor]:
    engine = open_engine(Settings.from_environment())
    return engine, engine.officers.by_username(username)


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise click.BadParameter('cần một đối tượng JSON, ví dụ {"applicant.name": "Trần Văn An"}')
    return found
