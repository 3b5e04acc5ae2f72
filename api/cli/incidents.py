"""Incidents from the command line: looked through, and dealt with in an officer's name."""

from uuid import UUID

import click

from api.bootstrap import open_engine
from api.settings import Settings
from engine.clock import vietnam
from engine.domain.incident import NAMES, Remedy


@click.group(help="Sự cố / incidents.")
def incidents() -> None:
    pass


_WAYS = [one.value for one in Remedy]
_BY = click.option("--by", "username", required=True, help="Tên đăng nhập của người làm / who does it.")


@incidents.command(name="list", help="Sự cố đang mở, cũ nhất trước / open incidents, oldest first.")
@_BY
def list_(username: str) -> None:
    engine = open_engine(Settings.from_environment())
    for one in engine.repairs.opened(engine.officers.by_username(username)):
        where = f" «{one.node_name or one.node}»" if one.node else ""
        ways = ", ".join(one.remedies)
        click.echo(
            f"{one.dossier_id} {one.id} {vietnam(one.opened_at):%H:%M %d/%m/%Y} hồ sơ {one.dossier_number} "
            f"{one.kind}{where}: {one.message} [{ways}]"
        )


@incidents.command(help="Xử lý một sự cố, có lý do / deal with an incident, for a reason.")
@click.argument("dossier_id", type=click.UUID)
@click.argument("incident_id", type=click.UUID)
@_BY
@click.option("--reason", required=True, help="Đã làm gì, vì sao / what was done and why.")
@click.option("--remedy", type=click.Choice(_WAYS), help="Bỏ trống: cách thường dùng / how.")
def repair(dossier_id: UUID, incident_id: UUID, username: str, reason: str, remedy: str | None) -> None:
    engine = open_engine(Settings.from_environment())
    officer = engine.officers.by_username(username)
    said = f"{reason.strip()} (từ dòng lệnh)"
    outcome = engine.repairs.repair(officer, dossier_id, incident_id, reason=said, remedy=remedy)
    done = NAMES[Remedy(remedy)][0].lower() if remedy else "xử lý"
    click.echo(f"Hồ sơ {outcome.number}: đã {done}, ghi ở lệnh số {outcome.sequence}.")
