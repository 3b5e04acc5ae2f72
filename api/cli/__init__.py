"""The command line: ``motcua``. One file a group of commands; all of them go through the engine."""

import sys
from importlib import import_module

import click

from engine.errors import MotcuaError

# A command is imported when it is asked for: trying out a diagram does not wait for the web to load.
_COMMANDS = (
    "calendar", "db", "heartbeat", "import", "incidents", "interventions", "migrations", "officers", "play",
    "procedures", "run", "seed", "verify", "versions",
)  # fmt: skip


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        name = "importing" if cmd_name == "import" else cmd_name  # a word of Python's own
        command: click.Command = getattr(import_module(f"api.cli.{name}"), name)
        return command


@click.group(cls=_Lazy, help="Motcua: hệ thống một cửa / case management for one-stop centres.")
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
