"""Diagrams checked from the command line; nothing is stored."""

import sys
from pathlib import Path

import click

from api.bootstrap import open_engine
from api.cli.findings import print_findings
from api.settings import Settings
from api.sources import read_source
from engine.engine import Engine
from engine.errors import MotcuaError


@click.command(help="Kiểm tra tệp quy trình, không ghi gì / check diagrams, store nothing.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def check(files: tuple[Path, ...], lang: str) -> None:
    engine = open_engine(Settings.from_environment(), migrate=False)
    failed = sum(not _check(engine, file, lang) for file in files)
    sys.exit(1 if failed else 0)


def _check(engine: Engine, file: Path, lang: str) -> bool:
    """Print what is to be said about one file; whether it could be deployed. Never stops the next file."""
    try:
        findings = engine.procedures.check(read_source(file))
    except MotcuaError as error:
        click.echo(f"{file}: {error.message(lang)}")
        return False
    errors = print_findings(file, findings, lang)
    notes = len(findings) - errors
    if lang == "en":
        click.echo(f"{file}: {f'{errors} errors' if errors else 'passed'}, {notes} notes")
    else:
        click.echo(f"{file}: {f'{errors} lỗi' if errors else 'đạt'}, {notes} lưu ý")
    return not errors
