"""Running dossiers go over to another version: planned, asked for, approved, worked off."""

import json
from uuid import UUID

import click

from api.bootstrap import open_engine
from api.settings import Settings
from engine.clock import vietnam
from engine.domain.actor import OfficerActor
from engine.domain.migration import ITEM_NAMES, STAGE_NAMES, ItemState, Stage
from engine.engine import Engine

_FROM_HERE = "(từ dòng lệnh)"
_BY = click.option("--by", "username", required=True, help="Tên đăng nhập của người làm / who does it.")
_MAPPING = click.option("--mapping", help="JSON: mã phần tử cũ và mới; bỏ trống: tự ghép / mapping.")


@click.group(help="Chuyển hồ sơ đang chạy sang bản khác / move running dossiers to another version.")
def migrations() -> None:
    pass


@migrations.command(help="Khác nhau gì, ghép thế nào, chạy thử từng hồ sơ / differences and dry run.")
@click.argument("code")
@click.argument("source", type=int)
@click.argument("target", type=int)
@_BY
@_MAPPING
def plan(code: str, source: int, target: int, username: str, mapping: str | None) -> None:
    engine, officer = _opened(username)
    found = engine.migrations.plan(officer, code, source, target, _json(mapping))
    for one in found.differences:
        click.echo(f"  - {one.vi}")
    for pairing in found.pairings:
        if pairing.to != pairing.element:
            click.echo(f"  {pairing.element} «{pairing.name}» → {pairing.to or 'không còn'}")
    for verdict in found.verdicts:
        said = "chuyển được" if verdict.goes else f"giữ bản cũ: {verdict.reason}"
        after = f", tiếp theo: {'; '.join(verdict.next_steps)}" if verdict.next_steps else ""
        click.echo(f"{verdict.number} {said} ({'; '.join(verdict.before)}){after}")
    click.echo(f"{sum(one.goes for one in found.verdicts)} trong {found.running} hồ sơ chuyển được.")


@migrations.command(help="Đề nghị chuyển mọi hồ sơ của bản SOURCE / ask for it.")
@click.argument("code")
@click.argument("source", type=int)
@click.argument("target", type=int)
@_BY
@_MAPPING
@click.option("--reason", required=True, help="Căn cứ, lý do / reason.")
def request(code: str, source: int, target: int, username: str, mapping: str | None, reason: str) -> None:
    engine, officer = _opened(username)
    said = f"{reason.strip()} {_FROM_HERE}"
    identity = engine.migrations.request(officer, code, source, target, _json(mapping), reason=said)
    click.echo(f"Đã đề nghị {identity}. Người khác phải duyệt.")


@migrations.command(name="list", help="Các lần chuyển, mới nhất trước / migrations, newest first.")
@_BY
def list_(username: str) -> None:
    engine, officer = _opened(username)
    for one in engine.migrations.listed(officer):
        counts = ", ".join(f"{n} {ITEM_NAMES[ItemState(state)][0]}" for state, n in one.counts.items())
        click.echo(
            f"{one.id} {one.code} {one.source}→{one.target} {STAGE_NAMES[Stage(one.state)][0]}: {counts}; "
            f"{one.requested_by_name}, {vietnam(one.requested_at):%d/%m/%Y}: {one.reason}"
        )


@migrations.command(help="Kết quả từng hồ sơ / the result of each dossier.")
@click.argument("identity", type=click.UUID)
@_BY
def show(identity: UUID, username: str) -> None:
    engine, officer = _opened(username)
    found = engine.migrations.get(officer, identity)
    click.echo(f"{found.code} {found.source}→{found.target} {STAGE_NAMES[Stage(found.state)][0]}")
    for item in found.items:
        why = f": {item.message}" if item.message else ""
        click.echo(f"{item.number} {ITEM_NAMES[ItemState(item.state)][0]}{why}")


@migrations.command(help="Duyệt; phải là người khác / approve, another person.")
@click.argument("identity", type=click.UUID)
@_BY
@click.option("--note", default="", help="Ghi chú / note.")
def approve(identity: UUID, username: str, note: str) -> None:
    engine, officer = _opened(username)
    engine.migrations.approve(officer, identity, note=f"{note.strip()} {_FROM_HERE}".strip())
    click.echo("Đã duyệt. Đồng hồ hệ thống chuyển lần lượt, hoặc chạy: motcua migrations run")


@migrations.command(help="Không duyệt / refuse.")
@click.argument("identity", type=click.UUID)
@_BY
@click.option("--reason", required=True, help="Vì sao / why.")
def refuse(identity: UUID, username: str, reason: str) -> None:
    engine, officer = _opened(username)
    engine.migrations.refuse(officer, identity, reason=f"{reason.strip()} {_FROM_HERE}")
    click.echo("Đã ghi không duyệt.")


@migrations.command(help="Tạm dừng / pause.")
@click.argument("identity", type=click.UUID)
@_BY
def pause(identity: UUID, username: str) -> None:
    engine, officer = _opened(username)
    engine.migrations.pause(officer, identity)
    click.echo("Đã tạm dừng.")


@migrations.command(help="Chuyển tiếp / resume.")
@click.argument("identity", type=click.UUID)
@_BY
def resume(identity: UUID, username: str) -> None:
    engine, officer = _opened(username)
    engine.migrations.resume(officer, identity)
    click.echo("Đang chuyển tiếp.")


@migrations.command(help="Chuyển ngay các hồ sơ đã được duyệt / work off what is approved, now.")
def run() -> None:
    engine = open_engine(Settings.from_environment())
    done = 0
    while moved := engine.batches.work_off():
        done += moved
    click.echo(f"Đã xử lý {done} hồ sơ.")


def _opened(username: str) -> tuple[Engine, OfficerActor]:
    engine = open_engine(Settings.from_environment())
    return engine, engine.officers.by_username(username)


def _json(text: str | None) -> dict[str, str] | None:
    if text is None:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise click.BadParameter('cần một đối tượng JSON, ví dụ {"thamdinh": "tham_tra"}')
    return {str(was): str(now) for was, now in found.items()}
