"""The command line: ``motcua``. One file a group of commands; all of them go through the engine."""

import sys

import click

from api.cli.lazy import LazyGroup
from engine.errors import MotcuaError

_PLACES = {
    "calendar": "calendar:calendar", "db": "db:db", "heartbeat": "heartbeat:heartbeat",
    "import": "importing:importing", "incidents": "incidents:incidents",
    "interventions": "interventions:interventions", "migrations": "migrations:migrations",
    "officers": "officers:officers", "play": "play:play", "procedures": "procedures:procedures",
    "run": "run:run", "seed": "seed:seed", "simulate": "simulate:simulate", "test": "testing:testing",
    "verify": "verify:verify", "versions": "versions:versions", "words": "words:words",
}  # fmt: skip


@click.group(
    cls=LazyGroup, places=_PLACES, help="Motcua: hệ thống một cửa / case management for one-stop centres."
)
@click.version_option(package_name="motcua")
def motcua() -> None:
    pass


def main() -> None:
    """Entry point: what the engine refuses becomes one sentence and exit code 1."""
    try:
        motcua()
    except MotcuaError as error:
        click.echo(f"Lỗi: {error.message('vi')}", err=True)
        sys.exit(1)
