"""The command line: ``motcua``. One file a group of commands; all of them go through the engine."""

import sys

import click

from api.cli.calendar import calendar
from api.cli.db import db
from api.cli.heartbeat import heartbeat
from api.cli.incidents import incidents
from api.cli.officers import officers
from api.cli.procedures import procedures
from api.cli.run import run
from api.cli.seed import seed
from api.cli.verify import verify
from api.cli.versions import versions
from engine.errors import MotcuaError


@click.group(help="Motcua: hệ thống một cửa / case management for one-stop centres.")
@click.version_option(package_name="motcua")
def motcua() -> None:
    pass


for command in (calendar, db, heartbeat, incidents, officers, procedures, run, seed, verify, versions):
    motcua.add_command(command)


def main() -> None:
    """Entry point: what the engine refuses becomes one sentence and exit code 1."""
    try:
        motcua()
    except MotcuaError as error:
        click.echo(f"Lỗi: {error.message('vi')}", err=True)
        sys.exit(1)
