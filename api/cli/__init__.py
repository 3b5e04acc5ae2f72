"""The command line: ``motcua``. One file a group of commands; all of them go through the engine."""

# ruff: noqa: PLC0415  (trying out a diagram does not wait for the web to load)
import sys

import click

from engine.errors import MotcuaError


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        from api.cli.commands import COMMANDS

        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "play":
            from api.cli.play import play

            return play
        if cmd_name == "test":
            from api.cli.testing import testing

            return testing
        from api.cli.commands import COMMANDS

        return COMMANDS.get(cmd_name)


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
