"""Checking that the history of dossiers is whole."""

import click

from api.bootstrap import open_engine
from api.settings import Settings


@click.command(help="Kiểm tra chuỗi lịch sử của các hồ sơ NUMBER / check the chain of these dossiers.")
@click.argument("numbers", nargs=-1, required=True)
def verify(numbers: tuple[str, ...]) -> None:
    engine = open_engine(Settings.from_environment())
    broken = 0
    for number in numbers:
        faults = engine.replays.verify(number)
        broken += bool(faults)
        click.echo(f"{number}: {'; '.join(fault.vi for fault in faults) or 'toàn vẹn'}")
    if broken:
        raise SystemExit(1)
