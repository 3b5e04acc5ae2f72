"""Procedures from the command line: listed, shown."""

import click

from api.bootstrap import open_engine
from api.cli.sheet import sheet
from api.settings import Settings
from engine.clock import vietnam
from engine.domain.version import STATE_NAMES, State


@click.command(name="list", help="Các thủ tục đang áp dụng / live procedures.")
@click.argument("text", default="")
def list_(text: str) -> None:
    engine = open_engine(Settings.from_environment())
    for version in engine.procedures.find(text):
        click.echo(f"{version.code:<12} v{version.number:<3} {version.agency:<8} {version.name}")


@click.command(help="Một thủ tục: nội dung, các bước, phiên bản / a procedure, its steps, its versions.")
@click.argument("code")
def show(code: str) -> None:
    engine = open_engine(Settings.from_environment())
    versions = engine.procedures.versions(code)
    shown = next((one for one in versions if one.live), versions[0])
    for line in sheet(engine.procedures.definition(shown.sha256), shown.agency_name):
        click.echo(line)
    click.echo("Các phiên bản:")
    for version in versions:
        state = STATE_NAMES[State(version.state)][0]
        since = f"{vietnam(version.deployed_at):%d/%m/%Y}" if version.deployed_at else "chưa áp dụng"
        click.echo(
            f"  - v{version.number} {state}, {version.running} hồ sơ đang chạy, "
            f"{since}, gói {version.sha256[:12]}: {version.name}"
        )
