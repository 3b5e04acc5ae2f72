"""Diagrams read out on the terminal."""

import sys
from pathlib import Path

import click
import orjson

from api.bootstrap import open_engine
from api.cli.given_file import GivenFile
from api.settings import Settings
from engine.errors import MotcuaError
from engine.given import given


@click.command(help="Đọc sơ đồ BPMN thành lời / read diagrams out as text.")
@click.argument("files", nargs=-1, required=True,
                type=GivenFile())  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Một dòng JSON mỗi quy trình / a line of JSON each.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", help="Lời báo lỗi / messages.")
def outline(files: tuple[Path, ...], as_json: bool, lang: str) -> None:
    engine = open_engine(Settings.from_environment(), migrate=False)
    failed = 0
    for file in files:
        try:
            told = engine.outlines.tell(file.name, given(file))
        except MotcuaError as error:
            failed += 1
            click.echo(f"{file}: {error.message(lang)}", err=True)
            continue
        for process in told:
            if as_json:
                click.echo(orjson.dumps({"file": str(file), **process.to_json()}).decode())
            else:
                click.echo("\n".join(process.lines()))
    sys.exit(1 if failed else 0)
